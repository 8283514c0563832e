"""Investigation plans of the demo force, with exhibits and accounts, and what came of their lines."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.enquiries.actions import ask_for_material, move_line, record_decision, record_unused, write_plan
from lodestar.casework.enquiries.models import LineOfEnquiry
from lodestar.casework.evidence.actions import ask_for_account, record_account, record_exhibit, record_holding
from lodestar.casework.evidence.queries import accounts_of
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.demo.concerns import listed
from lodestar.demo.work import Sitting
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part

HOUR, IN_FULL, FINISHED = timedelta(hours=1), 0.15, 0.7  # how many cases have more than a plan; lines finished at a look


def investigate(by: Member, at: datetime, case: Case, people: Sequence[Person], chance: Random) -> None:
    """Writes the plan of a case; in some also exhibits, accounts, decisions and unused material."""
    rows = listed("investigations")
    with ledger.acting_on(case.id, by=by.user, at=at, code="enquiries.plan_written"):
        plan = chance.choice(rows["plans"])
        write_plan(by=by, at=at, case=case, aim=plan["aim"], lines=plan["lines"], officer=by.user)
        if chance.random() < IN_FULL:
            _in_full(by, at, case, people, chance)


def pursue(by: Member, at: datetime, case: Case, chance: Random) -> None:
    """What came of the lines of a case that are to be looked at about now."""
    for line in LineOfEnquiry.objects.filter(case=case, state="open", due_at__lt=at + 168 * HOUR).order_by("code"):
        to, reason = ("done", chance.choice(["supports", "mixed", "nothing"])) if chance.random() < FINISHED else ("open", "")
        move_line(by=by, at=at, row=line, to=to, seen=line.version, reason=reason)


def _in_full(by: Member, at: datetime, case: Case, people: Sequence[Person], chance: Random) -> None:
    rows, victims = listed("investigations"), [person for person in people if person.category == "victim"] or people
    for number, entry in enumerate(rows["exhibits"], 1):
        facts = {name: entry[name] for name in ("kind", "what", "where", "distressing")}
        exhibit = record_exhibit(
            by=by, at=at, case=case, reference=f"{entry['initials']}/{number}", found_at=at - 9 * HOUR, **facts
        )
        for holder, start, end in entry["holdings"]:
            span = {"from_at": at + start * HOUR, "to_at": at + end * HOUR if end else None}
            record_holding(by=by, at=at, exhibit=exhibit, holder=holder, where="Property store", why="As filed", **span)
    for entry in rows["accounts"]:
        request, earlier = None, [row.id for row in accounts_of(victims[0])]
        if earlier and entry["reason"]:
            asked = {"line": "victim_strategy", "reason": entry["reason"]}
            request = ask_for_account(by=by, at=at, person=victims[0], shown=earlier, **asked)
        facts = {name: entry[name] for name in ("way", "taker", "covered", "distressing", "words", "reference")}
        record_account(by=by, person=victims[0], at=at, request=request, **facts)
    first = record_decision(by=by, at=at, case=case, **rows["decisions"][0])
    record_decision(by=by, at=at, case=case, adds_to=first.id, **rows["decisions"][1])
    record_unused(by=by, at=at, case=case, owner=by.user, **chance.choice(rows["unused"]))
    line = LineOfEnquiry.objects.filter(case=case, state="open").order_by("code")[0]
    move_line(by=by, at=at, row=line, to="done", seen=line.version, reason="supports", because=rows["done"])
    ask_for_material(by=by, at=at, person=victims[0], line_id=line.id, **rows["material"])


def write_case_plan(sitting: Sitting, row: Obligation) -> None:
    """Write the plan of a case."""
    if sitting.once("plan"):
        investigate(
            sitting.by(row), sitting.now, sitting.case, list(sitting.people.values()), Random(f"plan {sitting.life.number}")
        )


register_demo_part(DemoPart("enquiries", work=DemoWork(closes={"investigation_plan": write_case_plan})))
