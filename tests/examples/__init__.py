"""The examples, used as their readers would use them."""
