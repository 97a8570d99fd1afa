"""Asking how it goes after the first visit and after three months: the questions, and the answers as events."""
