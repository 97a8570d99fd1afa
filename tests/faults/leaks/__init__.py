"""What somebody told, a program that is called or a text that is code: nothing leaves by a way that was not meant."""
