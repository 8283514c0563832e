"""What is left at the end of a tour: handed on with one tap, the officer's until it is taken."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.ledger import actions as ledger_actions
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.casework.ledger.presenters import sentence_of
from lodestar.platform.accounts.models import Unit
from lodestar.platform.audit.models import Event
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")


def a_night(*ages, officer=None, hours=3):
    officer = officer or a_member("frontline", name="PC Brandreth")
    met = timezone.now() - timedelta(hours=hours)
    case = a_case(officer, at=met)
    names = ("Kieran", "Jaz")
    people = [
        a_person(officer, case, at=met, name=names[n] if n < 2 else "", age_min=age, age_max=age) for n, age in enumerate(ages)
    ]
    return officer, case, people


def hand_on(client, case, **typed):
    path = f"/cases/{case.reference}/hand-on"
    return client.post(path, form(**typed)) if typed else client.get(path)


def morning(client, query=""):
    return unescape(client.get(f"/morning-list{query}").content.decode())


def left(case):
    rows = Obligation.objects.filter(case=case, state="open", owed_by="frontline").exclude(when="now")
    return rows.exclude(code="hand_on_what_is_left")


def values(html):
    """What the buttons of the morning list send, the last being for all of them."""
    return [part.split('"')[0] for part in html.split('name="take" value="')[1:]]


def test_one_tap_hands_on_all_that_is_left_and_nothing_of_the_scene(client):
    officer, case, _ = a_night(16, 34)
    expected = set(left(case).values_list("id", flat=True))
    assert hand_on(signed_in(client, officer), case, hand="all", known="Wants to be near her nan").status_code == 302
    rows = Handover.objects.all()
    assert {row.obligation_id for row in rows} == expected
    assert {(row.by_id, row.known, row.taken_by_id) for row in rows} == {(officer.user, "Wants to be near her nan", None)}
    assert not Handover.objects.filter(obligation__when="now").exists()
    assert ledger.differences([case]) == []


def test_chosen_lines_alone_may_be_handed_on(client):
    officer, case, _ = a_night(34)
    hand_on(signed_in(client, officer), case, hand="ticked", line=["record_crime"])
    assert set(Handover.objects.values_list("obligation__code", flat=True)) == {"record_crime"}
    html = unescape(hand_on(client, case).content.decode())
    assert "Waiting to be accepted" in html
    assert sentence_of("golden_hour_evidence") in html


def test_nothing_ticked_hands_on_nothing_and_says_so(client):
    officer, case, _ = a_night(34)
    page = hand_on(signed_in(client, officer), case, hand="ticked", known="Left her phone")
    assert page.status_code == 422
    assert "no task was ticked" in page.content.decode()
    assert 'value="Left her phone"' in page.content.decode()
    assert Handover.objects.count() == 0


@pytest.mark.parametrize("chosen", [{"hand": "all"}, {"hand": "ticked", "line": ["record_crime"]}])
def test_what_a_colleague_handed_on_meanwhile_is_said_and_the_words_come_back(client, chosen):
    officer, case, _ = a_night(34)
    colleague = a_member("supervisor", name="Sgt Solanki", unit=Unit.objects.get(id=officer.unit))
    hand_on(signed_in(client, colleague), case, **chosen)
    page = hand_on(signed_in(client, officer), case, known="Left her phone", **chosen)
    assert page.status_code == 422
    html = unescape(page.content.decode())
    assert "Sgt Solanki handed over what you chose at" in html
    assert ("or send it with another task" in html) == (chosen["hand"] != "all")
    assert "no task was ticked" not in html
    assert "Left her phone" in html
    assert "<title>Error: " in html


@pytest.mark.parametrize("chosen", [{"hand": "all"}, {"hand": "ticked", "line": ["record_crime"]}])
def test_of_two_who_hand_on_at_one_moment_the_second_is_told_and_keeps_the_words(client, monkeypatch, chosen):
    officer, case, _ = a_night(34)
    colleague = a_member("supervisor", name="Sgt Solanki", unit=Unit.objects.get(id=officer.unit))
    real = ledger_actions.hand_on

    def a_moment_later(**told):
        real(**told | {"by": colleague, "note": "Wants her nan"})
        real(**told)

    monkeypatch.setattr(ledger_actions, "hand_on", a_moment_later)
    page = hand_on(signed_in(client, officer), case, known="Left her phone", version="0", **chosen)
    assert page.status_code == 422
    assert "Sgt Solanki handed over what you chose at" in unescape(page.content.decode())
    assert "Left her phone" in page.content.decode()


@pytest.mark.parametrize("chosen", [{"hand": "all"}, {"hand": "ticked", "line": ["record_crime"]}])
def test_what_a_colleague_answers_at_the_same_moment_is_not_handed_on(client, monkeypatch, chosen):
    officer, case, _ = a_night(34)
    colleague = a_member("supervisor", name="Sgt Solanki", unit=Unit.objects.get(id=officer.unit))
    [crime] = left(case).filter(code="record_crime")
    real = ledger_actions.hand_on

    def a_moment_later(**told):
        answer_duty(by=colleague, at=timezone.now(), case=case, obligations=[crime], kind="not_possible", because="Down")
        real(**told)

    monkeypatch.setattr(ledger_actions, "hand_on", a_moment_later)
    others = left(case).count() - 1
    page = hand_on(signed_in(client, officer), case, known="Left her phone", version="0", **chosen)
    assert not Handover.objects.filter(obligation=crime).exists()
    if chosen["hand"] == "all":
        assert (page.status_code, Handover.objects.count()) == (302, others)
        return
    assert page.status_code == 422
    assert "what you ticked has already been done" in unescape(page.content.decode())
    assert "Left her phone" in page.content.decode()


def test_what_was_handed_on_a_moment_before_stays_as_it_was_and_is_logged_once():
    officer, case, _ = a_night(34)
    colleague, now = a_member("supervisor"), timezone.now()
    rows = list(left(case))
    ledger_actions.hand_on(by=colleague, at=now, case=case, obligations=rows[:1], note="Wants her nan")
    with pytest.raises(ConcurrentEdit):
        ledger_actions.hand_on(by=officer, at=now, case=case, obligations=rows[:1])
    ledger_actions.hand_on(by=officer, at=now, case=case, obligations=rows, note="Left her phone")
    assert Handover.objects.get(obligation=rows[0]).known == "Wants her nan"
    assert Handover.objects.filter(by=officer.user, known="Left her phone").count() == len(rows) - 1
    events = Event.objects.filter(code="cases.handed_on", case=case.id, by=officer.user)
    assert [rows[0].code in event.fields for event in events] == [False]


@pytest.mark.parametrize("chosen", [{"hand": "all"}, {"hand": "ticked", "line": ["record_crime"]}])
def test_what_was_answered_meanwhile_is_not_said_to_be_unticked_or_handed_on_by_who_did_so_long_ago(client, chosen):
    officer, case, _ = a_night(34)
    colleague = a_member("supervisor", name="Sgt Solanki")
    rows = list(left(case))
    [crime] = [owed for owed in rows if owed.code == "record_crime"]
    ledger_actions.hand_on(by=colleague, at=timezone.now(), case=case, obligations=[owed for owed in rows if owed != crime])
    page = hand_on(signed_in(client, officer), case).content.decode()
    assert f'name="version" value="{len(rows) - 1}"' in page
    answer_duty(by=colleague, at=timezone.now(), case=case, obligations=[crime], kind="not_possible", because="Down")
    answer = hand_on(client, case, known="Left her phone", version=str(len(rows) - 1), **chosen)
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    assert "Sgt Solanki handed on" not in html
    assert "no task was ticked" not in html
    assert ("there is nothing left" if chosen["hand"] == "all" else "what you ticked has already been done") in html
    assert "Left her phone</textarea>" in html


def test_it_stays_the_officer_s_until_it_is_taken(client):
    officer, case, _ = a_night(34)
    number = len(set(left(case).values_list("code", flat=True)))
    hand_on(signed_in(client, officer), case, hand="all")
    owed = Obligation.objects.get(case=case, code="record_crime")
    assert (owed.with_role, owed.holder_id) == ("frontline", officer.user)
    for path in ("hand-on", "do-now"):
        html = unescape(client.get(f"/cases/{case.reference}/{path}").content.decode())
        assert "Not taken yet" in html
        assert "they remain with you until they are" in html
    coordinator = a_member("coordinator", name="F. Quist")
    other = signed_in(Client(), coordinator)
    html = morning(other)
    assert html.count("Take it") == number
    other.post("/morning-list", form(take=values(html)[-1]))
    owed.refresh_from_db()
    assert (owed.with_role, owed.holder_id) == ("coordinator", coordinator.user)
    assert owed.due_at == case.encountered_at + timedelta(hours=24)
    html = unescape(client.get(f"/cases/{case.reference}/do-now").content.decode())
    assert "Taken by F. Quist at" in html
    assert "Not taken yet" not in html
    assert "Nothing recorded to accept yet" in morning(other)
    assert "Accepted by you since midnight" in morning(other)
    assert ledger.differences([case]) == []


def test_a_line_taken_a_moment_before_stays_with_the_first(client):
    officer, case, _ = a_night(34)
    hand_on(signed_in(client, officer), case, hand="ticked", line=["record_crime"])
    first, second = a_member("coordinator"), a_member("coordinator")
    theirs = signed_in(Client(), second)
    wanted = values(morning(theirs))[0]
    signed_in(client, first).post("/morning-list", form(take=wanted))
    answer = theirs.post("/morning-list", form(take=wanted))
    assert Handover.objects.get().taken_by_id == first.user
    assert "One of those had just been accepted by someone else." in morning(theirs, answer.url.removeprefix("/morning-list"))


@each("take", ["", "x", "1,2", "01a21055-0000-7000-8000-000000000000"])
def test_what_is_no_line_takes_nothing(client, take):
    assert signed_in(client, a_member("coordinator")).post("/morning-list", form(take=take)).status_code == 302


def test_a_sealed_case_is_on_its_owners_list_alone(client):
    officer, case, _ = a_night(34)
    owner, other = a_member("coordinator"), a_member("coordinator")
    hand_on(signed_in(client, officer), case, hand="all")
    ids = [str(row.id) for row in Handover.objects.all()]
    seal_case(by=owner, at=timezone.now(), case=case, reason="Insider", owners=[owner.user, officer.user])
    assert case.reference in morning(signed_in(Client(), owner))
    stranger = signed_in(Client(), other)
    assert case.reference not in morning(stranger)
    stranger.post("/morning-list", form(take=",".join(ids)))
    assert not Handover.objects.filter(taken_at__isnull=False).exists()


def test_what_was_passed_up_is_the_supervisor_s_and_not_handed_on(client):
    officer, case, (person,) = a_night(34)
    owed = Obligation.objects.get(person=person, code="record_crime")
    answer_duty(by=officer, at=timezone.now(), case=case, obligations=[owed], kind="not_possible", because="System down")
    hand_on(signed_in(client, officer), case, hand="all")
    assert not Handover.objects.filter(obligation=owed).exists()


def test_the_people_shown_are_written_into_the_log(client):
    officer, case, (person,) = a_night(34)
    hand_on(signed_in(client, officer), case, hand="all")
    coordinator = a_member("coordinator")
    morning(signed_in(Client(), coordinator))
    events = Event.objects.filter(code="cases.people_listed", by=coordinator.user)
    assert [event.people for event in events] == [[person.id]]


def test_the_queries_do_not_grow(client):
    counts = []
    for number in (1, 10):
        officer, case, _ = a_night(*[34] * number)
        client, other = signed_in(Client(), officer), signed_in(Client(), a_member("coordinator"))
        found = []
        for who, path in ((client, f"/cases/{case.reference}/hand-on"), (other, "/morning-list")):
            with CaptureQueriesContext(connection) as read:
                page = who.get(path)
            assert len(page.content) <= 30_000
            found.append(_real(read))
            if who is client:
                with CaptureQueriesContext(connection) as written:
                    who.post(path, form(hand="all"))
                found.append(_real(written))
        counts.append(found)
        Handover.objects.all().update(taken_at=timezone.now(), taken_by_id=officer.user)
    assert counts[0] == counts[1]
    assert max(counts[0][0], counts[0][2]) <= 15
    assert counts[0][1] <= 45


def test_every_line_has_a_short_beginning_of_its_own():
    found = {code: sentence_of(code) for code in obligation_rows()}
    assert all(len(words) <= 150 and words for words in found.values())
    frontline = [code for code, rows in obligation_rows().items() if rows[0].owed_by == "frontline"]
    assert len({found[code] for code in frontline}) == len(frontline)


def _real(queries):
    """Without the savepoints that stand for transactions in a test."""
    return sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries)
