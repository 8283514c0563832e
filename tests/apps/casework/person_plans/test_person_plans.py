"""A person's own plan and its link, options and interpreters: the gate, what is never said."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from lodestar.casework.consent.actions import InterpreterBlocked, record_consent
from lodestar.casework.consent.rules import OPTIONS
from lodestar.casework.ledger.actions import NoContactRule
from lodestar.casework.person_plans import actions
from lodestar.casework.person_plans.models import PlanLink, ReadBack
from lodestar.casework.person_plans.presenters import options_document, plan_document, plan_text
from lodestar.casework.person_plans.queries import plan_of, text_for
from lodestar.casework.person_plans.rules import FORBIDDEN, LINK_LIVES
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from lodestar.casework.service_referrals.access import new_code
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit.models import Event
from lodestar.platform.design.when import on
from lodestar.platform.documents.description import texts
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.cases import LeafletTranslationFactory, a_case, a_person, contact_rule
from tests.factories.person_plans import InterpreterBlockFactory, agreed
from tests.factories.promises import PromiseFactory
from tests.factories.service_referrals import ServiceReferralFactory
from tests.factories.signed_in import form, html_of, read, sent, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")

ADDRESS, CODE = "14 Marram Way, Saltby", "Blue Door 7"
HOURS = timedelta(hours=1)
DAY = date(2026, 12, 1)


@pytest.fixture
def advisor():
    return a_member("advisor", name="R. Ilic")


@pytest.fixture
def person(advisor):
    """Somebody with a plan, a promise with words that must not be on it, a safe address, another person in the case."""
    case = a_case(advisor)
    person = a_person(advisor, case, name="Ardita Hoxha", language="Polish")
    a_person(advisor, case, name="Besnik Leka")
    record_address(by=advisor, at=timezone.now(), person=person, address=ADDRESS, viewers=[])
    due = timezone.now() + timedelta(days=3)
    PromiseFactory(person=person, words=f"Meet at {ADDRESS} about Besnik", owner_id=advisor.user, by_when=due, due_at=due)
    PromiseFactory(person=person, kind="release", by_when=due, due_at=due)
    ServiceReferralFactory(person=person, state="accepted")
    actions.agree_plan(by=advisor, at=timezone.now(), person=person, **agreed())
    return person


def allow(advisor, person, **rule):
    agree_contact(by=advisor, at=timezone.now(), person=person, rule=contact_rule(**rule))


def a_link(advisor, person):
    return actions.make_link(by=advisor, at=timezone.now(), person=person, channel="text", code=CODE)


def hidden_in(text, person):
    """What must be on no plan and on no page of a link, and is."""
    words = (*FORBIDDEN, ADDRESS, "Marram", "Besnik", "Leka", "Hoxha", person.case.reference, str(person.id), "fenmarch")
    return [word for word in words if word.casefold() in text.casefold()]


def opened(secret, **headers):
    return Client(**headers).get(f"/note/{secret}")


def answered(secret, code=CODE, **headers):
    return Client(**headers).post(f"/note/{secret}", {"code": code})


# --- the plan --------------------------------------------------------------------------------------------------------------


def test_the_plan_says_what_was_agreed_and_nothing_of_the_case(client, advisor, person):
    document = plan_document(plan_text(person, plan_of(person), timezone.now()), timezone.now())
    plan = " ".join(texts(document))
    for words in (
        "Ros will call you before the end of ",
        "Ros, your adviser",
        "A service has agreed",
        "999",
        "08000 121 700",
        "complain",
    ):
        assert words in plan, words
    assert hidden_in(plan + document.title + document.foot + document.marking, person) == []
    assert "Harbour" not in plan, "no service by name"
    page = signed_in(client, advisor).get(f"/people/{person.id}/plan/paper")
    assert page.content.startswith(b"%PDF-")
    assert 'filename="note.pdf"' in page["Content-Disposition"]
    assert Event.objects.filter(code="plans.printed", people=[person.id], subject="plan").count() == 1


@pytest.mark.parametrize(
    "name", ["DCI", "Fenmarch", "Besnik", "Police", ADDRESS, "of Harbour Street Marlsea", "Ros-", "Ros7", "R" * 31]
)
def test_the_name_that_is_shown_is_one_word_no_rank_and_nobody_of_the_case(advisor, person, name):
    with pytest.raises(actions.NotNeutral):
        actions.agree_plan(by=advisor, at=timezone.now(), person=person, **agreed(shown_name=name))


def test_a_checked_translation_of_the_fixed_words_is_used_and_english_is_said_to_be_english(advisor, person):
    actions.agree_plan(by=advisor, at=timezone.now(), person=person, **agreed(shown_in="polish"))
    page = html_of(signed_in(Client(), a_member("coordinator")), "/leaflets/polish/file?text_of=plan")
    english = re.findall(r"<b># ([a-z_]+): ", page)
    assert plan_text(person, plan_of(person), timezone.now()).note
    words = "\n\n".join(f"# {code}: pl-{code}\n\n" + "a\n\nb\n\nc\n\nd" for code in english)
    given = {"text": words, "checked_by": "A. Nowak", "checked_on": "1 March 2026", "text_of": "plan"}
    assert sent(a_member("coordinator"), "/leaflets/polish/file", **given).status_code == 302
    text = plan_text(person, plan_of(person), timezone.now())
    assert (text.note, text.title, text.language["lang"]) == ("", "pl-title", "pl")
    assert "Ros: pl-call_back pl-by" in text.sections[1][1][0]
    assert sent(a_member("coordinator"), "/leaflets/polish/file", **given | {"text": "# title: x"}).status_code == 422
    _, is_own = text_for(person, "polish", OPTIONS, on(timezone.now()))
    assert not is_own


def test_no_link_without_a_rule_or_by_another_channel(advisor, person):
    with pytest.raises(NoContactRule):
        a_link(advisor, person)
    allow(advisor, person, channel="ring")
    with pytest.raises(NoContactRule):
        a_link(advisor, person)
    assert sent(advisor, f"/people/{person.id}/plan/link", channel="text", code=CODE).status_code == 422
    assert not PlanLink.objects.exists()


def test_a_link_opens_once_with_the_code_and_is_then_like_no_page(advisor, person):
    allow(advisor, person)
    page = sent(advisor, f"/people/{person.id}/plan/link", channel="text", code=CODE).content.decode()
    message = re.search(r"data-link>(.*?)</div>", page, re.DOTALL)[1]
    secret = re.search(r"/note/([\w-]+)", message)[1]
    assert hidden_in(re.sub("<[^>]+>", "", message), person) == []
    row = PlanLink.objects.get()
    assert secret not in f"{row.secret_hash} {row.code_hash}"
    assert "bluedoor7" not in row.code_hash
    for _ in range(12):
        assert opened(secret).status_code == 200, "opening it spends nothing"
    before = opened(secret).content.decode()
    assert "data-cannot-hide" in before
    wrong, empty = answered(secret, "wrong one"), answered(secret, " ")
    assert (wrong.status_code, PlanLink.objects.get().tries) == (422, 1), "an empty box is no try"
    assert "This is not the code. Try again." in wrong.content.decode()
    assert "not the code" not in empty.content.decode()
    plan = answered(secret, "BLUE door7")
    assert "Ros will call you before" in plan.content.decode()
    assert hidden_in(re.sub(r'href="[^"]+"', "", before + plan.content.decode()), person) == []
    assert plan["Cache-Control"] == "no-store"
    never = opened("no-such-note")
    assert hidden_in(never.content.decode() + "".join(never.headers), person) == []
    assert {"<title>A note</title>", "<body><main><h1>A note</h1><p>This page is not here any more.</p></main></body>"} <= set(
        never.content.decode().splitlines()
    )
    no_cookie = Client(enforce_csrf_checks=True).post(f"/note/{secret}", {"code": CODE})
    assert (no_cookie.status_code, no_cookie.content) == (403, never.content)
    for dead in (opened(secret), answered(secret), opened(new_code("fenmarch"))):
        assert (dead.status_code, dead.content, sorted(dead.headers.items())) == (
            404,
            never.content,
            sorted(never.headers.items()),
        )
    codes = ["plans.link_made", "plans.link_wrong_code", "plans.link_opened"]
    assert (
        list(Event.objects.filter(code__startswith="plans.link").order_by("recorded_at").values_list("code", flat=True)) == codes
    )


def test_a_link_dies_after_five_wrong_codes_72_hours_when_taken_back_and_when_the_rule_changes(advisor, person):
    allow(advisor, person)
    secret = a_link(advisor, person)
    for number in range(5):
        assert answered(secret, "wrong", REMOTE_ADDR=f"192.0.2.{number}").status_code == (422 if number < 4 else 404)
    assert answered(secret).status_code == 404
    secret = a_link(advisor, person)
    with time_machine.travel(timezone.now() + LINK_LIVES - timedelta(minutes=1), tick=False):
        assert opened(secret).status_code == 200
    with time_machine.travel(timezone.now() + LINK_LIVES + timedelta(seconds=1), tick=False):
        assert opened(secret).status_code == 404
    again = a_link(advisor, person)
    assert (opened(secret).status_code, opened(again).status_code) == (404, 200), "a new one replaces it"
    assert sent(advisor, f"/people/{person.id}/plan", take_back="1").status_code == 302
    assert opened(again).status_code == 404
    last = a_link(advisor, person)
    allow(advisor, person, channel="none")
    assert opened(last).status_code == 404


def test_guesses_are_stopped_by_address(advisor, person):
    allow(advisor, person)
    secret = a_link(advisor, person)
    for _ in range(10):
        opened(new_code("fenmarch"), REMOTE_ADDR="192.0.2.77")
    assert opened(secret, REMOTE_ADDR="192.0.2.77").status_code == 404
    assert opened(secret, REMOTE_ADDR="192.0.2.78").status_code == 200


def test_an_address_that_says_whose_it_is_makes_no_link(settings, advisor, person):
    allow(advisor, person)
    settings.NEUTRAL_ADDRESS = "https://lodestar.example"
    assert sent(advisor, f"/people/{person.id}/plan/link", channel="text", code=CODE).status_code == 422
    settings.NEUTRAL_ADDRESS = "https://notes.example"
    assert (
        "https://notes.example/note/"
        in sent(advisor, f"/people/{person.id}/plan/link", channel="text", code=CODE).content.decode()
    )


def test_the_officer_is_warned_of_a_promise_that_cannot_be_kept_and_of_no_telephone(client, advisor, person):
    path = f"/people/{person.id}/plan"
    page = html_of(signed_in(client, advisor), path)
    assert "Your work telephone is not recorded: they cannot ring you." in page
    assert "No safe way to contact them is agreed: this promise cannot be kept." in page
    paper = " ".join(texts(plan_document(plan_text(person, plan_of(person), timezone.now()), timezone.now())))
    assert "telephone" not in paper
    assert "promise" not in paper
    allow(advisor, person)
    with administering():
        Membership.objects.filter(user=advisor.user).update(phone="01632 960461")
    page = html_of(client, path)
    assert "data-no-phone" not in page
    assert "data-breaks-promise" not in page
    assert "your adviser: 01632 960461" in page


def test_the_plan_of_a_child_has_easy_words_and_says_first_where_to_keep_it(advisor, person):
    child = a_person(advisor, person.case, name="Kim", age_min=14, age_max=14)
    for who, words in ((person, {"MP", "Ombudsman"}), (child, {"grown-up"})):
        row = actions.agree_plan(by=advisor, at=timezone.now(), person=who, **agreed(shown_in="polish"))
        text = plan_text(who, row, timezone.now())
        said = " ".join(item for _, items in text.sections for item in items)
        assert {word for word in ("MP", "Ombudsman", "grown-up") if word in said} == words
        assert "You may" not in said
        assert text.sections[0][1] == ["Keep this only where no one else can see it."]
    allow(advisor, person)
    assert "To be read out" in read(advisor, f"/people/{person.id}/plan")
    assert "To be read out" not in answered(a_link(advisor, person)).content.decode(), "she reads it herself"


def test_a_link_that_ran_out_is_not_taken_back_and_a_form_sent_again_makes_no_other(client, advisor, person):
    allow(advisor, person)
    path, typed = f"/people/{person.id}/plan", form(channel="text", code=CODE)
    signed_in(client, advisor)
    assert "data-link>" in client.post(f"{path}/link", typed).content.decode()
    again = client.post(f"{path}/link", typed)
    assert again.status_code == 422
    assert "its words were shown once" in again.content.decode()
    link = PlanLink.objects.get()
    assert link.ended_at is None, "what was sent still opens"
    with time_machine.travel(link.ends_at + HOURS, tick=False):
        page = html_of(signed_in(client, advisor), path)
        assert 'data-link-live="no"' in page
        assert "Take the link back" not in page
        assert sent(advisor, path, take_back="1").status_code == 404
        a_link(advisor, person)
    link.refresh_from_db()
    assert link.ended_at == link.ends_at


# --- options and interpreters ----------------------------------------------------------------------------------------------


def test_options_are_on_the_consent_page_read_back_and_printed(client):
    officer = a_member("frontline")
    adult = a_person(officer, a_case(officer), name="Linh", age_min=30, age_max=30, language="Vietnamese")
    child = a_person(officer, a_case(officer), name="Kim", age_min=14, age_max=14)
    signed_in(client, officer)
    for who, there, gone in ((adult, {"nrm", "dtn"}, {"nrm_child"}), (child, {"nrm_child"}, {"nrm", "dtn"})):
        for path in ("consent", "options"):
            codes = set(re.findall(r'data-option="(\w+)"', html_of(client, f"/people/{who.id}/{path}")))
            assert there <= codes
            assert not gone & codes
    path = f"/people/{adult.id}/options"
    assert sent(officer, path, understood="not_sure", words="She asks where", language="Vietnamese").status_code == 302
    row = ReadBack.objects.get()
    spoken = {
        who: " ".join(words for part in text_for(who, "english", OPTIONS, DAY)[0] for words in part.text)
        for who in (adult, child)
    }
    assert "The Home Office decides. For some people its immigration side decides" in spoken[adult]
    assert "whatever you answer" in spoken[child]
    for words in ("refuse", "agree", "say no", "in the scheme or outside"):
        assert words not in spoken[child]
    assert (row.understood, str(row.words), "dtn" in row.options) == ("not_sure", "She asks where", True)
    assert client.get(f"{path}/paper?language=vietnamese").content.startswith(b"%PDF-")
    page = html_of(client, path)
    assert "Read this out</h1>" in page
    assert "Read it again with another interpreter. Ask them to sign nothing." in page
    assert re.findall(r">Print: ([^<]+)<", page)[0] == "Vietnamese (in English, to be read out)"
    assert ">Print: English<" in page
    assert sent(officer, path, understood="yes", words="", language="Vietnamese").status_code == 302
    assert "data-read-again" not in html_of(client, path)
    parts, is_own = text_for(adult, "vietnamese", OPTIONS, on(timezone.now()))
    document = options_document(parts, {"name": "Vietnamese", "lang": "vi"}, timezone.now(), is_own=is_own)
    assert "interpreter: Vietnamese" in texts(document)[1]


def test_a_blocked_interpreter_cannot_be_chosen_for_that_person(client):
    officer = a_member("frontline")
    person, other = (a_person(officer, a_case(officer), name=name) for name in ("Linh", "Petra"))
    InterpreterBlockFactory(person=person, job_number="BL-7")
    answer = {"nrm": False, "interpreter": "independent", "job_number": "bl 7"}
    with pytest.raises(InterpreterBlocked):
        record_consent(by=officer, at=timezone.now(), person=person, answer=answer)
    assert sent(officer, f"/people/{person.id}/consent", answer="no", job_number="BL-7").status_code == 422
    for path, name in (("options", "read_number"), ("interpreter", "booked_number")):
        assert sent(officer, f"/people/{person.id}/{path}", understood="yes", **{name: "BL 7"}).status_code == 422
    record_consent(by=officer, at=timezone.now(), person=other, answer=answer)
    assert "BL-7" in html_of(signed_in(client, officer), f"/people/{person.id}/interpreter")
    ends = {"job_number": "BL-7", "for_them": "end", "reason": "Another person"}
    assert sent(officer, f"/people/{person.id}/interpreter/block", **ends).status_code == 302
    record_consent(by=officer, at=timezone.now(), person=person, answer=answer)


def test_what_is_recorded_of_the_interpreter_again_keeps_the_booking(client, advisor, person):
    path = f"/people/{person.id}/interpreter"
    assert sent(advisor, path, booking="B-1", booked_number="I-20").status_code == 302
    page = html_of(signed_in(client, advisor), path)
    assert re.search(r'name="booked_number" [^>]*value="I-20"|value="I-20"[^>]* name="booked_number"', page)
    assert "Booking reference" in page
    assert "own number (not the booking’s)" in html_of(client, f"{path}/block")


def test_a_sound_file_is_filed_with_its_checked_translation(client):
    LeafletTranslationFactory(language="polish")
    from django.core.files.uploadedfile import SimpleUploadedFile

    coordinator = a_member("coordinator")
    given = {"text": "# Pomoc\n\nTekst", "checked_by": "A. Nowak", "checked_on": "1 March 2026"}
    bad = sent(coordinator, "/leaflets/polish/file", sound=SimpleUploadedFile("a.mp3", b"MZ no sound"), **given)
    assert bad.status_code == 422
    assert "data-sound" not in html_of(signed_in(client, coordinator), "/leaflets/polish")
    good = sent(coordinator, "/leaflets/polish/file", sound=SimpleUploadedFile("a.mp3", b"ID3 la la"), **given)
    assert good.status_code == 302
    assert 'data-sound="leaflet"' in html_of(client, "/leaflets/polish")
    assert client.get("/leaflets/polish?sound=leaflet").content == b"ID3 la la"
    assert sent(coordinator, "/leaflets/polish/file", **given).status_code == 302
    assert "data-sound" not in html_of(client, "/leaflets/polish"), "its text was filed anew"
