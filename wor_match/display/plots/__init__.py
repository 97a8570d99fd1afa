"""Figures as drawings, as rows and in plain words; matplotlib is loaded only when something is drawn."""

from wor_match.display.plots.continuation import ContinuationDisplay as ContinuationDisplay
from wor_match.display.plots.exposure import ExposureDisplay as ExposureDisplay
from wor_match.display.plots.gaps import GapsDisplay as GapsDisplay
from wor_match.display.plots.regret import RegretDisplay as RegretDisplay
from wor_match.display.plots.reliability import ReliabilityDisplay as ReliabilityDisplay
from wor_match.display.plots.weights import WeightsDisplay as WeightsDisplay
from wor_match.display.plots.why_not import WhyNotDisplay as WhyNotDisplay
