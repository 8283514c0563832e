"""Talks about referral in the demo force."""

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.consent.actions import Talk, record_talks
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import FOUR_THINGS
from lodestar.demo.concerns import listed
from lodestar.demo.work import Sitting
from lodestar.platform.obligations.closing_records import Record
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part


def hold_talk(sitting: Sitting, row: Obligation) -> None:
    """Record a talk about referral, and the answer."""
    person, planned = sitting.person_of(row)
    if not sitting.once("talk", person.id):
        return
    is_first = not ConsentAnswer.objects.filter(person=person).exists()
    answer = planned.consent if is_first or planned.consent != "time" else sitting.random.choice(["yes", "yes", "no"])
    is_foreign = planned.facts["language"] not in ("", "English")
    words = listed("words")
    talk = Talk(
        person, sitting.now,
        answer={
            "nrm": {"yes": True, "no": False}.get(answer), "wants_time": True if answer == "time" else None,
            "capacity": "true", "spoke_alone": True, "interpreter": "independent" if is_foreign else "not_needed",
            "job_number": str(sitting.office.number()) if is_foreign else "", "language": planned.facts["language"],
            "said": sorted(FOUR_THINGS), "privacy_notice": "read_out" if is_foreign else "written",
            "refusal_reason": sitting.random.choice(words["refusals"]) if answer == "no" else "",
        },
    )  # fmt: skip
    record_talks(by=sitting.by(row), at=sitting.now, case=person.case_id, talks=[talk])


def record_seen_alone(sitting: Sitting, row: Obligation) -> None:
    """Record that the person was seen alone, with an interpreter where needed."""
    _, planned = sitting.person_of(row)
    is_foreign = planned.facts["language"] not in ("", "English")
    words = f"Job {sitting.office.number()}, by telephone" if is_foreign else "None needed"
    sitting.answer([row], kind="done", record=Record("talk", {"interpreter": words}))


CODES = ("explain_who_will_know", "confirm_consent_conditions", "reach_nrm_or_dtn")
register_demo_part(
    DemoPart(
        "consent",
        work=DemoWork(closes=dict.fromkeys(CODES, hold_talk) | {"see_alone_with_independent_interpreter": record_seen_alone}),
    )
)
