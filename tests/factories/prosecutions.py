"""What passed with the CPS and in court, and a record for the CPS, through the same actions as the pages."""

from datetime import datetime
from typing import Any

import factory
from django.utils import timezone

from lodestar.casework.prosecutions import models
from lodestar.casework.prosecutions.actions import record_entry
from lodestar.platform.accounts.access import Member
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, CaseFactory


class ProsecutionEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ProsecutionEntry

    case = factory.SubFactory(CaseFactory)
    kind = "conference"
    who = "CPS East"
    at = MET
    recorded_at = MET
    by = factory.SubFactory(UserFactory)


def an_entry(by: Member, case: Any, kind: str, at: datetime | None = None, **facts: Any) -> models.ProsecutionEntry:
    """One entry, now unless told otherwise."""
    return record_entry(by=by, at=at or timezone.now(), case=case, kind=kind, facts={"who": "CPS East", **facts})
