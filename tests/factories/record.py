"""Rows of the log."""

import factory
from django.utils import timezone

from lodestar.kernel.ids import new_id
from lodestar.record import models


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Event

    recorded_at = factory.LazyFunction(timezone.now)
    happened_at = factory.LazyFunction(timezone.now)
    operation = "consultation"
    code = "cases.viewed"
    by = factory.LazyFunction(new_id)
    role = "frontline"
