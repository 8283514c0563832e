"""The stage of a person from any history, each boundary of it, and what a stage makes owed: nobody who declined comes later."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lodestar.casework.support.rules.stages import CLOSED, DECLINED, EVENTS, STAGES, Stage, stages
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.gravity import gravities
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each
from tests.rules.meeting import NO, YES, child, codes_of, facts, owed, someone, with_events

DAY = date(2026, 3, 9)
AT = datetime(2026, 3, 9, 12, tzinfo=UTC)
NEW = ("plan_move_on", "tell_missing_from_support", "plan_support_at_18", "confirm_support_transfer")


def later(days: int) -> datetime:
    return AT + timedelta(days=days)


def now_at(*events, is_child=False):
    return stages(events, is_child=is_child)[-1].code


@each(
    ("events", "stage"),
    [
        ((), "before"),
        ((("referral_sent", AT),), "pending"),
        ((("referral_sent", AT), ("rg_positive", DAY)), "pending"),
        ((("referral_sent", AT), ("rg_negative", DAY)), "declined_by_authority"),  # of one day the decision is the later
        ((("referral_sent", AT), ("rg_negative", DAY), ("referral_sent", later(1))), "pending"),
        ((("referral_sent", AT), ("rg_positive", DAY), ("cg_positive", DAY)), "positive"),
        ((("referral_sent", AT), ("cg_negative", date(2026, 5, 1))), "negative"),
        ((("referral_sent", AT), ("cg_negative", date(2026, 5, 1)), ("rg_positive", date(2026, 6, 1))), "pending"),
        ((("cg_positive", DAY), ("cg_revoked", date(2026, 6, 1))), "negative"),
        ((("rg_positive", DAY), ("disqualified", DAY)), "declined_by_authority"),
        ((("refusal", AT),), "declined_by_person"),
        ((("notification_received", AT),), "declined_by_person"),
        ((("refusal", AT), ("accepted", later(1))), "before"),
        ((("referral_sent", AT), ("refusal", later(1))), "declined_by_person"),
        ((("referral_sent", AT), ("refusal", later(1)), ("accepted", later(2))), "pending"),  # a no reversed goes back
        ((("refusal", AT), ("referral_sent", later(1))), "pending"),
        ((("referral_sent", AT), ("nrm_withdrawn", DAY)), "withdrawn"),
        ((("nrm_withdrawn", DAY), ("referral_sent", later(1))), "pending"),
        ((("support_withdrawn", AT), ("cg_positive", date(2026, 5, 1))), "withdrawn"),
        ((("support_withdrawn", AT), ("support_closed", later(1))), "closed"),
        ((("support_closed", AT), ("support_withdrawn", later(1))), "closed"),
        ((("cg_positive", DAY), ("support_closed", later(9)), ("support_resumed", later(10))), "positive"),
        ((("died", AT), ("support_resumed", later(1)), ("referral_sent", later(2))), "closed"),
    ],
)
def test_each_boundary_of_a_stage(events, stage):
    assert now_at(*events) == stage


def test_nobody_declines_for_a_child():
    assert now_at(("refusal", AT), is_child=True) == "before"
    assert now_at(("referral_sent", AT), ("refusal", later(1)), is_child=True) == "pending"


def test_the_history_tells_since_when():
    history = stages([("cg_positive", date(2026, 5, 1)), ("referral_sent", AT), ("rg_positive", date(2026, 3, 16))])
    assert history == [Stage("before"), Stage("pending", AT), Stage("positive", date(2026, 5, 1))]
    assert [stage.since for stage in history] == [None, DAY, date(2026, 5, 1)]


INSTANTS = st.integers(0, 9).map(later)
HISTORIES = st.lists(st.tuples(st.sampled_from(EVENTS), st.one_of(INSTANTS, INSTANTS.map(datetime.date))), max_size=8)


@given(HISTORIES, st.booleans(), st.randoms())
def test_any_order_of_writing_down_gives_one_history(events, is_child, random):
    shuffled = random.sample(events, len(events))
    history = stages(events, is_child=is_child)
    assert stages(shuffled, is_child=is_child) == history
    assert {stage.code for stage in history} <= set(STAGES) - ({DECLINED} if is_child else set())
    assert all(before.code != after.code for before, after in pairwise(history))
    if "died" in dict(events):
        assert history[-1].code == CLOSED
    yes = ("accepted", later(21))
    assert now_at(*events, ("refusal", later(20)), yes, is_child=is_child) == now_at(*events, yes, is_child=is_child)


def ledger(person, *events):
    return with_events(facts(person), events)


def moments(encounter, code):
    return [one.moment for one in owed(encounter, code)]


def test_a_new_stage_has_needs_assessed_again_in_72_hours():
    again = owed(ledger(someone(consent=YES), ("referral_sent", later(3))), "needs_assessment")
    assert [one.moment for one in again] == ["", "pending 2026-03-12"]
    assert again[1].due == later(6)
    assert again[1].opens_at == later(3)
    same_day = datetime(2026, 3, 2, 23, 50, tzinfo=UTC)  # of the encounter: the first assessment is that of the stage, too
    assert moments(ledger(someone(consent=YES), ("referral_sent", same_day)), "needs_assessment") == [""]
    assert codes_of(someone(consent=NO)) & set(NEW) == set()


def test_a_stage_owes_what_the_issue_names_and_assess_none_of_it():
    referred = ("referral_sent", AT)
    positive = ledger(someone(consent=YES), referred, ("cg_positive", date(2026, 5, 1)))
    assert moments(positive, "plan_move_on") == ["cg_positive 2026-05-01"]
    assert moments(ledger(someone(consent=YES), referred, ("cg_negative", date(2026, 5, 1))), "plan_move_on") == []
    lost = someone(consent=YES, contact_lost="2026-03-20T10:00:00+00:00")
    assert moments(ledger(lost, referred), "tell_missing_from_support") == [""]
    assert moments(ledger(lost), "tell_missing_from_support") == []
    assert moments(ledger({**lost, "consent": NO}, ("support_began", AT)), "tell_missing_from_support") == [""]
    seventeen = child(birth={"date": "2008-06-01", "basis": "stated"})
    assert owed(ledger(seventeen, referred), "plan_support_at_18")[0].due.date() == date(2026, 3, 3)
    assert moments(ledger(seventeen), "plan_support_at_18") == []
    moved = ledger(someone(consent=NO), ("support_transfer", AT), ("support_transfer", later(9)))
    assert moments(moved, "confirm_support_transfer") == ["asked 2026-03-09T12:00Z", "asked 2026-03-18T12:00Z"]
    for person in (lost, seventeen, someone(consent=NO)):
        assert codes_of(person) & set(NEW) == set()


def test_never_again_leaves_nothing_to_offer_and_an_end_neither():
    decliner = someone(consent=NO, needs=["medical"])
    offered = {
        "needs_assessment",
        "refer_victim_services",
        "refer_support_service",
        "confirm_support_transfer",
        "offer_again_later",
    }
    moves = ("support_transfer", AT)
    for ends in ("contact_unwanted", "support_closed"):
        encounter = ledger(decliner, ("refusal", AT), moves, (ends, later(1)))
        still = {code for code in offered if owed(encounter, code)}
        assert still == (set() if ends == "contact_unwanted" else {"offer_again_later"}), ends
    back = ledger(decliner, ("support_closed", AT), ("support_resumed", later(1)))
    assert owed(back, "refer_victim_services")


def test_a_decliner_is_as_grave_and_due_as_soon_as_whoever_is_referred():
    declined, pending = (
        ledger(someone(consent=consent, needs=["medical"]), (event, later(1)), ("crime_reported", AT))
        for consent, event in ((NO, "refusal"), (YES, "referral_sent"))
    )
    assert gravities(reading(declined, SHIPPED)) == gravities(reading(pending, SHIPPED))
    for code in ("needs_assessment", "refer_victim_services", "refer_support_service"):
        assert [one.due for one in owed(declined, code)] == [one.due for one in owed(pending, code)], code
