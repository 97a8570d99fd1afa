"""What an assessment is made of: findings, the route, what comes first, consents, warnings; and how it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from wor_match.domain.forgetting import forgetful
from wor_match.domain.frozen_map import FrozenMap
from wor_match.track import Track
from wor_match.wording.markdown import escaped
from wor_match.wording.words import Words, words
from wor_match.wording.writing import filled

Verdict = Literal["fits", "ask", "elsewhere"]
Whom = Literal["referrer", "participant"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found about a referral.

    Attributes
    ----------
    name : str
        Such as ``reason_listed`` or ``stability_unknown``.
    verdict : str
        fits, ask or elsewhere.
    whom : str or None
        Who knows the answer: referrer or participant.
    """

    name: str
    verdict: Verdict
    whom: Whom | None = None
    facts: FrozenMap[str, Any] = field(default=FrozenMap(), repr=False)

    def sentence(self, language: str | Words = "nl") -> str:
        """What was found and what to do, in plain sentences for the referrer and the coach.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        ours = words(language)
        return filled(ours["assess"]["findings"][self.name], self.facts, ours)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd about a referral that changes no verdict by itself.

    Attributes
    ----------
    name : str
        Such as ``read_as`` or ``no_practice``.
    facts : FrozenMap
        What its sentence needs.
    """

    name: str
    facts: FrozenMap[str, Any] = field(default=FrozenMap(), repr=False)

    def sentence(self, language: str | Words = "nl") -> str:
        """What is odd, in plain sentences.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        ours = words(language)
        return filled(ours["assess"]["warnings"][self.name], self.facts, ours)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a referral goes.

    Attributes
    ----------
    destination, name : str
        Its id in the profile, and how it is called.
    through : str
        The organisation that takes the referral in, with its desk.
    intake_by : str
        Who has the first talk: coach or social_worker.
    channel : str or None
        How it gets there: as the referrer said, else as is usual in this region.
    others : tuple of str
        The names of other destinations that are possible too.
    """

    destination: str
    name: str
    through: str
    intake_by: str
    channel: str | None
    others: tuple[str, ...]

    def sentence(self, language: str | Words = "nl") -> str:
        """Where to, through whom, who has the first talk, and what else is possible.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        ours = words(language)
        said = ours["assess"]["route"]
        told = [filled(said["to"], {"name": self.name}, ours), filled(said["through"], {"through": self.through}, ours)]
        if self.channel:
            told.append(filled(said["channel"], {"channel": self.channel}, ours))
        told.append(said["intake_by"][self.intake_by])
        if self.others:
            told.append(filled(said["others"], {"names": self.others}, ours))
        return " ".join(told)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether a referral fits a region, what to ask first, and where it goes. A proposal: people decide.

    Attributes
    ----------
    verdict : str
        fits, ask or elsewhere: the worst of its findings.
    route : Route or None
        None when it belongs elsewhere, or when nobody knows where it goes.
    reasons : tuple of Finding
        What decides comes first.
    first : tuple of Track
        What comes first or alongside, with the desks of the profile.
    consents : tuple of str
        The purposes for which consent is still needed.
    warnings : tuple of Remark
    """

    verdict: Verdict
    route: Route | None = field(repr=False)
    reasons: tuple[Finding, ...] = field(repr=False)
    first: tuple[Track, ...] = field(repr=False)
    consents: tuple[str, ...] = field(repr=False)
    warnings: tuple[Remark, ...] = field(repr=False)

    def sentence(self, language: str | Words = "nl") -> str:
        """The verdict, in a sentence.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        return str(words(language)["assess"]["verdict"][self.verdict])

    def caution(self, language: str | Words = "nl") -> str:
        """What to say beside every assessment: it tells nothing about urgency, and whom to call.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        return str(words(language)["assess"]["caution"])

    @forgetful
    def to_markdown(self, language: str | Words = "nl") -> str:
        """All of it to read: the verdict, why, where to, what comes first, consents, warnings, and the caution.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        ours = words(language)
        parts = [f"# {self.sentence(ours)}"]
        for name, told in self.parts(ours):
            lines = "\n".join(f"- {escaped(sentence)}" for sentence in told)
            parts.append(f"## {ours['assess']['headings'][name]}\n\n{lines}")
        return "\n\n".join([*parts, self.caution(ours)]) + "\n"

    def parts(self, ours: Words) -> Iterator[tuple[str, list[str]]]:
        """Each part that has something to say, with its sentences in `ours`."""
        ask = ours["assess"]["consents"]
        told = {
            "reasons": [one.sentence(ours) for one in self.reasons],
            "route": [self.route.sentence(ours)] if self.route else [],
            "first": [one.sentence(ours) for one in self.first],
            "consents": [filled(ask, {"purposes": (one,)}, ours) for one in self.consents],
            "warnings": [one.sentence(ours) for one in self.warnings],
        }
        return ((name, sentences) for name, sentences in told.items() if sentences)

    @forgetful
    def to_dict(self, language: str | Words = "nl") -> dict[str, Any]:
        """All of it as plain values, with the sentences beside the codes.

        Raises
        ------
        WorMatchError
            When there are no words in this `language`.
        """
        from wor_match.pathway.assessing.as_dict import as_dict

        return as_dict(self, words(language))
