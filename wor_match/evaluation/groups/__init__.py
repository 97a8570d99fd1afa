"""People counted by group, and what may be told of them: behind `fairness` and `exposure`."""
