"""The nouns: frozen values that know their own arithmetic and nothing of the rooms above them."""
