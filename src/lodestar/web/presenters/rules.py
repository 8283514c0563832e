"""A rule on a page of its own: its words, who owes it, by when, on what authority, how sure that is, since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from lodestar.assess.presenters.rule_pages import rule_functions, tests_of
from lodestar.cases.models import Remark, RuleConfirmation
from lodestar.design.when import day
from lodestar.design.words import curly
from lodestar.kernel.fingerprint import fingerprint
from lodestar.kernel.obligations import ObligationRow, obligation_rows
from lodestar.web.presenters.due_words import due_words
from lodestar.web.presenters.owed import OF_CASE, OF_OFFENCE, OF_PERSON, short, who_does
from lodestar.web.presenters.rule_words import APPLIES

BASES = {"law": "Law", "guidance": "Guidance", "policy": "Force policy"}
SURE = {
    "verified": "Source read when written",
    "excerpt": "Only an excerpt of the source was read",
    "background": "Professional knowledge, not checked against a source yet",
    "unconfirmed": "Not confirmed: the wording is still to be checked against the source",
}
SURE_SHORT = {"verified": "Source read", "excerpt": "An excerpt", "background": "No source yet", "unconfirmed": "Not confirmed"}
WHEN = {
    "now": "Now, in the first hour",
    "this_tour": "This shift",
    "next_working_day": "By the next working day",
    "later": "Later",
}
PAGES = {
    "address": "Safe address",
    "immigration": "Immigration disclosures",
    "allocate": "Allocate the case to a detective",
    "belief": "Reasonable grounds, or not yet",
    "consent": "Explained, asked and answered",
    "crime": "Crime number",
    "hand-on": "Hand over what is left",
    "offers": "Help offered again",
    "referral": "The referral",
    "review": "Review of the investigation",
    "section-45-question": "Short question, section 45 of the Modern Slavery Act 2015",
}


@dataclass(frozen=True)
class Title:
    """One rule in the list of them all."""

    code: str
    sentence: str
    owner: str
    basis: str
    is_confirmed: bool


@dataclass(frozen=True)
class Dated:
    """One dated row of a rule: from when to when, what it says of the time, and how sure that is."""

    start: str
    end: str
    due: str
    authority: str
    sure: str
    is_confirmed: bool


@dataclass(frozen=True)
class Confirmed:
    """Who confirmed one dated row of a rule; without `by`, nobody. `is_stale`: the row said something else then."""

    row: str
    by: str
    at: datetime | None
    source_read: str
    is_stale: bool


@dataclass(frozen=True)
class Said:
    """What somebody said is wrong, and the answer."""

    words: str
    by: str
    at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Rule:
    """A rule, whole. Of several dated rows the latest is told; all stand in the table."""

    code: str
    title: str
    sentence: str
    applies: str
    owner: str
    due: str
    closed_by: str
    basis: str
    basis_is_policy: bool
    sure: str
    is_confirmed: bool
    authority: tuple[str, ...]
    rows: tuple[Dated, ...]
    used: tuple[str, ...]
    written: str
    tests: tuple[str, ...]


def every_rule() -> dict[str, list[Title]]:
    """All rules by how soon they want to be met, in the order of the list."""
    found: dict[str, list[Title]] = {words: [] for words in WHEN.values()}
    for code, rows in obligation_rows().items():
        row = rows[-1]
        title = Title(
            code, short(row), who_does(row), BASES[row.basis], row.confidence == "verified"
        )
        found[WHEN[row.when]].append(title)
    return found


def rule(code: str) -> Rule | None:
    """The rule of this code, or None."""
    rows = obligation_rows().get(code)
    if rows is None:
        return None
    row = rows[-1]
    return Rule(
        code=code,
        title=short(row),
        sentence=curly(row.sentence),
        applies=APPLIES.get(code) or _plain(row.applies),
        owner=who_does(row),
        due=due_words(row.due),
        closed_by=_plain(row.closes_by),
        basis=BASES[row.basis],
        basis_is_policy=row.basis == "policy",
        sure=SURE[row.confidence],
        is_confirmed=row.confidence == "verified",
        authority=row.authority,
        rows=tuple(_dated(one) for one in rows),
        used=tuple(_used(row)),
        written=rule_functions()[code].path if code in rule_functions() else "src/lodestar/cases/ledger.py",
        tests=_tests(code),
    )


def _dated(row: ObligationRow) -> Dated:
    return Dated(
        start=day(row.start) if row.start else "The beginning",
        end=day(row.end) if row.end else "still",
        due=due_words(row.due),
        authority="; ".join(row.authority),
        sure=SURE_SHORT[row.confidence],
        is_confirmed=row.confidence == "verified",
    )


@cache
def _tests(code: str) -> tuple[str, ...]:
    return tuple(tests_of(code))


def _mark(row: ObligationRow) -> str:
    return fingerprint(row.title, row.sentence, row.due, row.applies, row.closes_by, row.authority)


def _row_name(row: ObligationRow) -> str:
    start = day(row.start) if row.start else "the beginning"
    return f"From {start}" + (f" to {day(row.end)}" if row.end else "")


def row_choices(code: str) -> list[tuple[str, str]]:
    """The dated rows of a rule, each with its days and its time, to choose from."""
    return [(str(number), f"{_row_name(row)}: {due_words(row.due)}") for number, row in enumerate(obligation_rows()[code])]


def row_told(code: str, chosen: str) -> tuple[date | None, str]:
    """The day from which a chosen row holds, and the fingerprint of what it says."""
    row = obligation_rows()[code][int(chosen)]
    return row.start, _mark(row)


def confirmed(code: str, rows: Sequence[RuleConfirmation]) -> list[Confirmed]:
    """Who confirmed each dated row of a rule last."""
    found = []
    for row in reversed(obligation_rows()[code]):
        by = next((one for one in rows if one.row_from == row.start), None)
        name = _row_name(row)
        if by is None:
            found.append(Confirmed(name, "", None, "", is_stale=False))
        else:
            found.append(Confirmed(name, by.confirmed_by.name, by.confirmed_at, by.source_read, by.words != _mark(row)))
    return found


def _used(row: ObligationRow) -> Iterable[str]:
    if row.line:
        yield f"What to do now, line {row.line}"
    page = OF_PERSON.get(row.code, OF_CASE.get(row.code, ("",)))[0]
    if page:
        yield PAGES[page]
    if row.code in OF_OFFENCE:
        yield "The full record of each offence, section 45 of the Modern Slavery Act 2015"
    yield f"My work for: {who_does(row).lower()}"
    yield "The page of the person and of the case, with the reason"
    if not row.ledger_only:
        yield "The answer to one encounter (assess)"


def _plain(words: str) -> str:
    words = curly(words.replace("_", " "))
    return words[:1].upper() + words[1:]


def said(remarks: Sequence[Remark]) -> list[Said]:
    """What was called wrong before, with the answers."""
    return [
        Said(
            words=remark.words,
            by=remark.said_by.name,
            at=remark.said_at,
            answer=remark.answer,
            answered_by=remark.answered_by.name if remark.answered_by else "",
            answered_at=remark.answered_at,
        )
        for remark in remarks
    ]
