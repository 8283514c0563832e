"""One search box: who may see something is answered, who may not is answered exactly as where nothing is."""

import re

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from lodestar.casework.case_files.actions.case import name_operation, seal_case
from lodestar.casework.safe_addresses.actions import record_address
from lodestar.information_governance.access_alerts.actions import raise_alerts
from lodestar.information_governance.access_alerts.models import StandardsAlert
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.web.views import find
from tests.factories.accounts import TenantFactory, UnitFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.investigations import CrimeFactory
from tests.factories.referrals import ReferralFactory, ReferralReferenceFactory
from tests.factories.signed_in import signed_in
from tests.factories.statements import at_most

ONE_TIME = re.compile(r'name="(?:csrfmiddlewaretoken|submission_key)" value="[^"]*"')
RESULT = re.compile(r'data-result="([^"]*)"')


def search(client, words):
    """The page without what is drawn anew each time, and the statements it took."""
    asked = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        page = client.post("/find", {"sought": words})
    asked = [re.sub(r"_x\d+", "", sql) for sql in asked]  # savepoints are numbered
    return ONE_TIME.sub("", page.content.decode()), asked


def answers(client, words):
    return RESULT.findall(search(client, words)[0])


def a_record(by, name, number, seal=()):
    """Somebody with a number of each kind, a telephone and an address; with what each is searched by."""
    case = a_case(by)
    person = a_person(by, case, name=name)
    CrimeFactory(person=person, number=f"37/{number}/26")
    nrm = f"NRM-{number}"
    ReferralReferenceFactory(referral=ReferralFactory(person=person), reference=nrm, found_by=nrm.replace("-", ""))
    where = f"{number[-2:]} Mill Street, Lincoln\n07700 9{number}"
    record_address(by=by, at=MET, person=person, address=where, viewers=[by.user])
    if seal:
        seal_case(by=seal[0], at=MET, case=case, reason="A relative.", owners=[owner.user for owner in seal])
    return case, person


def asked_by(name, number, reference):
    """All that a record of `a_record` is searched by."""
    house = f"{number[-2:]} Mill Street, Lincoln"
    return [name, name.split()[1], reference, f"37/{number}/26", f"nrm {number}", f"07700 9{number}", house]


def test_who_may_see_it_is_answered_by_name_and_number(client, fenmarch):
    officer = a_member("supervisor")
    case, person = a_record(officer, "Łukasz Đorđević", "20123")
    name_operation(by=officer, at=MET, case=case, name="Operation Harbour")
    signed_in(client, officer)
    theirs, of_case = f"/people/{person.id}", f"/cases/{case.reference}"
    for words in ("lukasz dordevic", "Dordevic", "Dordjevic Lukas", "37/20123/26", "nrm 20123", "0044 7700 920123"):
        assert answers(client, words) == [theirs], words
    for words in (case.reference.lower(), "harbour", "Operation Harbour"):
        assert answers(client, words) == [of_case], words
    with at_most(15):
        client.post("/find", {"sought": "Dordevic"})
    assert answers(client, "Łukasz Smith") == []
    assert client.post("/find", {"sought": " "}).status_code == 422
    event = Event.objects.filter(code="cases.searched").order_by("recorded_at").first()
    assert (event.subject, event.people, event.case) == ("name", [person.id], case.id)
    assert not re.search("dordevic|20123|harbour", str(list(Event.objects.filter(code="cases.searched").values())), re.IGNORECASE)


def test_who_may_not_see_it_is_answered_as_where_nothing_is(client, fenmarch):
    """Every class of record is asked for by a member of every reach in every way, before it is there and after."""
    there, second = a_member("supervisor", unit=UnitFactory()), a_member("supervisor", unit=UnitFactory())
    records = {"sealed": ("Bakedi Romuta", "31001"), "unseen": ("Zofeha Wibake", "31003")}
    members = {role: a_member(role) for role in ("frontline", "supervisor", "coordinator")}
    references = dict.fromkeys(records, "FM-26-9999")
    before = {}
    for is_there in (False, True):
        if is_there:
            references["sealed"] = a_record(there, *records["sealed"], seal=(there, second))[0].reference
            references["unseen"] = a_record(there, *records["unseen"])[0].reference
        for role, member in members.items():
            signed_in(client, member)
            for kind, (name, number) in records.items():
                if kind == "unseen" and role == "coordinator":
                    continue  # who reaches the whole force
                for way, words in enumerate(asked_by(name, number, references[kind])):
                    page, statements = search(client, words)
                    answer = (page.replace(references[kind], "REFERENCE"), statements)
                    assert before.setdefault((role, kind, way), answer) == answer, (role, kind, words)
                    assert not RESULT.search(page)


def test_another_forces_record_is_nowhere(client, db):
    TenantFactory()
    TenantFactory(slug="eastern", name="Eastern", reference_prefix="ER")
    with within("fenmarch"):
        here = a_member("coordinator")
        signed_in(client, here)
    words = asked_by("Lisove Napigu", "31002", "ER-26-0001")
    before = [search(client, each) for each in words]
    with within("eastern"):
        case, _ = a_record(a_member("supervisor"), "Lisove Napigu", "31002")
    assert case.reference in ("ER-26-0001", words[2])
    assert [search(client, each) for each in words] == before


def test_a_place_is_searched_by_those_named_for_it_and_by_no_single_case_worker(client, fenmarch):
    owner = a_member("supervisor")
    _, person = a_record(owner, "Kai Moyo", "41001")
    officer = a_member("frontline")
    _, other = a_record(officer, "Dean Frost", "41002")
    for member, telephone, house in (
        (owner, [f"/people/{person.id}"], [f"/people/{person.id}"]),
        (a_member("coordinator"), [], []),
        (officer, [], []),
    ):
        signed_in(client, member)
        assert (answers(client, "07700 941001"), answers(client, "01 Mill St, Lincoln")) == (telephone, house)
    assert (answers(client, "07700 941002"), answers(client, "02 Mill St, Lincoln")) == ([f"/people/{other.id}"], [])
    assert answers(signed_in(client, owner), "all victims") == answers(client, "Romanian") == []


def test_a_search_shows_twenty_and_alerts_are_raised_of_it(client, fenmarch, monkeypatch):
    assert find.MOST == 20
    monkeypatch.setattr(find, "MOST", 2)
    officer = a_member("coordinator", name="DC Ada Moyo")
    case = a_case(officer)
    for name in ("Kai Moyo", "Dean Moyo", "Jaz Moio"):
        a_person(officer, case, name=name)
    signed_in(client, officer)
    with time_machine.travel(timezone.now().replace(hour=1, minute=0), tick=False):
        page, _ = search(client, "Moyo")
        assert len(RESULT.findall(page)) == 2
        assert "data-narrow" in page
        assert search(client, "Ada Moyo")[0].count("data-result=") == 0
        raise_alerts(at=timezone.now())
    (alert,) = StandardsAlert.objects.filter(kind="own_name")
    assert (alert.about_id, alert.number, len(alert.people)) == (officer.user, 2, 2)


@pytest.mark.parametrize("role", ["data_protection", "guidance_editor"])
def test_who_sees_no_case_has_no_box(client, fenmarch, role):
    signed_in(client, a_member(role))
    assert 'action="/find"' not in client.get("/my-work").content.decode()
    assert client.get("/find").status_code == 404
