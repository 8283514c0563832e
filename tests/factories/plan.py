"""Requirements with their links, and items of the plan with milestones and changes."""

from datetime import date
from uuid import UUID

import factory

from lodestar.oversight.plan import models
from lodestar.oversight.requirements.models import Requirement, RequirementLink, Statement
from lodestar.platform.time.days import end_of_day
from tests.factories.accounts import WORKER, UserFactory
from tests.factories.cases import MET

FIRST = 1 + 1_000 * int(WORKER.removeprefix("gw") or 0)  # numbers of its own for each process: what one made is copied by others
DUE = date(2026, 6, 30)


class RequirementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Requirement

    standard = "local_policy"
    code = factory.Sequence(lambda n: f"{WORKER}-{n}")
    edition = date(2024, 1, 1)
    kind = "local_policy"
    text = "Every report goes to a detective"
    source = "Policy, page 3"
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class RequirementLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequirementLink

    requirement = factory.SubFactory(RequirementFactory)
    kind = "measure"
    key = "nrm-made"
    added_at = MET
    added_by = factory.SubFactory(UserFactory)


class StatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Statement

    words = "Every shift is briefed"
    said_on = MET.date()
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class PlanItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PlanItem

    number = factory.Sequence(lambda n: FIRST + n)
    title = "Brief every shift"
    domain = "training"
    four_p = "protect"
    state = "under_way"
    owner = factory.SubFactory(UserFactory)
    original_due_on = due_on = DUE
    due_at = end_of_day(DUE)
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Milestone

    item = factory.SubFactory(PlanItemFactory)
    title = "First briefing"
    original_due_on = due_on = DUE
    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class PlanChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PlanChange

    item = factory.SubFactory(PlanItemFactory)
    column = "title"
    before = "Brief shifts"
    after = "Brief every shift"
    at = MET
    by = factory.SubFactory(UserFactory)


def owned_by(user: UUID) -> models.PlanItem:
    """An item of this user's, with a milestone."""
    item = PlanItemFactory(owner_id=user)
    MilestoneFactory(item=item)
    return item


def planned_for(user: UUID) -> dict[str, UUID]:
    """A requirement with its evidence, and an item of the plan of this user's own."""
    link, item = RequirementLinkFactory(), owned_by(user)
    return {
        "requirement_id": link.requirement_id, "link_id": link.id, "item_id": item.id, "milestone_id": item.milestones.get().id,
    }  # fmt: skip
