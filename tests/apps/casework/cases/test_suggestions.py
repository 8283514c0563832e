"""All records compared at once: what waits for whom, what is never suggested, and that nothing of a sealed case is told."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Person
from lodestar.intelligence.identities.access import alerts, matches
from lodestar.intelligence.identities.actions import matching
from lodestar.intelligence.identities.actions.identities import link_people, say_of_match
from lodestar.intelligence.identities.actions.matching import suggest_links
from lodestar.intelligence.identities.linker import NoLinker
from lodestar.intelligence.identities.management.commands import match_suggest
from lodestar.intelligence.identities.models import IdentityLink, Match, MatchAlert
from lodestar.intelligence.identities.queries import everybody, open_matches
from lodestar.intelligence.identities.rules.identities import likely_pairs
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from tests.apps.casework.cases.test_identities import words
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.met_before import MatchFactory, a_team
from tests.factories.signed_in import signed_in

HER = {"name": "Oksana Melnychenko", "birth_date": "1994-05-17", "age_min": None, "age_max": None}


def every_two(rows, settings, **told):
    """The linker of these tests: any two may be one, and the rules decide."""
    ids = sorted(row["id"] for row in rows)
    return [(one, other, 0.9) for place, one in enumerate(ids) for other in ids[place + 1 :]]


@pytest.fixture
def team(fenmarch):
    return a_team()


def met(member, **facts):
    return a_person(member, a_case(member), **(HER | facts))


def seal(team, person, *owners):
    case = person.case
    seal_case(by=team["second"], at=MET, case=case, reason="A relative.", owners=[team[one].user for one in owners])


def suggest(by):
    return suggest_links(by=by, at=timezone.now(), pairs=likely_pairs(everybody(), every_two))


def test_a_pair_waits_for_the_coordinator_with_its_reasons_and_nothing_is_linked(team):
    earlier, later = met(team["owner"]), met(team["patrol"], name="Оксана Мельниченко")
    assert suggest(team["coordinator"]) == 1
    match = Match.objects.get()
    assert (match.other_id, match.person_id, match.outcome, match.code) == (earlier.id, later.id, "batch", "")
    assert set(match.reasons) == {"name_alike", "name_other_script", "born_same_day"}
    assert open_matches(team["coordinator"], 9) == [match]
    assert not IdentityLink.objects.exists()
    assert not MatchAlert.objects.exists()  # nothing of it is urgent: the list is enough
    event = Event.objects.get(code="cases.people_suggested")
    assert (event.operation, event.by, event.people) == ("combination", team["coordinator"].user, sorted([earlier.id, later.id]))
    client = signed_in(Client(), team["coordinator"])
    assert "All records compared for Ms Quill" in words(client.get("/matches"))
    page = words(client.get(f"/matches/{match.id}"))
    assert "the same name in another script" in page
    assert "Found when Ms Quill had all records compared" in page
    assert "0.9" not in page


def test_run_twice_nothing_changes_but_the_log(team):
    met(team["owner"]), met(team["patrol"]), met(team["second"])
    assert [suggest(team["coordinator"]) for _ in range(2)] == [3, 0]
    assert Match.objects.count() == 3
    assert [len(event.people) for event in Event.objects.filter(code="cases.people_suggested").order_by("recorded_at")] == [3, 0]


def test_what_was_told_linked_or_settled_before_is_not_suggested_again(team):
    one, other, third = met(team["owner"]), met(team["patrol"]), met(team["second"])
    by = team["coordinator"]
    for pair in ((other, one), (third, other)):
        link_people(by=by, at=timezone.now(), match=MatchFactory(person=pair[0], other=pair[1]), reasons=["looks"])
    assert suggest(by) == 0  # the first and the third hang together by the second
    fourth = met(team["owner"], name="Oksana Melnichenko")
    assert suggest(by) == 3
    for match in Match.objects.filter(person=fourth):
        say_of_match(by=by, at=timezone.now(), match=match, kind="not_same")
    assert suggest(by) == 0
    assert open_matches(by, 9) == []


def test_who_is_believed_to_be_no_victim_or_came_to_be_is_not_suggested(team):
    met(team["owner"])
    later, _none = met(team["patrol"]), met(team["patrol"], belief="none")
    pairs = likely_pairs(everybody(), every_two)
    assert len(pairs) == 1
    Person.objects.filter(id=later.id).update(belief="none")  # after the records were read
    assert suggest_links(by=team["coordinator"], at=MET, pairs=pairs) == 0
    assert not Match.objects.exists()


def test_of_a_sealed_case_its_named_owners_are_alerted_and_nobody_else_learns_anything(team):
    sealed, later = met(team["owner"]), met(team["patrol"])
    seal(team, sealed, "owner", "second")
    assert suggest(team["coordinator"]) == 0
    assert open_matches(team["coordinator"], 9) == []
    match = Match.objects.get()
    assert (match.other_id, match.person_id) == (sealed.id, later.id)
    assert set(MatchAlert.objects.values_list("told_as", "to__name")) == {("named_owner", "DC Abara"), ("named_owner", "DS Lind")}
    told = words(signed_in(Client(), team["owner"]).get("/alerts"))
    assert "was recorded by PC Brandreth" in told  # and not by who had them compared
    assert "Ms Quill" not in told
    for member in (team["patrol"], team["coordinator"]):
        assert not matches(member).exists()
        assert not alerts(member).exists()


def test_a_sealed_case_changes_nothing_of_what_is_said_of_others(team, monkeypatch):
    monkeypatch.setattr(matching, "MOST_WAITING", 1)
    met(team["owner"]), met(team["patrol"])
    hidden = met(team["second"])
    seal(team, hidden, "owner", "second")
    assert suggest(team["coordinator"]) == 1
    assert len(open_matches(team["coordinator"], 9)) == 1
    assert Match.objects.count() == 3


def test_two_sealed_cases_are_told_to_whoever_is_named_for_both(team):
    one, other, third = met(team["owner"]), met(team["patrol"]), met(team["patrol"], name="Oksana Melnichenko")
    seal(team, one, "owner", "second")
    seal(team, other, "second", "coordinator")
    team["another"] = a_member("frontline")
    seal(team, third, "patrol", "another")
    suggest(team["coordinator"])
    match = Match.objects.get()
    assert {match.person_id, match.other_id} == {one.id, other.id}
    assert list(MatchAlert.objects.values_list("to__name", flat=True)) == ["DS Lind"]
    assert list(matches(team["second"])) == [match]
    assert not matches(team["coordinator"]).exists()


def test_a_case_that_was_sealed_while_records_were_compared_is_sealed(team):
    one, _ = met(team["owner"]), met(team["patrol"])
    pairs = likely_pairs(everybody(), every_two)
    seal(team, one, "owner", "second")
    assert suggest_links(by=team["coordinator"], at=MET, pairs=pairs) == 0
    assert MatchAlert.objects.count() == 2


@pytest.mark.parametrize("sealed", [0, 1])
def test_a_suggestion_about_a_case_that_is_sealed_afterwards_goes_to_its_named_owners(team, sealed):
    two = (met(team["owner"]), met(team["patrol"]))
    suggest(team["coordinator"])
    hidden, open_one = two[sealed], two[1 - sealed]
    seal(team, hidden, "owner", "second")
    assert not matches(team["coordinator"]).exists()
    match = Match.objects.get()
    assert (match.other_id, match.person_id) == (hidden.id, open_one.id)
    # Whoever sealed it is one of them, and knows.
    assert list(MatchAlert.objects.values_list("told_as", "to__name")) == [("named_owner", "DC Abara")]
    (alert,) = alerts(team["owner"])
    assert alert.match_id == match.id


def test_no_more_wait_than_somebody_looks_at_and_the_rest_comes_after(team, monkeypatch):
    monkeypatch.setattr(matching, "MOST_WAITING", 2)
    met(team["owner"]), met(team["patrol"]), met(team["second"])
    by = team["coordinator"]
    assert [suggest(by) for _ in range(2)] == [2, 0]
    say_of_match(by=by, at=timezone.now(), match=open_matches(by, 9)[0], kind="not_same")
    assert suggest(by) == 1


@pytest.fixture
def two_forces(own_database, monkeypatch):
    """Two forces with two records of her each, and the command with the linker of these tests; who coordinates in each."""
    monkeypatch.setattr(match_suggest, "scored_pairs", every_two)
    found = {}
    for slug in ("fenmarch", "calder"):
        TenantFactory(slug=slug, name=slug.title())
        with within(slug):
            found[slug] = team = a_team()
            met(team["owner"]), met(team["patrol"])
    return found


def test_two_who_ask_at_once_suggest_it_once_and_in_their_own_force(two_forces):
    by, said, ready = two_forces["fenmarch"]["coordinator"].username, [], threading.Barrier(2)

    def ask():
        out = StringIO()
        ready.wait()
        try:
            call_command("match_suggest", user=by, stdout=out)
        finally:
            connection.close()
        said.append(out.getvalue().partition(" to be")[0])

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["1 new pair waits", "no new pairs wait"]
    counts = []
    for slug in two_forces:
        with within(slug):
            counts.append((Match.objects.count(), Event.objects.filter(code="cases.people_suggested").count()))
    assert counts == [(1, 2), (0, 0)]


def test_the_command_is_for_those_who_link_people_and_says_what_is_missing(two_forces, monkeypatch):
    def missing(*_rows, **_told):
        raise NoLinker("splink is not installed")

    monkeypatch.setattr(match_suggest, "scored_pairs", missing)
    for who, why in (("patrol", "may not do that"), ("coordinator", "splink is not installed: ./lodestar match suggest")):
        with pytest.raises(CommandError, match=why):
            call_command("match_suggest", user=two_forces["fenmarch"][who].username)
