"""Was it any good, and for whom: figures about many people, never about one; it changes no advice."""
