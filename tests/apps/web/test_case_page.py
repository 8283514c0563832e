"""The page of a case: for those who see the case, its people, panels in their order, and never that it is over."""

import re
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from lodestar.casework.allocation.actions import allocate, give_authority
from lodestar.casework.case_files.actions.case import change_case, give_case
from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.intelligence.identities.actions.identities import link_people
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import AccreditationFactory, TenantFactory, UnitFactory, a_member
from tests.factories.cases import (
    MET,
    AllegedOffenceFactory,
    CaseMemberFactory,
    a_case,
    a_person,
    a_record,
    closed_somehow,
    user_of,
)
from tests.factories.investigations import a_detective
from tests.factories.met_before import MatchFactory
from tests.factories.recognition import SignSeenFactory
from tests.factories.referrals import ReferralFactory, ReferralReferenceFactory
from tests.factories.signed_in import html_of, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

OVER = re.compile(r"\b(safe|complete|completed|all clear)\b", re.IGNORECASE)
NAMES_OF_THINGS = re.compile(
    r"Safe address|Safe contact|safe_place|safe address|Make the person safe|a safe (?:place|way)|Complete the", re.IGNORECASE
)


def words_of(html):
    return re.sub(r"<[^>]+>", " ", html)


def test_who_sees_a_case_and_who_sees_nothing(db, client):
    TenantFactory(), TenantFactory(slug="eastern", reference_prefix="ER")
    with within("fenmarch"):
        officer = a_member("frontline")
        case = a_case(officer, place="Quay car wash")
        person = a_person(officer, case)
        colleague = a_member("frontline", unit=case.unit)
        given = a_member("investigator")
        give_case(by=a_member("coordinator"), at=MET, case=case, to=given.user)
        supervisor, other = a_member("supervisor", unit=case.unit), a_member("supervisor")
        coordinator, admin, log = a_member("coordinator"), a_member("administrator"), a_member("data_protection")
    with within("eastern"):
        stranger = a_member("coordinator", unit=UnitFactory(name="Elsewhere"))
    paths = [f"/cases/{case.reference}", f"/people/{person.id}"]  # tests/access asks for all that hangs on them
    for member in (officer, given, supervisor, coordinator):
        assert {signed_in(client, member).get(path).status_code for path in paths} == {200}
    for member in (colleague, other, admin, log, stranger):
        pages = [signed_in(client, member).get(path) for path in paths]
        missing = client.get("/cases/FM-26-9999")
        assert {page.status_code for page in pages} == {404}
        assert "Quay car wash" not in "".join(page.content.decode() for page in pages)
        assert _plain(pages[0], case.reference) == _plain(missing, "FM-26-9999")


def _plain(page, reference):
    return re.sub(r'value="[^"]{16,}"', "", page.content.decode().replace(reference, "REF"))


def test_the_way_to_emergency_access_stands_where_nothing_is_shown(client, fenmarch):
    case = a_case(a_member("frontline"))
    page = signed_in(client, a_member("frontline")).get(f"/cases/{case.reference}")
    assert page.status_code == 404
    assert f"/emergency/{case.reference}" in page.content.decode()
    page = signed_in(client, a_member("administrator")).get(f"/cases/{case.reference}")
    assert "/emergency" not in page.content.decode()


def test_where_no_case_is_named_emergency_access_asks_for_one_and_a_person_not_theirs_looks_like_nobody(client, fenmarch):
    officer = a_member("frontline")
    person = a_person(officer, a_case(officer))
    signed_in(client, a_member("frontline"))
    theirs, nobody = (client.get(f"/people/{one}") for one in (person.id, uuid4()))
    assert {theirs.status_code, nobody.status_code} == {404}
    assert 'href="/emergency"' in theirs.content.decode()
    assert _plain(theirs, str(person.id)) == _plain(nobody, nobody.request["PATH_INFO"].split("/")[2])
    page = signed_in(client, a_member("administrator")).get(f"/people/{person.id}")
    assert "/emergency" not in page.content.decode()


def test_the_panels_stand_in_the_order_of_harm(client, fenmarch):
    officer = a_member("frontline")
    case = a_case(officer, place="Packing shed")
    person = a_person(officer, case, name="Rareș Munteanu", place="custody")
    AllegedOffenceFactory(person=person, stage="arrest")
    html = html_of(signed_in(client, officer), f"/cases/{case.reference}")
    order = ["owed", "tonight", "section45", "signs", "referrals", "investigation", "latest"]
    places = [html.index(f'id="panel-{one}"') for one in order]
    assert places == sorted(places)
    assert "<title>Case " + case.reference + " - Lodestar</title>" in html
    assert "Rareș" not in html[: html.index("</head>")]
    assert "Acting case owner:" in html


def test_the_signs_seen_stand_with_whom_by_whom_and_when(client, fenmarch):
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer)
    signed_in(client, officer)
    path = f"/cases/{case.reference}"
    assert "No signs recorded yet." in html_of(client, path)
    kieran, jaz = (a_person(officer, case, name=name, belief="signs_only") for name in ("Kieran", "Jaz"))
    seen = {"case": case, "recorded_by": user_of(officer), "seen_at": MET}
    for person in (kieran, jaz):
        SignSeenFactory(code="owes_someone", person=person, **seen)
    SignSeenFactory(code="wraps_ready_to_sell", **seen)
    SignSeenFactory(code="afraid_looks_to_someone", withdrawn_at=MET, withdrawn_by=user_of(officer), **seen)
    page = " ".join(words_of(html_of(client, path)).split())
    assert "Signs seen, 2 A supervisor has still to decide on Kieran and Jaz." in page
    assert "Says they owe someone Kieran and Jaz. Seen 2 March, 23:40, PC Brandreth" in page
    assert "Wraps or bags ready to sell The place. Seen" in page
    assert "Afraid, or looks" not in page


def test_the_owner_stands_with_skill_and_since_when(client, fenmarch):
    officer, detective = a_member("frontline"), a_member("investigator", name="DC Marchetti")
    case = a_case(officer)
    CaseMemberFactory(case=case, user=user_of(detective), how="owner", from_at=MET)
    AccreditationFactory(user=user_of(detective))
    change_case(by=officer, at=MET, case=case, facts={"owner_id": detective.user})
    assert "Owner: DC Marchetti (PIP2), since 2 March, 23:40" in html_of(signed_in(client, detective), f"/cases/{case.reference}")


def test_a_case_and_a_person_are_never_said_to_be_safe_or_complete(client, fenmarch):
    officer = a_member("frontline")
    case = a_case(officer)
    person = a_person(officer, case, age_min=15, age_max=15)
    rows = list(Obligation.objects.filter(case=case, state="open"))
    closed_somehow(officer, case, rows)
    assert (
        not Obligation.objects.filter(case=case, state="open", opens_at__lte=timezone.now())
        .exclude(id__in=[row.id for row in rows])
        .exists()
    )
    signed_in(client, officer)
    for path in (f"/cases/{case.reference}", f"/people/{person.id}", "/my-work"):
        words = NAMES_OF_THINGS.sub("", words_of(html_of(client, path)))
        assert not OVER.search(words), (path, OVER.search(words))
    assert "This does not show how they are now" in html_of(client, f"/people/{person.id}")


def test_the_queries_of_a_case_do_not_grow_and_a_page_of_many_people_stays_light(client, fenmarch):
    officer = a_member("frontline")
    case = a_case(officer)
    signed_in(client, officer)
    for people in (2, 23):
        for number in range(people):
            person = a_person(officer, case, name=f"Somebody {number}", age_min=15, age_max=15)
            AllegedOffenceFactory(person=person, stage="arrest")
        with at_most(24):
            html = html_of(client, f"/cases/{case.reference}")
    twin = a_person(officer, a_case(officer), name="Somebody 0")
    coordinator, found = a_member("coordinator"), MatchFactory(person=person, other=twin)
    link_people(by=coordinator, at=timezone.now(), match=found, reasons=["looks"])
    SignSeenFactory(case=case, person=person)
    ReferralFactory(person=person)
    inspector, detective = a_member("detective_inspector"), a_detective("")
    give_authority(by=inspector, at=timezone.now(), case=case, owner=detective.user, seen=0, reason="Nobody on.")
    signed_in(client, coordinator)
    with at_most(25):  # with a referral, an authority, and the latest by somebody else
        assert twin.case.reference in html_of(client, f"/cases/{case.reference}")
    signed_in(client, officer)
    assert "People, 25" in html
    assert "?after=20" in html
    assert "Somebody 22" in html_of(client, f"/cases/{case.reference}?after=20")
    with at_most(15):
        assert "?after=" in html_of(client, f"/cases/{case.reference}/owed")


def test_the_showing_is_written_down_with_the_people_shown(client, fenmarch):
    officer = a_member("frontline")
    case = a_case(officer)
    people = [a_person(officer, case), a_person(officer, case)]
    html_of(signed_in(client, officer), f"/cases/{case.reference}")
    seen = Event.objects.get(by=officer.user, code="cases.viewed")
    assert seen.case == case.id
    assert sorted(seen.people) == sorted(person.id for person in people)


def test_what_happened_pages_after_a_key(client, fenmarch):
    officer = a_member("frontline")
    case = a_case(officer)
    for number in range(30):
        a_person(officer, case, name=f"P{number}", belief="")
    html = html_of(signed_in(client, officer), f"/cases/{case.reference}/happened")
    assert html.count("moj-timeline__item") == 25
    after = re.search(r"\?after=([\w-]+)", html).group(1)
    earlier = html_of(client, f"/cases/{case.reference}/happened?after={after}")
    assert earlier.count("moj-timeline__item") == 6
    assert "Opened a case" in earlier
    assert "Opened a case" not in html


def test_history_is_in_peoples_words_by_day_and_looking_is_no_part_of_it(client, fenmarch):
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer, at=MET)
    people = [a_person(officer, case, at=MET, name=name, age_min=15, age_max=15) for name in ("Dean", "Kai")]
    owed = list(Obligation.objects.filter(case=case, code="tell_childrens_services_now"))
    record = a_record("tell_childrens_services_now", "Mo Hartley")
    answer_duty(by=officer, at=MET, case=case, obligations=owed, kind="done", record=record)
    facts = {"birth_date": "", "age_min": 16, "age_max": 16, "age_basis": "stated"}
    change_person(by=officer, at=timezone.now(), person=people[0], version=1, facts=facts)
    give_case(by=officer, at=timezone.now(), case=case, to=a_member("frontline", name="PC Ferreira").user)
    detective = a_detective(name="DC Wren").user
    allocate(by=a_member("crime_allocation"), at=timezone.now(), case=case, owner=detective, seen=0)
    signed_in(client, officer)
    assert "to a colleague: PC Ferreira" in html_of(client, f"/cases/{case.reference}")
    with at_most(15):
        html = html_of(client, f"/cases/{case.reference}/happened")
    assert "to a colleague: PC Ferreira" in html
    assert "Allocated the case: DC Wren" in html
    days = [html.index(f">{day:%A} {day.day} {day:%B %Y}<") for day in (timezone.localtime(), timezone.localtime(MET))]
    assert days == sorted(days)
    shown = words_of(html)
    assert "Dean and Kai. Called: Mo Hartley" in shown
    assert "How the age is known, age" in shown
    assert not re.search(r"Parts:|date of birth|[a-z]_[a-z]|Opened the case page", shown)
    looked = words_of(html_of(client, f"/cases/{case.reference}/looked"))
    assert "Opened the case page" in looked
    assert "Mo Hartley" not in looked
    change_person(by=officer, at=timezone.now(), person=people[0], version=2, facts={"birth_date": "2010-05"})
    assert "Date of birth" in words_of(html_of(client, f"/cases/{case.reference}/happened"))


def test_two_children_owe_at_most_fifteen_lines_at_once_and_the_rest_is_folded_by_who_has_it(client, fenmarch):
    officer = a_member("frontline")
    case = a_case(officer)
    for name in ("Dean", "Kai"):
        person = a_person(officer, case, name=name, age_min=15, age_max=15, place="custody")
        AllegedOffenceFactory(person=person, stage="arrest")
    change_case(by=officer, at=MET, case=case, facts={"deaths": 0})
    signed_in(client, officer)
    for path, line in ((f"/cases/{case.reference}/owed", "<li><div>"), (f"/people/{person.id}", 'class="lode-meta lode-side"')):
        html = html_of(client, path)
        lists = re.split(r"<details[^>]*><summary[^>]*><span[^>]*>[^<]+[,:] \d+ more", html)
        assert 3 <= lists[0].count(line) <= 15, path
        assert len(lists) > 2, path
        assert sum(part.count(line) for part in lists) > 15, path


@each(
    ("went", "words"),
    [
        ([("made_by_us", "nrm", 0)], "NRM, sent"),
        ([("made_by_us", "dtn", 0), ("made_by_us", "nrm", 1)], "NRM, sent"),
        ([("made_by_us", "nrm", 0), ("made_by_us", "dtn", 1)], "Duty to Notify, sent"),
        ([("received_for_investigation", "nrm", 0)], "NRM, received"),
        ([("made_by_us", "nrm", 0), ("received_for_investigation", "dtn", 1)], "Duty to Notify, received"),
    ],
)
def test_what_went_last_about_a_person_is_said_and_what_is_acknowledged_stays_ours(fenmarch, client, went, words):
    officer = a_member("frontline")
    case = a_case(officer)
    person = a_person(officer, case, name="Ardit", belief="reasonable_grounds")
    for number, (direction, route, days) in enumerate(went, 1):
        row = ReferralFactory(person=person, number=number, direction=direction, route=route, sent_at=MET + timedelta(days=days))
        if direction == "made_by_us":
            ReferralReferenceFactory(referral=row)
    page = words_of(html_of(signed_in(client, officer), f"/cases/{case.reference}"))
    assert f"{words} " in page
    assert page.count("NRM, ") + page.count("Duty to Notify, ") == page.count(f"{words} ")
