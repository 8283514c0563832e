"""One decision about many tasks: recorded on each with its reason, none closed, and nothing done to what is not one's own."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.tasks import agree_working_time, give_tasks, remind_holders
from lodestar.casework.cases.models import Case, CaseMember
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.platform.accounts.models import Unit
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import ObligationFactory, a_case, a_person
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
HOURS = 2 * timedelta(hours=1)


@pytest.fixture
def sergeant(officer):
    return a_member("supervisor", name="Sgt Solanki", unit=Unit.objects.get(id=officer.unit))


@pytest.fixture
def colleague(officer):
    return a_member("frontline", name="PC Ferreira", unit=Unit.objects.get(id=officer.unit))


@pytest.fixture
def cases(officer):
    cases = [a_case(officer, at=timezone.now() - HOURS) for _ in range(4)]
    for case in cases:
        a_person(officer, case, at=timezone.now() - HOURS, age_min=15, age_max=15)
    return cases


def held_by(member, cases):
    return Obligation.objects.filter(case__in=cases, state="open", holder_id=member.user, opens_at__lte=timezone.now())


def is_right(cases):
    return ledger.differences(list(Case.objects.filter(id__in=[case.id for case in cases]))) == []


def test_a_page_of_forty_is_given_on_with_one_reason_and_none_is_closed(client, officer, sergeant, colleague, cases):
    with at_most(15):
        page = html_of(signed_in(client, sergeant), "/my-team")
    every = re.search(r'name="every" value="([^"]+)"', page)[1]
    assert len(every.split(".")) == 40
    asked = {"every": every, "select": "all", "back": "/my-team"}
    lines = re.findall(r'name="line" value="([^"]+)"', html_of(client, "/tasks/change", **asked))
    assert len(lines) == 40
    before = dict(Obligation.objects.filter(id__in=lines).values_list("id", "due_at"))
    sent = form(line=lines, back="/my-team", kind="give", to=str(colleague.user), reason="Brandreth is at court.")
    with at_most(40):
        answer = client.post("/tasks/change", sent)
    assert answer.headers["Location"].startswith("/my-team?changed=give&done=")
    given = ObligationEvent.objects.filter(kind="given", because="Brandreth is at court.", to=colleague.user)
    changed = Obligation.objects.filter(id__in=given.values("obligation"))
    assert given.count() + int(answer.headers["Location"].rpartition("=")[2]) == 40
    assert set(changed.values_list("state", "holder")) == {("open", colleague.user)}
    assert dict(Obligation.objects.filter(id__in=lines).values_list("id", "due_at")) == before
    assert Event.objects.filter(code="cases.tasks_given").count() == changed.values("case").distinct().count()
    assert is_right(cases)
    assert signed_in(client, colleague).get(f"/cases/{changed.first().case.reference}").status_code == 200


def test_what_a_colleague_may_not_answer_is_not_given_to_them(client, officer, sergeant, colleague, cases):
    allocation = ObligationFactory(case=cases[0], code="allocate_pip2_owner", subject="another")
    sent = form(line=[str(allocation.id)], kind="give", to=str(colleague.user), reason="Please.")
    answer = signed_in(client, sergeant).post("/tasks/change", sent)
    assert answer.status_code == 422
    assert not ObligationEvent.objects.filter(kind="given").exists()


def test_a_given_task_stays_with_them_until_they_say_it_is_not_possible(officer, sergeant, colleague, cases):
    row = held_by(officer, cases).filter(code="golden_hour_evidence").first()
    told = {"by": sergeant, "at": timezone.now(), "reason": "You are nearer."}
    assert give_tasks(obligations=[row], to=colleague.user, **told) == [row]
    ledger.recalculate([row.case_id], ledger.Cause(by=officer.user, at=timezone.now(), code="cases.changed"))
    row.refresh_from_db()
    assert (row.holder_id, row.with_role) == (colleague.user, "frontline")
    answer_duty(by=colleague, at=timezone.now(), case=row.case, obligations=[row], kind="not_possible", because="No camera.")
    row.refresh_from_db()
    assert (row.holder_id, row.with_role) == (None, "supervisor")
    assert is_right(cases)


def test_the_first_screen_names_who_has_a_stuck_line_now(client, officer, sergeant, colleague, cases):
    row = held_by(officer, cases).get(code="safe_place", case=cases[0])
    answer_duty(by=officer, at=timezone.now(), case=row.case, obligations=[row], kind="not_possible", because="No bed.")
    do_now = f"/cases/{row.case.reference}/do-now"
    assert re.findall(r"data-with>Passed to ([^<.]+)", html_of(signed_in(client, officer), do_now)) == ["the duty supervisor"]
    give_tasks(by=sergeant, at=timezone.now(), obligations=[row], to=colleague.user, reason="You know the hostel.")
    assert re.findall(r"data-with>Passed to ([^<.]+)", html_of(client, do_now)) == ["PC Ferreira"]


def test_what_was_answered_meanwhile_is_left_and_the_rest_is_done(officer, sergeant, colleague, cases):
    rows = list(held_by(officer, cases[:1])[:3])
    Obligation.objects.filter(id=rows[0].id).update(state="closed", closed_at=timezone.now())
    told = {"by": sergeant, "at": timezone.now(), "reason": "It is late."}
    assert {row.id for row in remind_holders(obligations=rows, **told)} == {row.id for row in rows[1:]}
    assert ObligationEvent.objects.filter(kind="reminded", because="It is late.").count() == 2


def test_a_sealed_case_goes_to_its_named_owners_alone(client, officer, sergeant, colleague, cases):
    row = held_by(officer, cases).first()
    seal_case(by=sergeant, at=timezone.now(), case=row.case, reason="Related.", owners=[sergeant.user, officer.user])
    told = {"at": timezone.now(), "reason": "Please.", "obligations": [row]}
    assert give_tasks(by=sergeant, to=colleague.user, **told) == []
    assert not CaseMember.objects.filter(case=row.case, user=colleague.user).exists()
    assert len(give_tasks(by=sergeant, to=officer.user, **told)) == 1
    coordinator = a_member("coordinator")
    assert give_tasks(by=coordinator, to=colleague.user, **told) == []
    nothing = html_of(signed_in(client, coordinator), "/tasks/change", line="0" * 32)
    assert len(html_of(client, "/tasks/change", line=str(row.id))) == len(nothing)


def test_a_working_time_stands_beside_the_legal_time_which_stays(client, officer, sergeant, cases):
    row, until = held_by(officer, cases).filter(due_at__lt=timezone.now()).first(), timezone.now() + timedelta(days=1)
    due = row.due_at
    agree_working_time(by=sergeant, at=timezone.now(), obligations=[row], until=until, reason="The doctor comes at noon.")
    row.refresh_from_db()
    assert (row.due_at, row.state) == (due, "open")
    for path in ("/my-work", f"/owed/{row.id}"):
        page = html_of(signed_in(client, officer), path)
        assert "data-working-time" in page
        assert "The doctor comes at noon." in page
        assert "after the time it is due" in page
    assert is_right(cases)
    sent = form(line=[str(row.id)], kind="time", until="tomorrow 1900", reason="The doctor.")
    answer = signed_in(client, sergeant).post("/tasks/change", sent)
    assert answer.url.endswith("changed=time&done=1&missed=0&after=1")
    past = form(line=[str(row.id)], kind="time", until="yesterday 1900", reason="So.")
    assert signed_in(client, sergeant).post("/tasks/change", past).status_code == 422


def test_what_is_stuck_opens_a_decision_with_what_was_tried(client, officer, sergeant, cases):
    row = held_by(officer, cases).get(code="safe_place", case=cases[0])
    because = "No bed until 04:00."
    answer_duty(by=officer, at=timezone.now(), case=row.case, obligations=[row], kind="not_possible", because=because)
    page = html_of(signed_in(client, sergeant), "/my-work")
    assert f"/tasks/change?line={row.id}" in page
    page = html_of(client, f"/tasks/change?line={row.id}")
    assert because in page
    sent = form(line=[str(row.id)], kind="not_needed", reason="She stays with her aunt.")
    assert client.post("/tasks/change", sent).status_code == 302
    row.refresh_from_db()
    assert row.state == "closed"
