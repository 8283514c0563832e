"""What passed with the CPS: its page and clocks, tasks that it closes, convictions, and what a sealed case shows of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import AllegedOffence
from lodestar.casework.decisions.actions import file_decision
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.prosecutions import presenters, queries
from lodestar.casework.prosecutions.models import ProsecutionEntry
from lodestar.casework.prosecutions.rules import ROWS, reply_by
from lodestar.casework.referrals.actions import record_referral
from lodestar.casework.section45.actions import RecordOpen, record_happened_without, record_outcome
from lodestar.casework.section45.models import FullRecord, OutcomeRecorded
from lodestar.platform.notices.due_items import due_items
from tests.apps.casework.section45.asking import shown
from tests.factories.accounts import a_member
from tests.factories.full_records import an_offence, decided, signed
from tests.factories.prosecutions import an_entry
from tests.factories.section45 import OutcomeRecordedFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")


def a_decision(by, person, kind="cg_negative"):
    referral = record_referral(
        by=by, at=timezone.now(), person=person, route="nrm", direction="made_by_us", seen=0, as_it_happened=True
    )
    return file_decision(by=by, at=timezone.now(), referral=referral, kind=kind, decided_on=date.today(), seen=0)


@each(
    ("at", "days", "due"),
    [
        (datetime(2026, 3, 6, 12, tzinfo=UTC), 1, datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC)),
        (datetime(2026, 3, 6, 12, tzinfo=UTC), None, datetime(2026, 4, 7, 22, 59, 59, tzinfo=UTC)),  # over Easter
    ],
)
def test_a_reply_is_due_after_so_many_working_days(at, days, due):
    assert reply_by("advice_asked", at, days) == due
    assert reply_by("conference", at, days) is None


def test_a_late_reply_is_due_for_who_asked_and_for_the_owner_until_it_comes(detective, offence):
    asked, now = an_entry(detective, offence.person.case, "advice_asked"), timezone.now()
    later = now + timedelta(days=60)

    def due(member):
        return [item.href for item in due_items(member, later, now) if item.kind == "cps_reply"]

    assert due(detective) == [f"/cases/{offence.person.case.reference}/cps"]
    assert due(a_member("investigator")) == []
    an_entry(detective, offence.person.case, "reply", answers=asked)
    assert due(detective) == []


@each("kind", [kind for kind, row in ROWS.items() if row["fields"]])
def test_each_kind_is_recorded_by_its_form_and_shown(client, detective, offence, kind):
    case, person = offence.person.case, offence.person
    a_decision(detective, person)
    task = Obligation.objects.filter(person=person, code="tell_cps").first()
    request = an_entry(detective, case, "advice_asked")
    typed = {
        "offence": str(offence.id), "answers": str(request.id), "decision": str(queries.decisions_in(case)[0].id), "how": "email",
        "task": str(task.id), "who": "Ms Advani", "words": "As discussed", "plea": "guilty",
    }  # fmt: skip
    signed_in(client, detective)
    page = f"/cases/{case.reference}/cps/{kind}"
    assert client.get(page).status_code == 200
    with at_most(40):
        assert client.post(page, form(**typed)).status_code == 302
    row = ProsecutionEntry.objects.get(kind=kind, who="Ms Advani")
    assert (row.case_id, row.by_id, row.person_id) == (case.id, detective.user, person.id)
    with at_most(15):
        assert "Ms Advani" in shown(client.get(f"/cases/{case.reference}/cps"))


def test_a_request_waits_until_its_reply_and_is_late_after_its_day(client, detective, offence):
    case, now = offence.person.case, timezone.now()
    asked = an_entry(detective, case, "advice_asked", at=now - timedelta(days=60), offence=offence)
    (hub, waiting) = presenters.case_lines(case, detective, now)
    assert (hub.href, bool(waiting.late)) == (f"/cases/{case.reference}/cps", True)
    assert [href for _, href in queries.open_for_closing(case)] == [hub.href]
    record = decided(detective, offence)
    reply = an_entry(detective, case, "reply", answers=asked, offence=offence)
    assert (reply.record_id, queries.open_for_closing(case)) == (record.id, [])
    assert sorted(kind for _, kind, _, _ in queries.timeline_rows(case)) == ["decision", "event"]


def test_the_cps_informed_of_a_decision_closes_that_task_alone(detective, offence):
    person = offence.person
    a_decision(detective, person)
    tasks = Obligation.objects.filter(person=person, code="tell_cps", state="open")
    task = tasks.get(moment__startswith="cg_decision")
    before = tasks.count()
    an_entry(detective, person.case, "cps_informed", task=task)
    task.refresh_from_db()
    assert (task.state, task.closed_with, tasks.count()) == ("closed", "record", before - 1)
    assert ledger.differences([type(person.case).objects.get(id=person.case_id)]) == []


def test_a_conviction_moves_the_case_on_and_names_the_routes(client, detective, offence):
    case = offence.person.case
    signed_in(client, detective)
    assert "data-route" not in shown(client.get(f"/cases/{case.reference}/cps"))
    an_entry(detective, case, "conviction", offence=offence, plea="guilty", who="Ipswich Crown Court")
    assert AllegedOffence.objects.get(id=offence.id).stage == "convicted"
    assert Obligation.objects.get(person=offence.person, code="tell_legal_adviser_about_appeal").state == "open"
    page = shown(client.get(f"/cases/{case.reference}/cps"))
    assert [f'data-route="{code}"' in page for code in ("advice", "appeal", "ccrc")] == [True] * 3


# --- the counts ----------------------------------------------------------------------------------------------------------------


def of(member):
    today = date.today()
    return {words: tuple(numbers) for words, *numbers in queries.counts(member, today - timedelta(days=9), today)}


def test_the_counts_by_moment_with_what_came_without_and_sealed_cases_left_out(client, met, detective, sergeant, offence):
    coordinator = a_member("coordinator")
    _, case, person = met
    second = an_offence(detective, person, section="4(3)")
    for act in (offence, second):
        signed(sergeant, decided(detective, act))
    record_outcome(by=detective, at=timezone.now(), offence=offence, kind="charge")
    record_happened_without(by=detective, at=timezone.now() - timedelta(hours=2), offence=second, kind="charge")
    record_happened_without(by=detective, at=timezone.now(), offence=offence, kind="plea")
    a_decision(detective, person)
    signed(sergeant, decided(detective, offence))
    found = of(coordinator)
    assert found["Arrest"] == (2, 0, 2)
    assert (found["Charging decision"], found["Plea"], found["Hearing"]) == ((2, 1, 1), (1, 0, 1), (0, 0, 0))
    assert found["After each NRM decision"] == (2, 1, 1)
    signed_in(client, coordinator)
    assert client.get("/section-45/counts?as=csv").content.decode().splitlines()[3].endswith('"2","1","1"')
    with at_most(15):
        assert client.get("/section-45/counts").status_code == 200
    seal_case(by=coordinator, at=timezone.now(), case=case, reason="A relative.", owners=[coordinator.user, detective.user])
    assert set(of(coordinator).values()) == {(0, 0, 0)}


# --- no path authorises while the record is open -------------------------------------------------------------------------------


KINDS = ("charge", "caution", "other_disposal", "no_further_action", "plea", "hearing")
FAR = ("charged", "hearing", "out_of_court_disposal", "no_further_action")


def outcome_page(client, offence, kind):
    return client.post(f"/people/{offence.person_id}/offences/{offence.id}", form(kind=kind, reason="At the station"))


def stage_page(client, offence, stage):
    typed = {"change": "1", "title": "theft", "stage": stage}
    return client.post(f"/people/{offence.person_id}/offences/{offence.id}", form(**typed))


def new_offence_page(client, offence, stage):
    return client.post(f"/people/{offence.person_id}/offences", form(pick="possession", stage=stage))


def test_no_path_authorises_an_outcome_while_section_45_is_open(client, detective, sergeant, offence):
    signed_in(client, detective)
    person = offence.person
    opened = (
        lambda: None,  # no record
        lambda: decided(detective, offence),  # not countersigned
        lambda: signed(sergeant, decided(detective, offence), "not_agree", "No"),
        lambda: signed(sergeant, decided(detective, offence)) and a_decision(detective, person),  # agreed, opened again
    )
    for act in opened:
        act()
        for kind in KINDS:
            with pytest.raises(RecordOpen):
                record_outcome(by=detective, at=timezone.now(), offence=offence, kind=kind, reason="x")
            assert outcome_page(client, offence, kind).status_code == 422
        for stage in FAR:
            assert stage_page(client, offence, stage).status_code == 422
            assert new_offence_page(client, offence, stage).status_code == 422
    for kind in ("charging_request", "reply", "conference"):
        an_entry(detective, person.case, kind, offence=offence)
    assert not OutcomeRecorded.objects.exists()
    assert {row.stage for row in AllegedOffence.objects.filter(person=person)} == {"arrest"}
    with pytest.raises(IntegrityError), transaction.atomic():
        OutcomeRecordedFactory(offence=offence, happened_without=True, record=FullRecord.objects.first())


@each("kind", KINDS)
def test_the_same_once_it_happened_is_taken_counted_and_due_at_once(detective, offence, kind):
    at = timezone.now() - timedelta(hours=3)
    assert record_happened_without(by=detective, at=at, offence=offence, kind=kind).happened_without
    late = Obligation.objects.get(code="section45_full_record", moment__startswith="happened", subject=str(offence.id))
    assert (late.state, late.due_at <= timezone.now()) == ("open", True)
