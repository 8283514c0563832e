"""What a force decided about the headings of its own systems' tables. Only ever added to: the latest of a heading holds."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from lodestar.platform.tenancy.models import TenantModel

LONGEST_HEADING = 200  # characters


class HeadingMapping(TenantModel):
    """Which column of the template a heading of a kind of table is; an empty column: what stands under it is not read."""

    kind = models.CharField(max_length=12)
    folded = models.CharField(max_length=LONGEST_HEADING)  # the heading as it is compared
    heading = models.CharField(max_length=LONGEST_HEADING)
    column = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "kind", "folded", "heading", "column", "version", "decided_at", "decided_by"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "kind", "folded", "version"], name="heading_mapped_once")]
