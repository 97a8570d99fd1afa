"""Threads and processes at the same moment: a matcher that is swapped, and a fork while others work."""
