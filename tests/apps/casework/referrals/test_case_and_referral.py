"""What the case has goes into a referral with its source, and what was answered there goes into the case once it is confirmed."""

import re

import pytest

from lodestar.casework.case_files.actions.people import record_exploitation
from lodestar.casework.cases.models import EarlierReferral, Exploitation, Person
from lodestar.casework.concerns.queries import sign_sentences
from lodestar.casework.referral_forms.rules.sections import sections
from lodestar.platform.audit.models import Event
from tests.apps.casework.referrals.conftest import NIGHT as NOW
from tests.apps.casework.referrals.test_common import write
from tests.apps.casework.referrals.test_preview import address, every_page
from tests.apps.casework.referrals.test_writing import VERSION, an_adult, begun, told, words
from tests.factories.accounts import UserFactory
from tests.factories.cases import MET, a_case, a_person
from tests.factories.recognition import SignSeenFactory
from tests.factories.signed_in import form

pytestmark = pytest.mark.usefixtures("fenmarch", "night")


def a_child(officer, name="Dean", **facts):
    return a_person(officer, a_case(officer), name=name, age_min=15, age_max=15, age_basis="stated", **facts)


def section_places(web, writing):
    """What each listed section says of its place, and how many are listed."""
    page = words(web.get(f"/writings/{writing.id}"))
    listed = re.findall(rf'href="(/writings/{writing.id}/sections/[a-z]+)"[^>]*>(\d+)\. ', page)
    said = [re.search(r"Section (\d+) of (\d+)\.", words(web.get(href))).groups() for href, _ in listed]
    return [number for _, number in listed], said


def test_the_first_question_comes_after_one_page_and_sections_are_counted_as_they_are_asked(web, officer):
    child = a_child(officer)
    page = words(web.get(f"/people/{child.id}/route"))
    assert f'action="/people/{child.id}/writing"' in page, "what follows is the one page before the first question"
    response = web.post(f"/people/{child.id}/writing", form())
    assert re.fullmatch(r"/writings/[0-9a-f-]+/sections/age", response.url)
    writing = begun(officer, child)
    numbers, said = section_places(web, writing)
    assert len(numbers) < len(sections(VERSION)), "a child is not asked everything"
    assert numbers == [place for place, _ in said] == [str(number + 1) for number in range(len(numbers))]
    assert {most for _, most in said} == {str(len(numbers))}


def test_a_childs_name_the_signs_and_the_talk_are_filled_in_with_their_source_and_sent(web, officer):
    child = a_child(officer, "Dean Marsh")
    SignSeenFactory(case=child.case, person=child, code="more_than_one_phone")
    SignSeenFactory(case=child.case, code="cash_not_explained", withdrawn_at=MET, withdrawn_by=UserFactory())
    writing = begun(officer, child)
    answers = told(writing)
    assert (answers["pv-name-first-name"], answers["pv-name-last-name"]) == ("Dean", "Marsh")
    assert "The case has: Dean Marsh" in words(web.get(f"/writings/{writing.id}/sections/person"))
    going = every_page(web, writing)
    assert ">Dean<" in going
    assert ">Marsh<" in going
    assert answers["modern-slavery-indicators"] == "yes"
    seen = [sentence.rstrip(".") for sentence in sign_sentences(["more_than_one_phone"])]
    assert answers["modern-slavery-indicators-details"].splitlines() == [f"{sentence}." for sentence in seen]
    adult = begun(officer, an_adult(officer))
    interview = told(adult)["where-how-interview-carried-out"]
    assert f"Encountered on {MET.day} " in interview
    assert "alone, through an independent interpreter" in interview
    assert "modern-slavery-indicators" not in told(adult), "what was not seen is not no"


def test_answers_about_an_interpreter_that_differ_are_both_shown_with_links(web, officer):
    writing = begun(officer, an_adult(officer, interpreter="independent"))
    assert "data-conflict" not in words(web.get(f"/writings/{writing.id}"))
    write(officer, writing, **{"pv-interpreter-requirements": "no"})
    for page in (f"/writings/{writing.id}", address(writing)):
        shown = words(web.get(page)).partition('data-conflict="interpreter"')[2].partition("</ul>")[0]
        assert re.findall(r'href="([^"]+)"', shown) == [
            f"/writings/{writing.id}/sections/person", f"/people/{writing.person_id}/consent",
        ]  # fmt: skip


def test_only_ticked_answers_become_facts_each_where_it_belongs(web, officer):
    person = an_adult(officer)
    record_exploitation(by=officer, at=NOW, person=person, facts={"type": "labour", "where": ["uk"]})
    suspect = a_person(officer, person.case, name="Ion Popa", roles=["suspect"], belief="")
    writing = begun(officer, person)
    write(officer, writing, **{
        "still-in-exploitative-situation": "yes", "listed-places": "Lincoln\ta car wash\tMarch 2025\tnow\t",
        "pv-nationality": "British", "pv-ho-reference-type": "NRM 1234", "pv-ho-reference": "yes",
        "described-exploiters": "Boss\tred beard\t", "types-of-exploitation": "types-of-exploitation-forced-to-commit-crime",
    })  # fmt: skip
    page = words(web.get(f"/writings/{writing.id}/facts"))
    assert f'href="/writings/{writing.id}/facts"' in words(web.get(address(writing)))
    assert " checked" not in page
    offered = dict(zip(re.findall(r'data-fact="([^"]+)"', page), re.findall(r'name="(add-[^"]+)"', page), strict=True))
    assert offered.keys() == {"kind-criminal", "still-in-exploitative-situation", "from", "pv-nationality", "described-1"}
    ticked = {mark: "on" for code, mark in offered.items() if code != "pv-nationality"}
    more = {"organised": "yes", "areas": "Lincolnshire", "earlier": "nrm"}
    assert web.post(f"/writings/{writing.id}/facts", form(**ticked, **more)).url == address(writing)
    rows = {row.type: row for row in Exploitation.objects.filter(person=person)}
    assert rows.keys() == {"labour", "criminal"}
    labour = rows["labour"]
    assert (labour.still_in_situation, labour.from_date, labour.organised) == (True, "2025-03", True)
    assert labour.police_areas == ["lincolnshire"]
    assert Person.objects.get(id=person.id).british is None, "not ticked"
    assert list(Person.objects.filter(case=person.case, name="Boss").values_list("roles", flat=True)) == [["exploiter"]]
    assert EarlierReferral.objects.values_list("route", "reference").get(person=person) == ("nrm", "NRM 1234")
    assert Event.objects.filter(code="cases.person_changed", people=[person.id], fields__contains=["earlierreferral"]).exists()
    assert suspect.roles == ["suspect"]
    again = re.findall(r'data-fact="([^"]+)"', words(web.get(f"/writings/{writing.id}/facts")))
    assert again == ["pv-nationality"]
    assert "still-in-exploitative-situation" in told(writing)
