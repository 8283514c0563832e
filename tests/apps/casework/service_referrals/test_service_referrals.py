"""Referrals to services and places of safety: pages, moves, what they close, who sees them, what owners are told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.needs.actions import record_support_use
from lodestar.casework.safe_addresses.models import ContactWithout
from lodestar.casework.service_referrals.actions import make_referral, move_referral
from lodestar.casework.service_referrals.jobs import tell_owners
from lodestar.casework.service_referrals.models import PlaceRequest, ServiceReferral
from lodestar.casework.service_referrals.rules import LATE_ANSWER
from lodestar.information_governance.retention.queries import written_about_people
from lodestar.platform.audit.models import Event
from lodestar.platform.notices.models import Notice
from lodestar.platform.registers.actions import MoveNotAllowed
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.service_referrals import PlaceRequestFactory, ServiceFactory, ServiceReferralFactory
from tests.factories.signed_in import form, html_of, read, sent, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")

ASKED = {"agreed": "yes", "agreed_who": "person", "agreed_how": "they_came"}
FACTS = {"domain": "accommodation", "what": "A room with a lock", "wish": "Near her sister"}


def a_victim(**facts):
    officer = a_member("frontline")
    case = a_case(officer)
    return a_person(officer, case, name="Ardita Hoxha", needs=["safe_place"], **facts)


def state_of(person, code):
    assert ledger.differences([person.case]) == []
    return Obligation.objects.get(person=person, code=code).state


def test_a_referral_closes_the_offer_of_a_service_and_withdrawing_it_opens_it_again():
    advisor, person, service = a_member("advisor"), a_victim(), ServiceFactory()
    made = timezone.now() - timedelta(hours=1)
    row = make_referral(by=advisor, at=made, person=person, service=service, facts=FACTS | ASKED)
    assert state_of(person, "refer_support_service") == "closed"
    obligation = Obligation.objects.get(person=person, code="refer_support_service")
    assert f'href="/people/{person.id}/services" data-recorded' in read(advisor, f"/owed/{obligation.id}")
    assert state_of(person, "refer_victim_services") == "open"
    move_referral(by=advisor, at=made, row=row, to="revoked", seen=1)
    assert state_of(person, "refer_support_service") == "open"
    assert row.due_at is None
    with pytest.raises(MoveNotAllowed):
        move_referral(by=advisor, at=made, row=row, to="started", seen=2)


def test_a_refusal_meets_the_offer_of_victim_services_and_nothing_is_owed_before_anybody_was_asked(client):
    advisor, person, service = a_member("advisor"), a_victim(), ServiceFactory()
    path = f"/people/{person.id}/services"
    with at_most(15):
        assert str(service.id) in html_of(signed_in(client, advisor), path, domain="legal")
    assert str(service.id) not in html_of(client, path, domain="social")
    new = {"domain": "legal", "service": str(service.id), "what": "Someone to talk to", "is_victim_services": "on"}
    assert sent(advisor, path, **new, agreed="yes").status_code == 422, "who was asked, and how"
    assert sent(advisor, path, **new, agreed="not_asked").status_code == 302
    assert state_of(person, "refer_victim_services") == "open"
    row = ServiceReferral.objects.get(person=person)
    no = {"to": "rejected", "reason": "refused_by_person", "agreed_who": "person", "version": 1}
    page = f"/service-referrals/{row.id}"
    assert sent(advisor, page, **no).status_code == 422, "how they were asked"
    no["agreed_how"] = "met"
    assert sent(advisor, page, **no).status_code == 422, "no rule allows to go to them"
    assert sent(advisor, page, **no, without="She rang and asked for us").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.rejection, row.agreed) == ("rejected", "refused_by_person", "no")
    assert ContactWithout.objects.get(person=person).code == "refer_victim_services"
    assert state_of(person, "refer_victim_services") == "closed"


def test_a_move_keeps_its_time_reason_and_history_and_a_colleague_who_was_first_is_not_overwritten(client):
    advisor, colleague, person = a_member("advisor"), a_member("advisor", name="F. Quist"), a_victim()
    row = ServiceReferralFactory(person=person, owner_id=advisor.user)
    path = f"/service-referrals/{row.id}"
    with at_most(15):
        assert "A room with a lock" in html_of(signed_in(client, advisor), path)
    assert sent(advisor, path, to="rejected", version=1).status_code == 422, "without a reason"
    with at_most(40):
        assert client.post(path, form(to="started", version=1, owner="F. Quist")).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.owner_id, row.due_at) == ("started", colleague.user, None)
    assert row.started_at
    late = sent(advisor, path, to="ended", reason="met", version=1, because="She has a flat")
    assert late.status_code == 422
    assert "She has a flat" in late.content.decode()
    assert 'name="version" value="2"' in late.content.decode()
    assert sent(advisor, path, to="ended", reason="met", version=2, because="She has a flat").status_code == 302
    history = list(row.moves.order_by("recorded_at").values_list("before", "after", "reason", "mover"))
    assert history == [("made", "started", "", advisor.user), ("started", "ended", "met", advisor.user)]
    assert Event.objects.filter(code="support.service_referral_moved", people=[person.id]).count() == 2
    assert "She has a flat" in html_of(client, path)
    with pytest.raises(ConcurrentEdit):
        move_referral(by=advisor, at=timezone.now(), row=ServiceReferralFactory(person=person), to="waiting", seen=7)


def test_the_list_shows_late_first_in_pages_and_filters_and_saves_no_names(client):
    coordinator, person = a_member("coordinator"), a_victim()
    day, now = timedelta(days=1), timezone.now()
    rows = [ServiceReferralFactory(person=person, due_at=now + day * n if n else None) for n in range(-11, 12)]
    ServiceReferralFactory(person=person, state="ended", outcome="met", domain="legal")
    client = signed_in(client, coordinator)
    with at_most(15):
        first = html_of(client, "/service-referrals")
    places = [first.find(f"/service-referrals/{row.id}") for row in rows]
    assert places[0] > 0
    assert places[:11] == sorted(places[:11]), "the longest late first"
    assert places[11] == -1, "without a day: last"
    onward = first.split('href="?after=')[1].split('"')[0]
    second = html_of(client, f"/service-referrals?after={onward}")
    assert [f"/service-referrals/{row.id}" in second for row in rows] == [place == -1 for place in places]
    assert html_of(client, "/service-referrals", show="late").count("/service-referrals/") == 11
    assert html_of(client, "/service-referrals", show="all", domain="legal").count("/service-referrals/") == 1
    saved = client.get("/service-referrals", {"as": "csv"})
    assert len(saved.content.decode().splitlines()) == 24
    assert b"Hoxha" not in saved.content
    assert signed_in(client, a_member("advisor")).get("/service-referrals", {"as": "csv"}).status_code == 404


def test_support_and_places_are_not_for_the_investigation():
    person = a_victim()
    row, place = ServiceReferralFactory(person=person), PlaceRequestFactory(person=person)
    investigator = a_member("investigator")
    a_case_of = {"inspector": a_member("detective_inspector"), "investigator": investigator}
    for member in a_case_of.values():
        for path in (f"/people/{person.id}/services", f"/service-referrals/{row.id}", f"/service-referrals/{row.id}/link"):
            assert signed_in_status(member, path) == 404
            assert sent(member, path, to="revoked", version=1).status_code == 404
    for member in a_case_of.values():
        assert signed_in_status(member, f"/places/{place.id}") == 404, "where she sleeps is not for the investigation"
    assert signed_in_status(a_member("supervisor", unit=person.case.unit), f"/places/{place.id}") == 200
    inspector = a_case_of["inspector"]
    record_support_use(
        by=inspector, at=timezone.now(), person=person, used_for="court", power="A court order", reason="The judge asked"
    )
    assert signed_in_status(inspector, f"/service-referrals/{row.id}") == 200, "to read, for a use that is recorded"
    assert signed_in_status(inspector, f"/people/{person.id}/services") == 200
    assert signed_in_status(inspector, f"/service-referrals/{row.id}/link") == 404
    assert sent(inspector, f"/service-referrals/{row.id}", to="revoked", version=1).status_code == 404
    advisor = a_member("advisor")
    assert signed_in_status(advisor, f"/service-referrals/{row.id}") == 200
    owners = [a_member("supervisor").user, a_member("supervisor").user]
    seal_case(by=a_member("supervisor"), at=timezone.now(), case=person.case, reason="A relative", owners=owners)
    assert signed_in_status(advisor, f"/service-referrals/{row.id}") == 404
    assert str(row.id) not in read(advisor, "/service-referrals")


def signed_in_status(member, path):
    return signed_in(Client(), member).get(path).status_code


def test_owners_are_told_of_what_is_late_once_until_they_open_it():
    now = timezone.now()
    late = ServiceReferralFactory(due_at=now - timedelta(seconds=1))
    for made in ({"due_at": now + timedelta(seconds=1)}, {"due_at": None}):
        ServiceReferralFactory(**made)
    ServiceReferralFactory(due_at=now - timedelta(days=1), state="revoked")
    tell_owners(now)
    tell_owners(now)
    notice = Notice.objects.get(kind=LATE_ANSWER)
    assert (notice.to_id, notice.subject, notice.by_id) == (late.owner_id, str(late.id), None)


def test_a_place_taken_closes_the_place_for_the_night_and_its_unsuitable_nights_are_counted(client):
    officer = a_member("frontline")
    person = a_person(officer, a_case(officer), needs=["safe_place"])
    path = f"/people/{person.id}/place"
    assert sent(officer, path, asked_at="").status_code == 302
    row = PlaceRequest.objects.get(person=person)
    page = f"/places/{row.id}"
    assert sent(officer, page, to="offered", version=1).status_code == 422, "of no kind"
    assert sent(officer, page, to="taken", version=1, kind="hotel", unsuitable="yes").status_code == 422, "why"
    assert state_of(person, "safe_place") == "open"
    taken = {"to": "taken", "kind": "hotel", "unsuitable": "yes", "unsuitable_why": "hotel_alone"}
    assert sent(officer, page, **taken, version=1).status_code == 302
    assert state_of(person, "safe_place") == "closed"
    none = PlaceRequestFactory(person=a_victim())
    assert sent(a_member("advisor"), f"/places/{none.id}", to="taken", kind="none", version=1).status_code == 302
    assert state_of(none.person, "safe_place") == "open", "to stay where they were is no place"
    PlaceRequest.objects.filter(id=row.id).update(nights_from=timezone.localdate() - timedelta(days=3))
    assert 'data-unsuitable="3"' in html_of(signed_in(client, officer), path)
    assert sent(officer, page, to="taken", version=2, kind="hotel", unsuitable="no").status_code == 302
    week_ago = f"{timezone.localdate() - timedelta(days=7):%d %B %Y} 0900"
    assert sent(officer, page, to="left", version=3, kind="hotel", moved_at=week_ago).status_code == 422, "before they came"
    assert sent(officer, page, to="left", version=3, kind="hotel", because="To 14 Gull Lane NR30 2AB").status_code == 422
    assert sent(officer, page, to="left", version=3, kind="hotel").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.nights_to, row.unsuitable) == ("left", timezone.localdate(), True), "a bad night stays one"
    assert row.nights_from == timezone.localdate() - timedelta(days=3), "looking again begins no new stay"
    assert {ServiceReferral, PlaceRequest} <= set(written_about_people()), "the review of what is kept counts from them"
