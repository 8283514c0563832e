"""The timeline of a case: hundreds of entries within the budget of a page, by kind, and on paper."""

from datetime import timedelta

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import signed_in
from tests.factories.statements import at_most

MOST_BYTES = 30_000


def test_five_hundred_entries_stay_within_the_budget_of_a_page(db, client):
    TenantFactory()
    with within("fenmarch"):
        officer, inspector = a_member("frontline"), a_member("detective_inspector")
        case = a_case(officer)
        person = a_person(officer, case)
        kinds = ("suspect_arrested", "victim_updated")
        CaseEvent.objects.bulk_create(
            CaseEvent(
                case=case, person=person, kind=kinds[nth % 2], happened_at=MET + timedelta(hours=nth), recorded_at=MET,
                recorded_by_id=officer.user,
            )
            for nth in range(500)
        )  # fmt: skip
    client = signed_in(client, inspector)
    path = f"/cases/{case.reference}/timeline"
    with at_most(25):  # each app of the case is asked for its own
        page = client.get(path)
    html = page.content.decode()
    assert len(page.content) <= MOST_BYTES
    assert f"{path}?kind=&amp;from=50" in html
    assert html.index("Victim updated") < html.index("Suspect arrested")  # the latest first
    assert "Suspect arrested" not in client.get(f"{path}?kind=contact").content.decode()
    paper = client.get(f"{path}/docx")
    assert (paper.status_code, paper.content[:2]) == (200, b"PK")
    assert signed_in(client, officer).get(path).status_code == 404
    with at_most(25):
        assert signed_in(client, inspector).get(f"/cases/{case.reference}/investigation").status_code == 200
