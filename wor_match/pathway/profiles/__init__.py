"""The profiles that ship, how a profile is read from a file, and what its makers may have overlooked."""
