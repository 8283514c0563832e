"""The states of a referral to a service and of a request for a place of safety, when each is looked at next, and what an
unsuitable night is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from lodestar.platform.registers.rules import state_rules
from lodestar.platform.text.reference_lists import words_of
from lodestar.platform.time.days import add_working_days, end_of_day, london_date

NEEDS_SERVICE, VICTIM_SERVICES = "refer_support_service", "refer_victim_services"  # obligations that a referral closes
SAFE_PLACE = "safe_place"
ANSWERED, LATE_ANSWER, LATE_PLACE = "service_answered", "service_answer_late", "place_late"  # kinds of notices
REFUSED = "refused_by_person"
REFERRAL = state_rules("service_referrals", "referral_states")
REJECTED, OUTCOMES = REFERRAL.reasons["rejected"], REFERRAL.reasons["ended"]
BY_PARTNER = tuple(code for code in REJECTED if code not in (REFUSED, "no_answer"))  # what a service may answer by its link
# The column that holds when a referral came to this state, for those that have one.
WHEN = {
    "accepted": "answered_at", "waiting": "answered_at", "rejected": "answered_at", "started": "started_at", "ended": "ended_at",
}  # fmt: skip


def answer_due(made_at: datetime, working_days: int) -> datetime:
    """When a service that was asked should have answered: the end of the last of so many working days."""
    return end_of_day(add_working_days(london_date(made_at), working_days))


def next_look(to: str, at: datetime, days: int) -> datetime | None:
    """When the owner asks again after a move at `at`: so many days later until help has started; then nothing is due."""
    is_pending = to not in REFERRAL.closed and to != "started"
    return end_of_day(london_date(at) + timedelta(days=days)) if is_pending else None


BANDS_FROM = (0, 16, 18, 25, 35, 50)  # the first year of each band of age


def age_band(low: int | None, high: int | None) -> str:
    """The band in which an age is, as `16 to 17`; of one that may be in several all of them; empty when nothing is known."""
    known = [age for age in (low, high) if age is not None]
    if not known:
        return ""
    first = max(year for year in BANDS_FROM if year <= min(known))
    after = min((year for year in BANDS_FROM if year > max(known)), default=None)
    if after is None:
        return f"{first} or over" if first else "Any age"
    return f"{first} to {after - 1}" if first else f"Under {after}"


# --- places of safety ------------------------------------------------------------------------------------------------------

PLACE = state_rules("service_referrals", "place_states")
words = partial(words_of, "service_referrals", "referral_words")  # what the codes of a kind are called
KINDS, UNSUITABLE = words("kind"), words("unsuitable")
NO_PLACE = "none"
ASKED_WITHIN = timedelta(hours=1)  # the time of the obligation


@dataclass(frozen=True)
class Nights:
    """The nights that somebody spent at a place: from a day to a day, none if they are still there."""

    first: date
    last: date | None
    unsuitable: bool | None

    def nights(self, today: date) -> int:
        """How many nights so far."""
        return max(0, ((self.last or today) - self.first).days)


def unsuitable_nights(stays: Iterable[Nights], today: date) -> int:
    """Nights in places recorded as unsuitable; where it is not known they are not counted."""
    return sum(stay.nights(today) for stay in stays if stay.unsuitable)


def place_due(to: str, at: datetime, *, unsuitable: bool | None) -> datetime | None:
    """When a request is looked at next: within the hour until there is a place, the next day while it is unsuitable."""
    if to in ("asked", "offered"):
        return at + ASKED_WITHIN
    return end_of_day(london_date(at) + timedelta(days=1)) if to == "taken" and unsuitable else None
