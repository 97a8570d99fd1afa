"""What speaks for an activity: signals are numbers in [0, 1], and none of them ever rules out.

A new one is a row here with a belief and its source, words in `wording/`, and a line in the tests.
"""

from wor_match.signals.being_there import company, group_fits, level_fits, own_language, visitors_say, welcome
from wor_match.signals.getting_there import affordable, easy_entry, near, soon, time_fits
from wor_match.signals.signal import Signal as Signal
from wor_match.signals.wishes import gives_energy, likes

SIGNALS_VERSION = "1"  # of the meaning of the strengths; a signal that comes to mean something else gets another

SIGNALS: tuple[Signal, ...] = (
    likes,
    gives_energy,
    near,
    time_fits,
    affordable,
    group_fits,
    welcome,
    visitors_say,
    company,
    soon,
    easy_entry,
    own_language,
    level_fits,
)
