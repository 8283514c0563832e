"""Exhibits, who had them and accounts in words. What may distress, and what somebody said, never stands in a list."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.models import Case
from lodestar.casework.evidence.models import Account, Exhibit, ExhibitHolding
from lodestar.casework.evidence.queries import LedgerAccount, accounts_in, exhibit_counts
from lodestar.casework.evidence.rules import COVERED, DISTRESS, KINDS, LINES, WAYS, breaks, count_officers
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.when import counted, day_time, on
from lodestar.platform.questionnaires.rules import question_set

NOT_KNOWN = "Not known"
FAULTS = {"gap": "Gap, {}: who had it before {} is not recorded.", "overlap": "Overlap, {}: {} and another had it."}


def answer_lines(
    app: str, questions: str, row: Any, recorded_at: datetime, left_out: Collection[str] = ()
) -> list[dict[str, str]]:
    """What was answered of a set of questions, from the columns of a row, as the macro `summary` takes it."""
    lines, truths = [], {True: "Yes", False: "No"}
    for question in question_set(app, questions, on(recorded_at)).questions:
        value = getattr(row, question.code, None)
        if question.code in left_out or value in (None, "", []):
            continue
        words = truths[value] if isinstance(value, bool) else day_time(value) if isinstance(value, datetime) else ""
        lines.append({"key": question.words, "value": words or question.in_words({question.code: value})})
    return lines


def _names(codes: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[code] for code in names if code in set(codes))


def _may_distress(row: Exhibit | Account, otherwise: Any) -> Any:
    words = _names(row.distressing, DISTRESS)
    return {"tag": "Distressing", "colour": "orange", "words": words} if words else otherwise


def holdings_of(row: Exhibit) -> list[ExhibitHolding]:
    """Who had an exhibit, in the order in which they had it."""
    return sorted(row.holdings.all(), key=lambda holding: (holding.from_at, holding.id))


def fault_words(row: Exhibit) -> list[str]:
    """Each gap and overlap in the continuity of an exhibit, with whom it lies before."""
    holdings = holdings_of(row)
    return [
        FAULTS[fault.kind].format(f"{day_time(fault.first)} to {day_time(fault.last)}", holdings[fault.before].holder)
        for fault in breaks(row.found_at, [(holding.from_at, holding.to_at) for holding in holdings])
    ]


def exhibit_line(row: Exhibit) -> list[Any]:
    """One exhibit in the list."""
    holdings, faults = holdings_of(row), fault_words(row)
    broken = {"tag": counted(len(faults), "break"), "colour": "orange"} if faults else ""
    found, holder = day_time(row.found_at) if row.found_at else NOT_KNOWN, holdings[-1].holder if holdings else "Not recorded"
    corrected = {"tag": "Corrected", "colour": "grey"} if row.corrections.all() else {}
    reference = {"words": row.reference, "href": f"/exhibits/{row.id}", **corrected}
    return [reference, KINDS[row.kind], _may_distress(row, str(row.what)), found, holder, broken]


def correction_lines(row: Exhibit) -> list[dict[str, Any]]:
    """What was put right of an exhibit, the latest first, as the macro `timeline` takes it."""
    rows = row.corrections.select_related("recorded_by").order_by("-recorded_at", "-id")
    return [
        {"title": "Correction", "by": each.recorded_by.name, "at": each.recorded_at, "words": str(each.words)} for each in rows
    ]


def holding_line(row: ExhibitHolding) -> list[str]:
    """One line of continuity."""
    last = day_time(row.to_at) if row.to_at else "Until the next"
    return [row.holder, day_time(row.from_at), last, row.where, str(row.why)]


def account_line(row: LedgerAccount) -> list[Any]:
    """One account in the ledger: never what was said."""
    plain = [day_time(row.taken_at), row.taker or NOT_KNOWN, f"{WAYS[row.way]} {row.reference}".strip()]
    account = row.account
    if account is None:
        return [row.title, *plain, "See the video", ""]
    covered = _may_distress(account, _names(account.covered, COVERED) or "Not recorded")
    asked: Any = {"tag": "Without a request", "colour": "orange"} if account.happened_without else "First account"
    if account.request:
        asked = f"{LINES.get(account.request.line, account.request.line)}: {account.request.reason!s}"
    return [{"words": row.title, "href": f"/accounts/{row.id}"}, *plain, covered, asked]


def how_many(accounts: int, officers: int) -> str:
    """How often somebody had to say it, and to how many: `3 accounts to 3 officers`."""
    return f"{counted(accounts, 'account')} to {counted(officers, 'officer')}"


def count_words(rows: Sequence[LedgerAccount]) -> str:
    """The same of the ledger of one person, and how many were taken without a request."""
    without = sum(row.account.happened_without for row in rows if row.account)
    words = how_many(len(rows), count_officers(row.taker for row in rows))
    return f"{words}, {without} without a request" if without else words


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """The exhibits of a case, and of the people who gave most accounts how many, for the page of its investigation."""
    every, loose = exhibit_counts(case)
    accounts = sorted(accounts_in(case).items(), key=lambda item: (-item[1][0], item[0][1]))
    words, tag = counted(every, "exhibit") if every else "Exhibits: nothing recorded yet", f"{loose} without continuity"
    return [Row(words, f"/cases/{case.reference}/exhibits", tag=tag if loose else "", colour="orange" if loose else "")] + [
        Row(f"Person {number}: {how_many(*times)}", f"/people/{person}/accounts") for (person, number), times in accounts[:2]
    ]
