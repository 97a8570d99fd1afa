"""Advices that can be decided again, ways to decide them, and what came of it: behind `replay` and `value`."""
