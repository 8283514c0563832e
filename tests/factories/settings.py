"""A force's own settings. Nobody but the owner of the database can put one in force on a day that has begun."""

from datetime import timedelta

import factory
from django.utils import timezone

from lodestar.platform.accounts.access import Member
from lodestar.platform.settings.actions import decide_setting, propose_setting
from lodestar.platform.settings.models import SettingChange
from tests.factories.accounts import Somebody


def days_ahead(days):
    """The day in London so many days from today."""
    return timezone.localdate() + timedelta(days=days)


class SettingChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SettingChange

    key = "tasking_decision_victims"
    value = "2"
    from_date = factory.LazyFunction(lambda: days_ahead(7))
    reason = "Two in one place have been enough before."
    asked_at = factory.LazyFunction(timezone.now)
    asked_by = Somebody()


def an_agreed_change(by: Member, second: Member, **facts) -> SettingChange:
    """A change that one member proposed and another agreed to, from in seven days unless told otherwise."""
    told = {"key": "tasking_decision_victims", "value": "2", "from_date": days_ahead(7), "reason": "As agreed."} | facts
    change = propose_setting(by=by, at=timezone.now(), **told)
    decide_setting(by=second, at=timezone.now(), row=change, approved=True, because="Agreed")
    return change
