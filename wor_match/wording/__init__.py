"""Facts become sentences here: short, warm and plain, in the language of a file. No arithmetic."""
