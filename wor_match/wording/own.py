"""An organisation's own sentences: a file that replaces some of ours, held to the same rules as ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wor_match.catalogue.reader import Node, read_bytes, read_text
from wor_match.domain.text import HIDDEN
from wor_match.errors import CatalogueError, Problem, WorMatchError
from wor_match.wording.lint import faults_in, placeholders
from wor_match.wording.words import SIMPLER, Tree, Words, laid_over, languages, words

OURS_ALONE = ("language", "variants", SIMPLER)
OPEN_ENDED = (("labels", "languages"), ("labels", "none_reason"))  # where names of their own may be added
SHAPES: dict[type, str] = {dict: "set of names with sentences", list: "list", str: "single sentence"}


def load_words(path: str | Path) -> Words:
    """Our words with an organisation's own laid over them, to give wherever a language is asked.

    The file has the shape of ours: ``language: nl`` (or nl-je, en), and below the names of ours only what is said
    otherwise; under ``a2`` what is said otherwise at A2.

    Parameters
    ----------
    path : str or Path
        A YAML file.

    Raises
    ------
    WorMatchError
        With every fault as ``file:line:column``: a name or a fact that ours do not have, a sentence that is too long,
        a word that labels a person or promises an effect.
    """
    if not isinstance(path, str | Path):
        raise WorMatchError("load_words() takes the path of a YAML file", code="no-path")
    try:
        tree, problems = read_text(read_bytes(Path(path)), str(path))
    except CatalogueError as fault:
        raise WorMatchError(fault.sentence, fault.problems, code=fault.code) from None
    if tree is not None and not problems:
        ours = words_meant(tree)
        problems = [*misfits(tree, ours["B1"]), *misfits(tree, ours["A2"], (SIMPLER,))]
        if not problems:
            laid = laid_upon(tree, ours)
            problems = [*faults_at(tree, laid), *faults_at(tree, laid.at("A2"), (SIMPLER,))]
            if not problems:
                return laid
    raise WorMatchError(f"sentences in {path} are refused", problems or [Problem("is empty", "empty", file=str(path))])


def words_meant(tree: Node) -> dict[str, Words]:
    """Ours, in the language that the file names, at both levels."""
    told = tree.value.get("language") if isinstance(tree.value, dict) else None
    if told is None or told.value not in languages():
        at = told or tree
        said = f"names no language of ours; begin with `language: nl`, or another of {', '.join(languages())}"
        raise WorMatchError(f"sentences in {tree.file} are refused", [at.problem(said, "no-language", "language")])
    return {level: words(str(told.value), level) for level in ("B1", "A2")}


def misfits(tree: Node, ours: Words, above: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Every name, shape or fact that ours do not have, in the file or in its simpler part."""
    assert isinstance(tree.value, dict)  # noqa: S101 — it names a language
    known = {name: said for name, said in ours.levels[ours.level].items() if name not in OURS_ALONE}
    told = tree.value.get(SIMPLER) if above else tree
    if told is None:
        return
    if not isinstance(told.value, dict):
        yield told.problem("is no set of names with sentences", "other-shape", SIMPLER)
        return
    own = {name: inner for name, inner in told.value.items() if above or name not in ("language", SIMPLER)}
    yield from misfits_in(Node(own, told.file, told.line, told.column, told.keys), known, above)


def misfits_in(node: Node, ours: Tree, path: tuple[str, ...]) -> Iterator[Problem]:
    """The same for the names below one name."""
    assert isinstance(node.value, dict)  # noqa: S101 — looked at before
    for name, inner in node.value.items():
        place, said = ".".join((*path, name)), ours.get(name)
        if said is None and path in OPEN_ENDED and isinstance(inner.value, str):
            continue
        if said is None:
            allowed = f"no such name; allowed are {', '.join(sorted(ours)[:40])}"
            yield Problem(allowed, "unknown-field", place, node.file, *node.keys[name])
        elif type(inner.value) is not type(said):
            yield inner.problem(f"is no {SHAPES[type(said)]}, as ours is", "other-shape", place)
        elif isinstance(said, dict):
            yield from misfits_in(inner, said, (*path, name))
        elif isinstance(said, list) and isinstance(inner.value, list) and len(said) != len(inner.value):
            yield inner.problem(f"has {len(inner.value)} parts; ours has {len(said)}", "other-shape", place)
        elif isinstance(said, list) and not all(isinstance(part, str) for part in inner.plain()):
            yield inner.problem("has a part that is no text", "other-shape", place)
        elif HIDDEN.search("".join(inner.plain())):
            yield inner.problem(
                "holds a character that hides or turns text around; remove it", "hidden-character", place
            )
        elif (
            isinstance(inner.value, str)
            and isinstance(said, str)
            and (more := placeholders(inner.value) - placeholders(said))
        ):
            facts = ", ".join(sorted(placeholders(said))) or "none"
            asked = ", ".join(sorted(more))
            yield inner.problem(f"asks for {asked}; the facts here are: {facts}", "unknown-fact", place)


def laid_upon(tree: Node, ours: dict[str, Words]) -> Words:
    """Ours with the own sentences laid over them, at both levels; what ours say more simply stays so."""
    own = tree.plain()
    simpler = own.pop(SIMPLER, {})
    levels = ours["B1"].levels
    ours_simpler = levels["B1"][SIMPLER]
    plain = laid_over(levels["B1"], own)
    return Words(own["language"], "B1", {"B1": plain, "A2": laid_over(laid_over(plain, ours_simpler), simpler)})


def faults_at(tree: Node, laid: Words, above: tuple[str, ...] = ()) -> list[Problem]:
    """What is wrong with a sentence, at its place in the file; what an own word makes too long, at the own words."""
    found = []
    for path, code, sentence in faults_in(laid):
        here = tree.at((*above, *path))
        there = here if here is not tree and here is not tree.at(above) else tree.at(path)
        found.append(there.problem(sentence, code, ".".join((*above, *path))))
    return found
