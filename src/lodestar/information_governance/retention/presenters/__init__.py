"""What is kept, held and let go, in words. A person stands here by case and number, never by name."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.models import PurposeChange
from lodestar.casework.disclosures.presenters import purpose_change_words
from lodestar.information_governance.retention import models
from lodestar.information_governance.retention.rules import BreachStatus
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day
from lodestar.platform.text.reference_lists import reference_list


def words_of(name: str) -> list[tuple[str, str]]:
    """A list of `words.toml`, by its name: each code with what it is called, in the order shown."""
    return [(row["of"], row["words"]) for row in reference_list("retention", "words").rows if row["list"] == name]


CATEGORIES, AGAINST, BESIDE, BELIEFS, OPEN = (
    dict(words_of(name)) for name in ("categories", "against", "beside", "beliefs", "open")
)
HELD_FOR, KEPT_FOR, LET_GO_FOR = map(words_of, ("held_for", "kept_for", "let_go_for"))
BREACH_KINDS, BREACH_STEPS = map(words_of, ("breach_kinds", "breach_steps"))


def who(reference: str, number: int) -> str:
    """A person for those who see no case: by the case's reference and their number in it."""
    return f"Person {number} of {reference}" if number else f"Someone in {reference} who is not there any more"


def of_person(person: Person) -> str:
    """The same of a row."""
    return who(person.case.reference, person.number)


NO_GROUNDS = "; no grounds are recorded"


def due_lines(rows: Iterable[models.ReviewDue]) -> list[dict[str, Any]]:
    """The worklist: who, as what, since when, last contact."""
    return [
        {
            "person_id": row.person_id,
            "who": of_person(row.person),
            "category": CATEGORIES[row.category] + (NO_GROUNDS if row.person.belief == "none" else ""),
            "due": day(row.due_on),
            "contact": day(row.last_contact),
        }
        for row in rows
    ]


def due_words(days: dict[str, tuple[date, date]], today: date) -> list[dict[str, Any]]:
    """For the page of one person: each category with its day."""
    return [
        {"category": CATEGORIES[category], "due": day(due), "contact": day(last), "is_due": due <= today}
        for category, (last, due) in days.items()
    ]


def retention_decision_lines(rows: Iterable[models.RetentionDecision]) -> list[dict[str, str]]:
    """What was decided before."""
    reasons = dict(KEPT_FOR)
    return [
        {
            "words": f"Kept until {day(row.until)} as {CATEGORIES[row.category].lower()}: {reasons[row.reason].lower()}.",
            "because": row.because,
            "by": row.decided_by.name,
        }
        for row in rows
    ]


def hold_lines(rows: Iterable[models.Hold]) -> list[dict[str, Any]]:
    """The holds of a case, those that stand first."""
    kinds = dict(HELD_FOR)
    return [
        {
            "words": f"{kinds[row.kind]}. {row.because}",
            "placed": row.placed_at,
            "by": row.placed_by.name,
            "lifted": row.lifted_at,
            "lifted_by": row.lifted_by.name if row.lifted_by else "",
            "lifted_because": row.lifted_because,
        }
        for row in rows
    ]


def asked_lines(rows: Iterable[models.Disposal], numbers: dict[Any, int]) -> list[dict[str, Any]]:
    """Wishes to let somebody go, each with its page."""
    reasons = dict(LET_GO_FOR)
    return [
        {
            "id": row.id,
            "who": who(row.case.reference, numbers.get(row.person, 0)),
            "reason": reasons[row.reason],
            "by": row.asked_by.name,
            "asked": row.asked_at,
        }
        for row in rows
    ]


def crossed_lines(rows: Iterable[PurposeChange]) -> list[tuple[str, str, PurposeChange]]:
    """What was used outside the purpose it was recorded for, each with who it is about by case and number."""
    return [(of_person(row.person), purpose_change_words(row), row) for row in rows]


def tally_words(what: str) -> str:
    """A count in words, of the codes that it is kept by."""
    kind, _, rest = what.partition(": ")
    first, *others = rest.split("; ")
    if kind == "beside":
        return BESIDE.get(first, first)
    if kind == "owed":
        return f"Owed: {first.replace('_', ' ')}, {' '.join(others)}"
    categories = " and ".join(CATEGORIES.get(category, category).lower() for category in first.split(" and "))
    belief, reason = [*others, "", ""][:2]
    parts = [categories, BELIEFS.get(belief, belief), dict(LET_GO_FOR).get(reason, reason)]
    return ". ".join(capital(words) for words in parts if words)


def tally_lines(rows: Iterable[models.ErasureCount]) -> list[tuple[str, str, str]]:
    """How many were let go: year, what, how many."""
    return [(str(row.year), tally_words(row.what), str(row.number)) for row in rows]


def against_words(codes: Iterable[str]) -> list[str]:
    """What stands against letting somebody go."""
    return [AGAINST[code] for code in codes]


# --- breaches --------------------------------------------------------------------------------------------------------------


def breach_line(row: models.Breach, breach_status: BreachStatus, now: datetime) -> dict[str, Any]:
    """A breach in the register."""
    waits = "commissioner" in breach_status.open
    return {
        "id": row.id,
        "number": f"Breach {row.number}",
        "kind": dict(BREACH_KINDS)[row.kind],
        "aware": row.aware_at,
        "tell_by": breach_status.tell_by,
        "clock": ("Late" if now > breach_status.tell_by else "Runs")
        if waits
        else ("Closed" if breach_status.is_closed else "Answered"),
    }


def open_words(breach_status: BreachStatus) -> list[str]:
    """What is still open, in words."""
    return [OPEN[code] for code in breach_status.open]


def step_lines(rows: Iterable[models.BreachStep]) -> list[dict[str, Any]]:
    """What was done, in order."""
    words = dict(BREACH_STEPS)
    return [{"step": words[row.kind], "words": row.words, "at": row.happened_at, "by": row.recorded_by.name} for row in rows]
