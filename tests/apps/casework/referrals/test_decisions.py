"""What the Home Office decided on a referral: filed in one short form, and everything that follows from it."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction

from lodestar.casework.case_files.actions.case import give_case, seal_case
from lodestar.casework.case_files.actions.people import record_offence
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.decisions.actions import file_decision
from lodestar.casework.decisions.models import Decision
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.actions import record_referral
from lodestar.casework.referrals.models import Referral
from lodestar.platform.audit.models import Event
from lodestar.platform.time.days import london
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person, a_record
from tests.factories.referrals import DecisionFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch", "on_20_march")
NOW = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)
ACT = {"act": "Misuse of Drugs Act 1971", "section": "5(3)", "stage": "arrest", "where": "england_wales"}


def referred(by, person, at=MET, **told):
    told = {"route": "nrm", "direction": "made_by_us", "reference": "NRM-1", "as_it_happened": True} | told
    seen = Referral.objects.filter(person=person).count()
    return record_referral(by=by, at=at, person=person, seen=seen, another=True, **told)


def decided(by, referral, kind, on, **more):
    seen = Decision.objects.filter(referral=referral).count()
    return file_decision(by=by, at=NOW, referral=referral, kind=kind, decided_on=on, **({"seen": seen} | more))


def owed(person, code):
    rows = Obligation.objects.filter(person=person, code=code)
    return {row.moment: (row.state, row.due_at and london(row.due_at).date()) for row in rows}


def in_step(person):
    return ledger.differences([type(person.case).objects.get(id=person.case_id)]) == []


def page(client, referral, **typed):
    path = f"/referrals/{referral.id}/decision"
    return client.post(path, form(**typed)) if typed else client.get(path)


def test_the_page_files_a_decision_and_shows_what_follows(client, coordinator, person):
    referral = referred(coordinator, person)
    signed_in(client, coordinator)
    html = unescape(page(client, referral).content.decode())
    assert "not evidence at trial" in html
    assert "Callum" not in html[html.index("<title>") : html.index("</title>")]
    answer = page(client, referral, kind="rg_positive", decided_on="9 March 2026", notice_on="11/3/26", version=0)
    assert answer.url == f"/referrals/{referral.id}/decision"
    row = Decision.objects.get()
    assert (row.kind, row.decided_on, row.notice_on) == ("rg_positive", date(2026, 3, 9), date(2026, 3, 11))
    assert (row.filed_by_id, row.number) == (coordinator.user, 1)
    html = unescape(page(client, referral).content.decode())
    assert "Reasonable grounds: positive" in html
    assert "By 7 April, 23:59" in html
    assert Event.objects.filter(code="referrals.decided", people=[person.id], subject=str(row.id)).count() == 1
    assert in_step(person)


def test_a_positive_decision_starts_the_recovery_period_of_30_days_with_its_own_day_and_ends_the_watch(coordinator, person):
    referral = referred(coordinator, person)
    decided(coordinator, referral, "suspended", date(2026, 3, 8))
    assert owed(person, "watch_reasonable_grounds_decision")[""][0] == "open"
    decided(coordinator, referral, "rg_positive", date(2026, 3, 9))
    assert owed(person, "recovery_period_minimum") == {"rg_positive 2026-03-09": ("open", date(2026, 4, 7))}
    assert owed(person, "watch_reasonable_grounds_decision")[""][0] == "not_owed"
    assert in_step(person)


def test_a_negative_decision_asks_for_each_step_in_time_and_none_is_silent(coordinator, person):
    referral = referred(coordinator, person)
    decided(coordinator, referral, "rg_negative", date(2026, 3, 9), notice_on=date(2026, 3, 11))
    assert owed(person, "consider_reconsideration") == {
        "rg_negative 2026-03-09: decide": ("open", date(2026, 3, 21)),
        "rg_negative 2026-03-09: request": ("open", date(2026, 4, 5)),
        "rg_negative 2026-03-09": ("open", date(2026, 4, 10)),
    }
    opens = dict(Obligation.objects.filter(code="consider_reconsideration").values_list("moment", "opens_at"))
    assert opens["rg_negative 2026-03-09: decide"] == MET, "at once"
    assert london(opens["rg_negative 2026-03-09: request"]).date() == date(2026, 3, 21)
    assert london(opens["rg_negative 2026-03-09"]).date() == date(2026, 4, 5)
    assert in_step(person)


def test_decided_not_to_ask_the_rest_of_the_limit_is_answered_and_done_later_is_not(coordinator, person):
    referral = referred(coordinator, person)
    decided(coordinator, referral, "rg_negative", date(2026, 3, 9))
    first = Obligation.objects.get(code="consider_reconsideration", moment__endswith=": decide")
    told = {"by": coordinator, "case": person.case, "obligations": [first], "at": NOW}
    answer_duty(**told, kind="not_needed", because="They do not want it. Advised on 12 March.")
    assert {state for state, _ in owed(person, "consider_reconsideration").values()} == {"closed"}
    assert in_step(person)
    answer_duty(**told, kind="done", record=a_record(first.code, "They want it after all"))
    assert sorted(state for state, _ in owed(person, "consider_reconsideration").values()) == ["closed", "open", "open"]
    request = Obligation.objects.get(code="consider_reconsideration", moment__endswith=": request")
    answer_duty(**told | {"obligations": [request]}, kind="done", record=a_record(request.code))
    assert {state for state, _ in owed(person, "consider_reconsideration").values()} == {"closed"}
    assert in_step(person)


def test_the_prosecutor_is_told_of_each_decision_and_the_full_record_opens_again(coordinator):
    case = a_case(coordinator)
    suspect = a_person(coordinator, case, roles=["possible_victim", "suspect"])
    record_offence(by=coordinator, at=MET, person=suspect, facts=ACT)
    referral = referred(coordinator, suspect)
    before = Obligation.objects.get(person=suspect, code="section45_full_record").rests_on
    decided(coordinator, referral, "rg_positive", date(2026, 3, 9))
    assert owed(suspect, "tell_cps")["rg_decision 2026-03-09"] == ("open", date(2026, 3, 10))
    assert Obligation.objects.get(person=suspect, code="section45_full_record").rests_on != before
    assert in_step(suspect)


def test_a_mistake_is_put_right_by_another_row_and_stays_to_be_read(client, coordinator, person):
    referral = referred(coordinator, person)
    wrong = decided(coordinator, referral, "rg_negative", date(2026, 3, 9))
    signed_in(client, coordinator)
    page(client, referral, kind="rg_positive", decided_on="9 March 2026", replaces=str(wrong.id), version=1)
    right = Decision.objects.get(number=2)
    assert right.replaces_id == wrong.id
    assert {state for state, _ in owed(person, "consider_reconsideration").values()} == {"not_owed"}
    assert owed(person, "recovery_period_minimum") == {"rg_positive 2026-03-09": ("open", date(2026, 4, 7))}
    html = unescape(page(client, referral).content.decode())
    assert "Corrected since" in html
    assert "Reasonable grounds: negative" in html
    assert in_step(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(referral=referral, number=3, replaces=wrong)


def test_withdrawn_the_watch_ends_and_a_referral_is_owed_again_where_the_facts_call_for_one(coordinator, person):
    record_consent(by=coordinator, at=MET, person=person, answer={"nrm": True, "spoke_alone": True, "interpreter": "not_needed"})
    referral = referred(coordinator, person)
    assert owed(person, "refer_nrm")[""][0] == "closed"
    decided(coordinator, referral, "withdrawn", date(2026, 3, 9))
    assert owed(person, "watch_reasonable_grounds_decision")[""][0] == "not_owed"
    assert owed(person, "refer_nrm")[""][0] == "open"
    assert in_step(person)
    referred(coordinator, person, at=NOW - timedelta(hours=1), reference="NRM-2")
    assert owed(person, "refer_nrm")[""][0] == "closed"
    assert owed(person, "watch_reasonable_grounds_decision")[""] == ("open", date(2026, 3, 27))
    assert in_step(person)


def test_the_same_again_is_the_same_row(coordinator, person):
    referral = referred(coordinator, person)
    first = decided(coordinator, referral, "rg_positive", date(2026, 3, 9))
    assert decided(coordinator, referral, "rg_positive", date(2026, 3, 9)) == first
    assert decided(coordinator, referral, "rg_positive", date(2026, 3, 10)) != first


def test_one_filed_meanwhile_is_shown_and_nothing_is_lost(client, coordinator, person):
    referral = referred(coordinator, person)
    decided(a_member("coordinator", name="Mr Idle"), referral, "rg_positive", date(2026, 3, 9))
    unread = page(signed_in(client, coordinator), referral, kind="rg_negative", decided_on="March", version=0)
    assert 'name="version" value="0"' in unread.content.decode(), "it is still told of the other one"
    answer = page(client, referral, kind="rg_negative", decided_on="10 March 2026", version=0)
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Mr Idle filed one" in html
    assert "Reasonable grounds: positive" in html
    assert 'value="10 March 2026"' in html
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"decided_on": "9 March 2026"}, "Choose the outcome"),
        ({"kind": "rg_positive", "decided_on": "March 2026"}, "“March 2026” has no day"),
        ({"kind": "rg_positive", "decided_on": "2026"}, "“2026” has no day"),
        ({"kind": "rg_positive", "decided_on": "0225"}, "“0225” is not a day"),
        ({"kind": "rg_positive", "decided_on": "9 April 2026"}, "“9 April 2026” has not come yet"),
        ({"kind": "rg_positive", "decided_on": "9/3/26", "notice_on": "8/3/26"}, "cannot be of a day before"),
        ({"kind": "disqualified", "decided_on": "29 January 2023"}, "Disqualification did not exist before 30 January 2023"),
        ({"kind": "info_asked", "decided_on": "9 March 2026", "answer_by": "8 March 2026"}, "cannot be wanted before"),
        ({"kind": "info_asked", "answer_by": "soon"}, "is not a day"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(client, coordinator, person, typed, words):
    referral = referred(coordinator, person)
    answer = page(signed_in(client, coordinator), referral, **typed)
    assert answer.status_code == 422
    assert words in unescape(answer.content.decode())
    assert not Decision.objects.exists()


def test_a_day_left_blank_is_today(client, coordinator, person):
    referral = referred(coordinator, person)
    page(signed_in(client, coordinator), referral, kind="rg_positive")
    assert Decision.objects.get().decided_on == date(2026, 3, 20)


def test_whoever_sees_the_case_files_it_and_to_others_it_is_not_there(client, person, coordinator):
    officer = a_member("frontline")
    own = a_person(officer, a_case(officer))
    referral = referred(officer, own)
    give_case(by=officer, at=NOW, case=own.case, to=(given := a_member("investigator")).user)
    for member, status in (
        (officer, 200),
        (given, 200),
        (coordinator, 200),
        (a_member("frontline"), 404),
        (a_member("supervisor"), 404),
        (a_member("crime_allocation"), 404),
        (a_member("administrator"), 404),
    ):
        assert page(signed_in(client, member), referral).status_code == status, member.roles
        assert page(client, referral, kind="suspended").status_code == (302 if status == 200 else 404)
    assert client.get("/referrals/00000000-0000-7000-8000-000000000000/decision").status_code == 404


def test_a_sealed_case_is_its_named_owners_own(client, coordinator, person):
    referral = referred(coordinator, person)
    owners = [coordinator, a_member("coordinator")]
    seal_case(by=coordinator, at=NOW, case=person.case, owners=[one.user for one in owners], reason="Threat")
    assert page(signed_in(client, a_member("coordinator")), referral).status_code == 404
    assert page(signed_in(client, owners[1]), referral).status_code == 200


def test_a_notification_gets_no_decision(client, coordinator, person):
    referral = referred(coordinator, person, route="dtn", reference="DTN-1")
    assert page(signed_in(client, coordinator), referral).status_code == 404


def test_it_asks_the_database_for_no_more_than_it_needs(client, coordinator, person):
    referral = referred(coordinator, person)
    for number in range(3):
        decided(coordinator, referral, "suspended", date(2026, 3, 9 + number))
    signed_in(client, coordinator)
    page(client, referral)
    with at_most(15):
        page(client, referral)
    with at_most(40):
        answer = page(client, referral, kind="rg_negative", decided_on="9 March 2026", version=3)
    assert answer.status_code == 302
