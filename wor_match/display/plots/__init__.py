"""Figures as drawings, as rows and in plain words; matplotlib is loaded only when something is drawn."""

from wor_match.display.plots.continuation import ContinuationDisplay as ContinuationDisplay
from wor_match.display.plots.reliability import ReliabilityDisplay as ReliabilityDisplay
