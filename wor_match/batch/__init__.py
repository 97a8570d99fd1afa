"""Advice for many people at once: a table of people in, a table of suggestions out."""

from wor_match.batch.advising import recommend_frame as recommend_frame
