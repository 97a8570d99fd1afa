"""People counted by group, and what may be told of few of them: behind `fairness`, `exposure` and `gaps`."""
