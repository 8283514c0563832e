"""The first screen: at most seven lines, saved together, every tick one person's."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.section45.models import FirstAnswer
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.models import Event
from lodestar.platform.design.when import moment
from tests.factories.accounts import DutyFactory, UserFactory, a_member
from tests.factories.cases import AllegedOffenceFactory, CaseMemberFactory, a_case, a_person
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")

SEE_ALONE = "see_alone_with_independent_interpreter"


def an_encounter(*ages, minutes=5, officer=None, **facts):
    """An officer, a case met so many minutes ago, and a person of each age."""
    officer = officer or a_member("frontline", name="PC Brandreth")
    met = timezone.now() - timedelta(minutes=minutes)
    case = a_case(officer, at=met)
    names = ("Kieran", "Jaz", "Mina", "Tomas")
    people = [
        a_person(officer, case, at=met, name=names[n] if n < len(names) else "", age_min=age, age_max=age, **facts)
        for n, age in enumerate(ages)
    ]
    return officer, case, people


def shown(client, case, query=""):
    page = client.get(f"/cases/{case.reference}/do-now{query}")
    assert page.status_code == 200
    return unescape(page.content.decode())


def tapped(client, case, code, answer, query="", **typed):
    """One line filled in and saved: `done:1,2`, `not_possible`, `not_needed`, `now`, or `time` with its box."""
    kind, _, numbers = answer.partition(":")
    name, value = {"done": ("done", numbers), "now": ("now", "on"), "time": ("seen", "")}.get(kind, ("other", kind))
    return client.post(f"/cases/{case.reference}/do-now{query}", form(**{f"{code}_{name}": value}, **typed))


def state(person, code):
    return Obligation.objects.get(person=person, code=code).state


def test_the_lines_stand_in_their_order_for_all_the_people(client):
    officer, case, _ = an_encounter(16, 34, needs=["medical", "safe_place"])
    html = shown(signed_in(client, officer), case)
    headings = ["Make the person", "Give medical", "Speak to them alone", "Ring children’s services", "Find a safe place"]
    places = [html.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "All five lines are open. The next is due by" in html
    assert "Kieran, 16, and Jaz, 34" in html


def test_a_tap_belongs_to_one_person(client):
    officer, case, (first, second) = an_encounter(16, 15)
    tapped(signed_in(client, officer), case, "make_safe", "done:2")
    assert (state(first, "make_safe"), state(second, "make_safe")) == ("open", "closed")
    assert [(row.person_id, row.kind) for row in ObligationAnswer.objects.all()] == [(second.id, "done")]


def test_one_tap_for_both_is_a_row_for_each(client):
    officer, case, people = an_encounter(16, 15)
    answer = tapped(signed_in(client, officer), case, "tell_childrens_services_now", "done:1,2",
                    tell_childrens_services_now_said="Ms Ahmed, ref 7")  # fmt: skip
    assert answer.url == f"/cases/{case.reference}/do-now"
    rows = ObligationAnswer.objects.order_by("person__number")
    said = '{"who": "Ms Ahmed, ref 7"}'
    assert [(row.person_id, row.record, row.details) for row in rows] == [(p.id, "call", said) for p in people]
    html = shown(client, case)
    assert "both, by you. Called: Ms Ahmed, ref 7." in html
    assert "1 of" in html


def test_not_possible_stays_open_and_is_the_duty_supervisor_s(client):
    officer, case, (person, _) = an_encounter(16, 15)
    sergeant = UserFactory(name="Sgt Solanki")
    DutyFactory(unit_id=case.unit_id, unit=None, user=sergeant)
    tapped(signed_in(client, officer), case, "safe_place", "not_possible", safe_place_who="1",
           safe_place_why="No foster bed until 04:00.")  # fmt: skip
    owed = Obligation.objects.get(person=person, code="safe_place")
    assert (owed.state, owed.not_possible, owed.with_role) == ("open", True, "supervisor")
    html = shown(client, case)
    assert "Passed to Sgt Solanki" in html
    assert "Still open." in html
    assert "No foster bed until 04:00." in html


def test_not_needed_closes_and_says_why(client):
    officer, case, (person,) = an_encounter(16)
    refused = tapped(signed_in(client, officer), case, SEE_ALONE, "not_needed")
    assert refused.status_code == 422
    assert "Say in a few words why it is not needed" in refused.content.decode()
    assert ObligationAnswer.objects.count() == 0
    tapped(client, case, SEE_ALONE, "not_needed", **{f"{SEE_ALONE}_why": "Already spoken to by DC Marchetti"})
    assert state(person, SEE_ALONE) == "closed"
    assert "Already spoken to by DC Marchetti" in shown(client, case)


def test_a_reason_may_come_with_its_time(client):
    officer, case, _ = an_encounter(16, minutes=1500)
    tapped(signed_in(client, officer), case, "make_safe", "not_possible", make_safe_at="0225")
    row = ObligationAnswer.objects.get()
    assert timezone.localtime(row.happened_at).strftime("%H%M") == "0225"


def test_a_time_before_they_were_met_wants_its_day(client):
    officer, case, _ = an_encounter(16)
    signed_in(client, officer)
    ahead = timezone.localtime() + timedelta(minutes=10)  # without a day that is yesterday
    assert tapped(client, case, "make_safe", "not_possible", make_safe_at=f"{ahead:%H%M}").status_code == 422
    before = timezone.localtime() - timedelta(days=2)
    tapped(client, case, "make_safe", "not_possible", make_safe_at=f"{before:%d %B %Y %H%M}")
    assert ObligationAnswer.objects.count() == 1


def test_a_reason_with_a_time_that_cannot_be_read_is_asked_again_and_kept(client):
    officer, case, _ = an_encounter(16)
    page = tapped(signed_in(client, officer), case, "make_safe", "not_possible", make_safe_at="2570", make_safe_why="Gone")
    assert page.status_code == 422
    html = unescape(page.content.decode())
    assert "“2570” is not a time. Write it like 0225" in html
    assert 'value="Gone"' in html


def test_a_tap_soon_after_the_event_asks_for_no_time(client):
    officer, case, _ = an_encounter(16, minutes=20)
    tapped(signed_in(client, officer), case, "make_safe", "done:1")
    assert "When did it happen?" not in shown(client, case)


def test_a_late_tap_is_stored_first_and_its_time_asked_after(client):
    officer, case, (person,) = an_encounter(16, minutes=50)
    tapped(signed_in(client, officer), case, "make_safe", "done:1", make_safe_said="PC Ferreira stays")
    assert state(person, "make_safe") == "closed"
    assert "When did it happen?" in shown(client, case)
    happened = timezone.localtime(timezone.now() - timedelta(minutes=40)).replace(second=0, microsecond=0)
    tapped(client, case, "make_safe", "time", make_safe_time=happened.strftime("%H%M"))
    first, second = ObligationAnswer.objects.order_by("recorded_at")
    assert second.happened_at == happened
    assert second.details == first.details == '{"by": "PC Ferreira stays"}'
    html = shown(client, case)
    assert "When did it happen?" not in html
    assert f"Done {moment(happened, timezone.now())}" in html
    assert ledger.differences([case]) == []


def test_one_time_may_be_given_for_all_lines_that_ask_for_it(client):
    officer, case, _ = an_encounter(16, minutes=50)
    path = f"/cases/{case.reference}/do-now"
    ticked = dict.fromkeys(("make_safe_done", "tell_childrens_services_now_done", f"{SEE_ALONE}_done"), "1")
    signed_in(client, officer).post(path, form(**ticked))
    drawn = re.findall(r'name="(\w+_time)"', shown(client, case))
    assert drawn == ["all_time", "make_safe_time", f"{SEE_ALONE}_time", "tell_childrens_services_now_time"]
    happened = [timezone.localtime() - timedelta(minutes=minutes) for minutes in (40, 35)]
    first, second = (at.replace(second=0, microsecond=0) for at in happened)
    client.post(path, form(**dict.fromkeys(drawn, "") | {"all_time": f"{first:%H%M}", "make_safe_time": f"{second:%H%M}"}))
    times = {row.code: row.happened_at for row in ObligationAnswer.objects.order_by("recorded_at", "id")}
    assert times == {"make_safe": second, SEE_ALONE: first, "tell_childrens_services_now": first}
    assert "When did it happen?" not in shown(client, case)


def test_enter_in_the_box_for_the_time_saves_the_time(client):
    officer, case, _ = an_encounter(16, minutes=1500)
    tapped(signed_in(client, officer), case, "make_safe", "done:1")
    assert client.post(f"/cases/{case.reference}/do-now", form(make_safe_time="0225")).status_code == 302
    assert ObligationAnswer.objects.count() == 2


def test_just_now_is_an_answer_to_the_time_asked(client):
    officer, case, _ = an_encounter(16, minutes=50)
    tapped(signed_in(client, officer), case, "make_safe", "done:1")
    tapped(client, case, "make_safe", "now")
    first, second = ObligationAnswer.objects.order_by("recorded_at")
    assert second.happened_at == first.happened_at.replace(second=0, microsecond=0)
    assert "When did it happen?" not in shown(client, case)


def test_a_time_that_cannot_be_read_loses_no_tap(client):
    officer, case, (person,) = an_encounter(16, minutes=50)
    tapped(signed_in(client, officer), case, "make_safe", "done:1")
    page = tapped(client, case, "make_safe", "time", make_safe_time="2570")
    assert page.status_code == 422
    assert "“2570” is not a time" in unescape(page.content.decode())
    assert state(person, "make_safe") == "closed"


def test_a_line_opened_by_a_later_fact_counts_from_that_fact(client):
    officer, case, (person,) = an_encounter(None, minutes=90)
    person.refresh_from_db()
    change_person(by=officer, at=timezone.now(), person=person, version=1, facts={"age_min": 15, "age_max": 15})
    tapped(signed_in(client, officer), case, "tell_childrens_services_now", "done:1")
    assert "When did it happen?" not in shown(client, case)


def test_two_officers_at_once_are_both_recorded_and_the_page_says_so(client):
    officer, case, (person,) = an_encounter(16)
    colleague = a_member("frontline", name="PC Ferreira")
    CaseMemberFactory(case=case, user_id=colleague.user)
    other = signed_in(Client(), colleague)
    before = shown(other, case)
    tapped(signed_in(client, officer), case, "make_safe", "done:1")
    assert 'name="make_safe_done" value="1"' in before
    tapped(other, case, "make_safe", "done:1", make_safe_said="I stay with them")
    assert ObligationAnswer.objects.filter(person=person, code="make_safe").count() == 2
    html = shown(client, case)
    assert "by PC Ferreira. Given: I stay with them." in html
    assert "More than one person answered this. Each answer is kept." in html


def test_answering_again_takes_the_place_of_one_s_own_answer(client):
    officer, case, (person,) = an_encounter(16)
    tapped(signed_in(client, officer), case, "make_safe", "done:1")
    assert "Not possible, or not needed" in shown(client, case, "?open=make_safe")
    tapped(client, case, "make_safe", "not_possible", "?open=make_safe", make_safe_why="Tapped by mistake")
    assert state(person, "make_safe") == "open"
    assert ObligationAnswer.objects.count() == 2
    tapped(client, case, "make_safe", "done:1")
    assert state(person, "make_safe") == "closed"
    assert ledger.differences([case]) == []


def test_whoever_hears_the_page_is_told_which_line_a_fold_is_of(client):
    officer, case, _ = an_encounter(16, 15)
    html = shown(signed_in(client, officer), case)
    folds = re.findall(r"<summary[^>]*>(.*?)</summary>", html)
    assert len(set(folds)) == len(folds) > 3
    assert html.count('role="group" aria-label="Line ') == len(folds)


def test_the_same_tap_sent_twice_is_one_answer(client):
    officer, case, _ = an_encounter(16)
    typed = form(make_safe_done="1")
    first = signed_in(client, officer).post(f"/cases/{case.reference}/do-now", typed)
    second = client.post(f"/cases/{case.reference}/do-now", typed)
    assert first.url == second.url
    assert ObligationAnswer.objects.count() == 1


def test_one_save_stores_every_line_and_keeps_what_is_half_filled_in(client):
    officer, case, people = an_encounter(16, 15)
    for person in people:
        AllegedOffenceFactory(person=person, stage="arrest")
    change_person(by=officer, at=timezone.now(), person=people[0], version=1, facts={"needs": ["food"]})
    signed_in(client, officer)
    filled = {
        "make_safe_done": "1,2", "make_safe_said": "PC Ferreira", f"{SEE_ALONE}_done": "1", f"{SEE_ALONE}_other": "not_possible",
        f"{SEE_ALONE}_why": "Will not speak", "tell_childrens_services_now_said": "Ms Ahmed", "safe_place_done": "1",
        "safe_place_at": "2570", "q1-answer": "yes", "q1-why": "A man waits", "q2-why": "Looks at him",
    }  # fmt: skip
    with at_most(40):  # one statement more for each further line: it is stored as an answer of its own
        answer = client.post(f"/cases/{case.reference}/do-now", form(**filled))
    assert answer.url == f"/cases/{case.reference}/do-now?draft=1#tell_childrens_services_now"
    stored = [(row.code, row.person_id, row.kind) for row in ObligationAnswer.objects.order_by("code", "person__number")]
    first, second = (person.id for person in people)
    assert stored == [
        ("make_safe", first, "done"), ("make_safe", second, "done"),
        (SEE_ALONE, first, "done"), (SEE_ALONE, second, "not_possible"),
    ]  # fmt: skip
    assert [(row.person_id, row.answer, row.why) for row in FirstAnswer.objects.all()] == [(first, "yes", "A man waits")]
    page = client.get(answer.url)
    html = unescape(page.content.decode())
    assert len(page.content) <= 30_000
    for kept in ('value="Ms Ahmed"', 'value="2570"', 'value="Looks at him"'):
        assert kept in html
    assert html.count("govuk-error-message") == 3
    assert Draft.objects.count() == 1
    assert ledger.differences([case]) == []


def test_the_question_of_each_is_answered_with_the_rest_and_its_line_says_what_by_whom_and_when(client):
    officer, case, people = an_encounter(16, 15)
    for person in people:
        AllegedOffenceFactory(person=person, stage="arrest")
    change_person(by=officer, at=timezone.now(), person=people[0], version=1, facts={"needs": ["food"]})
    typed = form(**{"make_safe_done": "1", "q1-answer": "cannot_rule_out", "q1-why": "A man waits", "q2-answer": "no_sign_seen"})
    signed_in(client, officer).post(f"/cases/{case.reference}/do-now", typed)
    answered = {row.person_id: (row.answer, row.why) for row in FirstAnswer.objects.all()}
    assert answered == {people[0].id: ("cannot_rule_out", "A man waits"), people[1].id: ("no_sign_seen", "")}
    html = shown(client, case)
    line = html[html.index('id="section45_first_question"') :]
    assert "Kieran, by you. Cannot rule out. “A man waits”" in line
    assert "Jaz, by you. No sign seen." in line
    other = signed_in(Client(), a_member("coordinator"))
    assert "by PC Brandreth. Cannot rule out." in shown(other, case)


def test_nothing_filled_in_answers_nothing_and_loses_nothing(client):
    officer, case, _ = an_encounter(16)
    for typed, says in (({"make_safe_said": "PC Ferreira stays"}, "tick who it was done for"), ({}, "Nothing is filled in yet")):
        page = signed_in(client, officer).post(f"/cases/{case.reference}/do-now", form(**typed))
        assert page.status_code == 422
        assert says in page.content.decode()
        assert all(f'value="{words}"' in page.content.decode() for words in typed.values())
    assert ObligationAnswer.objects.count() == 0


@each("value", ["done:", "done:99", "done:x", "done:999999999999", "nothing"])
def test_a_button_that_was_never_there_answers_nothing(client, value):
    officer, case, _ = an_encounter(16)
    assert tapped(signed_in(client, officer), case, "make_safe", value).status_code == 422
    assert ObligationAnswer.objects.count() == 0


def test_the_age_once_found_shrinks_its_line_and_leaves_it_in_its_place(client):
    officer, case, (person,) = an_encounter(None)
    html = shown(signed_in(client, officer), case)
    assert f"/people/{person.id}/age" in html
    answer = client.post(f"/people/{person.id}/age", form(age_min="15", age_max="15", age_basis="stated", version="1"))
    assert answer.status_code == 302
    html = shown(client, case)
    assert "Recorded: says 15." in html
    assert html.index("Find out how old") < html.index("Ring children’s services")
    assert ledger.differences([case]) == []


def test_when_all_is_answered_the_page_says_what_is_recorded_and_no_more(client):
    officer, case, _ = an_encounter(34)
    client = signed_in(client, officer)
    for code in ("make_safe", SEE_ALONE):
        tapped(client, case, code, "done:1")
    html = shown(client, case)
    assert "Both lines are answered." in html
    assert "It does not show how Kieran is now." in html
    text = html.lower()
    assert "complete" not in text.replace("autocomplete", "")
    assert " is safe" not in text


def test_the_people_shown_are_written_into_the_log(client):
    officer, case, people = an_encounter(16, 15)
    shown(signed_in(client, officer), case)
    event = Event.objects.get(code="cases.people_listed")
    assert (event.case, sorted(event.people), event.by) == (case.id, sorted(p.id for p in people), officer.user)


def test_a_supervisor_sees_what_was_passed_up_and_may_answer_it(client):
    officer, case, (person,) = an_encounter(16)
    tapped(signed_in(client, officer), case, "safe_place", "not_possible", safe_place_why="No bed")
    sergeant = a_member("supervisor", unit=case.unit)
    other = signed_in(Client(), sergeant)
    assert "No bed" in shown(other, case)
    tapped(other, case, "safe_place", "done:1", safe_place_said="Foster carer found")
    assert state(person, "safe_place") == "closed"


@each("open_", ["", "?open=make_safe", "?open=section45_first_question", "?open=nothing"])
def test_thirty_people_are_within_the_budgets_and_every_one_has_a_tick(client, open_):
    ages = [15 + number % 30 for number in range(30)]
    officer, case, people = an_encounter(*ages, needs=["medical"], description="man, about fifty, in a grey coat")
    page = signed_in(client, officer).get(f"/cases/{case.reference}/do-now{open_}")
    assert len(page.content) <= 30_000
    html = page.content.decode()
    assert html.count('class="lode-step') >= 5
    for person in people:
        assert f'_done" value="{person.number}"' in html


def test_the_queries_do_not_grow_with_the_people(client):
    counts = []
    for number in (1, 12):
        officer, case, _ = an_encounter(*[15] * number)
        client = signed_in(Client(), officer)
        path = f"/cases/{case.reference}/do-now"
        with CaptureQueriesContext(connection) as read:
            client.get(path)
        with CaptureQueriesContext(connection) as written:
            client.post(path, form(make_safe_done="1"))
        counts.append((_real(read), _real(written)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 15
    assert counts[0][1] <= 40


def _real(queries):
    """Without the savepoints that stand for transactions in a test."""
    return sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries)
