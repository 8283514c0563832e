"""Answers of a search in words: who, how they were found, where, and what is to be done next."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lodestar.casework.cases.presenters import with_age
from lodestar.casework.ledger.presenters import place_words, title_of
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import short_day
from lodestar.platform.time.days import london_date
from lodestar.web.access import CRIME, NRM, OPERATION, REFERENCE, SearchResult
from lodestar.web.rules import ADDRESS, TELEPHONE

HOW = {
    REFERENCE: "the case reference", OPERATION: "the operation", CRIME: "the crime number", NRM: "the NRM reference",
    TELEPHONE: "a telephone number held for them", ADDRESS: "an address held for them",
}  # fmt: skip


def results(rows: Iterable[SearchResult], now: datetime) -> list[dict[str, Any]]:
    """Each answer as a line, in their order."""
    return [_result(row, now) for row in rows]


def _result(row: SearchResult, now: datetime) -> dict[str, Any]:
    case, person = row.case, row.person
    met = case.encountered_as or short_day(case.encountered_at, now)
    where = place_words(case)
    return {
        "title": with_age(person, london_date(case.encountered_at)) if person else f"Case {case.reference}",
        "href": f"/people/{person.id}" if person else f"/cases/{case.reference}",
        "how": capital(HOW.get(row.how, row.how)),
        "reference": case.reference if person else "",
        "case_href": f"/cases/{case.reference}",
        "where": f"{where}, {met}" if where else met,
        "holder": (case.owner or case.interim_owner).name,
        "is_sealed": case.sealed,
        "next": title_of(row.next) if row.next else "",
        "due": row.next.due_at if row.next else None,
    }
