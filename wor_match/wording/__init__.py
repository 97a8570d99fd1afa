"""Words: facts become sentences, in the languages that ship and in an organisation's own."""

from wor_match.wording.words import Words as Words
from wor_match.wording.words import words as words
