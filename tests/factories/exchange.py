"""Numbers that were given out."""

import factory

from lodestar.oversight.releases.models import Release
from tests.factories.accounts import Somebody
from tests.factories.cases import MET


class ReleaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Release

    kind = "return"
    period = factory.Sequence(lambda n: f"{2000 + n // 12 % 100}-{n % 12 + 1:02d}")
    content = factory.LazyFunction(
        lambda: {"least_shown": 5, "counts": {"first_reports": None}, "schema": "", "version": "", "force": "", "month": "",
                 "made_on": "", "due_on": "", "late": False}
    )  # fmt: skip
    made_at = MET
    made_by = Somebody()
