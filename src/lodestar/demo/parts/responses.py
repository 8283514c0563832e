"""The demo force's answer to The hidden victims, published and corrected once, and the draft of its answer to a later report."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from lodestar.demo.concerns import listed
from lodestar.oversight.measures.rules.facts import year_to_quarter
from lodestar.oversight.plan.actions import record_item
from lodestar.oversight.plan.models import PlanItem
from lodestar.oversight.recommendations.models import Recommendation, Report
from lodestar.oversight.requirements.evidence import EVIDENCED, read_evidence
from lodestar.oversight.responses import actions, queries
from lodestar.oversight.responses.models import Response
from lodestar.oversight.responses.rules import paragraphs as rules
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, register_demo_part
from lodestar.platform.time.days import add_months, london_date

NUMBERS = frozenset({"measure", "deep_dive", "training", "obligation"})


def responses(members: Mapping[str, Member], now: datetime) -> None:
    """The coordinator writes both from the evidence linked to each recommendation; the chief officer approves the first, the
    commissioner comments on it and publishes it, and the coordinator corrects it."""
    reports = list(Report.objects.filter(published_on__lte=london_date(now)).order_by("published_on"))
    for report in reports:
        row = actions.begin(by=members["coordinator"], at=now, report=report, period=year_to_quarter(london_date(now)))
        if report is reports[0]:
            _write(members["coordinator"], row, now)
            _publish(members, row, now)
            continue
        for asked in queries.to_answer(report):
            if words := listed("responses")["draft"].get(asked.code):
                write = partial(actions.write, by=members["coordinator"], at=now, response=row, side=rules.FORCE)
                write(recommendation=asked, **words)


def _write(by: Member, row: Response, now: datetime) -> None:
    """Of each recommendation an assurance where the evidence shows enough, what the records show beside it, what is not done, and
    an action of the plan or a reason for none."""
    asked, today = queries.to_answer(row.report), london_date(now)
    period, links = year_to_quarter(today), queries.linked(asked, now)
    for recommendation in asked:
        words = listed("responses")["answers"][recommendation.code]
        write = partial(actions.write, by=by, at=now, response=row, side=rules.FORCE, recommendation=recommendation)
        read = read_evidence([each for each in links[recommendation.id] if each[0] in words.get("by", ())], period, now)
        if shown := [each for each, evidence in read.items() if evidence.state == EVIDENCED]:
            write(kind=rules.ASSURANCE, words=words["assurance"], references=shown)
        suggestions = queries.suggestions([recommendation], period, now)
        left = [each for each in suggestions if each.references[0][0] in NUMBERS and tuple(each.references[0]) not in shown]
        actions.add_suggested(by=by, at=now, response=row, paragraphs=left)
        if "gap" in words:
            write(kind=rules.GAP, words=words["gap"])
        if "item" in words:
            item = _item(by, recommendation, words["item"], now)
            due_on = max(item.due_on, today + timedelta(days=60))
            write(kind=rules.ACTION, words=words["action"], references=[("plan_item", str(item.id))], role=words["role"],
                  due_on=due_on)  # fmt: skip
        else:
            write(kind=rules.NO_ACTION, words=words["no_action"])
    actions.add_suggested(by=by, at=now, response=row, paragraphs=queries.of_governance(period, now))


def _item(by: Member, of: Recommendation, title: str, now: datetime) -> PlanItem:
    """The item of the plan with this title, put there from the recommendation where there is none."""
    source: Any = {"source": "recommendation", "source_key": str(of.id), "requirements": filter(None, [of.requirement_id])}
    due_on = add_months(london_date(now), 5)
    columns: Any = {"domain": "victims", "four_p": "protect", "owner": by.user, "due_on": due_on} | source
    return PlanItem.objects.filter(title=title).first() or record_item(by=by, at=now, title=title, **columns)


def _publish(members: Mapping[str, Member], row: Response, now: datetime) -> None:
    body, words, due_on = members["commissioner"], listed("responses")["body"], add_months(london_date(now), 6)
    actions.submit(by=members["coordinator"], at=now, response=row)
    actions.decide(by=members["chief"], at=now, response=row, approved=True)
    for recommendation in queries.to_answer(row.report):
        if "policing_body" in recommendation.addressees:
            write = partial(actions.write, by=body, at=now, response=row, side=rules.BODY, recommendation=recommendation)
            write(kind=rules.GAP, words=words["gap"])
            write(kind=rules.ACTION, words=words["action"], role=words["role"], due_on=due_on)
    actions.comment(by=body, at=now, response=row, letter=words["letter"])
    copied = ["copied_hmicfrs", "copied_home_secretary"]
    actions.publish(by=body, at=now, response=row, url=words["url"], happened_on=london_date(now), copied=copied)
    actions.correct(by=members["coordinator"], at=now, response=row, part=words["part"], words=words["correction"])


register_demo_part(DemoPart("responses", responses, needs=(YEARS, "commissioning", "deep_dives", "recommendations", "training")))
