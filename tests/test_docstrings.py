"""Who asks for help on a public name is told of every argument, every field and every error that it raises itself."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from pydantic import BaseModel

import wor_match as wm

ROOMS = {  # beside the front door: the names that our pages tell others to use
    "batch": ["advise_batches", "recommend_file"],
    "catalogue.importers": ["Imported"],
    "catalogue.importers.hsds": ["read"],
    "catalogue.importers.icalendar": ["read"],
    "catalogue.importers.openactive": ["read"],
    "catalogue.importers.schema_org": ["read"],
    "catalogue.importers.table": ["read"],
    "catalogue.importers.uitdatabank": ["read"],
    "choosing.allocation": ["Assignment", "assign"],
    "constraints.constraint": ["Constraint"],
    "display.plots": ["ContinuationDisplay", "ExposureDisplay", "GapsDisplay", "RegretDisplay", "ReliabilityDisplay",
                      "WeightsDisplay", "WhyNotDisplay"],
    "display.radar": ["radar"],
    "evaluation.agreement": ["Agreement"],
    "evaluation.calibration": ["reliability"],
    "evaluation.continuation": ["continuation"],
    "evaluation.drift": ["drift"],
    "evaluation.exposure": ["exposure"],
    "evaluation.fairness": ["fairness"],
    "evaluation.gaps": ["Gaps"],
    "evaluation.off_policy": ["Estimate", "dm", "dr", "ips", "sndr", "snips", "switch_dr"],
    "evaluation.ranking": ["average_precision", "ndcg", "precision", "r_precision", "recall", "reciprocal_rank"],
    "evaluation.scoring": ["ndcg_by_participant"],
    "evaluation.simulation": ["World", "judgements", "simulate"],
    "evaluation.splits": ["TemporalGroupSplit"],
    "evaluation.tuning": ["MatcherEstimator"],
    "evaluation.tuning_worth": ["tune_worth"],
    "evaluation.value": ["value"],
    "interop.cds_hooks": ["advice_to_cds_cards", "events_from_cds_feedback"],
    "interop.fhir": ["activity_from_fhir", "activity_to_fhir", "spider_from_fhir", "suggestion_to_fhir_task"],
    "learning": ["ChanceModel", "Episodes", "HazardClassifier", "Prior", "person_periods"],
    "pathway": ["AgendaItem", "Assessment", "Due", "Feedback", "FollowUpQuestion", "Monitor", "Profile", "Referral",
                "Remark", "agenda", "assess", "due", "events_from_follow_up", "feedback", "follow_up_questions",
                "invented", "load_profile", "monitor", "oddities", "read_registration"],
    "signals.signal": ["Signal"],
}  # fmt: skip
KEPT_FROM_SKLEARN = {"get_metadata_routing", "set_fit_request", "set_score_request"}


def public() -> Iterator[tuple[str, Any]]:
    """Every public class and function, under the name by which it is known."""
    for name in wm.ROOMS:
        yield f"wor_match.{name}", getattr(wm, name)
    for room, names in ROOMS.items():
        yield from ((f"{room}.{name}", getattr(import_module(f"wor_match.{room}"), name)) for name in names)


def functions_of(name: str, found: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """A function itself, or the methods that a class of ours adds."""
    if inspect.isfunction(found):
        yield name, found
    if inspect.isclass(found):
        for method, told in vars(found).items():
            made = getattr(told, "__func__", None) or getattr(told, "fget", None) or told
            if not method.startswith("_") and inspect.isfunction(made) and method not in KEPT_FROM_SKLEARN:
                yield f"{name}.{method}", inspect.unwrap(made)


FOUND = dict(public())
FUNCTIONS = dict(pair for name, found in FOUND.items() for pair in functions_of(name, found))
CLASSES = {name: found for name, found in FOUND.items() if inspect.isclass(found)}


def told(name: str, doc: str) -> bool:
    """Whether a docstring tells of a name: in a list of parameters or attributes, or in a sentence."""
    listed = rf"^ *(\w+, )*\*{{0,2}}{name}(, \w+)* ?(:|$)"
    return bool(re.search(rf"`{name}`", doc) or re.search(listed, doc, re.MULTILINE))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_argument_is_told(name: str) -> None:
    made = FUNCTIONS[name]
    untold = [one for one in inspect.signature(made).parameters if one not in ("self", "cls")]
    assert [one for one in untold if not told(one, inspect.getdoc(made) or "")] == []


@pytest.mark.parametrize("name", CLASSES)
def test_every_field_is_told(name: str) -> None:
    made = CLASSES[name]
    fields = list(made.model_fields) if issubclass(made, BaseModel) else []
    if dataclasses.is_dataclass(made):
        fields = [one.name for one in dataclasses.fields(made) if not one.name.startswith("_")]
    doc = "\n".join(
        inspect.cleandoc(above.__doc__ or "") for above in made.__mro__ if above.__module__ == made.__module__
    )
    assert [one for one in fields if not told(one, doc)] == []


def raised_in(made: Callable[..., Any]) -> set[str]:
    """The errors of the library that stand in the body of a function itself."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(made)))
    calls = (node.exc.func for node in ast.walk(tree) if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call))
    return {call.id for call in calls if isinstance(call, ast.Name) and isinstance(getattr(wm, call.id, None), type)}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_error_is_told(name: str) -> None:
    doc = inspect.getdoc(FUNCTIONS[name]) or ""
    raises = doc.partition("\nRaises\n")[2] or doc
    assert [error for error in raised_in(FUNCTIONS[name]) if error not in raises] == []


def test_what_is_asked_of_a_docstring_can_be_missed() -> None:
    assert told("language", "Words.\n\nParameters\n----------\nlanguage : str\n    One.")
    assert told("name", "Attributes\n----------\nid, name : str\n")
    assert told("backend", "Rows, or with `backend` a frame.")
    assert not told("language", "The sentence in some language.")
    assert not told("k", "At most k.")
    assert {"CatalogueError"} == raised_in(import_module("wor_match.interop.fhir.service_read").refuse_other)
