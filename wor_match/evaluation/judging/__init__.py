"""What coaches judge, beside what a matcher says: behind `agreement` and `tuning_worth`."""
