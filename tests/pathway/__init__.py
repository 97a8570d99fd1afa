"""The process around the match."""
