"""What each person is filed under, so that somebody like them is found before they are recorded anew."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import UniqueConstraint

from lodestar.cases.models.person import Person
from lodestar.tenancy.fields import SealedTextField
from lodestar.tenancy.models import OtherTenantRow, TenantModel


class PersonMarks(TenantModel):
    """The marks of one person (`rules/matching`), each a keyed hash that says nothing without the key, and sealed what they
    were made of. Besides the finder's function only the comparison of all records reads them; they are made anew whenever
    what they rest on changes, and a person of whom somebody decided that there are no grounds has none."""

    person = OtherTenantRow(Person)
    marks = ArrayField(models.BigIntegerField())
    told = SealedTextField()

    class Classified:
        none = frozenset({"id", "tenant", "person"})
        sensitive = frozenset({"marks", "told"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "person"], name="person_marks_once")]
