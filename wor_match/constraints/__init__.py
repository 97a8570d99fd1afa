"""What rules an activity out: constraints rule out and never weigh, and what is unknown never rules out.

They are asked in this order. A new one is a row here, words in `wording/`, and a line in the tests.
"""

from wor_match.constraints.constraint import Constraint as Constraint
from wor_match.constraints.offer import full, no_upcoming_session, not_open, too_long_wait
from wor_match.constraints.reach import no_free_time, too_expensive, too_far
from wor_match.constraints.suits import (
    body_level,
    no_shared_language,
    not_accessible,
    not_for_this_age,
    not_for_this_group,
)
from wor_match.constraints.wanted import already_joined, not_wished, only_on_request, tried_before, unwanted

CONSTRAINTS: tuple[Constraint, ...] = (
    not_open,
    no_upcoming_session,
    no_free_time,
    too_far,
    too_expensive,
    no_shared_language,
    not_accessible,
    not_for_this_age,
    not_for_this_group,
    full,
    too_long_wait,
    unwanted,
    only_on_request,
    not_wished,
    already_joined,
    tried_before,
    body_level,
)
