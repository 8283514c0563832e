"""Writing a referral: what the case holds is not asked again, every answer keeps its author, and two writers see both."""

import re
from datetime import timedelta

import pytest

from lodestar.casework.case_files.actions.case import add_file
from lodestar.casework.case_files.actions.people import record_exploitation
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.referral_forms.rules.coach import checks
from lodestar.casework.referral_forms.rules.sections import asks, sections
from lodestar.casework.referrals import actions
from lodestar.casework.referrals.models import Answer, ReferralDraft
from lodestar.casework.referrals.queries import writing as queries
from lodestar.casework.referrals.queries.outgoing import for_the_coach
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from tests.access.world import PNG
from tests.apps.casework.referrals.conftest import NIGHT as NOW
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.recognition import SignSeenFactory
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
VERSION = "2026-04"


def an_adult(officer, answer=True, **said):
    person = a_person(officer, a_case(officer), name="Rareș Munteanu")
    talk = {"nrm": answer, "spoke_alone": True, "interpreter": "independent"} | said
    record_consent(by=officer, at=MET + timedelta(hours=1), person=person, answer=talk)
    return person


def begun(officer, person):
    return actions.begin_writing(by=officer, at=NOW, person=person, version=VERSION)


def address(writing, section="account"):
    return f"/writings/{writing.id}/sections/{section}"


def words(response):
    return response.content.decode()


def seen(page):
    return re.search(r'name="seen" value="([^"]*)"', page)[1]


def sent(web, writing, section="account", **typed):
    """Sends a section as a browser does that was shown it a moment ago."""
    page = words(web.get(address(writing, section)))
    return web.post(address(writing, section), form(seen=seen(page), **typed))


def told(writing):
    return queries.sheet_of(ReferralDraft.objects.select_related("person__case").get(id=writing.id)).given_answers


def test_it_is_begun_once_for_a_person_and_gone_on_with(web, officer):
    person = an_adult(officer)
    where = f"/people/{person.id}/writing"
    assert "Write the referral" in words(web.get(where))
    first = web.post(where, form())
    again = web.post(where, form())
    writing = ReferralDraft.objects.get()
    assert first.url == address(writing, "age")
    assert again.url == web.get(where).url == f"/writings/{writing.id}"
    assert (writing.person_id, writing.form_version) == (person.id, VERSION)
    assert Event.objects.filter(code="referrals.writing_begun", people=[person.id]).count() == 1


def test_what_is_written_is_kept_with_its_author_and_what_stood_before(web, officer, night):
    writing = begun(officer, an_adult(officer))
    code = "what-were-they-required-to-do"
    assert sent(web, writing, **{code: "Washed cars."}).url == f"/writings/{writing.id}"
    night.shift(60)
    sent(web, writing, **{code: "Washed cars, seven to seven."})
    rows = Answer.objects.filter(code=code).order_by("number")
    assert [(row.number, row.words) for row in rows] == [(1, "Washed cars."), (2, "Washed cars, seven to seven.")]
    assert {row.written_by_id for row in rows} == {officer.user}
    assert told(writing)[code] == "Washed cars, seven to seven."
    assert "Written by you 03:58, written 2 times" in words(web.get(address(writing)))
    event = Event.objects.filter(code="referrals.answers_written").latest("recorded_at")
    assert event.fields == [code]
    assert "Washed" not in str(vars(event))


def test_the_log_names_whatever_was_written_in_full(officer):
    """The longest code of a question is longer than most names in the log."""
    writing, codes = begun(officer, an_adult(officer)), sorted(asks(VERSION))
    actions.write_answers(by=officer, at=NOW, writing=writing, answers=dict.fromkeys(codes, "Yes"), rows=0)
    assert Event.objects.get(code="referrals.answers_written").fields == codes


def test_what_nobody_touched_adds_no_row_and_a_blank_page_is_saved(web, officer):
    writing = begun(officer, an_adult(officer))
    assert sent(web, writing).status_code == 302
    held = {"pv-interpreter-requirements": "yes", "pv-name-first-name": "Rareș", "pv-name-last-name": "Munteanu"}
    assert sent(web, writing, "person", **held).status_code == 302
    assert not Answer.objects.exists()


def test_every_section_is_light_and_says_what_the_case_holds(web, officer):
    person = an_adult(officer)
    record_exploitation(by=officer, at=NOW, person=person, facts={"type": "labour", "from_date": "2025-03", "where": ["uk"]})
    writing = begun(officer, person)
    for section in sections(VERSION):
        response = web.get(address(writing, section.code))
        assert response.status_code == 200
        assert len(response.content) <= 30_000, section.code
    where = words(web.get(address(writing, "where")))
    assert "from March 2025, end not known" in where
    assert "From the case" in where
    assert person.case.reference in words(web.get(address(writing, "us")))
    assert len(web.get(f"/writings/{writing.id}").content) <= 30_000


@pytest.mark.parametrize("answer", [True, False])
def test_whatever_a_page_says_it_shows_is_on_it(web, officer, answer):
    """A question that is marked as seen and is not on the page would be blanked by whoever saves it."""
    person = an_adult(officer, answer=answer, wants_support=True)
    record_exploitation(by=officer, at=NOW, person=person, facts={"type": "labour", "where": ["uk"], "still_in_situation": True})
    writing = begun(officer, person)
    for section in sections(VERSION):
        page = words(web.get(address(writing, section.code)))
        marked = [section.asks[int(pair.partition(":")[0])].code for pair in seen(page).split(".") if pair]
        assert [code for code in marked if f'name="{code}"' not in page and code != "upload-file"] in (
            [], ["what-evidence-you-will-submit"],
        )  # fmt: skip


def test_an_answer_of_the_case_may_be_changed_for_this_referral_only(web, officer):
    person = an_adult(officer, wants_support=True)
    writing = begun(officer, person)
    assert told(writing)["does-pv-need-support"] == "yes"
    sent(web, writing, "age", **{"does-pv-need-support": "no"})
    assert told(writing)["does-pv-need-support"] == "no"
    talks = type(record_consent(by=officer, at=NOW, person=person, answer={"nrm": True})).objects
    assert talks.order_by("asked_at").first().wants_support is True


def test_age_and_consent_are_the_cases_alone(web, officer):
    person = an_adult(officer, answer=False)
    writing = begun(officer, person)
    page = words(web.get(address(writing, "age")))
    assert 'name="pv-want-to-submit-nrm"' not in page
    assert f'href="/people/{person.id}/consent"' in page
    numbers = {ask.code: number for number, ask in enumerate(sections(VERSION)[0].asks)}
    marks = f"{numbers['pv-want-to-submit-nrm']}:abcdefgh"
    web.post(address(writing, "age"), form(seen=marks, **{"pv-want-to-submit-nrm": "yes"}))
    assert told(writing)["pv-want-to-submit-nrm"] == "no"
    Answer.objects.create(
        writing=writing, code="pv-want-to-submit-nrm", number=1, words="yes", written_at=NOW, written_by_id=officer.user
    )
    assert told(writing)["pv-want-to-submit-nrm"] == "no"


def test_the_whole_name_is_shown_where_its_parts_are_asked_and_papers_are_offered_where_there_are_any(web, officer):
    person = an_adult(officer)
    writing = begun(officer, person)
    assert "The case has: Rareș Munteanu" in words(web.get(address(writing, "person")))
    bare = words(web.get(address(writing, "evidence")))
    assert "No files in the case yet." in bare
    assert 'name="what-evidence-you-will-submit"' not in bare
    add_file(by=officer, at=NOW, case=person.case, name="wall.png", content=PNG)
    assert 'value="wall.png"' in words(web.get(address(writing, "evidence")))
    sent(web, writing, "evidence", **{"upload-file": ["wall.png"], "what-evidence-you-will-submit": "A wall, 2 March"})
    assert told(writing)["upload-file"] == "wall.png"
    assert told(writing)["what-evidence-you-will-submit"] == "A wall, 2 March"


# --- two writers -----------------------------------------------------------------------------------------------------------


def test_two_who_write_the_same_answer_are_shown_both_and_choose(web, officer):
    writing = begun(officer, an_adult(officer))
    code = "living-conditions"
    mine = seen(words(web.get(address(writing))))
    colleague = a_member("coordinator", name="Ms Farrant")
    actions.write_answers(by=colleague, at=NOW, writing=writing, answers={code: "A van."}, rows=0)
    asked = web.post(address(writing), form(seen=mine, **{code: "A shed."}))
    assert asked.status_code == 422
    page = words(asked)
    assert "A colleague wrote this while you were writing" in page
    assert "<bdi>A shed.</bdi>" in page
    assert "<bdi>A van.</bdi>" in page
    assert told(writing)[code] == "A van."
    shown = re.search(r'name="shown" value="([^"]*)"', page)[1]
    both = form(seen=mine, shown=shown, keep="both", **{code: "A shed."})
    assert web.post(address(writing), both).status_code == 302
    assert told(writing)[code] == "A van. / A shed."
    assert [row.words for row in Answer.objects.order_by("number")] == ["A van.", "A van. / A shed."]


def test_what_only_a_colleague_wrote_stands_though_an_older_page_is_sent(web, officer):
    writing = begun(officer, an_adult(officer))
    mine = seen(words(web.get(address(writing))))
    colleague = a_member("coordinator")
    actions.write_answers(by=colleague, at=NOW, writing=writing, answers={"living-conditions": "A van."}, rows=0)
    web.post(address(writing), form(seen=mine, **{"how-they-were-treated": "Shouted at."}))
    assert told(writing)["living-conditions"] == "A van."
    assert told(writing)["how-they-were-treated"] == "Shouted at."


def test_a_page_compared_with_less_than_there_is_by_now_writes_nothing(officer):
    writing = begun(officer, an_adult(officer))
    actions.write_answers(by=officer, at=NOW, writing=writing, answers={"family": "A sister"}, rows=0)
    with pytest.raises(ConcurrentEdit):
        actions.write_answers(by=officer, at=NOW, writing=writing, answers={"family": "A brother"}, rows=0)
    assert [row.words for row in Answer.objects.all()] == ["A sister"]


# --- what the form would not take --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "typed", "said"),
    [
        ("notice", {"where-how-interview-carried-out": "x" * 15_001}, "15,001 characters long, and 15,000 fit"),
        ("us", {"fr-alternative-contact": "the desk"}, "“the desk” is no e-mail address"),
        ("person", {"pv-nationality": "Vietnamm"}, "Is it Vietnamese"),
        ("where", {"where-exploitation-happened-uk-city": "Lincoln\nMarlsea"}, "“Marlsea” is not on the Home Office’s list"),
        ("person", {"does-pv-have-children": "yes", "does-pv-have-children-yes-amount": "two"}, "Write it in figures"),
        ("person", {"pv-dob": "2009"}, "has no day"),
    ],
)
def test_what_the_form_would_not_take_is_said_and_nothing_typed_is_lost(web, officer, section, typed, said):
    writing = begun(officer, an_adult(officer))
    response = sent(web, writing, section, **typed)
    assert response.status_code == 422
    assert said in words(response).replace("&#34;", '"')
    assert next(iter(typed.values())).split("\n")[0] in words(response)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("section", "code", "typed", "kept"),
    [
        ("person", "pv-nationality", "vietnamese", "Vietnamese"),
        ("person", "pv-dob", "9 March 2001", "2001-03-09"),
        ("where", "where-exploitation-happened-uk-city", "lincoln\n\nnorwich\nLincoln", "Lincoln\nNorwich"),
        ("account", "living-conditions", "x" * 15_000, "x" * 15_000),
        ("evidence", "reported-to-police-police-forces", "Surrey Police", "Surrey Police"),
        ("kind", "types-of-exploitation", ["types-of-exploitation-other"], "types-of-exploitation-other"),
    ],
)
def test_what_is_written_in_another_way_is_kept_as_the_form_has_it(web, officer, section, code, typed, kept):
    writing = begun(officer, an_adult(officer))
    assert sent(web, writing, section, **{code: typed}).status_code == 302
    assert told(writing)[code] == kept


# --- how far it is ------------------------------------------------------------------------------------------------------------


def test_the_sections_say_how_far_each_is_and_the_night_names_its_gaps(web, officer):
    writing = begun(officer, an_adult(officer))
    page = words(web.get(f"/writings/{writing.id}"))
    assert "Send tonight, finish tomorrow." in page
    assert "2 of the " in page
    assert "What they had to do</a>" in page
    assert "5 not answered" in page
    sent(web, writing, "account", **{"what-were-they-required-to-do": "Washed cars."})
    after = words(web.get(f"/writings/{writing.id}"))
    assert "3 of the " in after
    assert "What they had to do</a>" not in after
    assert "1 written here" in after


def test_a_section_that_is_none_is_nothing(web, officer):
    writing = begun(officer, an_adult(officer))
    assert web.get(address(writing, "none")).status_code == 404
    assert web.post(address(writing, "none"), form()).status_code == 404


# --- the coach beside the account ---------------------------------------------------------------------------------------------


ACCOUNT = (
    "They said a man they call Skip took their passport in March 2025 and told them they owed him for the journey, and that "
    "they washed cars from seven in the morning to seven at night without pay until a neighbour rang the police."
)


def coach_of(page):
    """The checks shown, each with how many faults are told of it."""
    return {row: part.count("data-fault") for row, part in re.findall(r'<li data-check="(\w+)">(.*?)</li>', page, re.DOTALL)}


def test_the_coach_is_silent_on_an_empty_form_reads_what_is_saved_and_keeps_nothing(web, officer):
    writing = begun(officer, an_adult(officer))
    assert coach_of(words(web.get(address(writing)))) == {}
    sent(web, writing, **{"how-did-the-exploitation-start": f"{ACCOUNT} Rareș cried."})
    after = words(web.get(address(writing)))
    assert coach_of(after)["N1"] == 1
    assert coach_of(after)["Q14"] == 2
    assert "<q>Rareș</q>" in after
    assert 'id="coach"' not in words(web.get(address(writing, "where")))
    assert Answer.objects.count() == 1


def test_a_tick_is_the_writers_for_this_text_alone(web, officer):
    writing, code = begun(officer, an_adult(officer)), "professional-insight"
    assert 'name="confirmed"' not in words(web.get(address(writing, "view")))
    sent(web, writing, "view", **{code: ACCOUNT})
    assert 'value="Q5"' in words(web.get(address(writing, "view")))
    sent(web, writing, "view", **{code: ACCOUNT, "confirmed": "Q5"})
    row = Answer.objects.get(code="text-confirmed-view")
    assert row.written_by_id == officer.user
    sheet = queries.sheet_of(ReferralDraft.objects.select_related("person__case").get(id=writing.id))
    assert "Q5" not in {check.code for check in checks(for_the_coach(sheet, NOW.date())) if check.is_open}
    assert re.search(r'value="Q5"[^>]* checked', words(web.get(address(writing, "view"))))
    sent(web, writing, "view", **{code: f"{ACCOUNT} More.", "confirmed": "Q5"})
    assert not re.search(r'value="Q5"[^>]* checked', words(web.get(address(writing, "view"))))


def test_a_sign_that_was_recorded_is_ready_to_use_and_goes_without_being_written_again(web, officer):
    person = an_adult(officer)
    writing = begun(officer, person)
    assert "Already in the case" not in words(web.get(address(writing)))
    SignSeenFactory(case=person.case, person=person, code="more_than_one_phone")
    sent(web, writing, **{"living-conditions": ACCOUNT})
    page = words(web.get(address(writing)))
    assert "<li>More than one phone</li>" in page
    assert 'value="N3"' in page
    assert told(writing)["modern-slavery-indicators"] == "yes"


def test_text_of_another_referral_is_told_without_naming_it_and_only_of_those_one_sees(web, officer, client):
    stranger = a_member("frontline")
    other = begun(stranger, an_adult(stranger))
    actions.write_answers(by=stranger, at=NOW, writing=other, answers={"living-conditions": ACCOUNT}, rows=0)
    writing = begun(officer, an_adult(officer))
    sent(web, writing, **{"living-conditions": ACCOUNT})
    assert "Much of this text is in another referral" not in words(web.get(address(writing)))
    assert not Event.objects.filter(code="referrals.compared").exists()
    farrant = signed_in(client, a_member("coordinator"))
    page = words(farrant.get(address(writing)))
    assert "Much of this text is in another referral" in page
    assert other.person.case.reference not in page
    event = Event.objects.get(code="referrals.compared")
    assert (event.operation, event.people) == ("combination", [writing.person_id])
