"""What may be told when a figure is shared: one rule, behind every room that shares."""
