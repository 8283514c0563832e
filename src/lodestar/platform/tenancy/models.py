"""Tenants, and the base of every row that belongs to one."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.ids import new_id


class Tenant(models.Model):
    """A data controller: a force, a regional unit, BTP, the NCA. It is not the map: areas are dated reference data."""

    slug = models.CharField(primary_key=True, max_length=60)
    name = models.CharField(max_length=120)
    nation = models.CharField(max_length=20, default="england")
    reference_prefix = models.CharField(max_length=4)
    made_by_demo = models.BooleanField(default=False)
    demo_filling = models.JSONField(null=True)  # what is left to make of an invented force

    class Classified:
        none = frozenset({"slug", "name", "nation", "reference_prefix", "made_by_demo", "demo_filling"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(slug__regex=r"^[a-z0-9-]+$"), name="tenant_slug_is_a_slug"),
            CheckConstraint(condition=Q(reference_prefix__regex=r"^[A-Z]{2,4}$"), name="tenant_prefix_is_letters"),
            CheckConstraint(condition=Q(demo_filling=None) | Q(made_by_demo=True), name="tenant_filling_is_of_demo"),
        ]

    def __str__(self) -> str:
        return self.slug


class OtherTenantRow(models.ForeignKey):
    """A reference to another row of the same tenant.

    Django's own constraint would look past the wall, so the database's is the composite one that `Wall` writes.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["db_constraint"] = False
        options.setdefault("related_name", "+")
        super().__init__(to, on_delete, **options)


class TenantModel(models.Model):
    """A row of one tenant. Its id is made by whoever makes the form; its tenant never changes.

    Each model says in `Classified` what each of its fields is: `personal`, `sensitive` or `none`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.CharField(max_length=60, default=current_tenant, editable=False)

    class Meta:
        abstract = True


class RecordedRow(TenantModel):
    """A row that says when it was recorded and by whom."""

    recorded_at = models.DateTimeField()
    recorded_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "recorded_at", "recorded_by"})

    class Meta:
        abstract = True


def all_or_none(*columns: str) -> Q:
    """That these columns are all filled in, or none of them: what was done has both its time and its person."""
    return Q(**{f"{name}__isnull": True for name in columns}) | Q(**{f"{name}__isnull": False for name in columns})
