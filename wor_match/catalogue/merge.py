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
from wor_match.domain.together import ended_by
from wor_match.errors import CatalogueError, Code, Problem

Layer = Imported | Catalogue
Found = dict[str, Any]

WHOLE = ("serves",)  # a dimension left out is 0 there, so it is told whole
UNSAID = ("terms", "summary")  # empty by hand means that nobody wrote it
ABOUT = ("id", "name", "source", "formerly", "checked_on", "rechecked")  # fields that say nothing one could check
MOST_FORMERLY = 50


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
    layers = listed(imported)
    if not isinstance(by_hand, Catalogue):
        raise CatalogueError(
            "merge() takes the hand-written layer as a catalogue; read it with load_catalogue()", code="wrong-type"
        )
    problems: list[Problem] = []
    kept, gone = overlaid(layers, by_hand, by_every_id(earlier or ()), problems)
    now = by_every_id(kept.values())
    for one in earlier or ():
        now_called = next((now[name].id for name in (one.id, *one.formerly) if name in now), None)
        if now_called not in gone:
            problems.extend(changes(one, kept[now_called] if now_called else None))
        keep_history(one, now_called, kept)
    organisers = laid_together(
        (
            used_by(kept.values(), earlier.organisers if earlier else ()),
            *(layer.organisers for layer in layers),
            by_hand.organisers,
        )
    )
    return whole_of(by_hand, kept, organisers, problems)


def whole_of(
    by_hand: Catalogue, kept: dict[str, Activity], organisers: tuple[Organiser, ...], problems: list[Problem]
) -> Catalogue:
    """The catalogue with the head of the hand-written layer; what points nowhere is left out, and told."""
    known = {one.id for one in organisers}
    activities = tuple(with_known_organiser(one, known, problems) for one in kept.values())
    arrangements = tuple(whole_arrangements(by_hand, by_every_id(activities), problems))
    head = {name: getattr(by_hand, name) for name in CatalogueHead.model_fields}
    head |= {"organisers": organisers, "arrangements": arrangements}
    return Catalogue(**head, activities=activities).holding(activities, (*by_hand.problems, *problems))


def used_by(activities: Iterable[Activity], organisers: Iterable[Organiser]) -> list[Organiser]:
    """The organisers of these activities."""
    used = {one.organiser for one in activities}
    return [one for one in organisers if one.id in used]


def by_every_id(activities: Iterable[Activity]) -> dict[str, Activity]:
    """Every activity by its id and its old ids; an id that lives goes before one that was."""
    known = list(activities)
    return {name: one for one in known for name in one.formerly} | {one.id: one for one in known}


def overlaid(
    layers: Iterable[Layer], by_hand: Catalogue, before: dict[str, Activity], problems: list[Problem]
) -> tuple[dict[str, Activity], set[str]]:
    """Every activity by its id: imported ones with what was written over them, then those that no feed tells.

    Beside them the ids of those that a feed told before and none does now.
    """
    hand = by_every_id(by_hand)
    kept: dict[str, Activity] = {}
    for theirs in first_of_each(layers, problems):
        ours = next((hand[name] for name in (theirs.id, *theirs.formerly) if name in hand), None)
        activity = laid_over(theirs, ours, problems) if ours else theirs
        if activity.id in kept:
            problems.append(about(activity, "is told by two imported activities; the first is kept", "duplicate-id"))
        kept.setdefault(activity.id, activity)
    own = [one for one in by_hand if one.id not in kept]
    gone = {one.id for one in own if one.source or (one.id in before and before[one.id].source)}
    for one in own:
        kept[one.id] = without_feed(one, before.get(one.id), problems) if one.id in gone else one
    for one in by_hand:
        for name in one.formerly:
            if hand[name] is not one:
                said = f"was {name!r} formerly, and so is {hand[name].id}; that one gets what the feed says"
                problems.append(about(one, said, "contradiction"))
    return kept, gone


def listed(imported: Any) -> list[Layer]:
    """The imported layers as a list."""
    many = isinstance(imported, Iterable) and not isinstance(imported, Catalogue)
    layers = list(imported) if many else [imported]
    if not all(isinstance(one, Imported | Catalogue) for one in layers):
        raise CatalogueError(
            "merge() takes what an importer gave, or a catalogue, or a list of these", code="wrong-type"
        )
    return layers


def about(activity: Activity, sentence: str, code: Code) -> Problem:
    """A line about one activity."""
    return Problem(sentence, code, activity.id, severity="warning")


def first_of_each(layers: Iterable[Layer], problems: list[Problem]) -> Iterator[Activity]:
    """Every imported activity; of two with one id the first."""
    seen: set[str] = set()
    for layer in layers:
        for activity in layer.activities:
            if activity.id in seen:
                problems.append(about(activity, "stands in two imports; the first is kept", "duplicate-id"))
            else:
                yield activity
            seen.add(activity.id)


def laid_over(theirs: Activity, ours: Activity, problems: list[Problem]) -> Activity:
    """An imported activity with what was written by hand; the source stays theirs, the id is ours."""
    below, above = as_told(theirs), as_told(ours)
    above = {name: part for name, part in above.items() if part or name not in UNSAID}
    whole = {**joined(below, above), **dates_of(below, above)}
    whole["source"] = below.get("source") or above.get("source")
    whole["formerly"] = old_ids(ours.id, (theirs.id, *theirs.formerly, *ours.formerly))
    if "status" in above and theirs.status != ours.status:
        said = f"is {theirs.status} in the feed and {ours.status} by hand; ask which is true, then change it by hand"
        problems.append(about(ours, said, "contradiction"))
    try:
        return Activity.model_validate({name: part for name, part in whole.items() if part is not None})
    except CatalogueError as fault:
        fields = {problem.path.split(".")[0] for problem in fault.problems} & set(above)
        said = (
            f"does not fit what the feed says: {fault.problems[0]}; {', '.join(sorted(fields))} is as written by hand"
        )
        problems.append(about(ours, said, "contradiction"))
        by_hand = {name: above[name] for name in fields}
        return Activity.model_validate({name: part for name, part in {**whole, **by_hand}.items() if part is not None})


def dates_of(below: Found, above: Found) -> Found:
    """When what was known to be so: a day belongs to the layer that told it, and to the fields of that layer.

    The day of the feed never makes fresh what was written by hand; a day by hand is about the whole.
    """
    rechecked = {
        name: on for name, on in below.get("rechecked", {}).items() if name.split(".")[0] not in above
    } | above.get("rechecked", {})
    on = below.get("checked_on")
    if "checked_on" in above or on is None:
        return {"rechecked": rechecked, **({"checked_on": above["checked_on"]} if "checked_on" in above else {})}
    fields = (name for name in below if name not in ABOUT and name not in above)
    return {"checked_on": None, "rechecked": {**dict.fromkeys(fields, on), **rechecked}}


def old_ids(own_id: str, told_ids: Iterable[str]) -> list[str]:
    """Old ids, sorted; of a great many the first fifty."""
    return sorted(set(told_ids) - {own_id})[:MOST_FORMERLY]


def as_told(activity: Activity) -> Found:
    """The fields that were told, nested ones included; what was left out is not there."""
    return {
        name: part
        for name, part in activity.model_dump(by_alias=True, exclude_unset=True).items()
        if name != "formerly"
    }


def joined(below: Found, above: Found, value: str = "") -> Found:
    """What was told above over what was told below; what hangs on fields that are told anew ends."""
    ended = ended_by(value, above)
    whole = {name: part for name, part in below.items() if name not in ended}
    for name, part in list(above.items()):
        under = whole.get(name)
        if isinstance(part, dict) and isinstance(under, dict) and name not in WHOLE:
            part = joined(under, part, name)
        whole[name] = part
    return whole


def without_feed(ours: Activity, before: Activity | None, problems: list[Problem]) -> Activity:
    """What was written over an activity that no feed tells any more, with what the feed said last.

    It is paused, unless its status was written by hand.
    """
    if before is None or before.status == "open":
        said = "is in no feed any more; ask whether it still is there, then write its status"
        problems.append(about(ours, said, "vanished"))
    whole = ours if before is None else laid_over(before, ours, problems)
    return whole if "status" in ours.model_fields_set else whole.replace(status="paused")


def changes(before: Activity, now: Activity | None) -> Iterator[Problem]:
    """What is to be told about an activity of the last merge."""
    if now is not None:
        fields = (name for name in Activity.model_fields if name not in ("source", "formerly", "id"))
        changed = [name for name in fields if getattr(before, name) != getattr(now, name)]
        if changed:
            yield about(now, f"changed since the last merge: {', '.join(changed)}", "changed")
    elif before.source is None:
        yield about(before, "was written by hand and is not there any more", "vanished")
    elif before.status == "open":
        yield about(before, "is in no feed any more; it stays, paused, so that its history counts", "vanished")


def keep_history(before: Activity, now_called: str | None, kept: dict[str, Activity]) -> None:
    """Keep the old ids of an activity of the last merge; one that no feed tells any more stays, paused."""
    if now_called is not None:
        now = kept[now_called]
        lost = [name for name in (*before.formerly, before.id) if name not in kept and name not in now.formerly]
        if lost:
            kept[now.id] = now.replace(formerly=old_ids(now.id, (*now.formerly, *lost)))
    elif before.source is not None:
        kept[before.id] = before if before.status == "closed" else before.replace(status="paused")


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
    problems.append(about(activity, said, "unknown-organiser"))
    return activity.replace(organiser=None)
