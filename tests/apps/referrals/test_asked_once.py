"""What Lodestar knows is not asked again: crime numbers, and whoever writes. What was answered can be taken back."""

import pytest

from lodestar.accounts.models import Membership, User
from lodestar.investigations import actions as investigations
from lodestar.referrals import actions
from lodestar.referrals.models import Answer
from lodestar.referrals.rules.writer import OWN
from tests.apps.referrals.conftest import NIGHT as NOW
from tests.apps.referrals.test_writing import VERSION, address, an_adult, begun, sent, told, words
from tests.factories.accounts import a_member
from tests.factories.administering import administering

pytestmark = pytest.mark.usefixtures("fenmarch", "night")


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
