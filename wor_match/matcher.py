"""The verbs, and the only room that knows their order: rule out, weigh, choose, explain.

What was learned goes in and out in `remembering`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from wor_match.advice import Advice
from wor_match.allocating import Allocation, Fairness, People, Waited, allocated
from wor_match.arranging import Arrangement, arrangements
from wor_match.domain.asked import ask, day_of
from wor_match.domain.change import with_answers
from wor_match.domain.columns import Columns, Flags
from wor_match.domain.forgetting import forgetful
from wor_match.domain.kinds import Chosen
from wor_match.domain.participant import Participant
from wor_match.filling import slots
from wor_match.question import Question
from wor_match.recording import chosen_outside
from wor_match.remembering import Remembering
from wor_match.request import Request
from wor_match.suggestion import suggested

if TYPE_CHECKING:
    from wor_match.evaluation.changes.comparison import Comparison
    from wor_match.evaluation.drift import Drift
    from wor_match.evaluation.fairness import Fairness as OfGroups
    from wor_match.evaluation.replaying.replayed import Replay


class Matcher(Remembering):
    """Matches participants with the activities of one catalogue; immutable, and safe to share between threads.

    Parameters
    ----------
    catalogue : Catalogue
    settings : Settings, optional
        What an organisation may set; the usual when left out.
    model : Learned, optional
        What was learned before; see `learn` and `load`.
    prior : Prior, optional
        What is believed before any outcome; the expert's beliefs when left out.
    constraints, signals : sequence
        What rules out, and what speaks for.

    Raises
    ------
    CatalogueError
        When it is no Catalogue, or holds more activities than `settings.limits` allow.
    WorMatchError
        When another part is not what it should be.

    Examples
    --------
    >>> import wor_match as wm
    >>> matcher = wm.Matcher(wm.load_catalogue("nieuwegein"))
    >>> person = wm.Participant(id="p1", likes=["samen-koken"], place={"postcode": "3431"})
    >>> matcher.recommend(person, at=date(2026, 11, 23))[0].activity.name
    'Kookgroep De Linde'
    """

    def __repr__(self) -> str:
        return f"Matcher({self.catalogue.id!r}, {len(self.catalogue)} activities)"

    @forgetful
    def recommend(
        self,
        person: Participant,
        *,
        at: date,
        n: int = 3,
        seed: int = 0,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
        despite: Collection[str] = (),
        minutes: Mapping[str, float] | None = None,
        explore: int | None = None,
    ) -> Advice:
        """A few activities for one person, with reasons, and what was left out with its rules.

        Parameters
        ----------
        person : Participant
        at : date or aware datetime
            The day of the conversation (sessions count from the next day), or a moment.
        n : int
            How many to show, 1 to 100 (`Settings.limits.suggestions`).
        seed : int
            Part of the decision's id, and of the lot when exploring.
        only, without : collection of str
            Activity ids that narrow the question.
        despite : collection of str
            ``("safety",)``: the coach wants suggestions although safety comes first.
        minutes : mapping
            The host's own travel minutes per activity id, in place of the estimate.
        explore : int, optional
            How many of the last places to fill by lot, to learn from; as in the settings when left out. Only for people
            who agreed to learning; it is not done while a circumstance comes first. The places before are an advice of
            n - explore ideas: with one such place only the best stands there, also when they named something else.

        Raises
        ------
        WorMatchError
            When `at` is naive, `n` or `explore` is out of range, `seed` is no whole number, `only` names an activity
            that is not there, `despite` something else than safety, or `minutes` holds what is no time.
        """
        explore = self.settings.explore if explore is None else explore
        request = Request(person, at, n, seed, only, without, despite, minutes, explore).checked(
            self.columns, self.limits
        )
        question = Question.of(self.knowledge, request)
        (shown,) = suggested([question], slots([question], [request]))
        return Advice(shown, question, request)

    @forgetful
    def recommend_frame(
        self, people: Any, *, at: date, n: int = 3, seed: int = 0, n_jobs: int | None = None, progress: bool = False
    ) -> Any:
        """The first ideas for many people: a table in, a table of the same kind out.

        Parameters
        ----------
        people : list of dict, or frame
            A row for each person, of polars, pandas, pyarrow or whatever narwhals knows. Columns are fields of
            `Participant` (`PARTICIPANT_SCHEMA`), or parts of one (``travel.max_minutes``); empty cells were not told.
        at, n, seed : date, int, int
            As in `recommend`, the same for everybody.
        n_jobs : int, optional
            Workers of joblib; `joblib.parallel_config` moves the work to Dask or Ray.
        progress : bool
            Whether to tell on standard error how far it is.

        Returns
        -------
        list of dict, or frame
            `ADVICE_SCHEMA`: a row for each idea, in the order of the people, the same as one by one to the last bit; a
            row without activity when nothing is possible, and one with a ``problem`` for who cannot be read. A frame
            of the same kind: polars' lazy one gives a DataFrame, one of Dask a pandas frame, made in this process.

        Raises
        ------
        WorMatchError
            When it is no table, a column is no answer, or as in `recommend`.
        """
        from wor_match.batch import recommend_frame

        return recommend_frame(self, people, at, n, seed, n_jobs, progress)

    @forgetful
    def what_if(self, person: Participant, changes: Mapping[str, Any], *, at: date, n: int = 3) -> Comparison:
        """The advice as it is and with other answers, side by side.

        Parameters
        ----------
        person : Participant
        changes : mapping
            Field → answer, as in `Participant`; a part changes alone when dotted (``travel.max_minutes``).
        at, n : date, int
            As in `recommend`.

        Raises
        ------
        ParticipantError
            Naming each answer that cannot be read.
        WorMatchError
            As `recommend`.
        """
        from wor_match.evaluation.changes.comparison import Comparison

        before = self.recommend(person, at=at, n=n, explore=0)
        after = self.recommend(with_answers(person, changes), at=at, n=n, explore=0)
        return Comparison.of({person.id: before}, {person.id: after}, n)

    @forgetful
    def arrange(self, person: Participant, *, at: date, size: int = 2, n: int = 3) -> tuple[Arrangement, ...]:
        """At most n sets that go together in the person's weeks, by score, beside the ready-made ones that fit.

        Never a clash in eight weeks, the way between included.

        Parameters
        ----------
        person : Participant
        at, n : date, int
            As in `recommend`; ready-made sets come on top of these n.
        size : int
            How many activities go together: 2, 3 or 4.

        Raises
        ------
        WorMatchError
            When `size` is not 2, 3 or 4, `at` is naive, or `n` is out of range.
        """
        request = Request(person, at, n).checked(self.columns, self.limits)
        return arrangements(Question.of(self.knowledge, request), request, size)

    @forgetful
    def question(self, person: Participant, *, at: date, without: Collection[str] = ()) -> Question:
        """Every rule and every signal put to every activity for one person: what an advice is chosen from.

        For evaluating, or for choosing in a way of your own. `person`, `at`, `without` and errors as for `recommend`.
        """
        return Question.of(self.knowledge, Request(person, at, without=without).checked(self.columns, self.limits))

    @forgetful
    def allocate(
        self, people: People, *, at: date, fairness: Fairness = "worst_off_first", waited: Waited = None, seed: int = 0
    ) -> Allocation:
        """Who has which scarce place and who waits for what; exact, and each measured by their own best only.

        Parameters
        ----------
        people : iterable of Participant
        at : date
            As in `recommend`.
        fairness : str
            ``worst_off_first`` (the smallest share of somebody's own best, then the next) or ``total`` (their sum).
        waited : mapping, optional
            Person id → weeks waited, for who goes first among equally good ways; then a lot by `seed` decides.

        Raises
        ------
        WorMatchError
            When somebody stands there twice or is no Participant, or one of the others cannot be read.
        """
        day_of(at)  # also when there is nobody to ask for
        return allocated(people, partial(self.question, at=at), self.columns, fairness, waited, seed)

    @property
    def columns(self) -> Columns:
        """The catalogue as arrays, one row for each activity, sorted by id."""
        return self.knowledge.columns

    @forgetful
    def allowed(self, person: Participant, *, at: date) -> Flags:
        """Which rule allows which activity, (n_constraints, n_activities): `constraints` by rows of `columns`.

        The rules alone, without scores: quicker for many people. `person`, `at` and errors as for `recommend`.
        """
        request = Request(person, at).checked(self.columns, self.limits)
        return self.knowledge.verdicts(ask(request.person, self.columns, request.at))

    def model_card(
        self,
        *,
        replayed: Replay | None = None,
        groups: OfGroups | None = None,
        drifted: Drift | None = None,
        before: Matcher | None = None,
    ) -> str:
        """What somebody should know before relying on this matcher, in Markdown; it may be shared.

        Use, data, method, figures, groups, limits and what changed; people in whole tens, never fewer than ten.

        Parameters
        ----------
        replayed : Replay, optional
            How good it is.
        groups : Fairness, optional
            For whom, by one grouping: two can be subtracted from each other.
        drifted : Drift, optional
            Whether it still is so.
        before : Matcher, optional
            What changed since.

        Raises
        ------
        WorMatchError
            When one of these is something else.
        """
        from wor_match.evaluation.model_card import model_card

        return model_card(self, replayed, groups, drifted, before)

    @forgetful
    def chosen_event(self, person: Participant, activity: str, *, at: datetime, event_id: str) -> Chosen:
        """The event of a choice outside an advice, with the strengths of that day.

        Parameters
        ----------
        person : Participant
        activity : str
            The id of an activity in the catalogue.
        at : aware datetime
            When it was chosen.
        event_id : str
            The same for the same choice, so that telling it twice is one event.

        Raises
        ------
        WorMatchError
            When the activity is not in the catalogue, or `at` has no time zone.
        """
        return chosen_outside(self.question(person, at=at), activity, at, event_id)
