"""Keeping and letting go, as data protection and the coordinator do it: on a telephone without JavaScript and at a desk."""

from datetime import date

import pytest

from lodestar.casework.cases.models import Person
from lodestar.information_governance.retention.models import ReviewDue, SubjectRequest
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import a_case, a_person
from tests.factories.keeping import BreachFactory, SubjectRequestFactory, SubjectRequestStepFactory, TallyFactory
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody

NAME = "Marmalade Quill"


@pytest.fixture
def scene(live):
    """Somebody recorded wrongly, whose time to be looked at came long ago."""
    people = {role: somebody(role) for role in ("frontline", "coordinator", "data_protection")}
    people["second"] = somebody("data_protection", name="I. Mbeki")
    with within("fenmarch"):
        officer = member_of(people["frontline"])
        case = a_case(officer, what=f"{NAME} at the car wash")
        person = a_person(officer, case, name=NAME, roles=["possible_victim"], belief="none")
        ReviewDue.objects.create(person=person, category="victim", last_contact=date(2019, 3, 2), due_on=date(2020, 3, 2))
        SubjectRequestFactory(number=1, who="Her brother writes for her")
        BreachFactory(number=1)
        TallyFactory(what="person: victim; none; period_over", number=4)
    return people, case.reference, person.id


def test_who_was_recorded_wrongly_is_let_go_by_two_once_no_hold_stands(phone, desk, scene):
    people, reference, person = scene
    sign_in(desk, people["coordinator"])
    at_desk = Hand(desk)
    at_desk.open(f"/cases/{reference}/hold")
    check_page(desk, "case-hold")
    at_desk.tick("A complaint")
    at_desk.type("Why", "She complained about the stop")
    at_desk.tap("Put the hold on")
    check_page(desk)

    sign_in(phone, people["data_protection"])
    hand = Hand(phone)
    hand.open("/keeping")
    hand.tap(f"Person 1 of {reference}", "link")
    check_page(phone, "keeping-person")
    assert NAME not in phone.content()
    hand.tick("It is not needed: ask for deletion")
    hand.tick("They were recorded wrongly")
    hand.type("Why", "It was somebody else")
    hand.tap("Record it")
    assert "A legal hold is on the case." in phone.content()

    at_desk.tap("Lift the hold", "link")
    check_page(desk)
    at_desk.type("Why", "The complaint is answered")
    at_desk.tap("Lift the hold")
    hand.tap("Record it")
    assert phone.url.endswith("/keeping")

    desk.context.clear_cookies()
    sign_in(desk, people["second"])
    at_desk.open("/keeping")
    check_page(desk, "keeping")
    at_desk.tap(f"Decide about person 1 of {reference}", "link")
    check_page(desk, "keeping-disposal")
    at_desk.tick("Delete permanently")
    at_desk.tap("Record it")
    assert desk.url.endswith("/keeping")
    with within("fenmarch"):
        assert not Person.objects.filter(id=person).exists()


def test_the_registers_are_read_and_written_on_any_screen(page, scene):
    sign_in(page, scene[0]["data_protection"])
    hand = Hand(page)
    for path in ("/keeping", "/requests", "/requests/new", "/breaches", "/breaches/new"):
        hand.open(path)
        check_page(page, path.strip("/").replace("/", "-"))
    for path, link in (("/breaches", "Breach 1"), ("/requests", "Request 1")):
        hand.open(path)
        hand.tap(link, "link")
        check_page(page, link.replace(" ", "-").lower())


def test_who_asks_is_looked_for_and_whoever_has_the_case_says_what_may_be_given(phone, desk, scene):
    """Data protection at a desk sees where; the officer on a telephone says what; nobody sees more."""
    people, reference, _ = scene
    with within("fenmarch"):
        request = SubjectRequest.objects.get(number=1)
        for kind in ("identity", "alone"):
            SubjectRequestStepFactory(request=request, kind=kind)
    sign_in(desk, people["data_protection"])
    at_desk = Hand(desk)
    at_desk.open(f"/requests/{request.id}")
    at_desk.tap("Search", "link")
    check_page(desk, "request-search-desk")
    at_desk.type("Names", "Marmelade Quill")
    at_desk.tap("Search")
    assert f"Person 1 of {reference}" in desk.content()
    assert NAME not in desk.content()
    check_page(desk, "request-found-desk")

    sign_in(phone, people["frontline"])
    hand = Hand(phone)
    hand.open("/my-work")
    check_page(phone)
    hand.tap(phone.get_by_role("link", name="Subject access request"), "link")
    check_page(phone, "request-task")
    hand.tick("Yes")
    hand.tap("Record it")
    assert "Say what may be disclosed" in phone.content()
    check_page(phone)
    hand.type("What in the case may be disclosed to them?", "That she was stopped on 2 March, and what she said")
    for words in ("Where anyone is, or how to contact them", "A place of support, or who works there",
                  "Another person: named, described or identifiable"):  # fmt: skip
        hand.tick(words, "checkbox")
    hand.tick("It would prejudice preventing, detecting or prosecuting an offence", "checkbox")
    hand.type("In a few words", "The car wash is being looked at")
    hand.tap("Record it")
    assert phone.url.endswith("/my-work")
    at_desk.open(f"/requests/{request.id}")
    assert "May be disclosed: That she was stopped on 2 March" in desk.content()
    check_page(desk, "request-reviewed-desk")

    phone.context.clear_cookies()
    sign_in(phone, people["data_protection"])
    for path, name in ((f"/requests/{request.id}", "request-reviewed"), (f"/requests/{request.id}/search", "request-search")):
        hand.open(path)
        check_page(phone, name)
