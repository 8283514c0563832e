"""Guidance at a step of a case that is answered on a page of its own: shown on request, and written down with the case."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.cases.models import Obligation
from lodestar.guidance import actions
from lodestar.kernel.text_alone import read
from lodestar.record.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import signed_in
from tests.factories.statements import at_most
from tests.offenders import each

# The pages of steps that an officer opens, each with the step of which its link tells.
OF_PERSON = {
    "consent": "reach_nrm_or_dtn", "referral": "refer_nrm", "crime": "record_crime", "address": "agree_safe_contact",
    "section-45-question": "section45_first_question", "offers": "offer_again_later",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _var(settings, tmp_path):
    settings.VAR = tmp_path / "var"


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


@pytest.fixture
def asks(officer):
    return signed_in(Client(), officer)


@pytest.fixture
def person(officer):
    return a_person(officer, a_case(officer, police_areas=["fenmarch"]), place="custody")


def published(name, words):
    editor, content = a_member("guidance_editor"), words.encode()
    taken = actions.take_in(
        by=editor, at=timezone.now(), file_name=name, content=content, read=read(content, "txt"),
        about=actions.About(title=f"Guide {name}"),
    )  # fmt: skip
    actions.publish(by=editor, at=timezone.now(), version=taken.version, alone=True)
    return taken.version


def link_on(page):
    found = re.search(r'href="([^"]+)">Guidance for th', page.content.decode())
    assert found, "no link to the guidance of the step"
    return found[1]


@each("page", OF_PERSON)
def test_a_step_of_a_person_leads_to_what_guidance_says_which_is_written_down_with_the_case(page, person, asks):
    code = OF_PERSON[page]
    version = published("guide.txt", f"Of {code.replace('_', ' ')} this guide says more.")
    second = published("second.txt", f"Of {code.replace('_', ' ')} another says as much and a little more.")
    href = link_on(asks.get(f"/people/{person.id}/{page}"))
    asks.get(f"/rules/{code}")  # the words that widen a search are read once by a process
    with at_most(15):
        shown = asks.get(href)
    assert "this guide says more" in shown.content.decode()
    assert f'href="/people/{person.id}/{page}" class="govuk-back-link"' in shown.content.decode()
    assert "<h2" in shown.content.decode().partition("<h3")[0]  # no level of heading is passed over
    assert len(shown.content) < 30_000
    events = Event.objects.filter(code="guidance.shown", case=person.case_id)
    assert {(event.subject, *event.fields) for event in events} == {(str(version.id), code), (str(second.id), code)}


def test_the_first_screen_has_one_link_to_it_and_from_there_to_its_other_lines(person, asks):
    reference = person.case.reference
    first = Obligation.objects.filter(case=person.case, state="open", line__isnull=False).order_by("line").first()
    version = published("guide.txt", f"Of {first.code.replace('_', ' ')} this guide says more.")
    page = asks.get(f"/cases/{reference}/do-now")
    assert page.content.decode().count("/guidance/") == 1
    shown = asks.get(link_on(page))
    assert "this guide says more" in shown.content.decode()
    assert f'href="/cases/{reference}/do-now"' in shown.content.decode()
    assert shown.content.decode().count(f"/cases/{reference}/guidance/") == 6
    assert Event.objects.get(code="guidance.shown").subject == str(version.id)


def test_a_step_that_no_rule_makes_has_none(person, asks):
    assert asks.get(f"/people/{person.id}/guidance/nothing_of_the_kind").status_code == 404
    assert asks.get(f"/cases/{person.case.reference}/guidance/nothing_of_the_kind").status_code == 404
