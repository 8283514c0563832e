"""Lines of enquiry and which of them a plan must consider; their states; review of unused material; third-party material."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from lodestar.casework.evidence.rules import names
from lodestar.platform.registers.rules import state_rules
from lodestar.platform.text.reference_lists import reference_list, rows_on
from lodestar.platform.time.days import end_of_day, london_date

PLAN = "investigation_plan"  # the obligation that a plan closes
LINE, UNUSED = state_rules("enquiries", "line_states"), state_rules("enquiries", "unused_states")
LINES = {row["code"]: row for row in reference_list("enquiries", "enquiry_lines").rows}
HOLDERS, NOTICE = names("enquiries", "material_questions", "kind"), names("enquiries", "material_questions", "notice")
DAYS = 28  # until the owner of a line looks again


def not_considered(codes: Collection[str], on: date) -> list[str]:
    """Which lines a plan of that day must consider and these do not: to be pursued, or not pursued with a reason."""
    return [row["code"] for row in rows_on("enquiries", "enquiry_lines", on) if row.get("must") and row["code"] not in codes]


def next_look(to: str, at: datetime) -> datetime | None:
    """When the owner of a line looks again after a move at `at`; none once it is finished or not pursued."""
    return None if to in LINE.closed else end_of_day(london_date(at) + timedelta(days=DAYS))
