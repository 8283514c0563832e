"""Published quarters of gaps, what they rest on, and questions about them. Nothing here is about one person.

The local policing body's own database role reads columns of these tables alone, and none that says who wrote them.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from lodestar.partnership.commissioning.rules import STEPS, TABLES
from lodestar.platform.accounts.models import Unit
from lodestar.platform.approvals.models import checks
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


def _user() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Publication(TenantModel):
    """The tables of a quarter as they were published, once: `content` as `rules.published_tables` has it, with names of districts
    and the costs that were assumed. Only ever added: this is their register of what left."""

    quarter = models.CharField(max_length=7)
    content = models.JSONField()
    published_at = models.DateTimeField()
    published_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "quarter", "content", "published_at", "published_by"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "quarter"], name="publication_quarter_once")]


class UnitDistrict(TenantModel):
    """In which district a unit works, by the code of the Office for National Statistics; the latest row of a unit counts. Only
    ever added."""

    unit = OtherTenantRow(Unit)
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "unit", "code", "name", "recorded_at", "recorded_by"})

    class Meta:
        constraints = checks("unit_district", code_of_ons=Q(code__regex=r"^[EWX][0-9]{8}$"), named=~Q(name=""))
        indexes = [Index(fields=["tenant", "unit", "-recorded_at"], name="unit_district_latest")]


class CostAssumption(TenantModel):
    """What help in one domain is assumed to cost for one person, in pounds, and where that number is from; the latest row of a
    domain counts. Only ever added."""

    domain = models.CharField(max_length=24)
    pounds = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "domain", "pounds", "source", "recorded_at", "recorded_by"})

    class Meta:
        constraints = checks("cost_assumption", says_from_where=~Q(source=""))
        indexes = [Index(fields=["tenant", "domain", "-recorded_at"], name="cost_assumption_latest")]


class GapQuestion(TenantModel):
    """A question of the local policing body about a published quarter: of one table and cell of it, or of the whole (both empty).
    Only ever added."""

    quarter = models.CharField(max_length=7)
    about = models.CharField(max_length=10, blank=True)
    cell = models.CharField(max_length=24, blank=True)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    asked_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "quarter", "about", "cell", "asked_at", "due_on", "asked_by"})

    class Meta:
        constraints = checks("gap_question", table_known=Q(about__in=["", *TABLES]))
        indexes = [Index(fields=["tenant", "-asked_at", "id"], name="gap_question_latest")]


class QuestionStep(TenantModel):
    """One step of a question, in its order: asked, answered, decided (`day`: by when), published (where), followed up. Only ever
    added."""

    question = OtherTenantRow(GapQuestion, related_name="steps")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12)
    words = models.TextField()
    day = models.DateField(null=True)
    published_where = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField()
    taken_by = _user()

    class Classified:
        none = frozenset(
            {"id", "tenant", "question", "number", "step", "words", "day", "published_where", "taken_at", "taken_by"}
        )  # fmt: skip

    class Meta:
        constraints = [
            *checks("question_step", known=Q(step__in=[*STEPS]), says_something=~Q(words="")),
            UniqueConstraint(fields=["tenant", "question", "number"], name="question_step_once"),
        ]
