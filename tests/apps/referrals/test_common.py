"""A second victim of the same case or operation starts from what is common: offered, shown and confirmed answer by answer."""

import re

import pytest

from lodestar.cases.models import Case, OperationGroup
from lodestar.record.models import Event
from lodestar.referrals import actions
from lodestar.referrals.models import Answer
from lodestar.referrals.rules.sections import asks, sections
from tests.apps.referrals.conftest import NIGHT as NOW
from tests.apps.referrals.test_writing import VERSION, an_adult, begun, told, words
from tests.factories.accounts import a_member
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
    assert "2 answers of others in the same case or operation may hold here too" in words(web.get(f"/writings/{second.id}"))
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
    sections_never = ("consent", "notice", "account", "view", "person", "answer")
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
