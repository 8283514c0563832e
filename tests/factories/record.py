"""Rows of the log."""

import factory
from django.utils import timezone

from lodestar.platform.audit import models
from lodestar.platform.text.ids import new_id


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Event

    recorded_at = factory.LazyFunction(timezone.now)
    happened_at = factory.LazyFunction(timezone.now)
    operation = "consultation"
    code = "cases.viewed"
    by = factory.LazyFunction(new_id)
    role = "frontline"
