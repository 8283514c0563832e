"""A referral while it is written, in words: its sections, how far each is, and what the coach and colleagues say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms.boundfield import BoundField
from django.urls import reverse

from lodestar.casework.cases.presenters import label
from lodestar.casework.referral_forms.rules.coach import Check
from lodestar.casework.referral_forms.rules.made import missing_lines
from lodestar.casework.referral_forms.rules.outgoing import is_notification
from lodestar.casework.referral_forms.rules.sections import OPENED, Ask, Section, cells_of, sections, tonight
from lodestar.casework.referrals.models import ReferralDraft
from lodestar.casework.referrals.presenters.sent import NAMES
from lodestar.casework.referrals.queries.outgoing import Offered
from lodestar.casework.referrals.queries.writing import Sheet
from lodestar.platform.design.when import moment
from lodestar.platform.design.words import in_words, listed

NAME_PARTS = ("pv-name-first-name", "pv-name-last-name")
OFFERED = 230  # values up to which the browser is given them to offer: a page has a budget
BEGINNING = 240  # characters shown of an answer that has a page of its own
WHERE_HELD = {"age": "person-age", "consent": "person-consent"}
NOT_HELD = {"age": "Not known yet", "consent": "No valid answer yet"}


@dataclass(frozen=True)
class Item:
    """One question on a page. `hint` says where its answer is from; `held` is the case's answer where it is shown, not
    asked; `asked_in` and `href` where the case alone says it; `reveals` what hangs on each of its answers, `after` on any.
    `lines` are those of a list, each with its name and its cells (id, label, what stands in it); `missing` is what is listed and
    does not stand in what was written."""

    code: str
    kind: str
    label: str
    hint: str = ""
    bound: BoundField | None = None
    held: str = ""
    source: str = ""
    asked_in: str = ""
    href: str = ""
    suggestions: tuple[str, ...] = ()
    rows: int = 3
    reveals: Mapping[str, Sequence["Item"]] = field(default_factory=dict)
    after: Sequence["Item"] = ()
    lines: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = ()
    missing: str = ""
    is_open: bool = False


class Page:
    """The questions of a section as they are drawn, each with what hangs on it."""

    def __init__(self, section: Section, sheet: Sheet, form: Any, user: UUID, now: datetime) -> None:
        self.sheet, self.form, self.user, self.now = sheet, form, user, now
        drawn = form.asks if form.only else {ask.code for ask in sheet.drawn(section)}
        self.asks = {ask.code: ask for ask in section.asks if ask.code in drawn or ask.code in form.asks}
        self.is_account, self.is_about_them = section.is_account, section.code == "person"

    @property
    def items(self) -> list[Item]:
        """Those that hang on nothing that is drawn; the others come under them."""
        return [self._item(ask) for ask in self.asks.values() if ask.under not in self.asks]

    def _item(self, ask: Ask) -> Item:
        if ask.source:
            return self._of_the_case(ask)
        if ask.kind == "files" and not self.sheet.files and not self.sheet.given_answers.get(ask.code):
            return Item(ask.code, "papers", ask.label)
        if ask.kind == "people" and not self.sheet.exploiters:
            return Item(ask.code, "nobody", ask.label)
        answer = self.sheet.given_answers.get(ask.code, "")
        if ask.code in self.form.apart:
            return self._apart(ask, answer)
        below = [follow_up for follow_up in self.asks.values() if follow_up.under == ask.code]
        reveals: dict[str, list[Item]] = {}
        for follow_up in below:
            if follow_up.when:
                reveals.setdefault(follow_up.when, []).append(self._item(follow_up))
        is_folded = self.sheet.is_from_the_case(ask.code) and not reveals
        choices = ask.listed() if OPENED < len(ask.listed()) <= OFFERED and ask.kind == "list" else ()
        return Item(
            code=ask.code,
            kind=self._kind(ask),
            label=ask.label,
            hint=self._hint(ask, answer),
            bound=self.form[ask.code],
            held=ask.in_words(answer) if is_folded else "",
            source=self._whole_name(ask) or self._source(ask.code) if is_folded else "",
            suggestions=choices if not ask.code.endswith("-second") else (),
            rows=self._rows(ask),
            reveals=reveals,
            after=tuple(self._item(follow_up) for follow_up in below if not follow_up.when),
            lines=self._lines(ask),
            missing=self._missing(ask.code),
            is_open=bool(self.form[ask.code].errors) or ask.code in self.form.clashing,
        )

    def _apart(self, ask: Ask, answer: str) -> Item:
        """An answer that has a page of its own: how it begins, in whole words."""
        begins = f"{answer[:BEGINNING].rpartition(' ')[0] or answer[:BEGINNING]} …" if len(answer) > BEGINNING else answer
        return Item(ask.code, "apart", ask.label, held=begins, hint=self._hint(ask, answer), rows=len(answer))

    def _lines(self, ask: Ask) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
        """The lines of a list with room for another: two where there is none yet."""
        if ask.kind != "rows":
            return ()
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

    def _missing(self, code: str) -> str:
        """What is listed, and not in what was written instead; of a choice nothing, since only one can hold."""
        if code not in self.sheet.own or self.asks[code].kind != "long_text":
            return ""
        return missing_lines(self.sheet.made.get(code, ""), self.sheet.own[code])

    def _rows(self, ask: Ask) -> int:
        if self.form.only:
            return 20
        if ask.kind != "long_text" or ask.under or self.is_about_them:
            return 3
        return 8 if self.is_account else 5

    def _of_the_case(self, ask: Ask) -> Item:
        answer = self.sheet.given_answers.get(ask.code, "")
        words = "Correct it in the case" if answer else "Record it in the case"
        option = dict(ask.options).get(answer, "").partition(" - ")[0].partition(" – ")[0]
        return Item(ask.code, "held", ask.label, held=option or NOT_HELD[ask.source], asked_in=words, href=WHERE_HELD[ask.source])

    def _kind(self, ask: Ask) -> str:
        if ask.kind == "list":
            return "select" if len(ask.listed()) <= OPENED else "text"
        if ask.kind in ("ticks", "choices", "files", "people"):
            return "ticks"
        kinds = {"rows": "rows", "choice": "radios", "tick": "tick"}
        if ask.kind in ("long_text", "several"):
            return "area"
        return kinds.get(ask.kind, "text")

    def _hint(self, ask: Ask, answer: str) -> str:
        """What helps to answer, and whose the answer is that stands."""
        parts = [ask.hint] if ask.hint else []
        row = self.sheet.written.get(ask.code)
        if row is not None and row.words:
            by = "you" if row.written_by_id == self.user else row.written_by.name
            again = f", written {row.number} times" if row.number > 1 else ""
            parts.append(f"Written by {by} {moment(row.written_at, self.now)}{again}")
        elif self.sheet.is_proposed(ask.code):
            parts.append("Drafted from recorded signs. It is sent like this unless you change it")
        elif answer:
            parts.append(self._source(ask.code))
        if self._whole_name(ask):
            parts.append(self._whole_name(ask))
        return ". ".join(parts)

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


_INTERPRETER = {
    "form": ("In this referral", "writing-section"),
    "talk": ("At the talk about referral", "person-consent"),
    "case": ("In the case", "person"),
}


def interpreter_conflict(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Where the answers about an interpreter differ: of each its place, the answer and a link to it; empty where they agree.
    A person decides which is right."""
    answers = sheet.interpreter_answers
    if len(set(answers.values())) < 2:
        return []
    of_person = [sheet.writing.person_id]
    args: dict[str, list[Any]] = {"form": [sheet.writing.id, "person"], "talk": of_person, "case": of_person}
    rows = [(*_INTERPRETER[place], place, answer) for place, answer in answers.items()]
    return [(words, "needed" if answer else "not needed", reverse(name, args=args[place])) for words, name, place, answer in rows]


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


def tasks(sheet: Sheet, href: Any) -> list[dict[str, str]]:
    """The sections for reading: what is from the case, and how many answers the form wants that nobody has given."""
    items = []
    for number, section in enumerate(sections_asked(sheet), 1):
        drawn, missing = sheet.drawn(section), sheet.missing(section)
        from_case = sum(sheet.is_from_the_case(ask.code) and ask.code not in sheet.of_writer for ask in drawn)
        own = sum(bool(sheet.written[ask.code].words) for ask in drawn if ask.code in sheet.written)
        parts = [f"{from_case} from the case"] if from_case else []
        parts += [f"{own} written here"] if own else []
        items.append(
            {
                "href": href(section.code),
                "label": f"{number}. {section.title}",
                "hint": ", ".join(parts) or "Nothing yet",
                "status": f"{len(missing)} not answered" if missing else "All answered",
                "colour": "yellow" if missing else "",
            }
        )
    return items


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


def from_the_case(sheet: Sheet) -> str:
    """How many of the answers that stand nobody had to write again."""
    from_case = sum(sheet.is_from_the_case(code) and code not in sheet.of_writer for code in sheet.given_answers)
    return f"{from_case} of {len(sheet.given_answers)} answers came from the case. You can leave anything blank."


def writers(sheet: Sheet, user: UUID) -> str:
    """Who has written here."""
    names = {row.written_by_id: row.written_by.name for row in sheet.written.values()}
    others = sorted(name for writer, name in names.items() if writer != user)
    who = (["you"] if user in names else []) + others
    writer_names = listed(who)
    return f"{writer_names[:1].upper()}{writer_names[1:]}." if writer_names else "Nothing written here yet."


def coach(checks: Sequence[Check], seen: Sequence[str], papers: Sequence[str]) -> dict[str, Any]:
    """The checks for reading, with every fault found. How many are open is said once; nothing is weighed, and nothing is said of
    what is not answered yet but how many there are."""
    answered = tuple(check for check in checks if check.is_answered)
    open_ones, in_place = ([check for check in answered if check.is_open is wanted] for wanted in (True, False))
    count, waiting = len(open_ones), len(checks) - len(answered)
    words = [f"{in_words(count)} {'thing' if count == 1 else 'things'} could be added."] if answered else []
    words += [f"{in_words(waiting)} not answered yet."] if waiting else []
    return {
        "words": " ".join(words),
        "parts": tuple((heading, shown) for heading, shown in (("Could be added", open_ones), ("In place", in_place)) if shown),
        "signs": tuple(seen),
        "papers": tuple(papers),
    }


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


def common_answers(form: Any, sheet: Sheet) -> list[dict[str, Any]]:
    """Each answer that is offered."""
    return [
        {
            "label": offer.ask.label,
            "told": _offer_in_words(offer, sheet),
            "source": f"From the referral of {label(offer.row.writing.person)}, written by {offer.row.written_by.name}",
            "tick": form[name],
        }
        for name, offer in form.offers.items()
    ]


def _offer_in_words(offer: Offered, sheet: Sheet) -> str:
    if offer.ask.kind != "people":
        return offer.ask.in_words(str(offer.row.words))
    names = {str(person.id): label(person) for person in sheet.exploiters}
    return ", ".join(names[value] for value in offer.ask.values(str(offer.row.words)))
