"""The link by which a service answers: need before name, spent by a button alone, and nothing to be learnt from a dead one."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from lodestar.casework.safe_addresses.actions import record_address
from lodestar.casework.service_referrals.access import link_with, new_code
from lodestar.casework.service_referrals.actions import LINK_LIVES, answer_by_link, make_link, move_referral
from lodestar.casework.service_referrals.models import PartnerLink, ServiceReferral
from lodestar.casework.service_referrals.rules import ANSWERED
from lodestar.platform.accounts.models import Membership
from lodestar.platform.notices.models import Notice
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import a_case, a_person
from tests.factories.service_referrals import ServiceFactory, ServiceReferralFactory
from tests.factories.signed_in import html_of, sent, signed_in

ADDRESS = "14 Marram Way, Saltby"


@pytest.fixture
def referral(fenmarch):
    return a_referral()


def a_referral():
    advisor = a_member("advisor", name="M. Osei")
    with administering():
        Membership.objects.filter(id=advisor.membership).update(phone="01632 960123")
    case = a_case(advisor)
    person = a_person(advisor, case, name="Ardita Hoxha", birth_date="1999-04-03", age_min=None, age_max=None)
    record_address(by=advisor, at=timezone.now(), person=person, address=ADDRESS, viewers=[])
    service = ServiceFactory(name="Harbour Trust", document={"email": "intake@harbour.example"})
    row = ServiceReferralFactory(person=person, service=service, owner_id=advisor.user, sex="female", languages="Albanian")
    return advisor, row


def link(by, row, **facts):
    row.refresh_from_db()
    return make_link(by=by, at=timezone.now(), row=row, what="A room with a lock", languages="Albanian", is_sent=False, **facts)


def opened(code, **headers):
    return Client(**headers).get(f"/answer/{code}")


def answered(code, **typed):
    return Client().post(f"/answer/{code}", typed)


def state(row):
    return ServiceReferral.objects.values_list("state", flat=True).get(id=row.id)


def test_it_shows_the_need_and_nothing_that_says_who_it_is(referral):
    advisor, row = referral
    page = opened(link(advisor, row))
    text = unescape(page.content.decode())
    for shown in ("A room with a lock", "Somewhere to live", "25 to 34", "Female", "Albanian", "Fenmarch", "Harbour Trust"):
        assert shown in text, shown
    person = row.person
    for hidden in ("Ardita", "Hoxha", person.case.reference, "1999", "April", ADDRESS, "Marram", str(person.id), str(row.id),
                   advisor.name, "960123", "slavery", "victim"):  # fmt: skip
        assert hidden not in text, hidden
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]


def test_opening_it_answers_nothing_and_the_button_spends_it(referral):
    advisor, row = referral
    code = link(advisor, row)
    before = (row.version, PartnerLink.objects.values_list("spent_at").get())
    for _ in range(10):
        assert opened(code).status_code == 200
    assert Client().head(f"/answer/{code}").status_code == 200
    assert Client(enforce_csrf_checks=True).post(f"/answer/{code}", {"do": "accept"}).status_code == 403
    assert answered(code).status_code == 422, "no button"
    assert answered(code, do="reject").status_code == 422, "no reason"
    assert answered(code, do="reject", reason="refused_by_person").status_code == 422, "the person alone says that"
    assert (state(row), before[1]) == ("made", PartnerLink.objects.values_list("spent_at").get())
    thanks = unescape(answered(code, do="accept", who="Night manager").content.decode())
    assert "960123" in thanks
    assert "Hoxha" not in thanks
    assert state(row) == "accepted"
    assert Notice.objects.get(kind=ANSWERED).to_id == advisor.user
    move = row.moves.get()
    assert (move.mover, move.because) == (None, "Night manager")
    assert answered(code, do="reject", reason="no_space").status_code == 404
    assert opened(code).status_code == 404
    assert state(row) == "accepted"


def test_a_rejection_keeps_its_reason(referral):
    advisor, row = referral
    assert answered(link(advisor, row), do="reject", reason="no_recourse").status_code == 200
    row.refresh_from_db()
    assert (row.state, row.rejection, row.due_at) == ("rejected", "no_recourse", None)


@pytest.mark.django_db
def test_dead_links_are_alike_and_like_no_page():
    for slug, prefix in (("fenmarch", "FM"), ("eastern", "ER")):
        TenantFactory(slug=slug, reference_prefix=prefix)
    with within("fenmarch"):
        advisor, row = a_referral()
        replaced, spent = link(advisor, row), link(advisor, row)
        answer_by_link(by=None, at=timezone.now(), link=link_with(spent), accepted=True, reason="", who="")
        other = ServiceReferralFactory(person=row.person)
        revoked = link(advisor, other)
        other.refresh_from_db()
        move_referral(by=advisor, at=timezone.now(), row=other, to="revoked", seen=other.version)
        over = link(advisor, ServiceReferralFactory(person=row.person))
    with within("eastern"):
        foreign = link(a_member("advisor"), ServiceReferralFactory())
    now = timezone.now()
    with time_machine.travel(now + LINK_LIVES - timedelta(minutes=1), tick=False):
        assert (opened(over).status_code, opened(foreign).status_code) == (200, 200)
    there = foreign[:16] + over[16:]
    dead = [spent, replaced, revoked, new_code("fenmarch"), new_code("nowhere"), there, "x" * 59, "x"]
    with time_machine.travel(now + LINK_LIVES, tick=False):
        dead_pages = {(page.status_code, page.content, str(sorted(page.headers.items()))) for page in map(opened, [*dead, over])}
    nothing = Client().get("/answers-nobody-asked-for")
    assert dead_pages == {(404, nothing.content, str(sorted(nothing.headers.items())))}


def test_guesses_are_stopped_by_address_as_wrong_sign_ins_are(referral):
    advisor, row = referral
    code = link(advisor, row)
    for _ in range(10):
        assert opened(new_code("fenmarch"), REMOTE_ADDR="192.0.2.7").status_code == 404
    assert opened(code, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert opened(code, REMOTE_ADDR="192.0.2.8").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert opened(code, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_page_that_makes_it_shows_it_once_and_refuses_a_line_that_says_who_or_where(client, settings, referral):
    advisor, row = referral
    settings.MAIL_HOST = "mail.example"
    path = f"/service-referrals/{row.id}/link"
    client = signed_in(client, advisor)
    assert "intake@harbour.example" in html_of(client, path)
    for line in ("A room for Ardita", "Not near Marram Way", "Ring 07700 900123", f"See {row.person.case.reference}"):
        assert sent(advisor, path, what=line).status_code == 422, line
    assert not PartnerLink.objects.exists()
    made = sent(advisor, path, what="A room with a lock", is_sent="on").content.decode()
    address = re.search(r"http://testserver/answer/[\w-]+", made)[0]
    assert "/answer/" not in html_of(client, path)
    message = mail.outbox[0]
    assert message.to == ["intake@harbour.example"]
    assert address in message.body
    for word in ("police", "fenmarch", "slavery", "victim", "hoxha", "harbour"):
        assert word not in f"{message.subject} {message.body} {message.from_email}".lower()
    assert "fenmarch" not in address
    assert opened(address.rpartition("/")[2]).status_code == 200
    assert sent(advisor, path, what="A room with a lock").status_code == 422, "the page was loaded again"
    assert opened(address.rpartition("/")[2]).status_code == 200
    assert sent(advisor, path, what="A room with a lock", replaces="on").status_code == 200
    assert len(mail.outbox) == 1, "sent when its maker says so, and not otherwise"
    assert opened(address.rpartition("/")[2]).status_code == 404, "a new one replaces it"
