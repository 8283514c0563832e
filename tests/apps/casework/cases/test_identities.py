"""Two records are said to be of one human, and it is taken back; who may, what it shows to whom, and what alerts say."""

import re
from html import unescape

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.intelligence.identities.access import alerts, match_to_settle, matches
from lodestar.intelligence.identities.actions.identities import UnableToLink, link_people, say_of_match, unlink_people
from lodestar.intelligence.identities.models import IdentityLink, MatchAlert, MatchAnswer
from lodestar.intelligence.identities.queries import also_recorded, open_matches
from lodestar.intelligence.identities.rules.identities import group_of
from lodestar.platform.accounts.models import Draft, Membership
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from tests.apps.casework.cases.test_ledger_at_once import at_once
from tests.apps.casework.concerns.filled import sent
from tests.factories.accounts import TenantFactory, UnitFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import MET, CaseMemberFactory, a_case, a_person
from tests.factories.met_before import MatchAlertFactory, MatchFactory
from tests.factories.signed_in import form, signed_in


@pytest.fixture
def people(fenmarch):
    """Four officers of two teams, each with a case and somebody in it; a coordinator."""
    here, there = UnitFactory(), UnitFactory()
    units = (here, here, there, there)
    members = [a_member("frontline", unit=unit, name=f"PC {n}") for n, unit in enumerate(units)]
    rows = [a_person(member, a_case(member), name=f"Ana {n}") for n, member in enumerate(members)]
    return members, rows, a_member("coordinator", unit=there)


def match(one, other, **about):
    return MatchFactory(person=one, other=other, **about)


def seal(member, person, *owners):
    case = person.case
    seal_case(by=member, at=MET, case=case, reason="A relative.", owners=[one.user for one in owners])
    person.case.refresh_from_db()


def linked(by, one, other, reasons=("looks",)):
    found = match(one, other)
    return found, link_people(by=by, at=timezone.now(), match=found, reasons=list(reasons))


def groups_of(*people):
    pairs = [(row.one.name, row.other.name) for row in IdentityLink.objects.filter(undone_at__isnull=True)]
    return sorted({tuple(sorted(group_of(name, pairs))) for pair in pairs for name in pair})


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def test_a_chain_is_one_identity_and_without_a_link_it_falls_apart(people):
    _, (a, b, c, d), coordinator = people
    linked(coordinator, a, b)
    linked(coordinator, c, d)
    assert groups_of() == [("Ana 0", "Ana 1"), ("Ana 2", "Ana 3")]
    middle, link = linked(coordinator, b, c)
    assert groups_of() == [("Ana 0", "Ana 1", "Ana 2", "Ana 3")]
    assert [row.name for row in also_recorded(coordinator, [a.id])[a.id]] == ["Ana 1", "Ana 2", "Ana 3"]
    unlink_people(by=coordinator, at=timezone.now(), match=middle, link=link, why="Two cousins.")
    assert groups_of() == [("Ana 0", "Ana 1"), ("Ana 2", "Ana 3")]
    link.refresh_from_db()
    assert (link.undone_by_id, link.undone_why) == (coordinator.user, "Two cousins.")
    assert [one.kind for one in MatchAnswer.objects.filter(match=middle).order_by("said_at")] == ["linked", "unlinked"]
    link_people(by=coordinator, at=timezone.now(), match=middle, reasons=["born"])
    assert groups_of() == [("Ana 0", "Ana 1", "Ana 2", "Ana 3")]
    assert IdentityLink.objects.count() == 4


def test_linked_twice_is_linked_once_whichever_way_and_nothing_is_merged(people):
    _, (a, b, *_), coordinator = people
    before = [(one.name, one.version) for one in (a, b)]
    found, link = linked(coordinator, a, b)
    assert link_people(by=coordinator, at=timezone.now(), match=found, reasons=["born"]) == link
    for one in (a, b):
        one.refresh_from_db()
    assert [(one.name, one.version) for one in (a, b)] == before
    event = Event.objects.get(code="cases.people_linked")
    assert (event.operation, event.people, event.case) == ("combination", sorted([a.id, b.id]), None)


def test_a_link_has_reasons(people):
    _, (a, b, *_), coordinator = people
    with pytest.raises(UnableToLink):
        link_people(by=coordinator, at=MET, match=match(a, b), reasons=[], words="  ")
    found = match(a, b) if not matches(coordinator).exists() else matches(coordinator).get()
    link = link_people(by=coordinator, at=MET, match=found, reasons=[], words="The same scar.")
    with pytest.raises(UnableToLink):
        unlink_people(by=coordinator, at=MET, match=found, link=link, why=" ")


def test_an_officer_links_nobody_and_whoever_sees_one_side_alone_finds_nothing(people):
    (first, _, third, _), (a, _, c, _), coordinator = people
    found = match(a, c)
    CaseMemberFactory(case=a.case, user_id=third.user)  # they see both now
    for member in (first, third):
        with pytest.raises(Http404):
            match_to_settle(member, found.id)
        assert signed_in(Client(), member).get(f"/matches/{found.id}").status_code == 404
        assert signed_in(Client(), member).post(f"/matches/{found.id}", form(do="link", reasons="looks")).status_code == 404
    assert match_to_settle(coordinator, found.id) == found
    assert IdentityLink.objects.count() == 0


def test_the_people_of_a_sealed_case_are_linked_by_its_named_owners_alone(people):
    (first, second, *_), (a, b, *_), coordinator = people
    found = match(a, b)
    seal(coordinator, b, second, first)
    with pytest.raises(Http404):
        match_to_settle(coordinator, found.id)
    assert open_matches(coordinator, 9) == []
    assert [one.id for one in matches(first)] == [found.id]
    link = link_people(by=first, at=MET, match=match_to_settle(first, found.id), reasons=["looks"])
    page = signed_in(Client(), first)
    assert b.case.reference in words(page.get(f"/people/{a.id}"))
    assert b.case.reference in words(page.get(f"/cases/{a.case.reference}"))
    stranger = signed_in(Client(), coordinator)
    for path in (f"/people/{a.id}", f"/cases/{a.case.reference}", f"/people/{a.id}/happened", "/matches",
                 f"/cases/{a.case.reference}/happened"):  # fmt: skip
        told = words(stranger.get(path))
        assert b.case.reference not in told, path
        assert "Also recorded" not in told, path
        assert "of one person" not in told, path
    with pytest.raises(UnableToLink):
        unlink_people(by=coordinator, at=MET, match=found, link=link, why="I say so.")


def test_a_case_that_is_sealed_while_somebody_links_is_linked_no_more(people):
    (first, second, *_), (a, b, *_), coordinator = people
    found = match_to_settle(coordinator, match(a, b).id)
    seal(coordinator, b, second, first)
    with pytest.raises(UnableToLink):
        link_people(by=coordinator, at=MET, match=found, reasons=["looks"])
    assert IdentityLink.objects.count() == 0


def test_a_chain_through_a_sealed_case_leads_nowhere_for_who_may_not_see_it(people):
    (first, second, *_), (a, b, c, _), coordinator = people
    linked(coordinator, a, b)
    linked(coordinator, b, c)
    assert len(also_recorded(coordinator, [a.id])[a.id]) == 2
    seal(coordinator, b, second, first)
    assert also_recorded(coordinator, [a.id, b.id, c.id]) == {}


def test_the_coordinator_compares_links_and_takes_it_back(people):
    _, (a, b, *_), coordinator = people
    found = match(a, b, outcome="ring", code="K7Q2")
    client = signed_in(Client(), coordinator)
    assert f"/matches/{found.id}" in client.get("/matches?code=k7%20q2").content.decode()
    assert "Nothing that you may see" in words(client.get("/matches?code=XXXX"))
    address = f"/matches/{found.id}"
    page = client.get(address)
    assert "Ana 0" in words(page)
    assert "Differs" in words(page)
    refused = client.post(address, sent(page, do="link", reasons=[], words=""))
    assert refused.status_code == 422
    assert "Tick why, or write it in your words" in words(refused)
    assert client.post(address, sent(page, do="", reasons=["looks"])).status_code == 422
    assert client.post(address, sent(page, do="link", reasons=["looks"], words="Scar.")).url == address
    page = client.get(address)
    assert "They are linked as one person" in words(page)
    assert "“Scar.”" in words(page)
    assert client.post(address, sent(page, do="unlink", words="")).status_code == 422
    assert client.post(address, sent(client.get(address), do="unlink", words="Sisters.")).url == address
    page = client.get(address)
    assert "They are linked" not in words(page)
    assert "Undid the link" in words(page)
    assert client.post(address, sent(page, do="not_same", words="Sisters.")).url == address
    assert "Not the same person , as recorded here" in words(client.get(address))
    assert open_matches(coordinator, 9) == []
    assert client.post(address, sent(client.get(address), do="again")).url == address
    assert [one.id for one in open_matches(coordinator, 9)] == [found.id]
    codes = set(Event.objects.values_list("code", flat=True))
    assert {"cases.match_shown", "cases.match_code_asked", "cases.people_linked", "cases.people_unlinked",
            "cases.match_answered"} <= codes  # fmt: skip


def test_why_they_are_one_is_not_lost_where_somebody_linked_them_first(people):
    """Nor does it stand in the box for why the link is taken back."""
    _, (a, b, *_), coordinator = people
    found = match(a, b)
    client, address = signed_in(Client(), coordinator), f"/matches/{found.id}"
    page = client.get(address)
    link_people(by=coordinator, at=MET, match=found, reasons=["looks"], words="")
    refused = client.post(address, sent(page, do="link", reasons=["looks"], words="The same scar."))
    assert refused.status_code == 422
    assert "Someone linked them while this page was open" in words(refused)
    draft = Draft.objects.get()
    for shown in (refused, client.get(f"{draft.path}?draft=1")):
        html = unescape(shown.content.decode())
        assert "readonly>The same scar.</textarea>" in html
        assert html.count("The same scar.") == 1
    said = client.post(address, sent(page, do="not_same", words="Two sisters."))
    assert said.status_code == 422
    assert "readonly>Two sisters.</textarea>" in unescape(said.content.decode())
    assert client.post(address, sent(client.get(address), do="link")).url == address


def test_an_alert_says_who_to_reach_and_nothing_of_the_other_case_till_it_is_given(people):
    (first, _, third, _), (a, _, c, _), _ = people
    with administering():
        Membership.objects.filter(user=third.user).update(phone="01632 960 444")
    found = match(c, a, found_by_id=third.user, outcome="sealed")
    alert = MatchAlertFactory(match=found, to_id=first.user, told_as="named_owner")
    client = signed_in(Client(), first)
    assert f"Someone similar to a person in {a.case.reference} was recorded by PC 2" in words(client.get("/my-work"))
    told = words(client.get(f"/alerts/{alert.id}"))
    assert "PC 2" in told
    assert "01632 960 444" in told
    assert "the same name" in told
    for secret in (c.case.reference, "Ana 2", str(c.id)):
        assert secret not in client.get(f"/alerts/{alert.id}").content.decode()
        assert secret not in client.get("/alerts").content.decode()
    CaseMemberFactory(case=c.case, user_id=first.user)
    assert c.case.reference in words(client.get("/alerts"))
    assert "Compare the two" not in words(client.get("/alerts"))  # an officer links nobody


def test_an_alert_that_was_seen_leaves_the_first_page_and_what_was_done_stays(people):
    (first, second, *_), (a, b, *_), _ = people
    alert = MatchAlertFactory(match=match(b, a), to_id=first.user)
    client = signed_in(Client(), first)
    page = client.get(f"/alerts/{alert.id}")
    assert client.post(f"/alerts/{alert.id}", sent(page, did="")).url == "/alerts"
    alert.refresh_from_db()
    assert (alert.seen_by_id, alert.did) == (first.user, "")
    assert "was recorded" not in words(client.get("/my-work"))
    seen = alert.seen_at
    client.post(f"/alerts/{alert.id}", sent(client.get(f"/alerts/{alert.id}"), did="Rang them."))
    alert.refresh_from_db()
    assert (alert.seen_at, alert.did, alert.did_by_id) == (seen, "Rang them.", first.user)
    assert "Rang them." in words(client.get("/alerts"))
    assert signed_in(Client(), second).get(f"/alerts/{alert.id}").status_code == 404


def test_an_alert_of_a_case_that_one_sees_no_more_is_gone(people):
    (first, second, _, fourth), (a, b, *_), coordinator = people
    alert = MatchAlertFactory(match=match(b, a), to_id=first.user)
    to_all = MatchAlertFactory(match=match(a, people[1][2], outcome="ring", code="K7Q2"), to=None, told_as="coordinator")
    assert {one.id for one in alerts(coordinator)} == {to_all.id}
    seal(coordinator, a, second, fourth)
    seal(coordinator, people[1][2], second, fourth)
    assert list(alerts(first)) == []
    assert list(alerts(coordinator)) == []
    assert MatchAlert.objects.filter(id=alert.id).exists()


def test_what_an_officer_thinks_is_said_once(people):
    (first, *_), (a, b, *_), _ = people
    found = match(a, b)
    for _ in range(2):
        say_of_match(by=first, at=MET, match=found, kind="seems_same")
    assert MatchAnswer.objects.count() == 1


def test_pages_and_queries_stay_within_their_budgets(people):
    members, rows, coordinator = people
    for n in range(30):
        other = a_person(members[0], a_case(members[0]), name=f"Ana Maria {n} " * 8)
        found = match(rows[1], other, found_by_id=members[1].user, reasons=["name_same", "born_same_day", "phone_same"])
        MatchAlertFactory(match=found, to=None, told_as="coordinator")
        say_of_match(by=members[0], at=MET, match=found, kind="seems_same")
    client = signed_in(Client(), coordinator)
    link_people(by=coordinator, at=MET, match=found, reasons=["looks"])
    for path in ("/matches", f"/matches/{found.id}", "/alerts", f"/people/{other.id}", "/my-work"):
        with CaptureQueriesContext(connection) as read:
            page = client.get(path)
        assert len(page.content) <= 30_000, path
        assert sum("SAVEPOINT" not in one["sql"] for one in read.captured_queries) <= 15, path
    with CaptureQueriesContext(connection) as read:
        client.get(f"/cases/{other.case.reference}")
    assert sum("SAVEPOINT" not in one["sql"] for one in read.captured_queries) <= 26  # one is for unfilled roles
    page = client.get(f"/matches/{found.id}")
    with CaptureQueriesContext(connection) as written:
        assert client.post(f"/matches/{found.id}", sent(page, do="unlink", words="Two.")).status_code == 302
    assert sum("SAVEPOINT" not in one["sql"] for one in written.captured_queries) <= 40


def test_who_had_the_page_open_while_another_linked_takes_no_link_back_by_it(people):
    """The same words under the same box would say why the link is taken back."""
    _, (one, other, *_), coordinator = people
    found = match(one, other)
    client = signed_in(Client(), coordinator)
    address = f"/matches/{found.id}"
    links, says_two = client.get(address), client.get(address)
    link_people(by=coordinator, at=timezone.now(), match=found, reasons=["name_same"])
    takes_back = client.get(address)
    late = client.post(address, sent(links, do="link", reasons=["looks"], words="The same scar."))
    assert (late.status_code, "The same scar." in words(late)) == (422, True)
    late = client.post(address, sent(says_two, do="not_same", words="Two sisters."))
    assert (late.status_code, "Someone linked them while" in words(late)) == (422, True)
    assert "Two sisters." in words(late)
    assert groups_of() == [("Ana 0", "Ana 1")]
    assert client.post(address, sent(client.get(address), do="unlink", words="Two sisters.")).url == address
    late = client.post(address, sent(takes_back, do="unlink", words="Two sisters."))
    assert (late.status_code, "undid the link" in words(late)) == (422, True)
    assert groups_of() == []


def test_who_says_that_they_are_two_waits_for_whoever_is_linking_them(own_database):
    TenantFactory()
    with within("fenmarch"):
        officer, by, another = a_member("frontline"), a_member("coordinator"), a_member("coordinator")
        found = match(*(a_person(officer, a_case(officer)) for _ in range(2)))

    def say():
        with connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '50ms'")
        decide(another, found, "not_same")

    with within("fenmarch"):
        decide(by, found, "linked")
        faults = at_once(say)  # what was linked is not there yet for anybody else
    assert [str(fault).partition("\n")[0] for fault in faults] == ["canceling statement due to lock timeout"]


def test_what_was_decided_first_stands_and_is_looked_at_again_before_it_changes(people):
    _, (a, b, c, d), by = people
    together, apart = match(a, b), match(c, d)
    decide(by, together, "linked")
    decide(by, apart, "not_same")
    for found, kind in ((together, "not_same"), (apart, "linked")):
        with pytest.raises(UnableToLink, match="while this page was open"):
            decide(by, found, kind)
    say_of_match(by=by, at=timezone.now(), match=apart, kind="again")
    decide(by, apart, "linked")
    assert IdentityLink.objects.count() == 2


def decide(by, found, kind):
    if kind == "linked":
        link_people(by=by, at=timezone.now(), match=found, reasons=["looks"])
    else:
        say_of_match(by=by, at=timezone.now(), match=found, kind=kind)
