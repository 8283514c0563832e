"""Exactly what would go: the form's own pages, what stays here, and no word by which an anonymous adult could be told."""

import re
from datetime import timedelta

import pytest

from lodestar.cases import actions as cases
from lodestar.referrals import actions, queries
from lodestar.referrals.models import Answer, Stays, Writing
from lodestar.referrals.rules.outgoing import NOT_GIVEN
from lodestar.referrals.rules.sections import asks
from lodestar.referrals.rules.withheld import LEFT_OUT
from tests.apps.referrals.test_writing import NOW, VERSION, an_adult, begun, words
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import form

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
TREATED = "how-they-were-treated"
KEPT_LONG = {
    "family", "education", "employment-history", "how-did-the-exploitation-start", "what-were-they-required-to-do",
    TREATED, "living-conditions", "details-last-contact", "professional-insight",
}  # fmt: skip


def write(officer, writing, **answers):
    rows = Answer.objects.filter(writing=writing).count()
    actions.write_answers(by=officer, at=NOW, writing=writing, answers=answers, rows=rows)


def a_notification(officer, **answers):
    writing = begun(officer, an_adult(officer, answer=False))
    write(officer, writing, **answers)
    return writing


def address(writing):
    return f"/writings/{writing.id}/preview"


def every_page(web, writing):
    """All of the preview, however many pages it takes, without what is only shown to be looked at."""
    pages, first = [], 1
    while first:
        pages.append(words(web.get(f"{address(writing)}?from={first}")).partition(">Going</h2>")[2])
        more = re.search(r"\?from=(\d+)", pages[-1])
        first = int(more[1]) if more else 0
    return "".join(pages)


def marks(page):
    return re.findall(r'name="(p-[0-9a-f]{16})" type="radio" value="stays"', page)


def test_a_referral_goes_in_the_forms_own_order_with_its_gaps_named(web, officer):
    writing = begun(officer, an_adult(officer))
    write(officer, writing, **{"pv-name-first-name": "Rareș", TREATED: "Shouted at.", "pv-gender": "male"})
    page = words(web.get(address(writing)))
    assert "The referral, as it would go" in page
    assert "gaps are named if it goes now" in page
    assert "<li>What they had to do</li>" in page
    going = every_page(web, writing)
    assert going.index("Shouted at.") < going.index("Rareș")
    assert '<div class="lode-out">Male</div>' in going
    assert "11 of 15,000 characters" in going
    assert "of 100 kB" in going
    assert "Stays here" not in page


def test_each_page_can_be_copied_as_plain_text_and_is_light(web, officer):
    writing = begun(officer, an_adult(officer))
    write(officer, writing, **{TREATED: "Shouted at.", "living-conditions": "A van."})
    response = web.get(f"/writings/{writing.id}/pages/how-they-were-treated")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert words(response) == "Their living conditions\nA van.\n\nTheir treatment\nShouted at.\n"
    assert web.get(f"/writings/{writing.id}/pages/pv-name-dtn").status_code == 404
    page = words(web.get(address(writing)))
    assert f'href="/writings/{writing.id}/pages/reference" data-copy="pk1"' in page
    assert len(page.encode()) <= 30_000


def test_without_a_name_nothing_goes_but_what_is_listed(web, officer):
    writing = a_notification(
        officer,
        **{"birthplace": "Łódź", "family": "A sister", "pv-name-first-name": "Rareș", "living-conditions": "A van."},
    )
    page = words(web.get(address(writing)))
    assert "Duty to Notify: exactly what would go" in page
    assert "Stays here" in page
    going = every_page(web, writing)
    assert "A van." in going
    assert NOT_GIVEN in going
    for held in ("Łódź", "A sister", "Rareș", writing.person.case.reference):
        assert held not in going.partition("Stays here")[0], held
    assert "Where they were born" in page


@pytest.mark.parametrize(
    "text",
    [
        "Rareș was hit.",
        "RARES was hit.",
        "They call him Munteanu’s boy.",
        "Their number is 0044 7700 900 456.",
        "See {reference}.",
        "Seen at 12 Harbour Street, or with Fănică.",
        "Born on 4 September 2001.",
        "Write to hoa@example.org.",
    ],
)
def test_what_is_held_of_the_cases_people_is_left_out_of_every_text(web, officer, text):
    writing = a_notification(officer)
    person = writing.person
    a_person(officer, person.case, name="Fănică Ionescu", birth_date="2001-09-04", age_min=None, age_max=None)
    cases.record_address(
        by=officer, at=NOW, person=person, address="12 Harbour Street, Lincoln",
        contact="07700 900456, hoa@example.org", viewers=[],
    )  # fmt: skip
    text = text.format(reference=person.case.reference)
    write(officer, writing, **{TREATED: text})
    page = words(web.get(address(writing)))
    assert "Words to look at" in page
    assert LEFT_OUT in every_page(web, writing)
    plain = words(web.get(f"/writings/{writing.id}/pages/how-they-were-treated"))
    assert LEFT_OUT in plain
    assert text not in plain
    assert text not in every_page(web, writing)


def test_a_place_that_an_officer_has_read_stays_until_the_text_changes(web, officer, night):
    writing = a_notification(officer, **{TREATED: "Rareș hit them."})
    (place,) = marks(words(web.get(address(writing))))
    assert web.post(address(writing), form(**{place: "stays"})).url == address(writing)
    row = Stays.objects.get()
    assert (row.said_by_id, row.may_stay, f"p-{row.place}") == (officer.user, True, place)
    assert "Rareș hit them." in every_page(web, writing)
    web.post(address(writing), form(**{place: "stays"}))
    assert Stays.objects.count() == 1
    assert "Words that somebody has read" in words(web.get(address(writing)))
    night.shift(60)
    web.post(address(writing), form(**{place: "out"}))
    assert "Rareș hit them." not in every_page(web, writing)
    night.shift(60)
    web.post(address(writing), form(**{place: "stays"}))
    write(officer, writing, **{TREATED: "Rareș hit them twice."})
    assert f"{LEFT_OUT} hit them twice." in every_page(web, writing)


def test_many_places_are_looked_at_some_at_a_time_and_all_are_left_out(web, officer):
    writing = a_notification(officer, **{TREATED: "Then Rareș fell. " * 40})
    page = words(web.get(address(writing)))
    assert len(marks(page)) == 12
    assert "28 more come once these are saved." in page
    assert len(page.encode()) <= 30_000
    assert "Rareș" not in every_page(web, writing)
    first = marks(page)
    web.post(address(writing), form(**dict.fromkeys(first, "out")))
    after = words(web.get(address(writing)))
    assert not set(first) & set(marks(after))
    assert "16 more come once these are saved." in after


def test_words_that_together_point_to_one_person_are_offered_coarser(web, officer):
    text = "Kept in a nail bar in Lincoln with her two sons."
    writing = a_notification(officer, **{TREATED: text, "pv-nationality": "Vietnamese"})
    page = words(web.get(address(writing)))
    assert "Together these could point to one person" in page
    assert "“nail bar” becomes “a beauty business”" in page
    assert "checked" not in page.partition("Going</h2>")[0]
    chosen = re.search(r'name="coarser" type="checkbox" value="([0-9a-f]+)"[^>]*><label[^>]*>“nail bar”', page)[1]
    web.post(address(writing), form(coarser=[chosen]))
    told = queries.sheet_of(Writing.objects.select_related("person__case").get()).told
    assert told[TREATED] == "Kept in a beauty business in Lincoln with her two sons."
    assert Answer.objects.filter(code=TREATED).count() == 2


def test_while_it_is_not_known_whether_they_may_be_named_they_are_not(web, officer):
    person = a_person(officer, a_case(officer), name="Rareș Munteanu")
    writing = begun(officer, person)
    write(officer, writing, **{"pv-name-first-name": "Rareș", "birthplace": "Łódź", TREATED: "Rareș was hit."})
    page = words(web.get(address(writing)))
    assert "It is not known yet whether they may be named." in page
    assert "Not given: it is not known yet whether they may be identified" in page
    assert "has not agreed to be identified" not in page
    going = every_page(web, writing)
    assert "Rareș" not in going
    assert "Łódź" not in going
    assert "I have explained" not in going


def test_an_adult_who_agrees_to_be_named_is_named(web, officer):
    person = an_adult(officer, answer=False, may_be_named=True)
    writing = begun(officer, person)
    write(officer, writing, **{TREATED: "Rareș was hit.", "birthplace": "Łódź"})
    going = every_page(web, writing)
    assert "Rareș was hit." in going
    assert "Łódź" in going


def test_a_yes_that_comes_later_opens_what_was_kept_back(web, officer):
    writing = a_notification(officer, birthplace="Łódź")
    assert "Łódź" not in every_page(web, writing)
    cases.record_consent(
        by=officer, at=MET + timedelta(hours=2), person=writing.person,
        answer={"nrm": True, "spoke_alone": True, "interpreter": "independent"},
    )  # fmt: skip
    assert "Łódź" in every_page(web, writing)
    assert writing.form_version == VERSION


def test_a_long_careful_account_is_kept_whole_and_the_meter_warns_before_the_form_fails(web, officer):
    """Nine answers of 14,500 characters: where the national form's drafts stop being saved."""
    writing = begun(officer, an_adult(officer))
    long = [ask.code for ask in asks(VERSION).values() if ask.kind == "long_text" and ask.code in KEPT_LONG]
    assert len(long) == 9
    write(officer, writing, **{code: f"{code} ".ljust(14_500, "x") for code in long})
    overview = words(web.get(f"/writings/{writing.id}"))
    assert re.search(r"<b>13\d kB</b> of 100 kB", overview)
    assert "Shorten the longest answers" in overview
    going = every_page(web, writing)
    for code in long:
        assert f"{code} ".ljust(14_500, "x") in going
    first = words(web.get(address(writing)))
    assert "14,500 of 15,000 characters" in going
    assert "The next pages" in first
    assert first.count("x" * 14_000) == 3  # the background: one page of the form is not parted
