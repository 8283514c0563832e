"""What only a page of its own closes is closed by no tap; what was only to be looked at closes with words alone."""

import pytest
from django.utils import timezone

from lodestar.casework.ledger.actions import NeedsWords, OnlyOnItsPage, answer_duty
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.ledger.presenters import OF_CASE, OF_OFFENCE, OF_PERSON
from lodestar.platform.accounts.models import Unit
from lodestar.platform.obligations.closing_rules import ONLY_DONE_WITH_WORDS, ONLY_ON_ITS_PAGE
from lodestar.platform.obligations.obligations import obligation_rows
from tests.factories.accounts import a_member
from tests.factories.cases import MET, ObligationFactory, a_case
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
# A page answers these too, and a tap may: an address agreed elsewhere, crimes that turn out to be one.
ALSO_BY_A_TAP = {"agree_safe_contact", "record_each_crime_apart", "seek_adult_consent"}


def test_every_code_is_one_of_the_list_and_whatever_has_a_page_is_closed_by_it_alone():
    assert set(obligation_rows()) >= ONLY_ON_ITS_PAGE | ONLY_DONE_WITH_WORDS
    assert {*OF_PERSON, *OF_CASE, *OF_OFFENCE} - ONLY_ON_ITS_PAGE == ALSO_BY_A_TAP


@each("code", sorted(ONLY_ON_ITS_PAGE))
def test_the_action_refuses_it(code):
    sergeant = a_member("supervisor")
    case = a_case(sergeant)
    rows = [ObligationFactory(case=case, unit=case.unit, code="golden_hour_evidence"),
            ObligationFactory(case=case, unit=case.unit, code=code)]  # fmt: skip
    for kind in ("done", "not_needed"):
        with pytest.raises(OnlyOnItsPage, match=code):
            answer_duty(by=sergeant, at=MET, case=case, obligations=rows, kind=kind, because="Seen.")
    assert not ObligationAnswer.objects.exists(), "nothing is recorded, of the others neither"
    answer_duty(by=sergeant, at=MET, case=case, obligations=rows, kind="not_possible", because="Nobody PIP2.")


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


def test_what_an_inspector_looks_at_is_not_done_without_words():
    inspector = a_member("detective_inspector")
    case = a_case(a_member("frontline"))
    row = ObligationFactory(case=case, unit=case.unit, code="inspector_looks_at_happened_without")
    with pytest.raises(OnlyOnItsPage):
        answer_duty(by=inspector, at=MET, case=case, obligations=[row], kind="not_needed", because="No.")
    with pytest.raises(NeedsWords):
        answer_duty(by=inspector, at=MET, case=case, obligations=[row], kind="done", because=" ")
    assert not Obligation.objects.filter(id=row.id, state="closed").exists()
    answer_duty(by=inspector, at=MET, case=case, obligations=[row], kind="done", because="Given to DC Wren.")
