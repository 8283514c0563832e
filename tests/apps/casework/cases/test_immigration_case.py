"""Immigration disclosures of several people of a case, each counted; and that nothing was disclosed, which failing 3 reads."""

from lodestar.casework.disclosures.models import ImmigrationDisclosure, NothingDisclosed
from lodestar.oversight.measures.rules.facts import CANNOT_TELL, DID_NOT, HAPPENED
from tests.apps.casework.cases.test_immigration import ASKED, an_inspector
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.figures import verdict
from tests.factories.signed_in import form, signed_in

WAYS = ["told", "joint_visit", "status_check", "custody", "file", "other"]


def test_one_decision_about_several_people_counts_each_of_them(fenmarch, client):
    officer, inspector = a_member("frontline"), an_inspector()
    case = a_case(officer)
    people = [a_person(officer, case, name=name, british=False) for name in ("Petra", "Mina", "Olga")]
    path = f"/cases/{case.reference}/immigration"
    chosen = [str(person.id) for person in people[:2]]
    visit = ASKED | {"way": "joint_visit", "people": chosen, "send_propose": "1"}
    assert signed_in(client, officer).post(path, form(**visit)).status_code == 302
    rows = list(ImmigrationDisclosure.objects.filter(person__in=people))
    assert {str(row.person_id) for row in rows} == set(chosen)
    decision = {"send_decide": "1", "rows": [str(row.id) for row in rows], "approved": "yes", "because": "Needed to find him"}
    assert signed_in(client, officer).post(path, form(**decision)).status_code == 422
    assert signed_in(client, inspector).post(path, form(**decision)).status_code == 302
    assert all(row.approved for row in ImmigrationDisclosure.objects.all())
    happened = visit | {"people": [str(people[2].id)], "happened": "on", "when": "now"}
    assert signed_in(client, officer).post(path, form(**happened)).status_code == 302
    assert verdict(inspector, case, 3) == HAPPENED


def test_that_nothing_was_disclosed_is_recorded_after_every_way_was_checked(fenmarch, client):
    officer, inspector = a_member("frontline"), an_inspector()
    case = a_case(officer)
    a_person(officer, case, name="Petra", british=False)
    path, signed = f"/cases/{case.reference}/immigration", signed_in(client, officer)
    assert verdict(inspector, case, 3) == CANNOT_TELL
    nothing = {"send_nothing": "1", "checked": WAYS, "note": "Asked custody and the team"}
    assert signed.post(path, form(**nothing | {"checked": WAYS[:-1]})).status_code == 422
    assert signed.post(path, form(**nothing)).status_code == 302
    assert NothingDisclosed.objects.get().case_id == case.id
    assert verdict(inspector, case, 3) == DID_NOT
    other = a_case(officer)
    person = a_person(officer, other, british=False)
    told = ASKED | {"send_propose": "1", "people": [str(person.id)], "happened": "on", "when": "now"}
    signed.post(f"/cases/{other.reference}/immigration", form(**told))
    assert signed.post(f"/cases/{other.reference}/immigration", form(**nothing)).status_code == 422
