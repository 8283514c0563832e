"""The safe contact as data: agreed, confirmed, obeyed; without it no contact, or happened without."""

from datetime import date

import pytest
from django.utils import timezone

from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import NoContactRule, answer_duty
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.casework.safe_addresses.models import ContactRule, ContactWithout
from lodestar.casework.safe_addresses.queries import contact_gate
from lodestar.casework.safe_addresses.rules import limits_words
from lodestar.platform.obligations.closing_records import closings
from tests.factories.accounts import a_member
from tests.factories.cases import MET, ObligationFactory, a_case, a_person, a_record, contact_rule, typed_record
from tests.factories.signed_in import form, html_of, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")


def a_scene():
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer)
    return officer, case, a_person(officer, case, name="Petra")


def owed(case, person, code):
    """What is owed, also where no fact owes it: any recalculation then takes it back."""
    row = Obligation.objects.filter(case=case, person=person, code=code).first()
    return row or ObligationFactory(case=case, unit=case.unit, person=person, code=code, holder_id=case.interim_owner_id)


def test_the_rule_is_agreed_on_its_page_closes_what_was_owed_and_keeps_its_history(client):
    officer, case, person = a_scene()
    page = f"/people/{person.id}/contact"
    signed_in(client, officer)
    assert 'data-contact="none"' in html_of(client, f"/people/{person.id}")
    assert client.post(page, form(channel="text")).status_code == 422, "what to use is needed"
    sent = form(channel="ring", to_use="07700 900555", times="10:00 to 11:30", voicemail="no", agreed_on="1 March 2026")
    assert client.post(page, sent).status_code == 302
    row = Obligation.objects.get(person=person, code="agree_safe_contact")
    assert (row.state, row.closed_with) == ("closed", "record")
    shown = html_of(client, f"/people/{person.id}")
    assert 'data-contact="open"' in shown
    assert "Ring. 10:00 to 11:30. No voicemail" in shown
    assert "900555" not in shown + html_of(client, page)
    assert client.post(page, form(keep="1")).status_code == 302
    first, second = ContactRule.objects.order_by("recorded_at")
    assert (second.to_use, second.agreed_on) == (first.to_use, date(2026, 3, 1))
    assert second.confirmed_on > first.confirmed_on
    client.post(f"/people/{person.id}/address", form(reason="I ring her now."))
    assert "07700 900555" in html_of(client, f"/people/{person.id}/address/shown")
    assert ledger.differences([case]) == []


def test_every_contact_is_refused_without_a_rule_and_what_was_done_all_the_same_is_looked_at():
    officer, case, person = a_scene()
    told = {"by": officer, "at": MET, "case": case, "kind": "done"}
    for code in (code for code, closing in closings().items() if closing.contacts):
        with pytest.raises(NoContactRule):
            answer_duty(obligations=[owed(case, person, code)], record=a_record(code), **told)
    assert not ObligationAnswer.objects.exists()
    row = Obligation.objects.get(person=person, code="tell_decision_safely")
    answer_duty(obligations=[row], record=a_record(row.code), without="She rang the desk", **told)
    assert ContactWithout.objects.get(person=person).why == "She rang the desk"
    looks = Obligation.objects.filter(person=person, moment__startswith="contact ").values_list("code", flat=True)
    assert set(looks) == {"inspector_looks_at_happened_without", "coordinator_looks_at_happened_without"}


def test_the_page_of_a_contact_shows_the_rule_and_asks_why_without_one(client):
    officer, case, person = a_scene()
    agree = {"by": officer, "at": MET, "person": person}
    row = owed(case, person, "turning_18_consent")
    page = f"/owed/{row.id}"
    signed_in(client, officer)
    assert 'data-contact="closed"' in html_of(client, page)
    assert client.post(page, form(kind="done", **typed_record(row.code))).status_code == 422
    agree_contact(rule=contact_rule(times="Sundays"), **agree)
    row = owed(case, person, row.code)
    Obligation.objects.filter(id=row.id).update(state="open", closed_at=None)
    assert "Text only. Sundays" in html_of(client, page)
    assert client.post(page, form(kind="done", **typed_record(row.code))).status_code == 302
    assert not ContactWithout.objects.exists()


def test_no_contact_by_the_rule_or_said_since_closes_the_gate():
    officer, _, person = a_scene()
    assert not contact_gate(person).is_open
    agree_contact(by=officer, at=MET, person=person, rule=contact_rule())
    assert contact_gate(person).is_open
    record_consent(by=officer, at=timezone.now(), person=person, answer={"contact_again": "unwanted", "leaves_referral": True})
    assert not contact_gate(person).is_open
    agree_contact(by=officer, at=MET, person=person, rule=contact_rule(channel="none", to_use=""))
    assert not contact_gate(person).is_open
    assert limits_words("ring", "", None, "Polish") == "Ring. In Polish. Voicemail not asked: leave none"
