"""What comes of a referral besides a decision: where it stands, and the clocks of what is asked for, on the days around each
change of law."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from lodestar.casework.decisions.rules import could_disqualify, is_evidence_at_trial, may_be_references
from lodestar.casework.referrals.rules import decision_state, found_by
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import When, obligation_rows
from lodestar.platform.time.days import london
from tests.offenders import each
from tests.rules.meeting import YES, facts, owed, someone, with_events

SENT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
DAY = date(2026, 3, 9)


def told(*events: tuple[str, When]) -> Encounter:
    return with_events(facts(someone(consent=YES)), person=(("referral_sent", SENT), *events))


def days(encounter: Encounter, code: str) -> list[tuple[str, date | None]]:
    return [(one.moment, one.due and london(one.due).date()) for one in owed(encounter, code)]


@each(
    ("asked", "due"),
    [
        (date(2026, 3, 9), date(2026, 3, 16)),
        (date(2026, 3, 13), date(2026, 3, 20)),  # a Friday
        (date(2026, 4, 1), date(2026, 4, 10)),  # over Good Friday and Easter Monday
        (date(2026, 12, 24), date(2027, 1, 5)),  # Christmas, its substitute day, and New Year
    ],
)
def test_what_is_asked_for_is_due_in_five_working_days_where_no_day_is_named(asked: date, due: date) -> None:
    assert days(told(("further_information_asked", asked)), "answer_further_information") == [(f"asked {asked}", due)]


def test_a_day_named_counts_and_of_two_the_earlier() -> None:
    name = f"further_information_by {DAY}"
    events = (("further_information_asked", DAY), (name, date(2026, 3, 30)), (name, date(2026, 3, 11)))
    assert days(told(*events), "answer_further_information") == [(f"asked {DAY}", date(2026, 3, 11))]


def test_each_day_on_which_something_was_asked_for_is_a_thing_of_its_own() -> None:
    later = DAY + timedelta(days=7)
    events = (("further_information_asked", DAY), ("further_information_asked", later))
    found = days(told(*events), "answer_further_information")
    assert found == [(f"asked {DAY}", date(2026, 3, 16)), (f"asked {later}", date(2026, 3, 23))]


@each(("asked", "due"), [(date(2026, 3, 9), date(2026, 3, 18)), (date(2020, 2, 28), date(2020, 3, 8))])
def test_a_reply_to_a_request_is_watched_for_nine_days_counted_as_calendar_days(asked: date, due: date) -> None:
    assert days(told(("reconsideration_asked", asked)), "watch_reconsideration_reply") == [(f"asked {asked}", due)]


@each("name", ["rg_negative", "cg_negative", "disqualified", "cg_revoked"])
def test_what_goes_against_them_is_told_by_the_next_working_day_of_its_notice(name: str) -> None:
    found = days(told((name, DAY), (f"{name}_notice", date(2026, 3, 13))), "tell_decision_safely")
    assert found == [(f"{name} {DAY}", date(2026, 3, 16))]
    (one,) = owed(told((name, DAY)), "tell_decision_safely")
    assert one.opens_at is None, "it opens at once"


@each("name", ["rg_positive", "cg_positive", "referral_withdrawn"])
def test_nothing_else_has_to_be_told_so(name: str) -> None:
    assert days(told((name, DAY)), "tell_decision_safely") == []


@each(
    ("decided", "disqualified", "ends"),
    [
        (date(2023, 1, 20), date(2023, 1, 29), False),  # no such decision in law yet
        (date(2023, 1, 20), date(2023, 1, 30), True),
        (date(2026, 3, 9), date(2026, 3, 8), False),  # of before the decision
        (date(2026, 3, 9), date(2026, 3, 9), True),
        (date(2026, 3, 9), date(2026, 3, 10), True),
    ],
)
def test_a_disqualification_ends_the_bar_on_removal_from_its_day_in_law(decided: date, disqualified: date, ends: bool) -> None:
    found = days(told(("rg_positive", decided), ("disqualified", disqualified)), "recovery_period_minimum")
    assert (found == []) is ends


def test_a_disqualification_ends_nothing_else() -> None:
    negative = ("rg_negative", DAY)
    both = told(negative, ("disqualified", DAY + timedelta(days=1)))
    assert days(both, "consider_reconsideration") == days(told(negative), "consider_reconsideration") != []


@each(("day", "can"), [(date(2023, 1, 29), False), (date(2023, 1, 30), True), (date(2023, 1, 31), True)])
def test_nobody_was_disqualified_before_30_january_2023(day: date, can: bool) -> None:
    assert could_disqualify(day) is can


def test_force_policy_is_said_to_be_that_and_what_was_not_read_too() -> None:
    for code in ("tell_decision_safely", "answer_further_information"):
        (row,) = obligation_rows()[code]
        assert (row.basis, row.confidence) == ("policy", "background")
        assert row.due
        assert row.due["policy"] is True
    (row,) = obligation_rows()["watch_reconsideration_reply"]
    assert (row.basis, row.confidence) == ("guidance", "verified")


def one_that_came(kind: str, on: date, number: int) -> SimpleNamespace:
    return SimpleNamespace(kind=kind, decided_on=on, number=number)


def came(*kinds: str) -> list[SimpleNamespace]:
    return [one_that_came(kind, DAY + timedelta(days=number), number) for number, kind in enumerate(kinds)]


@each(
    ("kinds", "state", "returned"),
    [
        ((), "waiting", False),
        (("info_asked",), "waiting", True),
        (("info_asked", "info_sent"), "waiting", False),
        (("info_asked", "info_sent", "info_asked"), "waiting", True),
        (("info_asked", "suspended"), "suspended", True),
        (("info_asked", "rg_positive"), "rg_positive", False),
        (("rg_negative", "rec_asked"), "reconsidered", False),
        (("rg_negative", "rec_asked", "rec_accepted"), "reconsidered", False),
        (("rg_negative", "rec_asked", "rec_refused"), "rg_negative", False),
        (("rg_negative", "rec_asked", "rec_accepted", "rg_positive"), "rg_positive", False),
        (("rg_positive", "cg_positive", "cg_revoked"), "cg_revoked", False),
        (("rg_positive", "disqualified"), "disqualified", False),
        (("rec_refused",), "waiting", False),
        (("withdrawn",), "withdrawn", False),
    ],
)
def test_where_a_referral_stands(kinds: tuple[str, ...], state: str, returned: bool) -> None:
    found = decision_state("nrm", came(*kinds))
    assert (found["state"], found["returned"]) == (state, returned)


@each(
    ("kinds", "first"),
    [
        ((), ""),
        (("info_asked", "withdrawn"), ""),
        (("cg_positive",), ""),
        (("info_asked", "rg_negative"), "rg_negative"),
        (("rg_negative", "rec_accepted", "rg_positive"), "rg_negative"),
        (("rg_positive", "cg_negative", "rg_negative"), "rg_positive"),
    ],
)
def test_what_was_decided_first_stays_the_first(kinds: tuple[str, ...], first: str) -> None:
    assert decision_state("nrm", came(*kinds))["first"] == first
    assert decision_state("nrm", list(reversed(came(*kinds))))["first"] == first


def test_it_stands_by_the_days_and_of_one_day_by_the_order_of_filing() -> None:
    assert (
        decision_state("nrm", [one_that_came("rg_positive", DAY, 2), one_that_came("rg_negative", DAY, 1)])["state"]
        == "rg_positive"
    )
    assert (
        decision_state("nrm", [one_that_came("cg_positive", DAY + timedelta(days=1), 1), one_that_came("rg_positive", DAY, 2)])[
            "state"
        ]
        == "cg_positive"
    )
    assert decision_state("dtn", ())["state"] == "told"


@each("written", ["NRM-123456", "nrm 123456", "NRM/123 456", "\tnrm‑123456 "])
def test_a_reference_is_found_however_it_is_written(written: str) -> None:
    assert found_by(written) == "NRM123456"


@each(
    ("words", "finds"),
    [
        ("Our reference: NRM-123456.", True),
        ("Our reference: NRM 123456, please", True),
        ("(nrm123456)", True),
        ("NRM-1234567", False),
        ("XNRM-123456", False),
        ("nothing of the kind", False),
    ],
)
def test_a_letter_holds_a_reference_as_a_word_or_two(words: str, finds: bool) -> None:
    assert ("NRM123456" in may_be_references(words)) is finds


def test_what_is_too_short_or_has_no_digit_is_no_reference_and_a_long_letter_is_read_so_far() -> None:
    assert may_be_references("A 12 1234 Slavery conclusive") <= {"A12", "121234", "1234SLAVERY"}
    assert "1234" not in may_be_references("1234")
    assert "NRM123456" not in may_be_references("word " * 20_000 + "NRM-123456")


def test_a_reference_has_five_letters_and_digits_at_least_and_eighty_at_most() -> None:
    assert may_be_references("1234 12345") == {"12345", "123412345"}
    assert found_by("7" * 81) == "7" * 80
    assert "1" * 40 + "2" * 40 in may_be_references(f"{'1' * 40} {'2' * 40}")
    assert may_be_references(f"{'1' * 40} {'2' * 41}") == {"1" * 40, "2" * 41}


@each(("kind", "is_evidence"), [("decision", False), ("asks", False), ("other", True)])
def test_a_decision_is_no_evidence_at_trial(kind: str, is_evidence: bool) -> None:
    assert is_evidence_at_trial(kind) is is_evidence
