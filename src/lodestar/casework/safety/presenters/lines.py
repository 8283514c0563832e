"""The lines of the first screen as a constable says them aloud: whom each is about, what was answered, what is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import age_words, labels
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.safety.queries import Scene, is_bare_tap
from lodestar.platform.design.when import moment, on
from lodestar.platform.design.words import curly, listed
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.text.reference_lists import reference_list


@dataclass(frozen=True)
class Wording:
    """One line. `words` is the label of its box, `page` the name of the page that answers it instead of a tap.

    `heading_one` is the title when it is about one person, with their name in it.
    """

    text: str
    heading_one: str = ""
    words: str = ""
    hint: str = ""
    ring: str = ""
    page: str = ""
    short: bool = False  # a box of a name's width


WORDINGS = {
    row["code"]: Wording(**{name: value for name, value in row.items() if name != "code"})
    for row in reference_list("safety", "first_lines").rows
}

OFFICERS_WORD = "Officer’s word."


QUESTION = "section45_first_question"
ANSWERS = (("yes", "Yes"), ("cannot_rule_out", "Cannot rule out"), ("no_sign_seen", "No sign seen"))
ASK_AFTER = timedelta(minutes=30)  # practice: a tap made later than this after the event asks for the time it happened
TICKS_AT_ONCE = 12  # with more, one line is unfolded at a time: the page has a budget of 30 kB
SAID_AT_ONCE = 3
ASKED_HERE = 4  # people whose short question stands on the first screen itself
CLOSING = ("done", "not_needed")
BOTH_KEPT = "More than one person answered this. Each answer is kept."


@dataclass(frozen=True)
class Tick:
    """One person on one line."""

    person: UUID
    number: int
    name: str
    is_open: bool


@dataclass(frozen=True)
class AnswerSummary:
    """One answer as the page says it, for one person or several at once."""

    kind: str  # done, not_needed, not_possible, reopened
    at: datetime
    when: str
    who: str
    by: str
    words: str
    word_of: UUID | None = None  # what is owed, where an officer's word alone closed it
    passed_to: str = ""  # who was given what is not possible yet; else it is with the supervisor


@dataclass(frozen=True)
class Ask:
    """Taps of which the time is asked: the answers, whom they are about, when they were tapped."""

    answers: tuple[ObligationAnswer, ...]
    who: str
    when: str


def latest_answers(answers: Iterable[ObligationAnswer], rests_on: str) -> list[ObligationAnswer]:
    """The answers that stand, as the ledger takes them: of each person the last one about the same facts."""
    latest = {answer.by_id: answer for answer in answers if answer.rests_on == rests_on}
    return sorted(latest.values(), key=lambda answer: (answer.recorded_at, answer.id))


class Line:
    """One of the lines, made from its rows. `ticks` are all its people, `offered` those whose buttons are drawn, `elsewhere`
    those of them whose page for it the reader may open. `state` is open, done or stuck; `is_named` whether a button says whose
    it is: where the case has one person it need not."""

    n = 0
    is_unfolded = False
    offered: tuple[Tick, ...] = ()
    elsewhere: tuple[Tick, ...] = ()
    said: tuple[AnswerSummary, ...] = ()
    summary = ""

    def __init__(
        self, scene: Scene, names: Mapping[UUID, str], user: UUID, now: datetime, code: str, rows: tuple[Obligation, ...]
    ) -> None:
        self.scene, self.names, self.user, self.now, self.code, self.rows = scene, names, user, now, code, rows
        self.people = {person.id: person for person in scene.people}
        keys = {row: (row.person_id, row.code, row.subject, row.moment) for row in rows}
        self.answers = {row.id: latest_answers(scene.answers.get(key, ()), row.rests_on) for row, key in keys.items()}
        self.ticks = tuple(self._ticks())
        still = [row for row in rows if row.state == "open"]
        self.state = "done" if not still else "stuck" if all(row.not_possible for row in still) else "open"
        self.due = min((row.due_at for row in still if row.due_at), default=None)
        self.wording, self.is_named, self.ask = WORDINGS[code], len(scene.people) > 1, self._ask()
        is_one = self.wording.heading_one and len(self.ticks) == 1
        title = curly(obligation_rows()[code][-1].title)
        self.heading = self.wording.heading_one.format(name=self.ticks[0].name) if is_one else title
        self.both_kept = BOTH_KEPT if self._several_answered() else ""

    def _ticks(self) -> Iterable[Tick]:
        for person_id, rows in groupby(self.rows, key=lambda row: row.person_id):
            person = self.people.get(person_id) if person_id else None
            if person is not None:
                is_open = any(row.state == "open" for row in rows)
                yield Tick(person.id, person.number, self.names[person.id], is_open)

    def unfold(self, n: int, is_wide: bool, is_asked: bool) -> "Line":
        """The line as it is drawn in its place: wide, or as it was asked for."""
        still = tuple(tick for tick in self.ticks if tick.is_open)
        self.n, self.offered, self.is_unfolded = n, self.ticks if is_asked else still, is_asked or (is_wide and bool(still))
        summaries = self._answer_summaries()
        if self.is_unfolded or len(summaries) <= SAID_AT_ONCE:
            self.said = summaries
        else:
            self.summary = self._summary(summaries)
        return self

    @property
    def is_shut(self) -> bool:
        """Whether it is answered and nothing more is asked about it."""
        return self.state == "done" and self.ask is None and not self.is_unfolded

    @property
    def is_asked_here(self) -> bool:
        """Whether the short question is answered on this screen: for a few people, not for a crowd."""
        return self.code == QUESTION and 0 < len(self.offered) <= ASKED_HERE

    @property
    def numbers(self) -> str:
        """The people offered, as the button for all of them sends them."""
        return ",".join(str(tick.number) for tick in self.offered)

    @property
    def everyone(self) -> str:
        """What the button for all of them says; empty when there is one."""
        count = len(self.offered)
        return "" if count < 2 else "Both" if count == 2 else f"All {count}"

    # --- what was answered -------------------------------------------------------------------------------------

    def _answer_summaries(self) -> tuple[AnswerSummary, ...]:
        """The answers, those given in one tap together."""
        groups: dict[tuple[object, ...], tuple[str, datetime, str, str, list[str], UUID | None, str]] = {}
        for row in self.rows:
            name = self.names.get(row.person_id, "") if row.person_id else ""
            for kind, at, by, words in self._recorded_answers(row):
                word_of = row.id if words.startswith(OFFICERS_WORD) else None
                minute = at.replace(second=0, microsecond=0)
                given = self._by(row.holder.id, row.holder.name) if kind == "not_possible" and row.holder else ""
                group = groups.setdefault((kind, minute, by, words, given), (kind, at, by, words, [], word_of, given))
                if name not in group[4]:
                    group[4].append(name)
        return tuple(
            AnswerSummary(kind, at, moment(at, self.now), self._who(of), by, words, word_of, given)
            for kind, at, by, words, of, word_of, given in groups.values()
        )

    def _recorded_answers(self, row: Obligation) -> Iterable[tuple[str, datetime, str, str]]:
        answers, turns = self.answers[row.id], self.scene.happened.get(row.id, [])
        last = turns[-1] if turns else None
        if row.state == "open":
            if last and last.kind == "reopened":
                yield "reopened", last.happened_at, self._by(last.by, last.by_name), "What is recorded changed."
            yield from (self._answer(answer) for answer in answers if answer.kind == "not_possible")
            return
        closing = [answer for answer in answers if answer.kind in CLOSING]
        yield from (self._answer(answer) for answer in closing)
        question = self.scene.questions.get((row.person_id, row.moment)) if row.person_id and row.code == QUESTION else None
        if not closing and question:
            why = f" “{question.why}”" if question.why else ""
            by = self._by(question.by_id, question.by.name)
            yield "done", question.happened_at, by, f"{dict(ANSWERS)[question.answer]}.{why}"
        elif not closing and last:
            person = self.people.get(row.person_id) if row.person_id and row.code == "establish_age" else None
            age = age_words(person, on(self.scene.case.encountered_at)) if person else ""
            yield "done", last.happened_at, self._by(last.by, last.by_name), f"Recorded: {age}." if age else ""

    def _answer(self, answer: ObligationAnswer) -> tuple[str, datetime, str, str]:
        record = f"{OFFICERS_WORD} " if answer.is_word else f"{answer.record_words}. " if answer.record_words else ""
        quoted = f"“{answer.because}”" if answer.because else ""
        return answer.kind, answer.happened_at, self._by(answer.by_id, answer.by.name), f"{record}{quoted}".strip()

    def _by(self, user: UUID, name: str) -> str:
        return "you" if user == self.user else name

    def _who(self, names: Sequence[str]) -> str:
        """Whom it is about; nothing where there is only one it could be."""
        if len(self.scene.people) < 2:
            return ""
        if len(names) == len(self.ticks) > 1:
            return "both" if len(names) == 2 else f"all {len(names)}"
        return listed(names) if len(names) <= SAID_AT_ONCE + 3 else f"{len(names)} people"

    def _several_answered(self) -> bool:
        return any(len({answer.by_id for answer in answers}) > 1 for answers in self.answers.values())

    def _summary(self, answer_summaries: Sequence[AnswerSummary]) -> str:
        shut = sum(not tick.is_open for tick in self.ticks)
        times = [answer_summary.at for answer_summary in answer_summaries]
        return f"{shut} of {len(self.ticks)} answered, {moment(min(times), self.now)} to {moment(max(times), self.now)}."

    # --- the time of a tap -------------------------------------------------------------------------------------

    def _ask(self) -> Ask | None:
        """One's own taps that came long after the event, and of which no time was given yet."""
        answered = [(row, answer) for row in self.rows for answer in self.answers[row.id] if answer.by_id == self.user]
        taps = [(row, answer) for row, answer in answered if answer.kind == "done" and is_bare_tap(answer)]
        asked = [(row, answer) for row, answer in taps if answer.recorded_at - self._event_of(row) > ASK_AFTER]
        if not asked:
            return None
        names = [self.names[row.person_id] for row, _ in asked if row.person_id]
        answers = tuple(answer for _, answer in asked)
        return Ask(answers, self._who(names) or "", moment(answers[-1].happened_at, self.now))

    def _event_of(self, row: Obligation) -> datetime:
        """What the time is counted from: the encounter, or the later fact that opened the line."""
        opened = [event.happened_at for event in self.scene.happened.get(row.id, []) if event.kind in ("opened", "reopened")]
        return opened[-1] if opened else self.scene.case.encountered_at


def lines(scene: Scene, *, user: UUID, now: datetime, unfolded: str = "") -> list[Line]:
    """The lines of a case, at most seven, in their order, which never changes. `unfolded` names one to open wide."""
    names = labels(scene.people)
    by_code = groupby(scene.owed, key=lambda row: row.code)
    of_case = [Line(scene, names, user, now, code, tuple(rows)) for code, rows in by_code]
    open_ticks = sum(tick.is_open for line in of_case for tick in line.ticks)
    wide = {line.code for line in of_case if line.code == unfolded}
    if not wide:
        still = [line.code for line in of_case if line.state != "done"]
        wide = {*still[:1]} if open_ticks > TICKS_AT_ONCE else {line.code for line in of_case}
    return [line.unfold(n, line.code in wide, line.code == unfolded) for n, line in enumerate(of_case, 1)]


def people_words(people: Sequence[Person], met: datetime) -> str:
    """Whom the page is about: `Kieran, says 16, and Jaz, looks 15`; of many their number."""
    if len(people) > SAID_AT_ONCE:
        return f"{len(people)} people"
    names = labels(people)
    descriptions = [
        ", ".join(filter(None, (names[person.id], age_words(person, on(met)), "contact lost" if person.contact_lost else "")))
        for person in people
    ]
    return f"{', '.join(descriptions[:-1])}, and {descriptions[-1]}" if len(descriptions) > 1 else "".join(descriptions)
