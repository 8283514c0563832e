"""What can be recorded of a prosecution, and when the CPS is to have replied. Pure."""

from datetime import datetime

from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import add_working_days, end_of_day, london_date

ROWS = {row["code"]: row for row in reference_list("prosecutions", "prosecution_kinds").rows}
SUMMARY_WORDS = {row["code"]: row["words"] for row in reference_list("prosecutions", "summary_words").rows}
KINDS = {code: row["name"] for code, row in ROWS.items()}
ASKS = tuple(code for code, row in ROWS.items() if "working_days" in row)  # those that wait for a reply
REPLY, CPS_INFORMED, DEPARTURE, CONVICTION, SUMMARY = "reply", "cps_informed", "departure", "conviction", "summary"
HOW = {
    "email": "Secure e-mail", "portal": "Case management system", "letter": "Letter", "phone": "By phone",
    "in_person": "In person", "court": "In court",
}  # fmt: skip
PLEAS = {"guilty": "Guilty", "not_guilty": "Not guilty", "not_known": "Not known"}
TELL_CPS = "tell_cps"
POWER = "Criminal Procedure and Investigations Act 1996; Director’s Guidance on Charging"
# At which moments it is counted whether section 45 of the Modern Slavery Act 2015 was considered; QUESTIONS are the stages of the
# short question, OUTCOMES what the full record comes before.
QUESTIONS = {"arrest": "arrest", "interview": "interview", "voluntary_interview": "interview"}
OUTCOMES, DECIDED = ("charge", "plea", "hearing"), "decided"
MOMENTS = {
    "arrest": "Arrest", "interview": "Interview", "charge": "Charging decision", "plea": "Plea", "hearing": "Hearing",
    DECIDED: "After each NRM decision",
}  # fmt: skip


def reply_by(kind: str, at: datetime, days: int | None) -> datetime | None:
    """When a reply is due to what was asked at `at`, within so many working days, else those of the list; None for what asks for
    none."""
    return end_of_day(add_working_days(london_date(at), days or ROWS[kind]["working_days"])) if kind in ASKS else None
