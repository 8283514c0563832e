"""What is not asked again, what is common to two victims, and answers that have pages of their own or are saved by a script."""

import re

import pytest

from lodestar.casework.cases.models import Case, OperationGroup
from lodestar.casework.investigations import actions as investigations
from lodestar.casework.referral_forms.rules.known import OWN
from lodestar.casework.referral_forms.rules.sections import asks, sections
from lodestar.casework.referrals import actions
from lodestar.casework.referrals.models import Answer
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.audit.models import Event
from tests.apps.casework.referrals.conftest import NIGHT as NOW
from tests.apps.casework.referrals.test_writing import VERSION, address, an_adult, begun, seen, sent, told, words
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.cases import a_person
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
WHO, TOWN = "who-exploited-pv", "where-exploitation-happened-uk-city"
ALONE = {
    "what-were-they-required-to-do": "Rares washed cars.", "pv-name-first-name": "Rares", "pv-phone-number-yes": "07911 123456",
    "family": "A sister in Cluj", "professional-insight": "He was controlled.", "authorities-cooperation": "yes",
}  # fmt: skip


def write(by, writing, **answers):
    rows = Answer.objects.filter(writing=writing).count()
    told = {code.replace("_", "-"): words for code, words in answers.items()}
    actions.write_answers(by=by, at=NOW, writing=writing, answers=told, rows=rows)


def two(officer):
    """Two of one case, the first written."""
    first = begun(officer, an_adult(officer))
    write(officer, first, **{WHO: "A man called Skip", TOWN: "Lincoln", **ALONE})
    second = begun(officer, a_person(officer, first.person.case, name="Bela Nagy"))
    return first, second


def common(writing):
    return f"/writings/{writing.id}/common"


def offered(page):
    return re.findall(r'name="(take-[^"]+)"', page)


def test_what_is_common_is_offered_shown_and_taken_only_where_it_is_ticked(web, officer):
    first, second = two(officer)
    assert "2 answers of others in the same case or operation may apply here too" in words(web.get(f"/writings/{second.id}"))
    page = words(web.get(common(second)))
    assert "A man called Skip" in page
    assert "Rareș Munteanu" in page
    assert " checked" not in page
    assert told(second).get(WHO) is None, "looking takes nothing"
    assert web.post(common(second), form()).status_code == 302
    assert not Answer.objects.filter(writing=second).exists(), "what is not ticked is not taken"
    ticks = offered(page)
    web.post(common(second), form(**{ticks[1]: "on"}))
    row = Answer.objects.get(writing=second)
    assert (row.code, row.words, row.written_by_id) == (WHO, "A man called Skip", officer.user)
    event = Event.objects.get(code="referrals.common_taken")
    assert (event.fields, set(event.people)) == ([WHO], {first.person_id, second.person_id})
    assert len(offered(words(web.get(common(second))))) == 1, "what is answered is not offered again"


def test_it_is_begun_with_what_is_common_where_there_is_any(web, officer):
    first, _ = two(officer)
    third = a_person(officer, first.person.case, name="Jan Novak")
    assert web.post(f"/people/{third.id}/writing", form()).url.endswith("/common")
    alone = an_adult(officer)
    assert not web.post(f"/people/{alone.id}/writing", form()).url.endswith("/common")


def test_nothing_of_identity_consent_or_told_by_one_alone_is_ever_offered(web, officer):
    _, second = two(officer)
    page = words(web.get(common(second)))
    assert not [words for words in ALONE.values() if words in page.partition("<main")[2].replace("Rareș Munteanu", "")]
    sections_never = ("notice", "account", "view", "person", "answer")
    shared = {code for code, ask in asks(VERSION).items() if ask.common}
    assert shared
    for code in shared:
        assert not code.startswith(("pv-", "someone-else", "does-pv", "fr-details")), code
    alone = {ask.code for one in sections(VERSION) if one.code in sections_never for ask in one.asks}
    assert shared & alone == set()


def test_what_was_changed_after_it_was_shown_is_not_taken(web, officer):
    first, second = two(officer)
    ticks = offered(words(web.get(common(second))))
    write(officer, first, **{WHO: "Someone else"})
    web.post(common(second), form(**dict.fromkeys(ticks, "on")))
    assert told(second).get(TOWN) == "Lincoln"
    assert WHO not in told(second)


def test_of_an_operation_only_what_one_sees(web, officer, client):
    stranger = a_member("frontline")
    theirs = begun(stranger, an_adult(stranger))
    write(stranger, theirs, **{WHO: "A man called Skip"})
    mine = begun(officer, an_adult(officer))
    coordinator = signed_in(client, a_member("coordinator"))
    assert "A man called Skip" not in words(coordinator.get(common(mine))), "another case of no operation"
    group = OperationGroup.objects.create(name="Op Teasel")
    Case.objects.filter(id__in=[theirs.person.case_id, mine.person.case_id]).update(operation=group)
    assert "A man called Skip" in words(coordinator.get(common(mine)))
    assert Event.objects.filter(code="cases.person_viewed", people=[theirs.person_id]).exists()
    assert "A man called Skip" not in words(signed_in(client, officer).get(common(mine))), "not given to the officer"


def test_a_choice_can_be_taken_back_to_blank(web, officer):
    writing = begun(officer, an_adult(officer))
    code = "future-exploitation-concerns"
    assert "Not answered after all" not in words(web.get(address(writing, "age")))
    sent(web, writing, "age", **{code: "yes"})
    assert told(writing)[code] == "yes"
    assert words(web.get(address(writing, "age"))).count("Not answered after all") == 1
    sent(web, writing, "age", **{code: "-"})
    assert code not in told(writing)
    assert [row.words for row in Answer.objects.filter(code=code).order_by("number")] == ["yes", ""]


def test_crime_numbers_that_the_case_holds_are_filled_in(web, officer):
    person = an_adult(officer)
    writing = begun(officer, person)
    assert "reported-to-police" not in told(writing)
    investigations.record_crime(by=officer, at=NOW, person=person, kind="recorded", number="37/12345/26")
    assert told(writing)["reported-to-police"] == "yes"
    assert told(writing)["reported-to-police-crime-reference"] == "37/12345/26"


def test_what_is_known_of_the_writer_is_not_asked_and_may_be_changed_for_this_referral(web, officer):
    member = Membership.objects.get(id=officer.membership)
    with administering():
        Membership.objects.filter(id=member.id).update(rank="constable", phone="01632 960001")
    with administering():
        User.objects.filter(id=member.user_id).update(name="T/DC Hanna Eze-Porter")
    writing = begun(officer, an_adult(officer))
    own = {code: told(writing).get(code) for code in OWN}
    assert own == {
        "fr-details-first-name": "Hanna", "fr-details-last-name": "Eze-Porter", "fr-details-role": "Constable, officer",
        "fr-details-phone": "01632 960001", "fr-alternative-contact": None,
    }  # fmt: skip
    assert "From the case" in words(web.get(address(writing, "us")))
    sent(web, writing, "us", **{**{k: v for k, v in own.items() if v}, "fr-alternative-contact": "team@example.police.uk"})
    later = begun(officer, an_adult(officer))
    assert told(later)["fr-alternative-contact"] == "team@example.police.uk", "asked once, not in every referral"
    stranger = a_member("frontline", name="PC Ferreira")
    theirs = actions.begin_writing(by=stranger, at=NOW, person=an_adult(stranger), version=VERSION)
    assert "fr-alternative-contact" not in told(theirs)
    assert told(theirs)["fr-details-last-name"] == "Ferreira"


def test_long_answers_have_pages_of_their_own_and_the_section_stays_light(web, officer):
    writing = begun(officer, an_adult(officer))
    codes = ["how-did-the-exploitation-start", "what-were-they-required-to-do", "how-they-were-treated"]
    sent(web, writing, **{code: f"{code} " + "and so on " * 1_400 for code in codes})
    page = words(web.get(address(writing)))
    assert len(page.encode()) <= 30_000
    assert [code for code in codes if f'name="{code}"' in page] == []
    assert all(f"/writings/{writing.id}/answers/{code}" in page for code in codes)
    assert "how-they-were-treated and so on" in page
    own = f"/writings/{writing.id}/answers/{codes[0]}"
    alone = words(web.get(own))
    assert len(alone.encode()) <= 30_000
    assert alone.count("<textarea") == 1
    sent(web, writing, **{"living-conditions": "A van."})
    assert all(told(writing)[code].startswith(f"{code} and") for code in codes), "what was not on the page stays"
    back = web.post(own, form(seen=seen(alone), **{codes[0]: "Shorter."}))
    assert back.url == address(writing)
    assert told(writing)[codes[0]] == "Shorter."
    assert web.get(f"/writings/{writing.id}/answers/pv-under-age").status_code == 404
    assert web.get(f"/writings/{writing.id}/answers/none").status_code == 404


def by_script(web, writing, code, **typed):
    form_of = re.search(r'name="form_of" value="([^"]*)"', words(web.get(address(writing))))[1]
    return web.post(
        f"/writings/{writing.id}/answers/{code}", form(**{"form_of": form_of, **typed}), headers={"Accept": "application/json"}
    )


def test_a_script_saves_one_answer_and_is_told_what_stands(web, officer):
    writing, code = begun(officer, an_adult(officer)), "living-conditions"
    marks = seen(words(web.get(address(writing))))
    saved = by_script(web, writing, code, seen=marks, **{code: "A van."})
    told_of = web.get(saved.url, headers={"Accept": "application/json"}).json()
    assert told_of["said"] == "Saved 03:57"
    assert told_of["seen"] in seen(words(web.get(address(writing)))).split(".")
    assert Answer.objects.get().written_by_id == officer.user
    assert "A van" not in str(told_of)
    whole = web.post(address(writing), form(seen=marks, **{code: "A van."}))
    assert whole.status_code == 302, "the same is no clash"
    assert Answer.objects.count() == 1


def test_a_script_never_saves_over_a_colleague_or_what_the_form_would_not_take(web, officer):
    writing, code = begun(officer, an_adult(officer)), "living-conditions"
    marks = seen(words(web.get(address(writing))))
    actions.write_answers(by=a_member("coordinator"), at=NOW, writing=writing, answers={code: "A flat."}, rows=0)
    clash = by_script(web, writing, code, seen=marks, **{code: "A van."})
    assert (clash.status_code, clash.json()["said"][:50]) == (422, "Not saved: a colleague wrote this while you were w")
    marks = seen(words(web.get(address(writing, "us"))))
    mail = by_script(web, writing, "fr-alternative-contact", seen=marks, **{"fr-alternative-contact": "desk"})
    assert mail.status_code == 422
    assert "is no e-mail address" in mail.json()["said"]
    other = by_script(web, writing, code, seen=seen(words(web.get(address(writing)))), form_of="another", **{code: "A van."})
    assert (other.status_code, other.json()["said"]) == (403, "Not saved: someone else is signed in here now")
    assert [row.words for row in Answer.objects.all()] == ["A flat."]
