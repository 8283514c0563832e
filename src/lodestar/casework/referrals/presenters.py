"""A referral in words: what has gone, what would go and what stays here; and while it is written its sections, how far each is,
and what the coach and colleagues say of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.presenters import label
from lodestar.casework.referral_forms.presenters import route_words
from lodestar.casework.referral_forms.rules.form import ROOM, WARN_AT, Field, FormPage, is_notification, missing
from lodestar.casework.referral_forms.rules.made import missing_lines
from lodestar.casework.referral_forms.rules.route import Route
from lodestar.casework.referral_forms.rules.sections import OPENED, Ask, Section, asks, cells_of, sections, tonight
from lodestar.casework.referrals.models import Referral, ReferralDraft
from lodestar.casework.referrals.queries.outgoing import Offered, Submission
from lodestar.casework.referrals.queries.writing import Sheet
from lodestar.platform.design.when import moment
from lodestar.platform.design.words import curly
from lodestar.platform.text.reference_lists import rows_on

NAMES = {"nrm": "NRM referral", "dtn": "Duty to Notify"}


def when_words(row: Referral, now: datetime) -> str:
    """When it was sent, as far as it is known."""
    return f"{row.sent_words}, time not recorded" if row.sent_words else moment(row.sent_at, now)


def crimes(row: Referral, numbers: Sequence[str]) -> str:
    """The crime numbers that stood when it was recorded, and those that came since."""
    since = [number for number in numbers if f", {number}, " not in f", {row.crime_reference}, "]
    stood = f"Crime number: {row.crime_reference}." if row.crime_reference else "No crime number yet when it was recorded."
    return f"{stood} Since then: {', '.join(since)}." if since else stood


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def facts_say(route: Route) -> str:
    """The route as the facts give it now: `The facts say: refer to the National Referral Mechanism.`"""
    return f"The facts say: {_lower(route_words()[route.code]['heading'])}."


def out_of_line_words(route: Route, sent: str) -> tuple[str, ...]:
    """What is said before something is recorded that is not the route of the facts, a paragraph each. It refuses nothing."""
    return (
        f"{facts_say(route)} {' '.join(route.why)}",
        f"You are recording {'an' if sent == 'nrm' else 'a'} {NAMES[sent]} that was sent.",
        "If a fact is missing, record that first. If it has gone, it is recorded as it happened: the coordinator is shown it at "
        "once, and it is counted.",
    )


def may_refer(day: date) -> list[str]:
    """The names of the first responder organisations of a day, to be offered; kinds of which there are many are not."""
    rows = rows_on("referrals", "first_responders", day)
    return [curly(row["name"]) for row in rows if not row.get("many")]


def only(sheet: Sheet, going: Submission, codes: Sequence[str]) -> list[FormPage]:
    """The pages of the form with what these questions fill alone, as it would go."""
    names = {field.name for code in codes if code in asks(sheet.version) for field in asks(sheet.version)[code].fields}
    return [replace(leaf, lines=tuple(line for line in leaf.lines if line.field.name in names)) for leaf in going.leaves]


def gaps(sheet: Sheet, going: Submission) -> list[str]:
    """What the form asks for and nobody has answered, in our words, each once."""
    return _labels(sheet, missing(going.leaves))


def withheld_labels(sheet: Sheet, going: Submission) -> list[str]:
    """What the form asks for and what stays here, each once."""
    return _labels(sheet, [line.field for leaf in going.leaves for line in leaf.lines if line.state == "kept_back"])


def _labels(sheet: Sheet, fields: Sequence[Field]) -> list[str]:
    words = {field.name: ask.label for ask in asks(sheet.version).values() for field in ask.fields}
    return list(dict.fromkeys(words[field.name] for field in fields))


def size_words(number: int) -> dict[str, Any]:
    """How many kilobytes would go, begun ones counted, of how many that fit."""
    return {"kb": -(-number // 1000), "room": ROOM // 1000, "warn_at": WARN_AT // 1000, "is_near": number >= WARN_AT}


NAME_PARTS = ("pv-name-first-name", "pv-name-last-name")
OFFERED = 230  # values up to which the browser is given them to offer: a page has a budget
BEGINNING = 240  # characters shown of an answer that has a page of its own
KINDS = {
    "rows": "rows", "choice": "radios", "tick": "tick", "long_text": "area", "several": "area",
    **dict.fromkeys(("ticks", "choices", "files", "people"), "ticks"),
}  # fmt: skip
NOT_HELD = {"age": "Not known yet", "consent": "No valid answer yet"}


class Page:
    """The questions of a section as they are drawn, each with what hangs on it; the template asks it about each."""

    def __init__(self, section: Section, sheet: Sheet, form: Any, user: UUID, now: datetime) -> None:
        self.sheet, self.form, self.user, self.now = sheet, form, user, now
        drawn = form.asks if form.only else {ask.code for ask in sheet.drawn(section)}
        self.asks = {ask.code: ask for ask in section.asks if ask.code in drawn or ask.code in form.asks}

    @property
    def asked(self) -> list[Ask]:
        """Those that hang on nothing that is drawn; the others come under them."""
        return [ask for ask in self.asks.values() if ask.under not in self.asks]

    def below(self, ask: Ask) -> list[Ask]:
        """What hangs on a question: under its answer `when`, or on any where that is empty."""
        return [follow_up for follow_up in self.asks.values() if follow_up.under == ask.code]

    def answer(self, ask: Ask) -> str:
        """Its answer as it stands."""
        return self.sheet.given_answers.get(ask.code, "")

    def is_folded(self, ask: Ask) -> bool:
        """Whether the case's answer is shown, and the field only for who wants to change it."""
        return self.sheet.is_from_the_case(ask.code) and not any(follow_up.when for follow_up in self.below(ask))

    def is_open(self, ask: Ask) -> bool:
        """Whether its field wants a look."""
        return bool(self.form[ask.code].errors) or ask.code in self.form.clashing

    def suggestions(self, ask: Ask) -> tuple[str, ...]:
        """What the browser is given to offer, of a list too long to open and short enough for a page."""
        is_offered = ask.kind == "list" and OPENED < len(ask.listed()) <= OFFERED and not ask.code.endswith("-second")
        return ask.listed() if is_offered else ()

    def beginning(self, ask: Ask) -> str:
        """How an answer begins that has a page of its own, in whole words."""
        answer = self.answer(ask)
        return f"{answer[:BEGINNING].rpartition(' ')[0] or answer[:BEGINNING]} …" if len(answer) > BEGINNING else answer

    def of_the_case(self, ask: Ask) -> str:
        """The answer that the case alone says."""
        return dict(ask.options).get(self.answer(ask), "").partition(" - ")[0].partition(" – ")[0] or NOT_HELD[ask.source]

    def lines(self, ask: Ask) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
        """The lines of a list with room for another: two where there is none yet."""
        rows = [cells_of(row) for row in ask.values(str(self.form[ask.code].value() or ""))]
        rows += [[]] * min(1 if rows else 2, max(ask.most - len(rows), 0))
        labels = [label for label, _ in ask.columns]
        return tuple(
            (
                f"{ask.each} {number}",
                tuple(
                    (f"{ask.code}-{number}-{at}" if number > 1 or at else ask.code, label, row[at] if at < len(row) else "")
                    for at, label in enumerate(labels)
                ),
            )
            for number, row in enumerate(rows, 1)
        )

    def missing(self, code: str) -> str:
        """What is listed, and not in what was written instead; of a choice nothing, since only one can hold."""
        if code not in self.sheet.own or self.asks[code].kind != "long_text":
            return ""
        return missing_lines(self.sheet.made.get(code, ""), self.sheet.own[code])

    def kind(self, ask: Ask) -> str:
        """The macro that draws it."""
        if ask.kind == "list":
            return "select" if len(ask.listed()) <= OPENED else "text"
        return KINDS.get(ask.kind, "text")

    def hint(self, ask: Ask) -> str:
        """What helps to answer, and whose the answer is that stands."""
        parts = [ask.hint] if ask.hint else []
        row = self.sheet.written.get(ask.code)
        if row is not None and row.words:
            by = "you" if row.written_by_id == self.user else row.written_by.name
            again = f", written {row.number} times" if row.number > 1 else ""
            parts.append(f"Written by {by} {moment(row.written_at, self.now)}{again}")
        elif self.sheet.is_proposed(ask.code):
            parts.append("Drafted from recorded signs. It is sent like this unless you change it")
        elif self.answer(ask):
            parts.append(self._source(ask.code))
        return ". ".join(filter(None, [*parts, self._whole_name(ask)]))

    def source(self, ask: Ask) -> str:
        """Where the answer is from that is shown and not asked."""
        return self._whole_name(ask) or self._source(ask.code)

    def _whole_name(self, ask: Ask) -> str:
        """The whole name that the case has, beside the two parts that are asked for."""
        is_name = ask.code in NAME_PARTS and self.sheet.person.name.strip()
        return f"The case has: {label(self.sheet.person)}" if is_name else ""

    def _source(self, code: str) -> str:
        """Where an answer is from that nobody wrote here."""
        return "From the writer’s account" if code in self.sheet.of_writer else "From the case"


CLASH = "Not saved: a colleague wrote this while you were writing. Nothing is lost: press Save to see both"


def for_the_script(form: Any, sheet: Sheet, now: datetime) -> dict[str, str]:
    """What a script that saves one answer is told: the mark of what stands, and in words whether it was saved."""
    errors = [str(message) for messages in form.errors.values() for message in messages] if form.is_bound else []
    row = sheet.written.get(form.only)
    saved = f"Saved {moment(row.written_at, now)}" if row else "Saved"
    return {"seen": form.now, "said": CLASH if form.clashing else f"Not saved yet. {errors[0]}" if errors else saved}


# --- how far it is -------------------------------------------------------------------------------------------------------


def name_of(sheet: Sheet) -> str:
    """What is being written, by what the facts say now."""
    return NAMES["dtn" if is_notification(sheet.answers) else "nrm"]


def caption(sheet: Sheet, section: Section | None = None) -> str:
    """The line above the heading: which section of how many, and about whom."""
    asked = [other.code for other in sections_asked(sheet)]
    place = f"Section {asked.index(section.code) + 1} of {len(asked)}. " if section and section.code in asked else ""
    return f"{place}{name_of(sheet)}: {label(sheet.person)}"


def sections_asked(sheet: Sheet) -> list[Section]:
    """The sections in which something is asked for these answers: those that are listed and counted."""
    return [section for section in sections(sheet.version) if sheet.drawn(section)]


def counts(sheet: Sheet, section: Section) -> tuple[int, int, int]:
    """Of a section how many answers are from the case, were written here, and are wanted and not given by anybody."""
    drawn = sheet.drawn(section)
    from_case = sum(sheet.is_from_the_case(ask.code) and ask.code not in sheet.of_writer for ask in drawn)
    return (
        from_case,
        sum(bool(sheet.written[ask.code].words) for ask in drawn if ask.code in sheet.written),
        len(sheet.missing(section)),
    )


def wanting(sheet: Sheet) -> list[Section]:
    """The sections in which the form wants an answer that nobody has given."""
    return [section for section in sections(sheet.version) if sheet.missing(section)]


def for_tonight(sheet: Sheet) -> tuple[str, list[tuple[str, str]]]:
    """How many answers a referral sent tonight would hold, in one sentence; and each gap that it would name, with its section."""
    wanted = [ask for ask in tonight(sheet.version, sheet.form, sheet.answers) if sheet.is_asked(ask)]
    gaps = [ask for ask in wanted if not sheet.given_answers.get(ask.code)]
    words = f"{len(wanted) - len(gaps)} of the {len(wanted)} answers for tonight are there."
    section_by_ask = {ask.code: section.code for section in sections(sheet.version) for ask in section.asks}
    return words, [(ask.label, section_by_ask[ask.code]) for ask in gaps]


def review_comments(writing: ReferralDraft, now: datetime) -> list[tuple[str, str]]:
    """What was said of a referral got through `access.py`, the latest first: by whom and when, and the comment."""
    notes = reversed(writing.looked_over)  # type: ignore[attr-defined]  # annotated there
    return [(f"{note['by']}, {moment(datetime.fromisoformat(note['at']), now)}", note["comment"]) for note in notes]


COMMON_WEIGHT = 12_000  # bytes of answers on one page, which has a budget


def common_at_once(offers: Sequence[Offered]) -> tuple[list[Offered], int]:
    """As many as fit on one page, at least one, and how many come after them."""
    some: list[Offered] = []
    weight = 0
    for offer in offers:
        weight += len(str(offer.row.words).encode())
        if some and weight > COMMON_WEIGHT:
            break
        some.append(offer)
    return some, len(offers) - len(some)


def offer_in_words(offer: Offered, sheet: Sheet) -> str:
    """An answer that is offered, people by their names."""
    if offer.ask.kind != "people":
        return offer.ask.in_words(str(offer.row.words))
    names = {str(person.id): label(person) for person in sheet.exploiters}
    return ", ".join(names[value] for value in offer.ask.values(str(offer.row.words)))
