"""A session: its cookie, its two ends, and that what a person may do changes at once."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from lodestar.config.sessions import SessionStore, stored_session_key
from lodestar.platform.accounts import queries
from lodestar.platform.accounts.form_envelope import words_typed
from lodestar.platform.accounts.models import Draft, Membership, User
from lodestar.platform.audit.models import Event
from tests.factories.accounts import PASSWORD, MembershipFactory, a_member
from tests.factories.administering import administering
from tests.factories.signed_in import drawn_for, form, signed_in
from tests.offenders import each

pytestmark = pytest.mark.urls("tests.apps.platform.accounts.probe_urls")


def drafts(member):
    return [draft.path for draft in queries.drafts_of(member.user)]


# --- ends --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 302)])
def test_an_hour_without_a_page_ends_it(at_work, minutes, status):
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        assert at_work.get("/probe").status_code == status


def test_use_keeps_it_but_not_beyond_twelve_hours(at_work):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(14):
            clock.shift(timedelta(minutes=50))
            assert at_work.get("/probe").status_code == 200
        clock.shift(timedelta(minutes=30))
        assert at_work.get("/probe")["Location"] == "/sign-in?ended=1&next=/probe"
    assert "_auth_user_id" not in at_work.session


def test_a_form_sent_after_the_end_is_kept_and_offered_after_sign_in(at_work, officer, user, sign_in):
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        response = at_work.post("/probe", form(what="two lads, one bed", form_path="/probe"))
        key = Draft.objects.get().key
        assert response["Location"] == f"/sign-in?ended=1&next=/probe%3Fdraft%3D{key}"
        assert drafts(officer) == ["/probe"]
        page = at_work.get(response["Location"]).content.decode()
        assert "What you had typed is kept" in page
        sign_in(at_work, response["Location"])
        assert at_work.get("/start")["Location"] == f"/probe?draft={key}"
        assert at_work.get(f"/probe?draft={key}").content == b"two lads, one bed"


def test_what_was_kept_is_offered_to_its_writer_alone(at_work, officer, fenmarch):
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        at_work.post("/probe", form(what="two lads, one bed"))
    colleague = signed_in(Client(), a_member("frontline"))
    assert colleague.get("/probe?draft=1").content == b"empty"


@pytest.mark.parametrize("sent", [{}, {"submission_key": "no key"}, {"submission_key": ""}])
def test_what_cannot_be_kept_still_ends_it(at_work, officer, sent):
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        response = at_work.post("/probe", {"what": "x", **sent})
    assert response.status_code == 403
    assert "x</textarea>" in response.content.decode()
    assert "_auth_user_id" not in at_work.session


# --- what may be done changes at once -----------------------------------------------------------------------------------


def test_a_disabled_person_is_out_at_the_next_page(at_work, officer):
    assert at_work.get("/probe").status_code == 200
    with administering():
        User.objects.filter(id=officer.user).update(is_active=False)
    assert at_work.get("/probe")["Location"].startswith("/sign-in")
    response = at_work.post("/probe", form(what="x"))
    assert response.status_code == 403
    assert drafts(officer) == []


def test_a_changed_password_ends_sessions_elsewhere(at_work, officer):
    user = User.objects.get(id=officer.user)
    user.set_password("another long one")
    with administering():
        user.save()
    assert at_work.get("/probe")["Location"].startswith("/sign-in")


@each("left", ["administrator", "superuser"])
def test_a_role_taken_away_is_gone_at_the_next_page_and_one_that_the_code_does_not_know_gives_nothing(at_work, officer, left):
    assert at_work.get("/probe").status_code == 200
    with administering():
        Membership.objects.filter(id=officer.membership).update(roles=[left])
    assert at_work.get("/probe").status_code == 404
    assert at_work.post("/probe", form(what="x")).status_code == 404


def test_whoever_loses_a_role_while_writing_has_the_words_back_and_kept(at_work, officer):
    with administering():
        Membership.objects.filter(id=officer.membership).update(roles=["administrator"])
    response = at_work.post("/probe", form(what="two lads, one bed"))
    assert response.status_code == 404
    assert "two lads, one bed</textarea>" in response.content.decode()
    assert "two lads, one bed</textarea>" in at_work.get("/probe?draft=1", follow=True).content.decode()
    assert "two lads" not in at_work.get("/probe").content.decode()
    with administering():
        Membership.objects.filter(id=officer.membership).update(roles=["frontline"])
    assert at_work.get("/probe?draft=1").content == b"two lads, one bed"


def test_a_new_membership_is_taken_up_without_signing_in_again(at_work, officer):
    with administering():
        Membership.objects.filter(id=officer.membership).update(to_date=timezone.localdate() - timedelta(days=1))
    MembershipFactory(user_id=officer.user, roles=["supervisor"])
    assert at_work.post("/probe", form(what="kept"))["Location"] == "/start"
    assert at_work.get("/start")["Location"] == "/my-work"
    assert at_work.get("/probe?draft=1").content == b"kept"


def test_a_session_cannot_carry_another_persons_membership(at_work, officer):
    other = MembershipFactory(roles=["coordinator"])
    session = at_work.session
    session["membership"] = str(other.id)
    session.save()
    assert at_work.get("/probe")["Location"] == "/start"


# --- signing out --------------------------------------------------------------------------------------------------------


def test_signing_out_takes_a_post(at_work):
    assert at_work.options("/sign-out").status_code == 405
    assert at_work.head("/sign-out").status_code == 404
    page = at_work.get("/sign-out")
    assert page.status_code == 404
    assert "There is nothing here that you can open" in page.content.decode()
    assert at_work.get("/probe").status_code == 200


def test_signing_out_ends_the_session_and_clears_the_browser(at_work, officer):
    key = at_work.session.session_key
    response = at_work.post("/sign-out")
    assert response["Location"] == "/sign-in"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key__in=[key, stored_session_key(key)]).exists()
    at_work.cookies["session"] = key
    assert at_work.get("/probe").status_code == 302
    assert Event.objects.filter(code="accounts.signed_out", by=officer.user).count() == 1


def test_another_site_cannot_sign_anybody_out(officer):
    client = signed_in(Client(enforce_csrf_checks=True), officer)
    assert client.post("/sign-out").status_code == 403
    assert client.get("/probe").status_code == 200


# --- a form and no session ---------------------------------------------------------------------------------------------


def test_a_form_sent_when_signed_out_comes_back_with_its_words(client, db):
    response = client.post("/probe", form(what="two lads, <b>one</b> bed", signs=["bruises", "no papers"]))
    assert response.status_code == 403
    page = response.content.decode()
    assert "two lads, &lt;b&gt;one&lt;/b&gt; bed" in page
    assert "bruises" in page
    assert "You were signed out" in page
    assert 'href="/sign-in?next=/probe"' in page


def test_the_way_back_is_the_page_the_form_stands_on_and_not_where_it_was_sent(client, db):
    """That a rule is wrong is sent to an address that only takes forms."""
    page = client.post("/rules/record_crime/wrong", form(wrong="He said so", form_path="/rules/record_crime")).content.decode()
    assert "He said so" in page
    assert 'href="/sign-in?next=/rules/record_crime"' in page
    page = client.post("/probe", form(what="x", form_path="//elsewhere.example")).content.decode()
    assert 'href="/sign-in?next=/probe"' in page


def test_what_stands_hidden_in_a_form_is_not_shown_as_words():
    sent = QueryDict("known=Ring+her+nan&hand=all&version=12&line=record_crime&line=section45_first_question&next=/x&age_max=16")
    assert words_typed(sent) == ["Ring her nan", "16"]
    tapped = QueryDict("make_safe_done=1,2&make_safe_said=done&make_safe_why=now&make_safe_who=2&make_safe_time=22:10")
    assert words_typed(tapped) == ["done", "now", "22:10"]


@each("written", ["01021990", "pc_smith", "李", "7", "0a1b2c3d", "two_lads_at_the_quay", "12:0a1b2c3d"])
def test_words_are_told_from_marks_by_their_box_and_not_by_what_they_look_like(written):
    sent = QueryDict(mutable=True)
    for name in ("name", "p1-name", "record_crime_said", "q1-why"):
        sent.appendlist(name, written)
    for name in ("version", "p1-seen", "seen", "line", "p1-age"):
        sent.appendlist(name, "12:0a1b2c3d")
    for name in ("submission_key", "form_of", "csrfmiddlewaretoken", "password", "code", "t"):
        sent.appendlist(name, written)
    assert words_typed(sent) == [written] * 4


def test_a_box_that_only_ends_like_the_name_of_a_tick_is_written_in():
    """Whatever stands under the name of a tick and is no code was written too: better a tick too many than a word lost."""
    said = "Picked leeks from six to six."
    sent = QueryDict(mutable=True)
    for name in ("what-happened", "where-exploitation-happened", "why-report-now", "happened", "place"):
        sent.appendlist(name, said)
    sent.update({"what-happened": "Leeks", "happened": "yes", "now": "2026-11-27T03:00", "password": said, "q1-code": said})
    assert words_typed(sent) == [said, "Leeks", *[said] * 4]


def sent_with_an_old_token(by, drawn):
    """The answer to a form that was drawn for a member, sent by one who signed in later."""
    response = signed_in(Client(enforce_csrf_checks=True), by).post(
        "/probe",
        form(what="typed before", csrfmiddlewaretoken="a" * 64, form_path="/probe", **drawn_for(drawn)),
        headers={"Origin": "http://testserver"},
    )
    assert response.status_code == 403
    return response


def test_a_form_older_than_the_last_sign_in_is_kept(officer, user, sign_in):
    response = sent_with_an_old_token(officer, officer)
    assert f'href="/probe?draft={Draft.objects.get().key}"' in response.content.decode()
    assert drafts(officer) == ["/probe"]


def test_a_form_of_who_was_signed_in_before_in_the_same_browser_is_not_kept_for_who_is_now(officer):
    """It goes back to the page it stood in, and to nobody's work."""
    response = sent_with_an_old_token(a_member("frontline"), officer)
    assert "?draft=" not in response.content.decode()
    assert "typed before</textarea>" in response.content.decode()
    assert "A different person is signed in now" in response.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_a_form_of_another_site_is_not_kept(officer, headers):
    client = signed_in(Client(enforce_csrf_checks=True), officer)
    response = client.post("/probe", form(what="planted", form_path="/probe"), headers=headers)
    assert response.status_code == 403
    assert drafts(officer) == []


@each("key", [None, "", "x", "01a21084-331c-7092-95eb-fdfe05bcd2720"])
def test_a_form_without_a_key_does_nothing(at_work, officer, key):
    sent = {"what": "x"} | ({} if key is None else {"submission_key": key})
    assert at_work.post("/probe", sent).status_code == 404
    assert not Draft.objects.exists()


# --- whoever reads or writes the database ----------------------------------------------------------------------------


def test_what_the_database_holds_of_a_session_lets_nobody_in(at_work):
    row = Session.objects.get()
    assert row.session_key == stored_session_key(at_work.cookies["session"].value)
    thief = Client()
    thief.cookies["session"] = row.session_key
    assert thief.get("/probe")["Location"].startswith("/sign-in")


def test_a_session_copied_under_a_key_of_ones_own_says_nothing(at_work, officer):
    row, own = Session.objects.get(), "k" * 32
    Session.objects.create(session_key=stored_session_key(own), session_data=row.session_data, expire_date=row.expire_date)
    assert SessionStore(own).load() == {}
    assert SessionStore(at_work.cookies["session"].value).load()["tenant"] == officer.tenant
    thief = Client()
    thief.cookies["session"] = own
    assert thief.get("/probe")["Location"].startswith("/sign-in")


def test_a_session_written_by_hand_says_nothing(at_work, settings):
    key, said = "k" * 32, dict(at_work.session.items())
    secret, settings.SECRET_KEY = settings.SECRET_KEY, "guessed"
    data = SessionStore(key).encode(said)
    settings.SECRET_KEY = secret
    Session.objects.create(session_key=stored_session_key(key), session_data=data, expire_date=timezone.now() + timedelta(days=1))
    assert SessionStore(key).load() == {}
    Session.objects.filter(session_key=stored_session_key(key)).update(session_data=SessionStore(key).encode(said))
    assert SessionStore(key).load() == said


def test_nothing_is_read_back_from_the_cache(db):
    with pytest.raises(NotImplementedError):
        cache.get("code:1:000000")


def test_a_password_is_not_hashed_anew_by_the_way(user, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    kept = user.password
    assert user.check_password(PASSWORD)
    assert User.objects.get(id=user.id).password == kept
