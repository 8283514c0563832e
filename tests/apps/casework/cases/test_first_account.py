"""The first account on video is recorded in one place, stands as the source, and is shown where they are."""

from html import unescape

import pytest

from lodestar.casework.cases.models import FirstAccount
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import FirstAccountFactory, a_case, a_person
from tests.factories.full_records import an_offence, callum
from tests.factories.referrals import WritingFactory
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")
EVIDENCE = {"code": "golden_hour_evidence", "state": "open"}


def scene():
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer)
    return officer, case, a_person(officer, case, name="Kieran"), a_person(officer, case, name="Jaz")


def told(*people, **more):
    return form(reference="BWV-7714", officer="4471", at="1 March 2026 0214", people=[str(one.id) for one in people], **more)


def html(page):
    return unescape(page.content.decode())


def test_a_video_with_what_was_kept_answers_the_first_hour_of_those_on_it(client):
    officer, case, kieran, jaz = scene()
    page = signed_in(client, officer).post(f"/people/{kieran.id}/first-account", told(kieran, jaz, kept=["phones", "papers"]))
    assert page.status_code == 302
    assert {row.person_id for row in FirstAccount.objects.all()} == {kieran.id, jaz.id}
    assert not Obligation.objects.filter(case=case, **EVIDENCE).exists()
    answer = ObligationAnswer.objects.get(person=jaz, code=EVIDENCE["code"])
    assert answer.because == "Video BWV-7714. Phones, papers"
    event = Event.objects.get(code="cases.first_account_recorded")
    assert (event.operation, set(event.people), event.fields) == ("collection", {kieran.id, jaz.id}, ["kept", "reference"])
    assert ledger.differences([case]) == []


def test_a_reference_alone_is_recorded_and_closes_nothing(client):
    officer, case, kieran, _ = scene()
    assert signed_in(client, officer).post(f"/people/{kieran.id}/first-account", told(kieran)).status_code == 302
    assert FirstAccount.objects.get().person_id == kieran.id
    assert Obligation.objects.filter(case=case, person=kieran, **EVIDENCE).exists()
    shown = html(client.get(f"/people/{kieran.id}/first-account"))
    assert "Body-worn video BWV-7714, 1 March 2026, 02:14, officer 4471" in shown
    assert "Do not ask them to repeat it" in shown
    assert "nothing recorded yet" in shown
    assert "Body-worn video BWV-7714" in html(client.get(f"/people/{kieran.id}"))


def test_without_a_reference_or_anybody_nothing_is_recorded_and_what_was_typed_is_kept(client):
    officer, _, kieran, _ = scene()
    signed_in(client, officer)
    page = client.post(f"/people/{kieran.id}/first-account", form(officer="4471", people=[str(kieran.id)]))
    assert page.status_code == 422
    assert "Write the reference under which the video is kept" in html(page)
    assert 'value="4471"' in html(page)
    assert client.post(f"/people/{kieran.id}/first-account", told()).status_code == 422
    assert not FirstAccount.objects.exists()


def test_somebody_of_another_case_cannot_be_put_on_it(client):
    officer, _, kieran, _ = scene()
    stranger = a_person(officer, a_case(officer), name="Ion")
    page = signed_in(client, officer).post(f"/people/{kieran.id}/first-account", told(kieran, stranger))
    assert page.status_code == 422
    assert not FirstAccount.objects.exists()


def test_wherever_an_account_is_asked_for_the_video_stands_instead(client):
    investigator, _, callum_ = callum(a_member("investigator"))
    FirstAccountFactory(person=callum_, officer="4471")
    writing, offence = WritingFactory(person=callum_), an_offence(investigator, callum_)
    signed_in(client, investigator)
    for path in (
        f"/people/{callum_.id}",
        f"/people/{callum_.id}/crime-record",
        f"/people/{callum_.id}/section-45/{offence.id}",
        f"/writings/{writing.id}/sections/account",
    ):
        shown = html(client.get(path))
        assert "Body-worn video BWV-7714, 2 March 2026, 23:40, officer 4471" in shown, path
        assert "Do not ask them to repeat it" in shown, path
