"""A server whose clock is put back ten minutes: what was recorded "later" stays, what comes is recorded, no page breaks."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.audit.models import Event
from tests.factories.accounts import TourFactory, a_member
from tests.factories.cases import a_case, a_person, closed_somehow
from tests.factories.signed_in import signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")
BACK = timedelta(minutes=10)
PAGES = ("/my-work", "/cases/{0}", "/cases/{0}/do-now", "/cases/{0}/hand-on", "/people/{1}", "/people/{1}/consent")


def test_what_was_met_before_the_clock_went_back_goes_on():
    start, officer = timezone.now(), a_member("frontline")
    TourFactory(user_id=officer.user, user=None)
    with time_machine.travel(start, tick=False) as clock:
        client = signed_in(Client(), officer)
        case = a_case(officer, at=start)
        person = a_person(officer, case, at=start)
        clock.shift(-BACK)
        now = timezone.now()
        change_person(by=officer, at=now, person=person, version=person.version, facts={"care_and_support_needs": True})
        owed = list(Obligation.objects.filter(case=case, state="open")[:2])
        closed_somehow(officer, case, owed, at=now)
        assert ledger.differences([case]) == []
        assert not Obligation.objects.filter(id__in=[each.id for each in owed], state="open").exists()
        assert Event.objects.filter(case=case.id, recorded_at=now).exists()
        for path in PAGES:
            page = client.get(path.format(case.reference, person.id))
            assert page.status_code == 200, path
            assert not re.search(r"\bin -\d|-\d+ (minute|hour|second)", page.content.decode()), path
