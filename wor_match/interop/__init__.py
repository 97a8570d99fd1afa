"""Doors to what stands around the library: frames."""
