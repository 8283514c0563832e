"""What people read, as a picture: on a telephone without JavaScript and at a desk, whoever reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.case_files.actions.case import name_operation
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from lodestar.information_governance.access_alerts.actions import use_emergency_access
from lodestar.platform.accounts.models import Membership
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.administering import administering
from tests.factories.cases import AllegedOffenceFactory, RemarkFactory, a_case, a_person, contact_rule
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, sign_in, somebody


@pytest.fixture
def night(live):
    """An officer's night: two young people, one line passed up, an address held, a colleague who used emergency access."""
    people = {role: somebody(role, name=name) for role, name in (
        ("frontline", "PC Brandreth"), ("supervisor", "Sgt Solanki"), ("coordinator", "F. Quist"),
        ("data_protection", "T. Birch"), ("custody", "Sgt Eze-Porter"),
    )}  # fmt: skip
    with within("fenmarch"):
        members = {role: member_of(user) for role, user in people.items()}
        with administering():
            Membership.objects.filter(user=people["supervisor"]).update(unit=members["frontline"].unit)
        officer, met = members["frontline"], timezone.now() - timedelta(hours=2)
        case = a_case(officer, at=met, place="Quay car wash, Marlsea", what="Two lads and the man who drove them.")
        kieran = a_person(officer, case, at=met, name="Kieran Moss", age_min=16, age_max=16, place="custody", language="English")
        a_person(officer, case, at=met, name="Jaz", age_min=15, age_max=17, age_basis="estimated", needs=["safe_place"])
        AllegedOffenceFactory(person=kieran, title="Possession of a controlled drug with intent to supply", stage="arrest")
        stuck = Obligation.objects.get(case=case, code="see_alone_with_independent_interpreter", person=kieran)
        answer_duty(
            by=officer, at=met, case=case, obligations=[stuck], kind="not_possible", because="Two agencies, none until 06:00."
        )
        record_address(by=officer, at=met, person=kieran, address="1 Nowhere Lane", viewers=[])
        agree_contact(by=officer, at=met, person=kieran, rule=contact_rule(to_use="Text only"))
        use_emergency_access(by=members["custody"], at=timezone.now(), case=case, reason="He is in my custody.")
        name_operation(by=members["coordinator"], at=met, case=case, name="Operation Larkspur")
        RemarkFactory(rule="reach_nrm_or_dtn", words="72 hours is too long for a car wash.", said_by=people["frontline"])
        owed = Obligation.objects.get(case=case, code="golden_hour_evidence", person=kieran)
    return people, case.reference, kieran.id, owed.id


def test_every_page_that_people_read_holds_nothing_for_axe_and_fits(page, night):
    people, reference, person, owed = night
    about = f"/people/{person}"
    read = {
        "frontline": ["/my-work", "/my-cases", f"/cases/{reference}", about, f"{about}/happened",
                      f"{about}/looked", f"{about}/address", f"{about}/contact", f"{about}/address?new=1",
                      f"/cases/{reference}/owed", f"/cases/{reference}/happened", f"/cases/{reference}/files", f"/owed/{owed}",
                      "/drafts", "/emergency/FM-26-9999", "/cases/FM-26-9999"],
        "supervisor": ["/my-work", "/my-team", "/my-unit", f"/cases/{reference}/seal", f"/cases/{reference}/give",
                       f"/cases/{reference}/operation", f"{about}/address"],
        "coordinator": ["/my-work", "/wrong", "/rules", "/rules/reach_nrm_or_dtn"],
        "data_protection": ["/my-work", "/log"],
    }  # fmt: skip
    for role, paths in read.items():
        page.context.clear_cookies()
        sign_in(page, people[role])
        for path in paths:
            page.goto(path)
            short = path.split("?")[0].replace(str(person), "person").replace(str(owed), "one")
            check_page(page, role + short.replace("/", "-"))


def test_an_address_is_shown_once_on_a_telephone(phone, night):
    people, _, person, _ = night
    sign_in(phone, people["frontline"])
    phone.goto(f"/people/{person}")
    phone.get_by_role("link", name="Ask to see it").click()
    phone.get_by_label("Why do you need to see it?").fill("The doctor goes there tonight.")
    phone.get_by_role("button", name="Show it once").click()
    expect(phone.get_by_text("1 Nowhere Lane")).to_be_visible()
    check_page(phone, "address-shown")
    phone.reload()
    assert not phone.get_by_text("1 Nowhere Lane").is_visible()
    expect(phone.get_by_role("button", name="Show it once")).to_be_visible()


def test_the_log_asks_why_before_it_shows_anything(desk, night):
    people, _, person, _ = night
    sign_in(desk, people["data_protection"])
    desk.goto("/log")
    expect(desk.get_by_text("Sgt Eze-Porter")).to_be_visible()
    desk.get_by_label("For criminal proceedings").check()
    desk.get_by_label("Who has seen this person, or this case").check()
    desk.get_by_label("Which one?").fill(str(person))
    desk.get_by_role("button", name="Look", exact=True).click()
    expect(desk.get_by_text("Purpose: For criminal proceedings.")).to_be_visible()
    check_page(desk, "log-found")
