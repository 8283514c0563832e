"""Whoever learns more of who somebody is, an age, an address, a telephone, has them compared anew: the same three outcomes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from lodestar.casework.safe_addresses.models import SafeAddress
from lodestar.intelligence.identities.models import Match, MatchAlert, PersonIndexKey
from lodestar.platform.accounts.models import Unit
from lodestar.platform.names.reported import NOT_CHECKED
from tests.apps.casework.concerns.filled import fields, sent
from tests.apps.exchange.imports.test_met_before import HER, IDS, SAVEPOINT, alerted, met, recorded, words
from tests.factories.accounts import a_member
from tests.factories.cases import MET, CaseMemberFactory, a_case, a_person, contact_rule
from tests.factories.met_before import a_team
from tests.factories.signed_in import form, signed_in

PHONE = "07700 900123"
AGE = {"birth_date": HER["birth_date"], "age_basis": "stated", "version": "1"}
HOW = {"channel": "text", "to_use": "+44 7700 900 123", "times": "After six"}
PAGES = {"age": AGE, "contact": HOW}


@pytest.fixture
def team(fenmarch):
    return a_team()


def held(team, **how):
    """Her, as another team knows her: with her telephone."""
    person = met(team, **how)
    owner = team[how.get("by", "owner")]
    agree_contact(by=owner, at=MET, person=person, rule=contact_rule(to_use=PHONE))
    return person


def somebody(team, name="Oksana"):
    """Recorded by the patrol, with a word of a name that tells nobody apart."""
    case = a_case(team["patrol"])
    return a_person(team["patrol"], case, name=name, age_min=None, age_max=None)


def learnt(member, person, page):
    """What a page of the person answers, and the statements that it took."""
    client, asked = signed_in(Client(), member), []
    client.get("/my-work")

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        response = client.post(f"/people/{person.id}/{page}", form(**PAGES[page]))
    assert response.status_code == 302, words(response)
    return client, response.url, asked


@pytest.mark.parametrize("page", PAGES)
def test_whom_the_writer_may_see_is_shown(team, page):
    known = held(team, by="patrol")
    person = somebody(team)
    assert not Match.objects.exists()
    client, url, _ = learnt(team["patrol"], person, page)
    assert f"/record/{person.case_id}/met?" in url
    match = Match.objects.get()
    assert (match.outcome, match.person, match.other) == ("shown", person, known)
    told = client.get(url)
    assert known.case.reference in words(told)
    way_on = {"age": f"/cases/{person.case.reference}/do-now#establish_age", "contact": f"/people/{person.id}"}[page]
    assert f'href="{way_on}"' in told.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_of_a_sealed_case_nothing_is_told_by_the_same_statements_and_its_owners_are_alerted(team, page):
    learnt(team["patrol"], somebody(team, "Ama Boateng"), "age")  # their tour is begun
    person = somebody(team)
    client, free_url, free = learnt(team["patrol"], person, page)
    pages = [IDS.sub("", client.get(free_url).content.decode())]
    Person.objects.all().update(name="")
    PersonIndexKey.objects.all().delete()
    held(team, sealed=True)
    another = somebody(team)
    client, sealed_url, sealed = learnt(team["patrol"], another, page)
    assert Match.objects.get().outcome == "sealed"
    assert alerted() == [("named_owner", "DC Abara"), ("named_owner", "DS Lind")]
    assert IDS.sub("", sealed_url) == IDS.sub("", free_url)
    assert [SAVEPOINT.sub("", sql) for sql in sealed] == [SAVEPOINT.sub("", sql) for sql in free]
    pages.append(IDS.sub("", client.get(sealed_url).content.decode()))
    assert len(pages[0]) == len(pages[1])


def test_whoever_learns_an_age_without_recording_concerns_is_told_too(team):
    """Crime allocation answers ages, and reads every unsealed case of the force."""
    known = held(team)
    allocation = a_member("crime_allocation")
    client, url, _ = learnt(allocation, somebody(team), "age")
    page = client.get(url)
    assert page.status_code == 200
    assert known.case.reference in words(page)


def test_what_is_learnt_and_was_told_before_is_not_told_again(team):
    held(team)
    person = somebody(team)
    learnt(team["patrol"], person, "age")
    before = MatchAlert.objects.count()
    _, url, _ = learnt(team["patrol"], person, "contact")
    assert url == f"/people/{person.id}"
    assert MatchAlert.objects.count() == before


# --- whoever has the case and did not record them ------------------------------------------------------------------------

LINK = "Possible duplicates and matches"


def test_the_page_of_a_case_leads_whoever_has_it_to_whom_somebody_else_was_told_of(team):
    """As with a report that another system sent for them: what the clerk's import found was told to nobody."""
    held(team)
    person = somebody(team)
    clerk = a_member("frontline")
    CaseMemberFactory(case=person.case, user_id=clerk.user)
    learnt(clerk, person, "age")
    code = Match.objects.get().code
    client = signed_in(Client(), team["patrol"])
    case = client.get(f"/cases/{person.case.reference}")
    way = f"/record/{person.case_id}/met?then=case"
    assert LINK in words(case)
    assert f'href="{way}"' in case.content.decode()
    page = client.get(way)
    assert page.content.decode().count(f'href="/cases/{person.case.reference}"') == 2, "back, and on"
    assert f"quote {code}" in words(page)


def test_the_page_of_a_case_is_the_same_by_the_same_statements_of_a_sealed_case_and_of_nobody(team):
    seen = []
    for sealed in (False, True):
        if sealed:
            Person.objects.all().update(name="")
            PersonIndexKey.objects.all().delete()
            held(team, sealed=True)
        person = somebody(team)
        learnt(team["patrol"], person, "age")
        client = signed_in(Client(), team["patrol"])
        client.get("/my-work")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/cases/{person.case.reference}")
        assert LINK not in words(page)
        seen.append((len(IDS.sub("", page.content.decode())), [SAVEPOINT.sub("", one["sql"])[:40] for one in asked]))
    assert Match.objects.get().outcome == "sealed"
    assert seen[0] == seen[1]


# --- the first screen ------------------------------------------------------------------------------------------------


def typed(member, **more):
    client = signed_in(Client(), member)
    page = client.get("/record", follow=True)
    answer = client.post(page.request["PATH_INFO"], sent(page, p1__part="used", next="safe", **more))
    return client, answer


@pytest.mark.parametrize("reach", ["mob 0044 7700 900123", "14 Low Rd, Lincoln LN1 1AA"])
def test_a_telephone_or_an_address_of_the_first_screen_is_searched_by(team, reach):
    person = met(team)
    record_address(by=team["owner"], at=MET, person=person, address="14 Low Road, Lincoln LN11AA", viewers=())
    agree_contact(by=team["owner"], at=MET, person=person, rule=contact_rule(to_use=PHONE))
    _, answer = typed(team["patrol"], p1__name="Oxana", p1__reach=reach)
    assert answer.url.endswith("/met?then=safe")
    assert Match.objects.get().outcome == "ring"


def test_it_is_kept_as_not_checked_where_only_those_named_see_it_and_agrees_nothing(team):
    client, answer = typed(team["patrol"], p1__reach=PHONE)
    assert answer.url.endswith("/safe")
    row = SafeAddress.objects.get()
    assert row.address == f"{NOT_CHECKED}\nGiven at the scene: {PHONE}"
    assert row.recorded_by_id == team["patrol"].user
    assert row.is_reported
    asked = client.post(f"/people/{row.person_id}/address", form(reason="To look for her"))
    assert PHONE in words(client.get(asked.url)), "whoever has the case may be shown it"
    page = client.get(f"/record/{row.person.case_id}/who")
    assert fields(page.content.decode())["p1-reach"] == [""]
    assert "900123" not in page.content.decode()


def test_of_somebody_recorded_before_it_is_added_and_the_same_twice_is_once(team):
    met(team)
    person = Person.objects.get()
    agree_contact(by=team["owner"], at=MET, person=person, rule=contact_rule(to_use=PHONE))
    client, url, _ = recorded(team["patrol"], name="Oksana", born="")
    assert url.endswith("/safe")
    case = Case.objects.latest("recorded_at")
    page = client.get(f"/record/{case.id}/who")
    answer = client.post(f"/record/{case.id}/who", sent(page, p1__reach=PHONE, next="safe"))
    assert answer.url.endswith("/met?then=safe")
    client.post(f"/record/{case.id}/who", sent(page, p1__reach=PHONE, next="safe"))
    assert SafeAddress.objects.filter(person__case=case).count() == 1


def test_whoever_may_record_no_address_is_not_asked_for_one(team):
    analyst = signed_in(Client(), a_member("analyst"))
    page = analyst.get("/record", follow=True)
    assert "p1-reach" not in fields(page.content.decode())
    answer = analyst.post(page.request["PATH_INFO"], sent(page, p1__name="Ana", p1__reach=PHONE, next="safe"))
    assert answer.url.endswith("/safe")
    assert not SafeAddress.objects.exists()


# --- grounds where there were none ------------------------------------------------------------------------------------


def without_grounds(team):
    """Her again, recorded by the patrol, with no grounds: she is like nobody."""
    case = a_case(team["patrol"])
    return a_person(team["patrol"], case, **HER, belief="none", roles=["possible_victim"])


@pytest.mark.parametrize("sealed", [False, True])
def test_a_decision_that_gives_grounds_compares(team, sealed):
    met(team, sealed=sealed)
    person = without_grounds(team)
    unit = Unit.objects.get(id=team["patrol"].unit)
    sergeant = signed_in(Client(), a_member("supervisor", name="Sgt Solanki", unit=unit))
    page = sergeant.get(f"/people/{person.id}/belief")
    answer = sergeant.post(f"/people/{person.id}/belief", sent(page, belief="reasonable_grounds", because="No pay"))
    match = Match.objects.get()
    assert (match.person, match.outcome) == (person, "sealed" if sealed else "ring")
    assert answer.url == (f"/cases/{person.case.reference}" if sealed else f"/record/{person.case_id}/met?then=case")
    assert ("named_owner" if sealed else "owner", "DC Abara") in alerted()


def test_a_new_sign_compares_whom_there_were_no_grounds_of(team):
    met(team)
    person = without_grounds(team)
    client = signed_in(Client(), team["patrol"])
    path = f"/record/{person.case_id}/signs/labour"
    page = client.get(path)
    answer = client.post(path, sent(page, s__paid_little_or_nothing=[str(person.id)], next="done"))
    person.refresh_from_db()
    assert person.belief == "signs_only"
    assert answer.url == f"/record/{person.case_id}/met?then=duties&from=labour:1"
    assert Match.objects.get().outcome == "ring"
