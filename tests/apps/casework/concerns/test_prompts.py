"""Questions that earlier records raise: who is asked about whom, what an answer does, and what nobody learns of a sealed case."""

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.concerns.actions import ConcernInput, PersonInput, receive_concern
from lodestar.casework.concerns.models import Note, SignSeen
from lodestar.casework.ledger import ledger
from lodestar.casework.safe_addresses.models import SafeAddress
from lodestar.intelligence.earlier_records.actions.prompts import Answered, answer_no, pass_on
from lodestar.intelligence.earlier_records.jobs import look_again
from lodestar.intelligence.earlier_records.models import EarlierPerson, EarlierRecordMatch, Prompt, PromptStep
from lodestar.intelligence.earlier_records.queries import records as prompts
from lodestar.platform.audit.models import Event
from lodestar.platform.text.ids import new_id
from tests.apps.casework.concerns.earlier import BORN, NAME, OTHER, SIGN, a_concern, bring_in, ruben, signed_in
from tests.factories.accounts import DutyFactory, a_member

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return a_member("coordinator", name="Farida Quist")


def waiting(member):
    return prompts.waiting_for(member, 50, None, only_own=False)


# --- asking ----------------------------------------------------------------------------------------------------------------


def test_a_record_with_a_sign_is_asked_of_the_coordinator_on_duty(coordinator):
    other = a_member("coordinator")
    DutyFactory(user_id=other.user, post="coordinator")
    bring_in(coordinator, ruben(), {"name": "Walter Penhaligon", "born": "1961-08-08", "narrative": "No concerns."})
    (prompt,) = waiting(coordinator)
    assert prompt.asked_of_id == other.user
    assert [step.what for step in prompts.steps_of(prompt)] == ["asked"]
    assert EarlierPerson.objects.count() == 2
    assert (Case.objects.count(), Person.objects.count()) == (0, 0)


def test_with_nobody_on_duty_who_takes_the_records_in_is_asked(coordinator):
    bring_in(coordinator, ruben())
    assert waiting(coordinator)[0].asked_of_id == coordinator.user


def test_a_question_is_put_once_for_all_records_of_one_person(coordinator):
    bring_in(coordinator, ruben())
    bring_in(coordinator, ruben(record_ref="X", name="CASTELLANE, Ruben"), kind="stop")
    assert len(waiting(coordinator)) == 1


def test_nothing_counts_or_ranks_people():
    """No field, and no order but that of asking."""
    fields = {field.name for model in (Prompt, PromptStep, EarlierPerson) for field in model._meta.local_fields}
    assert not {name for name in fields if any(word in name for word in ("score", "rank", "weight", "risk", "likel", "points"))}
    assert [str(one) for one in prompts.Prompt._meta.ordering] == []


@pytest.mark.parametrize(
    ("belief", "roles", "days", "asked"),
    [
        ("signs_only", ["possible_victim"], 0, False),
        ("reasonable_grounds", ["possible_victim"], 200, False),  # whenever it was: they are a possible victim already
        ("none", ["possible_victim"], 0, False),
        ("none", ["possible_victim"], 200, True),  # considered before the record, not since
        ("", ["suspect"], 0, True),  # recorded as something else: nobody considered them
    ],
)
def test_who_was_considered_since_is_not_asked_about(coordinator, belief, roles, days, asked):
    a_concern(coordinator, belief=belief, roles=roles, days=days)
    bring_in(coordinator, ruben())
    assert bool(waiting(coordinator)) is asked


def test_a_concern_that_comes_later_ends_the_question_and_a_name_put_right_brings_it_back(coordinator):
    bring_in(coordinator, ruben())
    person_id = new_id()
    told = ConcernInput({}, [PersonInput(person_id, facts={"name": NAME, "birth_date": BORN, "roles": ["possible_victim"]})])
    case = receive_concern(by=coordinator, at=timezone.now(), case_id=new_id(), concern_input=told)[0]
    assert waiting(coordinator) == []
    person = Person.objects.get(case=case)
    change_person(by=coordinator, at=timezone.now(), person=person, version=person.version, facts={"name": "Somebody Else"})
    assert look_again("fenmarch") == 1
    assert len(waiting(coordinator)) == 1


def test_a_name_or_a_birth_alone_takes_nobody_for_another(coordinator):
    a_concern(coordinator, born="2011-02-15")
    a_concern(coordinator, name="Ruben Castell")
    a_concern(coordinator, born="2011")
    bring_in(coordinator, ruben())
    assert EarlierRecordMatch.objects.count() == 0
    assert len(waiting(coordinator)) == 1


# --- what is sealed ----------------------------------------------------------------------------------------------------------


def test_a_sealed_case_changes_nothing_that_others_see_and_its_owners_are_told(coordinator):
    owner, second = a_member("supervisor"), a_member("supervisor")
    sealed = a_concern(owner)
    seal_case(by=owner, at=timezone.now(), case=sealed.case, reason="A relative", owners=[owner.user, second.user])
    bring_in(coordinator, ruben(), {"name": "Ilinca Dobre", "born": "2008-07-03", "narrative": SIGN})
    names = prompts.names_of_people([one.earlier_person_id for one in waiting(coordinator)])
    hers, his = sorted(waiting(coordinator), key=lambda one: names[one.earlier_person_id])
    assert {hers.state, his.state} == {"open"}
    with_none, with_sealed = (signed_in(coordinator).get(f"/prompts/{one.id}").content.decode() for one in (hers, his))
    assert sealed.case.reference not in with_sealed
    assert with_none.count("Also recorded in") == with_sealed.count("Also recorded in") == 0
    told = signed_in(owner).get(f"/cases/{sealed.case.reference}/earlier").content.decode()
    assert "Farida Quist has been asked whether someone in this case could be a possible victim" in told
    assert "has been asked whether someone" in signed_in(owner).get(f"/cases/{sealed.case.reference}").content.decode()
    assert signed_in(coordinator).get(f"/cases/{sealed.case.reference}/earlier").status_code == 404


def test_a_case_sealed_afterwards_is_as_if_there_were_none(coordinator):
    person = a_concern(coordinator)
    bring_in(coordinator, ruben())
    assert waiting(coordinator) == []
    owners = [a_member("supervisor").user, a_member("supervisor").user]
    seal_case(by=coordinator, at=timezone.now(), case=person.case, reason="A relative", owners=owners)
    assert len(waiting(coordinator)) == 1


# --- answering -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(coordinator):
    more = {"phone": "07700 900461", "place": "Station Approach", "offence": "PWITS class A", "source": "Custody system"}
    bring_in(coordinator, ruben(**more), kind="custody")
    (prompt,) = waiting(coordinator)
    return prompt


@pytest.mark.parametrize("is_known", [True, False])
def test_yes_about_somebody_who_may_have_been_met_before_leads_to_who_that_is_and_on_to_the_concern(coordinator, asked, is_known):
    known = a_concern(a_member("frontline"), name=NAME if is_known else "Walter Penhaligon", born=BORN if is_known else "")
    browser = signed_in(coordinator)
    answer = browser.send(f"/prompts/{asked.id}", {"answer": "yes", "reason": "", "seen": "1"})
    case = Case.objects.exclude(id=known.case_id).get()
    assert answer.url == f"/record/{case.id}/{'met?then=who' if is_known else 'who'}"
    page = browser.get(answer.url).content.decode()
    assert (known.case.reference in page) is is_known
    assert not is_known or f'href="/record/{case.id}/who"' in page


def test_yes_opens_a_concern_with_what_the_records_say_and_lays_no_sign_on_anybody(coordinator, asked):
    answer = signed_in(coordinator).send(f"/prompts/{asked.id}", {"answer": "yes", "reason": "I met him too.", "seen": "1"})
    case = Case.objects.get()
    assert answer.url == f"/record/{case.id}/who"
    person = Person.objects.get(case=case)
    assert (person.name, person.birth_date, person.roles, person.belief) == (NAME, BORN, ["possible_victim"], "signs_only")
    assert (case.place, case.encountered_as) == ("", ""), "where somebody was held is told in the notes alone"
    assert case.what == "Earlier records show signs. They are listed with the signs of the case."
    offence = AllegedOffence.objects.get(person=person)
    assert (offence.title, offence.stage) == ("PWITS class A", "arrest")
    assert "07700 900461" in SafeAddress.objects.get(person=person).address
    words = "\n".join(Note.objects.filter(case=case).values_list("words", flat=True))
    assert "I met him too." in words
    assert SIGN in words
    assert "In Custody R/0 of" in words
    assert "Custody system" in words
    assert "Station Approach" in words
    assert SignSeen.objects.count() == 0
    assert ledger.differences([case]) == []
    asked.refresh_from_db()
    assert (asked.state, asked.case_id) == ("yes", case.id)
    assert waiting(coordinator) == []
    assert signed_in(coordinator).get(answer.url).status_code == 200


def test_no_needs_a_reason_and_is_asked_again_only_for_a_new_sign(coordinator, asked):
    browser = signed_in(coordinator)
    refused = browser.send(f"/prompts/{asked.id}", {"answer": "no", "seen": "1"})
    assert refused.status_code == 422
    assert "Write why, in a few words" in refused.content.decode()
    browser.send(f"/prompts/{asked.id}", {"answer": "no", "reason": "His uncle fetched him.", "seen": "1"})
    assert waiting(coordinator) == []
    bring_in(coordinator, ruben(record_ref="R/8"), days=30, file="again.csv")  # the same sign once more
    assert [step.what for step in prompts.steps_of(asked)] == ["asked", "no", "again"]  # missing and held around that time
    asked.refresh_from_db()
    answer_no(by=coordinator, at=timezone.now(), prompt=asked, version=asked.version, reason="Still so.")
    bring_in(coordinator, ruben(record_ref="R/9"), kind="call", days=29, file="more.csv")
    assert waiting(coordinator) == []
    bring_in(coordinator, ruben(record_ref="R/10", narrative=OTHER), kind="call", days=28, file="other.csv")
    assert len(waiting(coordinator)) == 1
    page = browser.get(f"/prompts/{asked.id}").content.decode()
    assert "His uncle fetched him." in page
    assert "for a new sign" in page


def test_passed_on_to_a_named_colleague_who_then_has_it(coordinator, asked):
    officer, stranger = a_member("frontline"), a_member("frontline")
    browser = signed_in(coordinator)
    sent = {"answer": "passed", "reason": "She knows the family.", "other": officer.username, "seen": "1"}
    assert browser.send(f"/prompts/{asked.id}", sent).url == "/prompts"
    asked.refresh_from_db()
    assert asked.asked_of_id == officer.user
    assert "You are asked whether someone" in signed_in(officer).get("/my-work").content.decode()
    assert NAME in signed_in(officer).get("/prompts").content.decode()
    assert signed_in(stranger).get(f"/prompts/{asked.id}").status_code == 404
    assert NAME not in signed_in(stranger).get("/prompts").content.decode()
    nobody = {**sent, "other": "nobody", "seen": "2"}
    assert "has the user name nobody" in browser.send(f"/prompts/{asked.id}", nobody).content.decode()


def test_who_answers_second_is_told_and_changes_nothing(coordinator, asked):
    answer_no(by=coordinator, at=timezone.now(), prompt=asked, version=1, reason="No.")
    with pytest.raises(Answered):
        pass_on(by=coordinator, at=timezone.now(), prompt=asked, version=1, to=coordinator.user, reason="x")
    late = signed_in(coordinator).send(f"/prompts/{asked.id}", {"answer": "yes", "seen": "1"})
    assert late.status_code == 422
    assert "A colleague answered or passed this on while you were writing" in late.content.decode()
    assert Case.objects.count() == 0


def test_what_is_shown_is_in_the_log_without_a_name(coordinator, asked):
    browser = signed_in(coordinator)
    browser.get("/prompts")
    browser.get(f"/prompts/{asked.id}")
    codes = list(Event.objects.order_by("recorded_at").values_list("code", flat=True))
    assert codes[-2:] == ["recognition.prompts_listed", "recognition.records_viewed"]
    assert not any(NAME in str(event.__dict__) for event in Event.objects.all())


# --- the pages -----------------------------------------------------------------------------------------------------------------


def test_the_list_reads_twenty_at_a_time_in_the_order_of_asking(coordinator):
    rows = [{"name": f"Person {chr(97 + n)}", "born": f"2001-01-{n + 1:02}", "narrative": SIGN} for n in range(23)]
    bring_in(coordinator, *rows)
    browser = signed_in(coordinator)
    first = browser.get("/prompts").content.decode()
    assert first.count("Could Person") == 20
    place = first.split("after=")[1].split('"')[0]
    second = browser.get(f"/prompts?after={place}").content.decode()
    assert second.count("Could Person") == 3
