"""Advice for many people at once: a table of people in, a table of suggestions out."""

from wor_match.batch.advising import advise_frames as advise_frames
from wor_match.batch.advising import recommend_frame as recommend_frame
from wor_match.batch.arrow import advise_batches as advise_batches
from wor_match.batch.streams import recommend_file as recommend_file
