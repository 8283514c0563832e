"""What a coordinator keeps for the search: the thesaurus, and facts that no longer hold."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from lodestar.tenancy.models import TenantModel


class ThesaurusEntry(TenantModel):
    """What an officer writes (`says`), and what guidance calls it (`means`). It widens a search and means nothing else.

    `both_ways`: each finds the other. Shipped entries carry a `code`; a force's own have none. While `as_shipped` an entry
    goes with the list that comes with Lodestar; one that the force changed or took out of use is its own, and stays so.
    """

    code = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=40)
    says = ArrayField(models.CharField(max_length=80))
    means = ArrayField(models.CharField(max_length=80))
    both_ways = models.BooleanField(default=False)
    is_used = models.BooleanField(default=True)
    as_shipped = models.BooleanField(default=False)
    owner = models.CharField(max_length=120)
    review_by = models.DateField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset(
            {
                "id", "tenant", "code", "group", "says", "means", "both_ways", "is_used", "as_shipped", "owner", "review_by",
                "changed_at", "changed_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "code"], name="guidance_thesaurus_code_once", condition=~Q(code="")),
            CheckConstraint(
                condition=Q(says__len__gt=0) & Q(means__len__gt=0), name="guidance_thesaurus_says_something"
            ),
        ]


class StaleFact(TenantModel):
    """A fact that held once: the exact phrases that state it (`says`), and what holds now.

    `replaced_by` is what holds from `from_date` on, in words that end *differs from the force's confirmed ...*. One
    sentence that states it and one that does not are kept with it, and a change that misreads either is refused.
    `as_shipped` as of an entry of the thesaurus.
    """

    code = models.CharField(max_length=40)
    called = models.CharField(max_length=80)  # what the confirmed thing is: number, period, form, list
    says = ArrayField(models.CharField(max_length=80))
    replaced_by = models.CharField(max_length=300)
    from_date = models.DateField()
    source = models.CharField(max_length=300)
    states_it = models.CharField(max_length=400)
    does_not = models.CharField(max_length=400)
    is_used = models.BooleanField(default=True)
    as_shipped = models.BooleanField(default=False)
    owner = models.CharField(max_length=120)
    review_by = models.DateField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset(
            {
                "id", "tenant", "code", "called", "says", "replaced_by", "from_date", "source", "states_it", "does_not",
                "is_used", "as_shipped", "owner", "review_by", "changed_at", "changed_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "code"], name="guidance_stale_fact_code_once"),
            CheckConstraint(condition=Q(says__len__gt=0), name="guidance_stale_fact_says_something"),
        ]
