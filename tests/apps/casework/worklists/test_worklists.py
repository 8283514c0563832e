"""My work, my team's, the unit's: whose, in which order, a page after another, and never a sealed case of others."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case, seal_case
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import Worklists, begins_after, listed
from lodestar.platform.accounts.models import Unit
from lodestar.platform.accounts.permissions import ROLES, Reach
from lodestar.platform.audit.models import Event
from lodestar.platform.design.when import clock
from lodestar.platform.obligations.gravity import CHILD, CUSTODY, DANGER
from lodestar.platform.text.paging import Place
from lodestar.web.shell import IN_BAR, behind_more, places_of
from tests.factories.accounts import DraftFactory, DutyFactory, TourFactory, UnitFactory, a_member
from tests.factories.cases import MET, AllegedOffenceFactory, ObligationFactory, SealOwnerFactory, a_case, a_person, user_of
from tests.factories.contacts import a_contact
from tests.factories.signed_in import html_of, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")


def owed(case, holder=None, due=None, **more):
    told = {"holder": user_of(holder) if holder else None, "due_at": due, "unit": case.unit} | more
    return ObligationFactory(case=case, code="golden_hour_evidence", **told)


def in_order(officer, case, now):
    """Rows as they follow one another, the gravest of what is late or due soon first."""
    hour = timedelta(hours=1)
    return [
        owed(case, officer, now + 2 * hour, gravity=CHILD, subject="a child, due soon"),
        owed(case, officer, None, gravity=CUSTODY, opens_at=now - hour, subject="in custody, now, undated"),
        owed(case, officer, now - 3 * hour, gravity=DANGER, subject="in danger, late"),
        owed(case, officer, now - 50 * hour, subject="late"),
        owed(case, officer, now + 99 * hour, gravity=CHILD + CUSTODY, subject="a child in custody, later"),
        owed(case, officer, None, when="later", gravity=CHILD, subject="a child, undated"),
        owed(case, officer, now + 30 * hour, subject="later"),
    ]


def test_what_is_late_or_due_soon_goes_first_and_of_it_the_gravest_a_page_after_another():
    officer, now = a_member("frontline"), timezone.now()
    rows = in_order(officer, a_case(officer), now)
    seen, last = [], None
    for _ in rows:
        found = listed({"mine": Worklists(officer).mine()}, now, 2, last)["mine"]
        seen.append(found[0].id)
        last = begins_after(officer, Place(now, found[0].id).mark(), now)[1]
    assert seen == [row.id for row in rows]
    assert listed({"mine": Worklists(officer).mine()}, now, 2, last)["mine"] == []


def test_a_list_says_how_much_of_it_is_late_about_a_child_and_in_custody(client):
    officer, now = a_member("frontline"), timezone.now()
    tour = TourFactory(user_id=officer.user, user=None, from_at=now - timedelta(hours=8), to_at=now + timedelta(hours=1))
    in_order(officer, a_case(officer, place="Quay car wash"), now)
    html = html_of(signed_in(client, officer), "/my-work")
    (head,) = re.findall(r'<ul class="lode-jump" data-head>(.*?)</ul>', html)
    assert re.findall(r">(\d+|none) ", head) == ["7", "2", "3", "2"]
    assert clock(tour.to_at) in head
    assert "Quay car wash" in html


def test_what_opens_later_is_not_owed_yet(client):
    officer = a_member("frontline")
    case = a_case(officer)
    owed(case, officer, timezone.now() + timedelta(days=30), opens_at=timezone.now() + timedelta(days=28))
    assert "Nothing recorded for you to do yet." in html_of(signed_in(client, officer), "/my-work")


def test_the_same_thing_for_two_people_is_one_line(client):
    officer = a_member("frontline")
    case = a_case(officer)
    for name in ("Kieran Moss", "Jaz"):
        a_person(officer, case, name=name, age_min=15, age_max=15)
    html = html_of(signed_in(client, officer), "/my-work")
    assert html.count("<b>Ring children’s services now<") == 1
    assert "Kieran M. and Jaz" in html


def test_a_mark_that_is_none_is_the_beginning(client):
    officer = a_member("frontline")
    owed(a_case(officer), officer, timezone.now())
    for mark in ("x", "bm9uc2Vuc2U", Place(timezone.now(), officer.user).mark()):
        assert "Secure golden hour evidence" in html_of(signed_in(client, officer), f"/my-work?after={mark}")


@pytest.mark.parametrize("role", ["coordinator", "crime_allocation"])
def test_who_serves_the_force_answers_for_their_role_in_all_of_it(role, client):
    case = a_case(a_member("frontline"))
    owed(case, due=timezone.now(), with_role=role)
    assert case.reference in html_of(signed_in(client, a_member(role)), "/my-work")


def test_custody_and_supervisors_answer_where_they_may_see():
    officer, now = a_member("frontline"), timezone.now()
    case = a_case(officer)
    owed(case, due=now, with_role="custody", subject="c")
    owed(case, due=now, with_role="supervisor", subject="s")
    sergeant, theirs, others = a_member("custody"), a_member("supervisor", unit=case.unit), a_member("supervisor")

    def number(member):
        return len(listed({"mine": Worklists(member).mine()}, now, 9)["mine"])

    assert [number(member) for member in (sergeant, theirs, others)] == [0, 1, 0]
    give_case(by=theirs, at=now, case=case, to=sergeant.user)
    assert number(sergeant) == 1


def test_a_supervisor_of_a_unit_sees_the_teams_below_it():
    unit = UnitFactory()
    team = UnitFactory(parent=unit)
    head, officer, now = a_member("supervisor", unit=unit), a_member("frontline", unit=team), timezone.now()
    owed(a_case(officer), due=now, with_role="supervisor")
    lists = Worklists(head)
    found = listed({"mine": lists.mine(), "team": lists.team(), "unit": lists.unit()}, now, 9)
    assert {name: len(rows) for name, rows in found.items()} == {"mine": 1, "team": 0, "unit": 1}


def test_what_was_not_possible_waits_for_the_supervisor_with_what_was_tried(client):
    officer = a_member("frontline", name="PC Ferreira")
    case = a_case(officer)
    person = a_person(officer, case, age_min=15, age_max=15)
    row = Obligation.objects.get(case=case, person=person, code="safe_place")
    answer_duty(by=officer, at=MET, case=case, obligations=[row], kind="not_possible", because="No foster bed until 04:00.")
    html = html_of(signed_in(client, a_member("supervisor", unit=case.unit)), "/my-work")
    assert "What needs your decision" in html
    assert "Not possible yet: find a safe place to sleep tonight" in html
    assert "(PC Ferreira)" in html
    assert "No foster bed until 04:00." in html
    assert ">Stuck<" in html


def test_a_sealed_case_is_in_no_list_and_no_count_but_its_owners(client):
    officer = a_member("frontline")
    supervisor = a_member("supervisor", unit=a_case(officer).unit)
    sealed = a_case(officer, place="Nowhere farm")
    a_person(officer, sealed, age_min=15, age_max=15)
    owner = a_member("coordinator")
    seal_case(by=supervisor, at=MET, case=sealed, reason="An officer is their brother.", owners=[supervisor.user, owner.user])
    number = Obligation.objects.filter(case=sealed, state="open", opens_at__lte=timezone.now()).count()
    for member in (officer, a_member("coordinator"), a_member("detective_inspector"), a_member("crime_allocation")):
        lists, now = Worklists(member), timezone.now()
        found = listed({"mine": lists.mine(), "team": lists.team(), "unit": lists.unit()}, now, 999)
        assert not {row.id for rows in found.values() for row in rows} & _ids(sealed)
        for path in ("/my-work", "/my-team", "/my-unit"):
            page = signed_in(client, member).get(path)
            assert sealed.reference not in page.content.decode()
            assert "Nowhere farm" not in page.content.decode()
    mine = listed({"unit": Worklists(owner).unit()}, timezone.now(), 999)["unit"]
    assert len({row.id for row in mine} & _ids(sealed)) == number > 0


def _ids(case):
    return set(Obligation.objects.filter(case=case).values_list("id", flat=True))


def test_every_list_is_written_down_with_whom_it_showed(client):
    officer = a_member("frontline")
    case = a_case(officer)
    person = a_person(officer, case)
    signed_in(client, officer).get("/my-work")
    seen = Event.objects.get(by=officer.user, code="cases.people_listed")
    assert seen.people == [person.id]


def test_what_was_being_written_can_be_carried_on(client):
    officer = a_member("frontline")
    draft = DraftFactory(user=user_of(officer), path="/record/some-key/who", saved_at=timezone.now())
    html = html_of(signed_in(client, officer), "/my-work")
    assert "you were writing <b>Record a concern</b>" in html
    assert f'href="/record/some-key/who?draft={draft.key}"' in html


def test_who_is_on_duty_stands_beside_the_number(client):
    officer = a_member("frontline")
    DutyFactory(user=user_of(a_member("supervisor", name="Sgt Solanki")), post="supervisor")
    a_contact(a_member("coordinator"), "duty_sergeant", "01632 960 118")
    assert "Sgt Solanki, until" in html_of(signed_in(client, officer), "/my-work")


@each("role", ["frontline", "supervisor", "coordinator", "investigator", "custody", "crime_allocation"])
def test_the_queries_of_a_worklist_do_not_grow_with_rows(role, client):
    officer, now = a_member("frontline"), timezone.now()
    unit = a_case(officer).unit
    member = a_member(role, unit=unit)
    signed_in(client, member)
    paths = ["/my-work", *(["/my-team", "/my-unit"] if role in ("supervisor", "coordinator") else [])]
    counts = []
    for rows in (2, 14):
        for number in range(rows):
            case = a_case(officer)
            owed(case, member, now, subject=str(number))
            person = a_person(officer, case, age_min=15, age_max=15)
            role_owed = member.owes[0]
            owed(case, None, now, with_role=role_owed, person=person, not_possible=True, subject=f"stuck {number}")
        taken = []
        for path in paths:
            with at_most(15), CaptureQueriesContext(connection) as read:
                html_of(client, path)
            taken.append(len(read.captured_queries))
        counts.append(taken)
    assert all(more <= fewer for fewer, more in zip(*counts, strict=True)), counts


def test_over_two_hundred_is_not_counted_to_the_last(client):
    officer, now = a_member("frontline"), timezone.now()
    case = a_case(officer)
    row = ObligationFactory.build(case=case, unit=case.unit, holder=user_of(officer), due_at=now)
    Obligation.objects.bulk_create(
        Obligation(
            case=case, code="safe_place", subject=str(number), owed_by="frontline", with_role="frontline",
            holder_id=officer.user, unit=case.unit, when="now", due_at=row.due_at, opens_at=MET, opened_at=MET, state="open",
        )
        for number in range(202)
    )  # fmt: skip
    assert "<li>over 200 to do</li><li>over 200 late</li>" in html_of(signed_in(client, officer), "/my-work")
    later = [row.id for row in Obligation.objects.filter(case=case).order_by("-id")[:50]]
    Obligation.objects.filter(id__in=later).update(due_at=now + timedelta(hours=1), gravity=CHILD)
    head = html_of(client, "/my-work").partition("data-head")[2].partition("</ul>")[0]
    assert re.findall(r"<li>(.*?)</li>", head) == ["over 200 to do", "at least 151 late"]  # of the 201 that were read


def test_what_is_of_these_hours_comes_first_however_much_that_is_graver_waits(client):
    sergeant, now = a_member("supervisor"), timezone.now()
    graver, tonight = a_case(sergeant), a_case(sergeant)
    of = {
        "unit": graver.unit, "code": "safe_place", "owed_by": "supervisor", "with_role": "supervisor", "when": "now",
        "opens_at": MET, "opened_at": MET, "state": "open",
    }  # fmt: skip
    Obligation.objects.bulk_create(
        Obligation(case=graver, subject=str(number), due_at=now - timedelta(days=9), gravity=CHILD, **of) for number in range(201)
    )
    Obligation.objects.create(case=tonight, due_at=now + timedelta(hours=1), **of)
    groups = re.findall(r'data-group="([^"]+)"', html_of(signed_in(client, sergeant), "/my-work"))
    assert groups[:2] == [tonight.reference, graver.reference]


def test_a_list_is_narrowed_and_stays_so_on_the_next_page(client):
    sergeant, now = a_member("supervisor"), timezone.now()
    unit = Unit.objects.get(id=sergeant.unit)
    officer, other = (a_member("frontline", unit=unit, name=name) for name in ("PC Ferreira", "PC Brandreth"))
    case = a_case(officer)
    rows = {row.subject: row for row in in_order(officer, case, now)}
    theirs = owed(case, other, now - timedelta(hours=1), subject="other", not_possible=True)

    def shown(**asked):
        html = html_of(signed_in(client, sergeant), "/my-team", **asked)
        ticks = ".".join(re.findall(r'name="line" value="([^"]+)', html)).split(".")
        return {one for one in [*rows.values(), theirs] if str(one.id) in ticks}, html

    assert shown()[0] == {*rows.values(), theirs}
    assert shown(officer="pc brandreth", reference=case.reference.lower())[0] == {theirs}
    assert shown(child="on", custody="on")[0] == {rows["a child in custody, later"]}
    assert shown(stage="stuck", kind="golden_hour_evidence")[0] == {theirs}
    assert shown(stage="late", kind="safe_place")[0] == set()
    found, html = shown(officer="nobody.here")
    assert not found
    assert 'id="officer-error"' in html
    for number in range(40):
        owed(case, officer, now, gravity=CHILD, subject=f"more {number}")
    after = re.search(r'href="(/my-team\?child=on&after=[^"]+)"', shown(child="on")[1])
    assert str(rows["a child, undated"].id) in html_of(client, after[1])


def test_of_two_children_at_most_fifteen_lines_are_open_and_the_rest_is_folded_by_who_has_it(client):
    officer = a_member("frontline")
    case = a_case(officer, at=timezone.now() - timedelta(hours=1))
    for name in ("Kieran Moss", "Jaz"):
        person = a_person(officer, case, name=name, age_min=15, age_max=15, place="custody", needs=["safe_place", "medical"])
        AllegedOffenceFactory(person=person, stage="arrest")
    ledger.recalculate([case.id], ledger.Cause(by=officer.user, at=timezone.now(), code="cases.changed"))
    html = html_of(signed_in(client, officer), f"/cases/{case.reference}/owed")
    folds = re.findall(r"<details.*?</details>", html, re.DOTALL)
    shown = html
    for fold in folds:
        shown = shown.replace(fold, "")
    assert 10 < shown.count("<li><div>") <= 15
    assert any("Coordinator: " in fold for fold in folds)


def test_team_and_unit_are_for_those_who_lead(client):
    for role, status in (("frontline", 404), ("custody", 404), ("data_protection", 404), ("supervisor", 200)):
        signed_in(client, a_member(role))
        assert {client.get(path).status_code for path in ("/my-team", "/my-unit")} == {status}


def test_the_start_is_ones_own_work(client):
    assert client.get("/").headers["Location"].startswith("/sign-in")
    assert signed_in(client, a_member("administrator")).get("/").headers["Location"] == "/my-work"


def test_a_sealed_owner_reaches_a_list_by_name():
    owner = a_member("frontline")
    case = a_case(a_member("frontline"))
    type(case).objects.filter(id=case.id).update(sealed=True)
    SealOwnerFactory(case=case, user=user_of(owner))
    row = owed(case, owner, timezone.now(), sealed=True)
    assert [one.id for one in listed({"mine": Worklists(owner).mine()}, timezone.now(), 9)["mine"]] == [row.id]


BAR = re.compile(r'<nav class="lode-nav".*?</nav>', re.DOTALL)


def bar_of(page) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]+)"( aria-current="true")?', BAR.search(page.content.decode())[0])


@each("role", ROLES)
def test_the_bar_is_short_and_with_the_page_behind_it_holds_every_place_once(client, fenmarch, role):
    member = a_member(role)
    bar = [href for href, _ in bar_of(signed_in(client, member).get("/more"))]
    assert len(bar) <= IN_BAR
    behind = re.findall(r'<b><a class="govuk-link" href="([^"]+)"', client.get("/more").content.decode())
    places = [href for _, href, _ in places_of(member)]
    assert len(places) == len(set(places))
    assert [href for href in bar if href != "/more"] + behind == places
    assert ("/more" in bar) == bool(behind) == bool(behind_more(member))


def test_whoever_is_at_a_place_behind_more_reads_so_in_the_bar(client, fenmarch):
    signed_in(client, a_member("coordinator"))
    assert [href for href, current in bar_of(client.get("/matches")) if current] == ["/more"]
    assert [href for href, current in bar_of(client.get("/referrals")) if current] == ["/referrals"]
    assert [href for href, current in bar_of(client.get("/more")) if current] == ["/more"]


def test_every_place_behind_more_says_what_it_is(fenmarch):
    for role in ROLES:
        assert all(about for _, _, about in behind_more(a_member(role)))


@each("role", [role for role, found in ROLES.items() if found.reach == Reach.NOTHING and not found.database])
def test_whoever_has_no_cases_begins_with_what_they_do_here(client, fenmarch, role):
    member = a_member(role)
    page = signed_in(client, member).get("/my-work").content.decode()
    assert "What you do here" in page
    assert all(about in page for _, _, about in places_of(member)[1:])
    assert "What you do here" not in signed_in(client, a_member("frontline")).get("/my-work").content.decode()
