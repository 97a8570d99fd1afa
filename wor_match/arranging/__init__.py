"""What goes together in one person's weeks."""

from wor_match.arranging.arrangement import Arrangement as Arrangement
from wor_match.arranging.composing import arrangements as arrangements
