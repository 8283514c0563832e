"""What closes each obligation: its page, a record, or an officer's word, which is marked and counted apart."""

import pytest
from django.utils import timezone

from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import NeedsRecord, OnlyOnItsPage, answer_duty
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.ledger.presenters import OF_CASE, OF_OFFENCE, OF_PERSON
from lodestar.casework.safety.presenters.lines import WORDINGS
from lodestar.oversight.measures.access import scope_for
from lodestar.oversight.measures.queries.open_items import figure_context
from lodestar.oversight.measures.rules.failings import UNSAFE
from lodestar.platform.accounts.models import Unit
from lodestar.platform.obligations.closing_records import KINDS, OFFICERS_WORD, ON_ITS_PAGE, closings, kinds_of
from lodestar.platform.obligations.obligations import obligation_rows
from tests.factories.accounts import a_member
from tests.factories.cases import MET, ObligationFactory, a_case, a_person, a_record, typed_record
from tests.factories.figures import MARCH
from tests.factories.signed_in import form, html_of, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")
# Answered on the page of another of the same referral, decision or person (`where_answered` leads to the thing itself).
BY_ANOTHER_PAGE = {
    "answer_further_information", "immigration_disclosure_needs_approval", "watch_reconsideration_reply", "establish_age",
}  # fmt: skip


def test_every_code_names_what_closes_it_and_what_its_page_closes_has_an_address():
    rows = closings()
    assert set(rows) == set(obligation_rows())
    assert {closing.record for closing in rows.values()} <= {*KINDS, *ON_ITS_PAGE, OFFICERS_WORD}
    bad = [code for code, closing in rows.items() if closing.kind and not set(closing.needs) <= set(closing.kind.fields)]
    bad += [code for code, closing in rows.items() if (closing.kind is not None) != (1 <= len(closing.needs) <= 2)]
    pages = {*OF_PERSON, *OF_CASE, *OF_OFFENCE, *(code for code, line in WORDINGS.items() if line.page)} | BY_ANOTHER_PAGE
    assert not bad
    assert {code for code, closing in rows.items() if closing.record in ON_ITS_PAGE} == pages


def test_the_action_refuses_what_a_page_closes_and_what_lacks_its_record():
    sergeant = a_member("supervisor")
    case = a_case(sergeant)
    page, record = (ObligationFactory(case=case, unit=case.unit, code=code) for code in ("refer_nrm", "golden_hour_evidence"))
    told = {"by": sergeant, "at": MET, "case": case, "because": "Seen."}
    for kind in ("done", "not_needed"):
        with pytest.raises(OnlyOnItsPage, match="refer_nrm"):
            answer_duty(obligations=[record, page], kind=kind, **told)
    for wrong in (None, a_record("tell_coroner")):
        with pytest.raises(NeedsRecord, match="golden_hour_evidence"):
            answer_duty(obligations=[record], kind="done", record=wrong, **told)
    assert not ObligationAnswer.objects.exists(), "nothing is recorded, of the others neither"
    answer_duty(obligations=[record, page], kind="not_possible", **told)
    looked = ObligationFactory(case=case, unit=case.unit, code="inspector_looks_at_happened_without")
    assert kinds_of(looked.code) == ("done", "not_possible"), "nobody waves it away"


@pytest.mark.parametrize(
    ("code", "role", "page"),
    [("allocate_pip2_owner", "crime_allocation", "allocate"), ("supervise_investigation", "supervisor", "review")],
)
def test_its_line_leads_to_its_page_and_the_other_page_takes_no_tap(client, code, role, page):
    member = a_member(role)
    case = a_case(a_member("frontline", unit=Unit.objects.get(id=member.unit)))
    row = ObligationFactory(case=case, unit=case.unit, code=code, owed_by=role, with_role=role, due_at=timezone.now())
    signed_in(client, member)
    assert f"/cases/{case.reference}/{page}" in client.get("/my-work").content.decode()
    shown = client.get(f"/owed/{row.id}").content.decode()
    assert f'href="/cases/{case.reference}/{page}"' in shown
    assert 'value="done"' not in shown
    for kind in ("done", "not_needed"):
        assert client.post(f"/owed/{row.id}", form(kind=kind, because="Seen.")).status_code == 422
    assert not ObligationAnswer.objects.exists()


def test_a_tap_is_an_officers_word_counted_apart_until_one_record_for_several_is_added(client):
    officer = a_member("frontline")
    case = a_case(officer)
    people = [a_person(officer, case, name=name) for name in ("Kieran", "Jaz")]
    signed_in(client, officer).post(f"/cases/{case.reference}/do-now", form(make_safe_done="1,2"))
    rows = Obligation.objects.filter(case=case, code="make_safe").order_by("person__number")
    assert {(row.state, row.closed_with) for row in rows} == {("closed", "word")}
    scope = scope_for(a_member("coordinator"))
    assert figure_context(scope, MARCH, timezone.now()).closings[UNSAFE] == {"word": 2}
    page = f"/owed/{rows[0].id}"
    for shown in (page, f"/cases/{case.reference}", f"/cases/{case.reference}/owed"):
        assert "data-officers-word" in html_of(client, shown)
    assert f'href="{page}"' in html_of(client, f"/cases/{case.reference}/do-now")
    assert client.post(page, form(kind="done", also=str(rows[1].id))).status_code == 422, "it needs its field"
    tapped = ObligationAnswer.objects.first().happened_at
    typed = typed_record("make_safe", "PC Ferreira")
    assert client.post(page, form(kind="done", also=str(rows[1].id), **typed)).status_code == 302
    assert {row.closed_with for row in rows.all()} == {"record"}
    assert {row.happened_at for row in ObligationAnswer.objects.exclude(record="")} == {tapped}
    assert figure_context(scope, MARCH, timezone.now()).closings[UNSAFE] == {"record": 2}
    assert ledger.differences([case]) == []
    assert "PC Ferreira" in html_of(client, page)
    assert "Given: PC Ferreira" in html_of(client, f"/people/{people[0].id}/happened")
