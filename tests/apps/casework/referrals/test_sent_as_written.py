"""What is recorded as sent points at what was written here, and keeps which checks of the form were open: nothing more."""

import pytest
from django.utils import timezone

from lodestar.casework.referral_forms.rules.coach import checks
from lodestar.casework.referrals.actions import record_referral, write_answers
from lodestar.casework.referrals.models import Referral, ReferralDraft, ReferralStatus
from lodestar.casework.referrals.queries.outgoing import for_the_coach
from lodestar.casework.referrals.queries.writing import sheet_of
from lodestar.platform.audit.models import Event
from tests.apps.casework.referrals.test_writing import NOW, VERSION, an_adult, begun, words
from tests.factories.accounts import a_member
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

ACCOUNT = "what-were-they-required-to-do"


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


def gone(officer, person, seen=0):
    at = timezone.now()
    fixed = {"route": "nrm", "direction": "made_by_us", "as_it_happened": True, "another": True}
    return record_referral(by=officer, at=at, person=person, seen=seen, **fixed)


def open_in(writing):
    told = for_the_coach(sheet_of(writing), timezone.localdate())
    return [check.code for check in checks(told) if check.is_open]


def test_it_points_at_what_was_written_with_the_checks_open_then(officer):
    person = an_adult(officer)
    writing = begun(officer, person)
    first = gone(officer, person)
    assert (first.writing_id, first.open_checks) == (writing.id, open_in(writing))
    assert len(first.open_checks) > 5
    story = "In March 2025 she was told that she owed money. She saw no wages. " * 12
    write_answers(by=officer, at=NOW, writing=writing, answers={ACCOUNT: story}, rows=0)
    second = gone(officer, person, seen=1)
    assert second.open_checks == open_in(writing)
    assert second.open_checks != first.open_checks
    for row in (first, second):
        assert ReferralStatus.objects.get(referral=row).open_checks == row.open_checks
    assert Referral.objects.get(id=first.id).open_checks == first.open_checks, "it stays as it was"
    assert "writing" in Event.objects.filter(code="referrals.sent").latest("recorded_at").fields


def test_what_was_written_elsewhere_or_by_another_body_points_at_nothing(officer):
    person, other = an_adult(officer), an_adult(officer)
    begun(officer, other)
    assert gone(officer, person).writing is None
    theirs = record_referral(
        by=officer, at=timezone.now(), person=other, route="nrm", direction="received_for_investigation", seen=0
    )
    assert (theirs.writing, theirs.open_checks) == (None, [])
    assert ReferralStatus.objects.get(referral=theirs).open_checks is None


def test_the_pages_say_that_it_has_gone_and_what_of_the_form_was_open(client, officer):
    web, person = signed_in(client, officer), an_adult(officer)
    writing = begun(officer, person)
    assert "Send tonight, finish tomorrow" in words(web.get(f"/writings/{writing.id}"))
    gone(officer, person)
    page = words(web.get(f"/writings/{writing.id}"))
    assert "It has been sent" in page
    assert "as supplementary information" in page
    assert "Send tonight" not in page
    sent = words(web.get(f"/people/{person.id}/referral"))
    assert "Written here. Left incomplete: gaps explained; events in order;" in sent


def test_one_version_of_the_form_follows_another(officer):
    """What was begun last is what was sent."""
    person = an_adult(officer)
    ReferralDraft.objects.create(person=person, form_version="2025-03", begun_at=NOW.replace(year=2025), begun_by_id=officer.user)
    latest = begun(officer, person)
    assert gone(officer, person).writing == latest
    assert latest.form_version == VERSION


def test_recording_it_asks_the_database_little(client, officer):
    """Four reads more than of what was written elsewhere: the text, the talk, the papers and the signs; and where it stands."""
    web, person = signed_in(client, officer), an_adult(officer)
    begun(officer, person)
    with at_most(44):
        web.post(f"/people/{person.id}/referral", form(route="nrm", sent_at="0225", version="0"))
    assert Referral.objects.get().writing is not None
