"""That nothing was disclosed to immigration of the people of a case, which failing 3 reads."""

from lodestar.casework.disclosures.models import NothingDisclosed
from lodestar.oversight.measures.rules.facts import CANNOT_TELL, DID_NOT, HAPPENED
from tests.apps.casework.cases.test_immigration import ASKED, an_inspector
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.figures import verdict
from tests.factories.signed_in import form, signed_in

WAYS = ["told", "joint_visit", "status_check", "custody", "file", "other"]


def test_that_nothing_was_disclosed_is_recorded_after_every_way_was_checked(fenmarch, client):
    officer, inspector = a_member("frontline"), an_inspector()
    case = a_case(officer)
    a_person(officer, case, name="Petra", british=False)
    path, signed = f"/cases/{case.reference}/immigration", signed_in(client, officer)
    assert verdict(inspector, case, 3) == CANNOT_TELL
    nothing = {"checked": WAYS, "note": "Asked custody and the team"}
    assert signed.post(path, form(**nothing | {"checked": WAYS[:-1]})).status_code == 422
    assert signed.post(path, form(**nothing)).status_code == 302
    assert NothingDisclosed.objects.get().case_id == case.id
    assert verdict(inspector, case, 3) == DID_NOT
    other = a_case(officer)
    person = a_person(officer, other, british=False)
    signed.post(f"/people/{person.id}/immigration", form(**ASKED, happened="on", when="now"))
    assert verdict(inspector, other, 3) == HAPPENED
    assert signed.post(f"/cases/{other.reference}/immigration", form(**nothing)).status_code == 422
