"""What goes together in one person's weeks."""

from wor_match.arranging.arrangement import Arrangement as Arrangement
from wor_match.arranging.composing import arrangements as arrangements
from wor_match.arranging.ready_made import LeftOut as LeftOut
from wor_match.arranging.ready_made import left_out as left_out
