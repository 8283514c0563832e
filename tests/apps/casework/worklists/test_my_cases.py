"""One's own cases as cards."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case, seal_case
from lodestar.casework.cases.models import Exploitation
from lodestar.casework.ledger.models import Obligation
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import html_of, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")


def cards(html):
    """What stands of each case, by its reference, in the order of the page."""
    parts = re.split(r'data-case="([^"]+)"', html)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_case_of_ones_own_is_listed_once_and_no_other(client):
    officer, other, coordinator = a_member("frontline"), a_member("frontline"), a_member("coordinator")
    cases = [a_case(officer) for _ in range(16)]
    given, sealed = a_case(other, place="Quay car wash"), a_case(officer, place="Nowhere farm")
    give_case(by=coordinator, at=MET, case=given, to=officer.user)
    seal_case(by=coordinator, at=MET, case=sealed, reason="Related.", owners=[coordinator.user, other.user])
    signed_in(client, officer)
    with at_most(15):
        first = html_of(client, "/my-cases")
    second = html_of(client, "/my-cases?from=15")
    assert sorted([*cards(first), *cards(second)]) == sorted(case.reference for case in [*cases, given])
    assert "Nowhere farm" not in first + second
    assert "Nowhere farm" in html_of(signed_in(client, other), "/my-cases")
    assert signed_in(client, a_member("data_protection")).get("/my-cases").status_code == 404


def test_what_is_due_first_stands_first(client):
    detective, officer, now = a_member("investigator"), a_member("frontline"), timezone.now()
    quiet, busy = a_case(officer), a_case(officer)
    person = a_person(officer, busy, name="Dean", age_min=16, age_max=16, age_basis="stated")
    Exploitation.objects.create(person=person, type="criminal")
    for case in (quiet, busy):
        give_case(by=a_member("coordinator"), at=now, case=case, to=detective.user)
    late, coming = Obligation.objects.filter(case=busy, state="open", opens_at__lte=now, subject="").order_by("id")[:2]
    for row, due in ((late, now - timedelta(hours=1)), (coming, now + timedelta(hours=1))):
        Obligation.objects.filter(id=row.id).update(holder=detective.user, due_at=due)
    page = html_of(signed_in(client, detective), "/my-cases")
    assert list(cards(page)) == [busy.reference, quiet.reference]
    card = cards(page)[busy.reference]
    assert [words for words in ("1 late", "Criminal exploitation") if words not in card] == []
    assert "Dean, says 16" in page
