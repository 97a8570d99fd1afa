"""What a matcher expected, beside what happened: behind `drift`."""
