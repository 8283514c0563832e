"""What stands of several talks: each rung by its own latest answer, and a change of mind writes nothing over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lodestar.casework.cases.rules import Ladder, Talk, ladder
from tests.offenders import each

FIRST = datetime(2026, 3, 2, 23, 40, tzinfo=UTC)
VALID = {"spoke_alone": True, "interpreter": "independent"}


def talks(*told):
    """Talks a day apart, in their order."""
    return [Talk(FIRST + timedelta(days=number), **facts) for number, facts in enumerate(told)]


def rest(**told):
    return {"leaves_referral": True, **told}


def test_nothing_said_is_nothing_known():
    assert ladder([]) == Ladder()
    assert ladder([]).is_offered_again


@each(
    ("told", "answer", "refused"),
    [
        ([{"nrm": True}], 0, None),
        ([{"nrm": False}], 0, 0),
        ([{"nrm": False}, {"nrm": False}], 1, 0),  # no again, when help is offered again, begins nothing anew
        ([{"nrm": False}, {"nrm": True}], 1, None),
        ([{"nrm": False}, {"nrm": True}, {"nrm": False}], 2, 2),
        ([{"nrm": False}, {"nrm": None}, {"nrm": False}], 2, 2),  # they wanted time in between
        ([{"nrm": False}, rest(support=True)], 0, 0),
        ([{"nrm": False}, rest(contact="unwanted"), {"nrm": False}], 2, 0),
        ([rest(support=True)], None, None),
    ],
)
def test_the_latest_answer_counts_and_the_first_no_of_a_row_is_the_refusal(told, answer, refused):
    said = talks(*told)
    found = ladder(said)
    assert found.answer == (None if answer is None else said[answer])
    assert found.refused_at == (None if refused is None else said[refused].asked_at)


@each(
    ("told", "named"),
    [
        ([{"nrm": False, "named": True}], True),
        ([{"nrm": False, "named": True}, {"nrm": False}], None),  # a yes before another answer about referral has lapsed
        ([{"nrm": False}, rest(named=True, **VALID)], True),
        ([{"nrm": False}, rest(named=True)], None),
        ([{"nrm": False}, rest(named=True, interpreter="independent")], None),  # not known to be alone
        ([{"nrm": False}, rest(named=True, spoke_alone=True, interpreter="companion")], None),
        ([{"nrm": False}, rest(named=True, spoke_alone=False, interpreter="not_needed")], None),
        ([{"nrm": False}, rest(named=True, spoke_alone=True, interpreter="not_needed")], True),
        ([{"nrm": False, "named": True}, rest(named=False)], False),  # a no always counts
        ([{"nrm": False, "named": True}, rest(support=True)], True),
        ([{"nrm": False, "named": False}, rest(named=True)], False),
    ],
)
def test_being_named_goes_with_the_answer_about_referral(told, named):
    assert ladder(talks(*told)).named is named


@each("rung", ["support", "police"])
def test_support_and_the_police_stand_by_their_own_latest_answer(rung):
    found = ladder(talks({"nrm": True, rung: True}, rest(contact="yes"), {"nrm": False}))
    assert getattr(found, rung) is True
    assert getattr(ladder(talks({rung: True}, rest(**{rung: False}))), rung) is False


@each(("contact", "again"), [("", True), ("yes", True), ("unsafe", False), ("unwanted", False)])
def test_unsafe_or_unwanted_contact_ends_what_is_offered(contact, again):
    found = ladder(talks({"nrm": False, "contact": contact}, rest(support=True)))
    assert (found.contact, found.is_offered_again) == (contact, again)
    assert found.contact_at == (FIRST if contact else None)


def test_they_may_come_back():
    found = ladder(talks({"nrm": False, "contact": "unwanted"}, rest(contact="yes")))
    assert found.is_offered_again
    assert found.contact_at == FIRST + timedelta(days=1)


FLAG = st.sampled_from([True, False, None])
TALK = st.builds(
    dict, nrm=FLAG, support=FLAG, police=FLAG, named=FLAG, contact=st.sampled_from(["", "yes", "unsafe", "unwanted"]),
    spoke_alone=FLAG, interpreter=st.sampled_from(["", "independent", "companion", "none", "not_needed"]),
)  # fmt: skip
TOLD = st.lists(st.tuples(TALK, st.booleans()), max_size=8).map(
    lambda told: talks(*({**one, "leaves_referral": True, "nrm": None} if left else one for one, left in told))
)


@given(TOLD)
def test_a_talk_about_the_rest_never_changes_the_answer_about_referral(told):
    later = Talk(FIRST + timedelta(days=99), leaves_referral=True, support=True, contact="unwanted")
    before, after = ladder(told), ladder([*told, later])
    assert (after.answer, after.refused_at, after.named) == (before.answer, before.refused_at, before.named)
    assert after.support is True
    assert not after.is_offered_again


@given(TOLD)
def test_nobody_is_named_who_did_not_say_yes_or_whose_latest_word_is_no(told):
    found = ladder(told)
    if found.named:
        assert any(talk.named for talk in told)
        assert next(talk.named for talk in reversed(told) if talk.named is not None) or not told[-1].counts
    if told and told[-1].named is False:
        assert found.named is False


@given(TOLD)
def test_a_refusal_stands_only_while_the_last_answer_is_no(told):
    found = ladder(told)
    is_no = found.answer is not None and found.answer.nrm is False
    assert (found.refused_at is not None) == is_no
    if found.refused_at and found.answer:
        assert found.refused_at <= found.answer.asked_at
        again = replace(found.answer, asked_at=FIRST + timedelta(days=99))
        assert ladder([*told, again]).refused_at == found.refused_at
