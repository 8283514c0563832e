"""Needs: what an assessment closes, the list of unmet needs, the first five days, and who sees any of it."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.disclosures.models import PurposeChange
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import OnlyOnItsPage, answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.obligations import answered
from lodestar.casework.needs.actions import move_need, record_assessment
from lodestar.casework.needs.models import BridgeEntry, Need, NeedsAssessment, SupportUse
from lodestar.casework.needs.rules import CODE, PARTS, gaps, kind_of, words
from lodestar.platform.audit.models import Event
from lodestar.platform.notices.models import Notice
from lodestar.platform.obligations.facts import NEEDS
from lodestar.platform.reference.queries import need_domains
from tests.factories.accounts import a_member
from tests.factories.cases import MET, CaseMemberFactory, ObligationFactory, a_case, a_person
from tests.factories.signed_in import form, html_of, sent, signed_in
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
VERSION, HIGH = "2021-05-26", {"legal_level": "high", "legal_wish": "wants", "legal_words": "A lawyer who is a woman"}


@pytest.fixture
def here(fenmarch):
    officer, advisor = a_member("frontline"), a_member("advisor")
    case = a_case(officer)
    return advisor, case, a_person(officer, case, name="Ardit", needs=["safe_place", "interpreter"])


def given(case, role, **facts):
    member = a_member(role, **facts)
    CaseMemberFactory(case=case, user_id=member.user)
    return member


def owed(person):
    return Obligation.objects.get(person=person, code="needs_assessment")


@each("answers", [HIGH, None], ids=["ours", "another's"])
def test_an_assessment_is_the_record_that_closes_it_within_72_hours(here, answers):
    advisor, case, person = here
    row = owed(person)
    assert (row.due_at - case.encountered_at, row.state) == (timedelta(hours=72), "open")
    with pytest.raises(OnlyOnItsPage):
        answer_duty(by=advisor, at=MET, case=case, obligations=[row], kind="done", because="Seen")
    with pytest.raises(ValueError, match="neither"):
        record_assessment(by=advisor, at=MET, person=person)
    provider = "" if answers else "The national contract"
    at = MET + timedelta(hours=72)
    record_assessment(by=advisor, at=at, person=person, version=VERSION, answers=answers, provider=provider)
    row.refresh_from_db()
    assert (row.state, row.closed_with) == ("closed", "record")
    assert ledger.differences([case]) == []
    assert Need.objects.count() == (1 if answers else 0)


def test_what_a_new_stage_owes_is_closed_by_the_next_assessment_alone(here):
    advisor, case, person = here
    owed_by_stage = {"case": case, "person": person, "unit": case.unit, "code": CODE, "moment": "pending 2026-03-09"}
    ObligationFactory(**owed_by_stage, opens_at=MET + timedelta(days=6))
    with ledger.acting_on(case.id, by=advisor.user, at=MET, code="cases.changed"):  # no rule of ours owes it: reckoned after all
        for days, closes in ((5, []), (7, ["pending 2026-03-09"])):
            row = record_assessment(by=advisor, at=MET + timedelta(days=days), person=person, provider="The national contract")
            assert row.closes == closes
    proved = {(one.moment, one.reference) for one in answered([case.id])[0][case.id] if one.code == CODE}
    assert proved == {("", str(NeedsAssessment.objects.earliest("assessed_at").id)), ("pending 2026-03-09", str(row.id))}


def test_a_need_that_is_met_since_is_asked_about_again(client, here):
    advisor, _, person = here
    record_assessment(by=advisor, at=MET, person=person, version=VERSION, answers=HIGH)
    path = f"/people/{person.id}/needs/assess"
    assert 'value="high" selected' in html_of(signed_in(client, advisor), path)
    need = Need.objects.get()
    move_need(by=advisor, at=MET, row=need, to="met", seen=need.version)
    html = html_of(client, path)
    assert "met since" in html
    assert 'value="high" selected' not in html


def test_the_page_begins_with_what_is_known_and_is_light(client, here):
    advisor, _, person = here
    page, path = f"/people/{person.id}/needs", f"/people/{person.id}/needs/assess"
    html = html_of(signed_in(client, advisor), path)
    assert html.count("they needed") == len(person.needs)
    assert client.post(path, form()).status_code == 422, "nothing to record"
    assert client.post(path, form(provider="The national contract")).status_code == 422, "when?"
    full = {f"{domain}_words": "w" * 160 for domain in need_domains()} | {f"{d}_level": "urgent" for d in need_domains()}
    full |= {f"{domain}_provider": "p" * 30 for domain in need_domains()}
    assert client.post(path, form(**full)).status_code == 302
    with CaptureQueriesContext(connection) as asked:
        assert client.post(path, form(**full)).status_code == 302
    assert sum("SAVEPOINT" not in query["sql"] for query in asked) <= 40
    html = html_of(client, path)
    assert html.count("From the assessment of ") == len(need_domains())
    assert html_of(client, page).count("data-need=") == len(need_domains())
    assert client.post(path, form(legal_level="none", money_level="low", at="now")).status_code == 302
    assert html_of(client, page).count("w" * 160) == len(need_domains()) - 2, "said before, not asked again: kept"
    assert not Need.objects.filter(domain="legal", met_at__isnull=True).exists()
    assert Need.objects.get(domain="money").level == "low"
    assert Need.objects.get(domain="money").provider, "who offered before is kept"
    money, legal = Need.objects.get(domain="money"), Need.objects.get(domain="legal")
    assert [(one.after, one.mover_id) for one in legal.moves.all()] == [("met", advisor.user)]
    assert client.post(f"/unmet-needs/{money.id}", form(to="unmet", version=3)).status_code == 422, "why?"
    assert client.post(f"/unmet-needs/{money.id}", form(to="unmet", reason="full", version=3)).status_code == 302
    assert client.post(f"/unmet-needs/{money.id}", form(to="met", version=3)).status_code == 422, "changed meanwhile"
    money.refresh_from_db()
    assert (money.state, money.unmet_reason, money.met_at) == ("unmet", "full", None)
    assert [row.kind for row in NeedsAssessment.objects.order_by("recorded_at")] == ["full", "review", "review"]


def test_support_is_opened_for_another_purpose_to_one_member_for_a_day(client, here):
    advisor, case, person = here
    record_assessment(by=advisor, at=MET, person=person, version=VERSION, answers=HIGH)
    detective, other, officer = given(case, "investigator"), given(case, "investigator"), given(case, "frontline")
    pages = [f"/people/{person.id}/needs", f"/people/{person.id}/bridge"]

    def statuses(member):
        signed_in(client, member)
        return [client.get(path).status_code for path in pages]

    path = f"/people/{person.id}/support-use"
    for member in (detective, other, officer):
        assert statuses(member) == [404, 404]
    assert sent(officer, path, used_for="court", agreed="on", reason="x").status_code == 404
    assert sent(detective, path, used_for="court", reason="x").status_code == 422, "by what power?"
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        power = "An order of the court"
        assert sent(detective, path, used_for="court", power=power, reason="It is ordered").status_code == 302
        assert statuses(detective) == [200, 200]
        assert [statuses(member) for member in (other, officer)] == [[404, 404]] * 2
        need = Need.objects.get()
        assert client.get(f"/unmet-needs/{need.id}").status_code == 404, "frontline"
        assert sent(detective, pages[1], **{"d0-meals": "Vouchers"}).status_code == 404, "seen, not written"
        assert sent(detective, f"/unmet-needs/{need.id}", to="met", version=1).status_code == 404
        use, change = SupportUse.objects.get(), PurposeChange.objects.get()
        assert (change.recorded_for, change.used_for, change.power) == ("support", "prosecution", power)
        assert Event.objects.filter(code="support.viewed_for_use", subject=str(use.id), by=detective.user).count() == 2
        assert set(Notice.objects.filter(kind="support_used").values_list("to", flat=True)) == {
            advisor.user, case.interim_owner_id,
        }  # fmt: skip
        assert f'data-use="{use.id}"' in html_of(signed_in(client, advisor), pages[0])
    with time_machine.travel(now + timedelta(hours=24, seconds=1), tick=False):
        assert statuses(detective) == [404, 404]
        assert sent(detective, path, used_for="safeguarding", agreed="on", reason="Risk").status_code == 302
        assert PurposeChange.objects.count() == 1, "keeping somebody from harm is within the purpose"
        owners = [advisor.user, officer.user]
        seal_case(by=a_member("coordinator"), at=timezone.now(), case=case, reason="A relative", owners=owners)
        assert statuses(detective) == [404, 404]
        assert statuses(advisor) == [200, 200]


def test_the_first_days_show_what_is_not_arranged(client, here):
    advisor, _, person = here
    path = f"/people/{person.id}/bridge"
    signed_in(client, advisor)
    assert f'data-gaps="{5 * len(PARTS)}"' in html_of(client, path)
    assert client.post(path, form(**{"d0-meals": "Vouchers", "d2-sleep": "refuge"})).status_code == 302
    assert f'data-gaps="{5 * len(PARTS) - 6}"' in html_of(client, path)
    assert client.post(path, form(**{"d0-meals": "Vouchers", "d2-sleep": ""})).status_code == 302
    assert BridgeEntry.objects.count() == 3, "only what changed; nothing is overwritten"
    assert f'data-gaps="{5 * len(PARTS) - 5}"' in html_of(client, path)
    assert client.post(path, form(**{"d1-sleep": "12 Mill Lane"})).status_code == 422, "a kind of place, never an address"
    assert "data-child" not in html_of(client, path)
    child = a_person(advisor, person.case, age_min=14, age_max=15)
    assert "data-child" in html_of(client, f"/people/{child.id}/bridge")


def test_unmet_needs_are_listed_narrowed_and_saved_without_names(client, here):
    advisor, case, person = here
    answers = HIGH | {"money_level": "low"}
    record_assessment(by=advisor, at=timezone.now() - timedelta(days=9), person=person, version=VERSION, answers=answers)
    legal = Need.objects.get(domain="legal")
    move_need(by=advisor, at=timezone.now(), row=legal, to="unmet", seen=1, reason="no_recourse")
    signed_in(client, a_member("coordinator"))
    for query, found in (
        ("", 2), ("domain=money", 1), ("reason=no_recourse", 1), ("reason=full", 0),
        (f"district={case.unit.name}", 2), ("stage=x", 2)
    ):  # fmt: skip
        assert html_of(client, f"/unmet-needs?{query}").count('href="/unmet-needs/') == found, query
    text = client.get("/unmet-needs?reason=no_recourse&as=csv").content.decode("utf-8-sig")
    assert [row["Days waiting"] for row in csv.DictReader(io.StringIO(text))] == ["9"]
    assert case.reference in text
    assert "Ardit" not in text
    assert Event.objects.filter(code="support.unmet_needs_exported").exists()
    move_need(by=advisor, at=timezone.now(), row=legal, to="met", seen=2)
    assert html_of(client, "/unmet-needs").count('href="/unmet-needs/') == 1
    signed_in(client, a_member("navigator"))
    assert 'href="/unmet-needs/' not in html_of(client, "/unmet-needs"), "only of people they were given"


def test_the_rules_of_needs():
    assert [kind_of(*pair) for pair in ((True, []), (False, []), (False, ["pending 2026-03-09"]))] == ["full", "review", "full"]
    assert set(words("night")) == set(NEEDS)
    assert set(words("night", "domain").values()) <= set(need_domains())
    assert gaps(dict.fromkeys(((0, part) for part in PARTS), "so")) == []
    assert gaps({(0, part): "so" for part in PARTS if part != "ring"} | {(4, "ring"): "Anna"}) == [
        (day, "ring") for day in (1, 2, 3, 5)
    ]  # fmt: skip
