"""Whoever is recorded is compared with everybody recorded before: shown, a code to quote, or nothing; who is alerted."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.cases.models import Case, Person
from lodestar.exchange.imports.actions.encounter_import import import_concern
from lodestar.intelligence.identities.models import Match, MatchAlert, MatchAnswer, PersonIndexKey
from lodestar.intelligence.identities.rules.identities import MOST_CODES
from lodestar.platform.accounts.access import member_from
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit.models import Event
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.ids import new_id
from tests.apps.casework.concerns.filled import sent
from tests.factories.accounts import DutyFactory, TenantFactory
from tests.factories.cases import MET, a_case, a_person
from tests.factories.contacts import a_contact
from tests.factories.met_before import MatchFactory, a_team
from tests.factories.signed_in import signed_in

HER = {"name": "Oksana Melnychenko", "birth_date": "1994-05-17"}
IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|FM-26-\d{4}|\b\d\d:\d\d\b|[0-9a-f]{16}|csrf\w+\" value=\"\w+")
SAVEPOINT = re.compile(r"s\d+_x\d+")


@pytest.fixture
def team(fenmarch):
    """A patrol, and two of another team who have her in a case of theirs."""
    return a_team()


def met(team, *, sealed=False, by="owner", **facts):
    case = a_case(team[by])
    person = a_person(team[by], case, **(HER | facts))
    if sealed:
        owners = [team["owner"].user, team["second"].user]
        seal_case(by=team["second"], at=MET, case=case, reason="A relative in the force.", owners=owners)
    return person


def recorded(member, *, name=HER["name"], born="17 May 1994", then="safe"):
    """What the first screen answers, and the statements that it took."""
    client = signed_in(Client(), member)
    page = client.get("/record", follow=True)
    asked = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    typed = sent(page, p1__name=name, p1__born=born, p1__part="used", next=then)
    with connection.execute_wrapper(note):
        response = client.post(page.request["PATH_INFO"], typed)
    assert response.status_code == 302, unescape(response.content.decode())
    return client, response.url, asked


def member_of(user):
    return member_from(Membership.objects.select_related("user").get(user=user))


def alerted(**about):
    return sorted(MatchAlert.objects.filter(**about).values_list("told_as", "to__name"), key=str)


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def test_whom_the_recorder_may_see_is_shown_with_what_is_alike(team):
    person = met(team, by="patrol")
    client, url, _ = recorded(team["patrol"])
    assert url.endswith("/met?then=safe")
    match = Match.objects.get()
    assert (match.outcome, match.code, match.other) == ("shown", "", person)
    page = client.get(url)
    assert "Do we know this person?" in words(page)
    assert person.case.reference in words(page)
    assert "Alike: the same name and born on the same day" in words(page)
    assert "quote" not in words(page)
    assert "This is the same person as" in words(page)


def test_an_officer_says_what_they_think_and_the_coordinator_links(team):
    met(team, by="patrol")
    client, url, _ = recorded(team["patrol"])
    match = Match.objects.get()
    client.post(url, sent(client.get(url), same=str(match.id)))
    assert MatchAnswer.objects.get().kind == "seems_same"
    assert "The coordinator will check" in words(client.get(url))
    coordinator = signed_in(Client(), team["coordinator"])
    assert "Thought to be the same" in words(coordinator.get("/matches"))
    assert "17 May 1994" in words(coordinator.get(f"/matches/{match.id}"))


def test_whom_they_may_not_see_is_a_code_and_the_owner_and_the_coordinators_know_at_once(team):
    DutyFactory(unit_id=team["coordinator"].unit, user_id=team["coordinator"].user, post="coordinator",
                from_at=timezone.now(), to_at=timezone.now() + timedelta(hours=9))  # fmt: skip
    a_contact(team["coordinator"], "duty_coordinator", "01632 960 155")
    person = met(team)
    client, url, _ = recorded(team["patrol"])
    match = Match.objects.get()
    assert (match.outcome, match.other) == ("ring", person)
    page = client.get(url)
    told = words(page)
    assert "Someone else may already be helping a person like this" in told
    assert f"Ring Ms Quill on 01632 960 155 now, quote {match.code}" in told
    for secret in (person.case.reference, "DC Abara", "Fenmarch unit", str(person.id), "same name", "born"):
        assert secret not in page.content.decode(), secret
    assert alerted() == [("coordinator", None), ("owner", "DC Abara")]


def test_of_a_sealed_case_nothing_is_told_and_the_named_owners_are_alerted(team):
    met(team, sealed=True)
    _, url, _ = recorded(team["patrol"])
    assert url.endswith("/safe")
    match = Match.objects.get()
    assert (match.outcome, match.code) == ("sealed", "")
    assert alerted() == [("named_owner", "DC Abara"), ("named_owner", "DS Lind")]
    case = match.person.case
    page = signed_in(Client(), team["patrol"]).get(f"/record/{case.id}/met")
    assert "Melnychenko" not in words(page)
    assert Event.objects.filter(code="cases.people_compared").latest("recorded_at").people == sorted(
        [match.person_id, match.other_id]
    )


def test_sealed_and_nobody_are_the_same_page_by_the_same_statements(team):
    recorded(team["patrol"], name="Ama Boateng", born="3 March 1988")  # their tour is begun
    client, free_url, free = recorded(team["patrol"])
    pages = [IDS.sub("", client.get(free_url).content.decode())]
    Person.objects.all().update(name="")
    PersonIndexKey.objects.all().delete()
    met(team, sealed=True)
    client, sealed_url, sealed = recorded(team["patrol"])
    assert Match.objects.get().outcome == "sealed"
    assert IDS.sub("", sealed_url) == IDS.sub("", free_url)
    assert [SAVEPOINT.sub("", sql) for sql in sealed] == [SAVEPOINT.sub("", sql) for sql in free]
    pages.append(IDS.sub("", client.get(sealed_url).content.decode()))
    assert pages[0] == pages[1]
    assert "was recorded by" not in words(client.get("/my-work"))


def test_a_post_stays_within_42_statements(team):
    met(team, sealed=True)
    met(team)
    met(team, by="patrol")
    for _ in range(2):
        _, url, asked = recorded(team["patrol"])
        assert sum("SAVEPOINT" not in sql for sql in asked) <= 42
        assert "/met" in url


def test_sealed_changes_nothing_of_what_is_told_of_others(team):
    met(team, by="patrol")
    met(team)
    client, url, _ = recorded(team["patrol"])
    before = IDS.sub("", client.get(url).content.decode())
    code = Match.objects.get(outcome="ring").code
    met(team, sealed=True)
    client, url, _ = recorded(team["patrol"])
    latest = Match.objects.filter(outcome="ring").latest("found_at").code
    after = IDS.sub("", client.get(url).content.decode())
    assert after.count("lode-panel") - before.count("lode-panel") == 1  # the one that was just recorded, whom they may see
    assert before.count(code) == after.count(latest)
    assert Match.objects.filter(outcome="sealed").count() == 1


def test_the_same_person_saved_again_alerts_nobody_again(team):
    met(team, sealed=True)
    met(team)
    client, _, _ = recorded(team["patrol"])
    before = alerted()
    case = Case.objects.latest("recorded_at")
    page = client.get(f"/record/{case.id}/who")
    answer = client.post(f"/record/{case.id}/who", sent(page, p1__language="Ukrainian"))
    assert answer.url.endswith("/safe")
    assert alerted() == before
    assert Match.objects.count() == 2


def test_a_name_that_is_given_later_is_compared_too(team):
    met(team)
    client, url, _ = recorded(team["patrol"], name="", born="")
    assert url.endswith("/safe")
    case = Case.objects.latest("recorded_at")
    page = client.get(f"/record/{case.id}/who")
    answer = client.post(f"/record/{case.id}/who", sent(page, p1__name=HER["name"], p1__born="17 May 1994", next="stop"))
    assert answer.url.endswith("/met?then=stop")
    assert "Stop here" in words(client.get(answer.url))


def test_of_whom_it_was_decided_that_there_are_no_grounds_nobody_is_told(team):
    met(team, belief="none")
    _, url, _ = recorded(team["patrol"])
    assert url.endswith("/safe")
    assert Match.objects.count() == 0


def test_grounds_that_are_denied_later_take_the_likeness_off_every_list(team):
    person = met(team)
    recorded(team["patrol"])
    owner = signed_in(Client(), team["owner"])
    assert "Someone similar to a person in" in words(owner.get("/my-work"))
    change_person(by=team["owner"], at=MET, person=person, version=1, facts={"belief": "none"})
    assert "Someone similar to a person in" not in words(owner.get("/my-work"))
    assert "Melnychenko" not in words(signed_in(Client(), team["coordinator"]).get("/matches"))


def test_who_asks_for_too_many_codes_is_told_no_more_and_the_coordinators_know(team):
    met(team)
    for n in range(MOST_CODES):
        MatchFactory(outcome="ring", code=f"C{n}", found_by_id=team["patrol"].user, found_at=timezone.now())
    _, url, _ = recorded(team["patrol"])
    assert url.endswith("/safe")
    match = Match.objects.latest("found_at")
    assert (match.outcome, bool(match.code)) == ("quiet", True)
    assert alerted(match=match) == [("coordinator", None), ("owner", "DC Abara")]


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", [False, True])
def test_another_forces_is_always_a_code_and_an_opaque_reference(sealed):
    TenantFactory(slug="eastern", name="Eastern regional unit", reference_prefix="ER")
    TenantFactory()
    with within("eastern"):
        person = met(a_team(), sealed=sealed)
    with within("fenmarch"):
        team = a_team()
    client, url, _ = recorded(team["patrol"])
    page = client.get(url).content.decode()
    with within("fenmarch"):
        match = Match.objects.get()
        assert (match.outcome, match.other, len(match.elsewhere)) == ("ring", None, 64)
        assert alerted() == [("coordinator", None)]
    with within("eastern"):
        names = {"DC Abara", "DS Lind"} if sealed else {"DC Abara"}
        theirs = MatchAlert.objects.select_related("to").order_by("to__name")
        assert {one.to.name for one in theirs} == names
        assert {(one.match, one.about, one.from_force, one.code) for one in theirs} == {(None, person, "fenmarch", match.code)}
        assert not Match.objects.exists()
        owner = member_of(theirs[0].to)
    told = words(signed_in(Client(), owner).get(f"/alerts/{theirs[0].id}"))
    assert "was recorded by Fenmarch Police" in told
    assert f"quote {match.code}" in told
    assert ("is sealed" in told) is sealed
    assert "PC Brandreth" not in told
    assert "recorded by another force" in words(signed_in(Client(), owner).get("/my-work"))
    assert match.code in page
    assert "astern" not in page
    assert str(person.id) not in page
    assert "another force" in words(signed_in(Client(), team["coordinator"]).get("/my-work"))


@pytest.mark.django_db
def test_another_force_is_told_of_its_own_and_of_nobody_here_and_whoever_tells_learns_nothing():
    TenantFactory(slug="eastern", name="Eastern regional unit", reference_prefix="ER")
    TenantFactory()
    with within("eastern"):
        theirs = met(a_team(), belief="none")
    with within("fenmarch"):
        ours = met(a_team())
        with connection.cursor() as cursor:
            for person in (ours.id, theirs.id, new_id()):
                cursor.execute("select identities_alert_elsewhere(%s::uuid[], '{x}', '{K7Q2}')", [[person]])
                assert cursor.fetchall() == [(None,)]
        assert not MatchAlert.objects.exists()
    with within("eastern"):
        assert not MatchAlert.objects.exists()


def test_what_is_imported_is_compared_and_whoever_imports_is_told_nothing(team):
    met(team, sealed=True)
    encounter = read_encounter({"encountered_at": "2026-03-02T23:40:00Z", "people": [{"id": "p1", "roles": ["possible_victim"]}]})
    made = import_concern(by=team["patrol"], at=MET, encounter=encounter, key="x")
    assert (made.is_new, made.reference) == (True, made.case.reference)
    assert Event.objects.filter(code="cases.people_compared").count() == 1
