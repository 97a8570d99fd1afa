"""Invented people, an invented offer and what became of them, with a known truth: to see what a method is worth.

Nothing here says anything about real people; it says what a method would find if the world were like this.
"""

from wor_match.evaluation.simulation.judging import judgements as judgements
from wor_match.evaluation.simulation.people import people_of as people_of
from wor_match.evaluation.simulation.simulated import Simulated as Simulated
from wor_match.evaluation.simulation.simulated import simulate as simulate
from wor_match.evaluation.simulation.truth import Truth as Truth
from wor_match.evaluation.simulation.world import WORLDS as WORLDS
from wor_match.evaluation.simulation.world import World as World
