"""Every parser of the library against bytes that nobody wrote on purpose, and some that somebody did."""
