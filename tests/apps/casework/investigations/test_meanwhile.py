"""The pages of investigations where somebody else seals the case, gives it away or uses a crime number meanwhile."""

from datetime import UTC, datetime

import pytest
import time_machine

from lodestar.casework.allocation import actions as allocations
from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Case
from lodestar.casework.investigations import actions, views
from lodestar.casework.investigations.models import Crime
from lodestar.platform.accounts.models import Draft
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.investigations import a_detective
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")
NOW = datetime(2026, 3, 3, 2, 57, tzinfo=UTC)


@pytest.fixture(autouse=True)
def night():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer():
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def case(officer):
    return a_case(officer)


@pytest.fixture
def person(officer, case):
    return a_person(officer, case, name="Petra Kovaľová")


def words(response):
    return response.content.decode()


def test_it_is_asked_about_sharing_also_of_a_number_that_another_had_a_moment_before(client, monkeypatch, officer, case, person):
    other, real = a_person(officer, case, name="Jaz"), views.record_crime

    def a_moment_later(**told):
        actions.record_crime(by=officer, at=MET, person=other, kind="recorded", number="37/1")
        real(**told)

    monkeypatch.setattr(views, "record_crime", a_moment_later)
    asked = signed_in(client, officer).post(f"/people/{person.id}/crime", form(number="37/1"))
    assert asked.status_code == 422
    assert "Jaz has this number too. Each victim has a separate crime" in words(asked)
    assert not Crime.objects.filter(person=person).exists()


def sealed_to(case, *owners):
    by = a_member("coordinator")
    seal_case(by=by, at=NOW, case=Case.objects.get(id=case.id), reason="A relative.", owners=[by.user, *owners])


def test_of_a_sealed_case_its_named_owners_alone_are_offered_and_taken(client, case, person):
    allocation, named, stranger = a_member("crime_allocation"), a_detective(name="DC Marchetti"), a_detective(name="DC Idle")
    sealed_to(case, allocation.user, named.user)
    web, path = signed_in(client, allocation), f"/cases/{case.reference}/allocate"
    page = words(web.get(path))
    assert "DC Marchetti" in page
    assert "DC Idle" not in page
    refused = web.post(path, form(version="0", owner=str(stranger.user), reason="She knows them."))
    assert refused.status_code == 422
    assert "is sealed: only its named owners can have it or supervise it" in words(refused)
    assert "She knows them." in words(refused)
    assert web.post(path, form(version="0", owner=str(named.user))).status_code == 302


def test_whoever_is_not_named_when_it_is_sealed_meanwhile_finds_nothing_there(client, monkeypatch, case, person):
    detective, real = a_detective(), allocations.allocate

    def a_moment_later(**told):
        sealed_to(case, a_member("supervisor").user)
        return real(**told)

    monkeypatch.setattr(allocations, "allocate", a_moment_later)
    web = signed_in(client, a_member("crime_allocation"))
    late = web.post(f"/cases/{case.reference}/allocate", form(version="0", owner=str(detective.user)))
    assert late.status_code == 404
    assert "sealed" not in words(late)


@pytest.mark.parametrize("how", ["hidden", "refused"])
def test_whoever_comes_back_to_a_form_is_told_of_whom_a_colleague_gave_the_case_to(client, case, person, how):
    detective, path = a_detective(), f"/cases/{case.reference}/allocate"
    by = a_member("crime_allocation")
    web = signed_in(client, by)
    typed = {"version": "0", "owner": str(detective.user), "reason": "She knows them."}
    if how == "hidden":
        web.post("/hide", form(form_path=path, **typed))
    first = a_detective(name="DC First")
    allocations.allocate(by=a_member("crime_allocation"), at=NOW, case=case, owner=first.user, seen=0)
    if how == "hidden":
        back = signed_in(client, by).get(f"{path}?draft={Draft.objects.get().key}")
    else:
        back = web.post(path, form(**typed | {"owner": ""}))
    seen = {"version": version_in(back), "owner": str(detective.user)}
    late = web.post(path, form(**seen))
    assert late.status_code == 422
    assert "DC First was given this case" in words(late)
    assert web.post(path, form(**seen | {"version": version_in(late)})).status_code == 302


def version_in(page):
    return words(page).split('name="version" value="')[1].split('"')[0]
