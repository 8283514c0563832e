"""The steps of a suspect, who must authorise bail until when, and whether a release is a safety event. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lodestar.platform.registers.rules import StateRules, state_rules
from lodestar.platform.text.reference_lists import reference_list, rows_on
from lodestar.platform.time.days import add_months, london_date

SEPARATE = "separate_officers_for_victim_and_suspect"  # obligation that two names close
PLANNED = "suspect_release"  # kind of notice
TAKE_BACK = "take_back"  # what is chosen in place of a step
NO_END = 1_200  # months
CORRECTION = "Correct what they heard about a release"  # that was taken back or cancelled
DECIDE_BEFORE = timedelta(days=7)  # before bail ends, so that who must authorise more can be asked
STEPS: Mapping[str, Mapping[str, Any]] = {row["code"]: row for row in reference_list("suspects", "custody_steps").rows}
RELEASES = frozenset(code for code, row in STEPS.items() if row.get("release"))
_LISTED = state_rules("suspects", "custody_steps")
STATES = StateRules(_LISTED.states, {code: tuple(STEPS) for code in STEPS}, frozenset(), _LISTED.reasons)


def bail_after(to: str, at: datetime, ends_at: datetime | None, now_bail: tuple[datetime | None, datetime | None]) -> Any:
    """Since when and until when bail before charge runs after a step at `at`; nothing where they are not on it."""
    effect = STEPS[to].get("bail")
    if effect == "ends":
        return None, None
    began_at, ended_at = (at, None) if effect == "begins" else now_bail
    return (began_at, ends_at or ended_at) if began_at else (None, None)


def next_authority(began_at: datetime, ends_at: datetime) -> str:
    """Who must authorise that bail runs on after its end (dated list, unconfirmed); empty where no list is of that day."""
    began, until = london_date(began_at), london_date(ends_at) + timedelta(days=1)
    rows = rows_on("suspects", "bail_clocks", began)
    return next((str(row["authority"]) for row in rows if until <= add_months(began, row.get("months", NO_END))), "")
