"""Publishing the tables of a quarter, what they rest on, and the steps of a question."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from lodestar.partnership.commissioning import queries, rules
from lodestar.partnership.commissioning.models import CostAssumption, GapQuestion, Publication, QuestionStep, UnitDistrict
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date


class NotPublished(ValueError):
    """A quarter is not over yet, or was published before."""


def tables_now(quarter: rules.Quarter) -> dict[str, Any]:
    """The tables of a quarter as they would be published now, with the names of districts and the costs that are assumed."""
    gaps = queries.gaps_of(quarter)
    measured = queries.measured_in(quarter, gaps)
    content = rules.published_tables(gaps, queries.cells_of_tables(), measured.people)
    shown = content["measured"]
    costs = queries.assumed_costs()
    return content | {
        "quarter": quarter.name,
        "districts": {row.code: row.name for row in queries.districts_of_units()},
        "costs": {domain: [row.pounds, row.source] for domain, row in costs.items()},
        "days_waited": _rounded(measured.days_waited, shown["people_waited"]),
        "days_waiting": _rounded(measured.days_waiting, shown["people_waiting"]),
        "nights": measured.nights if shown["people_unsuitable"] else None,
    }


def _rounded(days: float | None, people: int | None) -> int | None:
    """A median of days, where so many people are shown."""
    return round(days) if people and days is not None else None


def publish_quarter(*, by: Member, at: datetime, quarter: rules.Quarter) -> Publication:
    """Publishes the tables of a quarter that is over, once and for all: what is recorded later counts in the quarter in which it
    is recorded. Raises NotPublished."""
    if quarter.after > london_date(at):
        raise NotPublished("This quarter is not over yet")
    content = tables_now(quarter)
    try:
        with transaction.atomic():
            row = Publication.objects.create(
                quarter=quarter.name, content=content, published_at=at, published_by_id=by.user
            )  # fmt: skip
    except IntegrityError:
        raise NotPublished("This quarter was published before") from None
    audit("commissioning.published", by=by, at=at, subject=quarter.name, recipient="Local policing body")
    return row


def set_district(*, by: Member, at: datetime, unit: UUID, code: str, name: str) -> None:
    """Records in which district a unit works."""
    UnitDistrict.objects.create(unit_id=unit, code=code, name=name, recorded_at=at, recorded_by_id=by.user)
    audit("commissioning.district_set", by=by, at=at, subject=str(unit), fields=["district"])


def assume_cost(*, by: Member, at: datetime, domain: str, pounds: int, source: str) -> None:
    """Records what help in one domain is assumed to cost for one person."""
    CostAssumption.objects.create(domain=domain, pounds=pounds, source=source, recorded_at=at, recorded_by_id=by.user)
    audit("commissioning.cost_assumed", by=by, at=at, subject=domain, fields=["cost"])


def ask_question(*, by: Member, at: datetime, quarter: str, words: str, about: str = "", cell: str = "") -> UUID:
    """Asks the force about a published quarter: its answer is due in four weeks."""
    row = GapQuestion(
        quarter=quarter, about=about, cell=cell, asked_at=at, due_on=london_date(at + rules.ANSWER_WITHIN), asked_by_id=by.user
    )
    row.save(force_insert=True)
    _add(by, at, row.id, 1, rules.ASKED, words, None, "")
    return row.id


def take_step(
    *, by: Member, at: datetime, question: queries.Question, step: str, words: str, day: date | None = None, where: str = ""
) -> None:
    """Takes the next step of a question, for the force or for the local policing body by what the member may. Raises
    ConcurrentEdit where that step may not follow the last one any more."""
    is_of_force = by.may(Permission.COMMISSIONING_ANSWER)
    if not rules.may_follow(question.state, step, is_of_force=is_of_force):
        raise ConcurrentEdit(question)
    try:
        with transaction.atomic():
            _add(by, at, question.id, len(question.steps) + 1, step, words, day, where)
    except IntegrityError:
        raise ConcurrentEdit(question) from None


def _add(by: Member, at: datetime, question: UUID, number: int, step: str, words: str, day: date | None, where: str) -> None:
    row = QuestionStep(
        question_id=question,
        number=number,
        step=step,
        words=words,
        day=day,
        published_where=where,
        taken_at=at,
        taken_by_id=by.user,
    )
    row.save(force_insert=True)
    audit(f"commissioning.question_{step}", by=by, at=at, subject=str(question), fields=["words"])
