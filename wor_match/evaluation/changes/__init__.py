"""What moved between two advices, and by which reason: behind `comparing`."""
