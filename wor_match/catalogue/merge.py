"""Two layers as one offer: what was imported, and over it what was written by hand. No import wipes what was written.

The hand-written layer is a catalogue of its own, in files of its own. An activity in it with the id of an imported one
(or with that id in `formerly`) lies over it field by field; any other activity is one that no feed knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from wor_match.catalogue.importers import Imported
from wor_match.domain.activity import Activity
from wor_match.domain.catalogue import Catalogue, CatalogueHead, Organiser
from wor_match.errors import CatalogueError, Problem

Layer = Imported | Catalogue
Found = dict[str, Any]

TOGETHER = {  # fields of one value that only make sense together: who writes one of them writes them all
    "place": {"postcode", "latitude", "longitude", "country", "online", "at_home"},
    "schedule": {"weekly", "monthly", "dates", "on_request", "from", "until"},
    "places": {"free", "as_of"},
}
WHOLE = ("serves",)  # a dimension left out is 0 there, so it is told whole
UNSAID = ("terms", "summary")  # empty by hand means that nobody wrote it


def merge(imported: Layer | Iterable[Layer], by_hand: Catalogue, earlier: Catalogue | None = None) -> Catalogue:
    """The imported offer with the hand-written layer over it, field by field.

    Parameters
    ----------
    imported : Imported, Catalogue, or several of them
        What the feeds say now.
    by_hand : Catalogue
        What somebody wrote: whole activities, and single fields of imported ones (id, name and `terms: []` are enough).
        Its head, desks, support and arrangements are those of the result.
    earlier : Catalogue, optional
        What the last merge gave. Then activities that changed are reported, and those that vanished stay, paused, so
        that their history counts.

    Returns
    -------
    Catalogue
        Its `.problems` say what vanished, what changed, and where both layers contradict each other.

    Raises
    ------
    CatalogueError
        When `by_hand` is no catalogue, or what is imported is neither an `Imported` nor a catalogue.

    Examples
    --------
    >>> feed = Catalogue(id="feed", name="Feed", activities=[Activity(id="f-1", name="Koor", terms=["zingen"])])
    >>> fields = {"id": "koor", "formerly": ["f-1"], "name": "Koor", "terms": [], "host": {"receives_newcomers": True}}
    >>> written = Activity.model_validate(fields)
    >>> whole = merge(feed, Catalogue(id="eigen", name="Eigen", activities=[written]))
    >>> whole["koor"].terms, whole["koor"].host.receives_newcomers
    (('zingen',), True)
    """
    layers = layers_of(imported)
    if not isinstance(by_hand, Catalogue):
        raise CatalogueError("merge() takes the hand-written layer as a catalogue; read it with load_catalogue()")
    problems: list[Problem] = []
    kept = overlaid(layers, by_hand, problems)
    now = {name: one for one in kept.values() for name in (*one.formerly, one.id)}
    for before in earlier or ():
        same = now.get(before.id) or next((now[name] for name in before.formerly if name in now), None)
        if same is None and before.source:
            kept[before.id] = now[before.id] = before.replace(status="paused")
        problems.extend(what_became(before, same))
    used = {one.organiser for one in kept.values()}
    before_now = [one for one in (earlier.organisers if earlier else ()) if one.id in used]
    organisers = laid_together((before_now, *(layer.organisers for layer in layers), by_hand.organisers))
    known = {one.id for one in organisers}
    head = {name: getattr(by_hand, name) for name in CatalogueHead.model_fields} | {
        "organisers": organisers,
        "arrangements": tuple(whole_arrangements(by_hand, now, problems)),
        "activities": tuple(with_known_organiser(one, known, problems) for one in kept.values()),
    }
    return Catalogue(**head).holding(head["activities"], (*by_hand.problems, *problems))


def overlaid(layers: Iterable[Layer], by_hand: Catalogue, problems: list[Problem]) -> dict[str, Activity]:
    """Every activity by its id: imported ones with what was written over them, then those that no feed knows."""
    hand = {name: one for one in by_hand for name in (one.id, *one.formerly)}
    kept: dict[str, Activity] = {}
    for theirs in once_each(layers, problems):
        ours = hand.get(theirs.id) or next((hand[name] for name in theirs.formerly if name in hand), None)
        activity = laid_over(theirs, ours, problems) if ours else theirs
        if activity.id in kept:
            problems.append(told(activity, "is told by two imported activities; the first is kept", "duplicate-id"))
        kept.setdefault(activity.id, activity)
    for ours in by_hand:
        if ours.id not in kept:
            kept[ours.id] = without_feed(ours, problems) if ours.source else ours
    return kept


def layers_of(imported: Any) -> list[Layer]:
    """The imported layers as a list."""
    layers = [imported] if isinstance(imported, Imported | Catalogue) else list(imported)
    if not all(isinstance(one, Imported | Catalogue) for one in layers):
        raise CatalogueError("merge() takes what an importer gave, or a catalogue, or a list of these")
    return layers


def told(activity: Activity, sentence: str, code: str) -> Problem:
    """A line about one activity."""
    return Problem(sentence, code, activity.id, severity="warning")


def once_each(layers: Iterable[Layer], problems: list[Problem]) -> Iterator[Activity]:
    """Every imported activity; of two with one id the first."""
    seen: set[str] = set()
    for layer in layers:
        for activity in layer.activities:
            if activity.id in seen:
                problems.append(told(activity, "stands in two imports; the first is kept", "duplicate-id"))
            else:
                yield activity
            seen.add(activity.id)


def laid_over(theirs: Activity, ours: Activity, problems: list[Problem]) -> Activity:
    """An imported activity with what was written by hand; the source stays theirs, the id is ours."""
    below, above = as_told(theirs), as_told(ours)
    above = {name: part for name, part in above.items() if part or name not in UNSAID}
    whole = joined(below, above)
    whole["source"] = below.get("source") or above.get("source")
    old = {theirs.id, *theirs.formerly, *ours.formerly} - {ours.id}
    whole |= {"formerly": sorted(old)}
    if "status" in above and theirs.status != ours.status:
        said = f"is {theirs.status} in the feed and {ours.status} by hand; ask which is true, then change it by hand"
        problems.append(told(ours, said, "contradiction"))
    try:
        return Activity.model_validate({name: part for name, part in whole.items() if part is not None})
    except CatalogueError as fault:
        why = fault.problems[0] if fault.problems else fault.sentence
        problems.append(
            told(ours, f"does not fit what the feed says ({why}); the feed is left out there", "contradiction")
        )
        return Activity.model_validate({**below, **above, "formerly": sorted(old)})


def as_told(activity: Activity) -> Found:
    """The fields that were told, nested ones included; what was left out is not there."""
    return {
        name: part
        for name, part in activity.model_dump(by_alias=True, exclude_unset=True).items()
        if name != "formerly"
    }


def joined(below: Found, above: Found, together: Collection[str] = ()) -> Found:
    """What was told above over what was told below; fields that belong together go together."""
    gone = together if set(together) & set(above) else ()
    whole = {name: part for name, part in below.items() if name not in gone}
    for name, part in list(above.items()):
        under = whole.get(name)
        if isinstance(part, dict) and isinstance(under, dict) and name not in WHOLE:
            part = joined(under, part, TOGETHER.get(name, ()))
        whole[name] = part
    return whole


def without_feed(ours: Activity, problems: list[Problem]) -> Activity:
    """What was written about an activity that no feed tells any more: kept, paused unless its status was written."""
    problems.append(
        told(ours, "is in no feed any more; ask whether it still is there, then write its status", "vanished")
    )
    return ours if "status" in ours.model_fields_set else ours.replace(status="paused")


def what_became(before: Activity, now: Activity | None) -> Iterator[Problem]:
    """What became of an activity of the last merge."""
    if now is not None:
        fields = (name for name in Activity.model_fields if name not in ("source", "formerly", "id"))
        if changed := [name for name in fields if getattr(before, name) != getattr(now, name)]:
            yield told(now, f"changed since the last merge: {', '.join(changed)}", "changed")
    elif before.source is None:
        yield told(before, "was written by hand and is not there any more", "vanished")
    elif before.status == "open":
        yield told(before, "is in no feed any more; it stays, paused, so that its history counts", "vanished")


def laid_together(layers: Iterable[Iterable[Organiser]]) -> tuple[Organiser, ...]:
    """Every organiser once; a later layer lies over an earlier one, field by field."""
    found: dict[str, Organiser] = {}
    for organiser in (one for layer in layers for one in layer):
        below = found.get(organiser.id)
        found[organiser.id] = below.replace(**organiser.model_dump(exclude_unset=True)) if below else organiser
    return tuple(found.values())


def whole_arrangements(by_hand: Catalogue, now: dict[str, Activity], problems: list[Problem]) -> Iterator[Any]:
    """The ready-made arrangements, with the ids of today; one that lacks an activity is left out, and told."""
    for one in by_hand.arrangements:
        if lacking := [name for name in one.activities if name not in now]:
            said = f"holds {lacking[0]!r}, which no layer tells any more; left out"
            problems.append(Problem(said, "unknown-activity", one.id, severity="warning"))
        else:
            yield one.replace(activities=tuple(dict.fromkeys(now[name].id for name in one.activities)))


def with_known_organiser(activity: Activity, known: Collection[str], problems: list[Problem]) -> Activity:
    """The activity; an organiser whom no layer knows is left out, and told."""
    if activity.organiser is None or activity.organiser in known:
        return activity
    said = f"has the organiser {activity.organiser!r}, whom no layer knows; left out"
    problems.append(told(activity, said, "unknown-organiser"))
    return activity.replace(organiser=None)
