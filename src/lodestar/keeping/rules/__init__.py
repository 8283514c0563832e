"""How long what is recorded about a person is kept before somebody looks at it, and what stands against letting it go.

No period here is certain: the code of practice that followed MoPI was to be had in excerpts alone. Each is a dated setting of
the force, marked as unconfirmed (`cases/reference/settings.toml`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

CATEGORIES = ("victim", "suspect", "witness", "other")
OF_ROLES = {"possible_victim": "victim", "suspect": "suspect", "exploiter": "suspect", "witness": "witness"}
NOT_A_VICTIM = "none"  # no reasonable grounds recorded yet: the shortest period, and nothing marks the person
HELD_FOR = ("investigation", "prosecution", "appeal", "complaint", "inquiry")
KEPT_FOR = ("necessary", "risk", "proceedings", "civil_claim", "they_ask")
LET_GO_FOR = ("period_over", "recorded_wrongly", "they_ask")
LONGEST_KEPT = 120  # months: what is kept is looked at again after ten years at the latest


def categories_of(category: str, roles: Iterable[str]) -> tuple[str, ...]:
    """The categories of the Data Protection Act 2018 section 38(3) in which somebody stands in a case, in a fixed order.

    A person is what somebody said they are, and all that their roles say: a possible victim who is suspected of an offence
    is both, and is looked at twice.
    """
    found = {OF_ROLES[role] for role in roles if role in OF_ROLES}
    if category != "other" or not found:
        found.add(category)
    return tuple(one for one in CATEGORIES if one in found)


def setting_of(category: str, belief: str) -> str:
    """The setting that holds the period of a category, in months."""
    if category == "victim" and belief == NOT_A_VICTIM:
        return "keep_no_grounds_months"
    return f"keep_{category}_months"


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def review_on(
    category: str, belief: str, last_contact: date, settings: Mapping[str, str | int], kept_until: date | None = None
) -> date:
    """The day on which it is to be looked at whether this is still needed. A new contact begins the period anew; what a
    reviewer kept longer is looked at on the day they named."""
    due = months_after(last_contact, int(settings[setting_of(category, belief)]))
    return max(due, kept_until) if kept_until else due


@dataclass(frozen=True)
class Stands:
    """What is known of a person when somebody wants to let them go. `due` are the review days by category."""

    due: Mapping[str, date]
    holds: Sequence[str] = ()
    waits_for_answer: bool = False  # a referral on which the competent authority has not decided
    has_asked: bool = False  # it is certain that they, and nobody in their name, ask to be let go (`rules/requests.py`)


def against(stands: Stands, today: date, reason: str) -> tuple[str, ...]:
    """The codes of what stands against letting somebody go; empty where nothing does.

    A legal hold beats everything. The period must be over in every category, or they were recorded wrongly, or ask for it:
    which a letter does not show. It needs their request, with what makes it certain.
    """
    found = ["hold"] if stands.holds else []
    if stands.waits_for_answer:
        found.append("waits")
    if reason == "they_ask" and not stands.has_asked:
        found.append("not_asked")
    if reason == "period_over":
        found += [f"not_yet_{category}" for category, day in stands.due.items() if day > today]
    return tuple(found)


def latest_keep(today: date) -> date:
    """The last day until which a reviewer can keep something before it is looked at again."""
    return months_after(today, LONGEST_KEPT)
