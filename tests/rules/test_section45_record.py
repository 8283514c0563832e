"""The full record of section 45 of the Modern Slavery Act 2015: what opens it again, who looks at it, what it asks for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from lodestar.casework.section45.rules.acts import ActReading, acts_of, countersign_by, name_of, version, without
from lodestar.casework.section45.rules.record import CONCLUSIONS, asked_of, lacking, limbs_of, may_countersign, schedule_summary
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import Owed, When
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each
from tests.rules.meeting import act, facts, owed, someone, with_events

AT = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
EXCLUDED_ACT = {"act": "Offences against the Person Act 1861", "section": "18"}
OPEN_ACT = {"act": "Theft Act 1968", "section": "9", "title": "burglary"}


def told(*events: tuple[str, When], suspected: list[dict[str, Any]] | None = None, **person: Any) -> Encounter:
    return with_events(facts(someone(**person, suspected_of=suspected or [act()])), person=events)


def record(encounter: Encounter) -> Owed:
    return owed(encounter, "section45_full_record")[0]


def read(encounter: Encounter) -> ActReading:
    return acts_of(reading(encounter, SHIPPED).people[0])[0]


def of_age(low: int, high: int, **told: Any) -> dict[str, Any]:
    return someone(birth={"age_min": low, "age_max": high, "basis": "stated"}, **told)


@each(
    "changed",
    [
        told(("rg_positive", date(2026, 3, 9))),
        told(("cg_negative", date(2026, 3, 9))),
        told(suspected=[act(particulars="wraps in a sock")]),
        told(suspected=[act(on="2026-02")]),
        told(suspected=[act(section="4(3)")]),
        told(suspected=[act(age_then_min=17, age_then_max=17)]),
        told(suspected=[act(), act(section="4(3)")]),
        told(birth={"age_min": 31, "age_max": 31, "basis": "stated"}),
        *(told((name_of("section45_came", "1", kind), AT)) for kind in ("charge", "plea", "hearing")),
        told(("section45_account", AT)),
        told(exploitation=[{"type": "criminal"}]),
    ],
    ids=[
        "first decision",
        "final decision",
        "particulars",
        "day",
        "section",
        "age then",
        "another act",
        "age",
        "charge",
        "plea",
        "hearing",
        "account",
        "exploitation",
    ],
)
def test_a_new_fact_opens_it_again(changed: Encounter) -> None:
    assert record(changed).key == record(told()).key
    assert record(changed).rests_on != record(told()).rests_on


@each(
    "other",
    [
        told(suspected=[act(stage="charged")]),
        told(("referral_sent", AT)),
        told(("crime_recorded", AT)),
        told((name_of("section45_waits", "1", 1), AT)),
        told((name_of("section45_happened_without", "1"), AT)),
        told((name_of("section45_came", "2", "charge"), AT)),
        told(place="custody"),
    ],
    ids=["stage", "referral", "crime", "a record that waits", "an outcome without", "another act's charge", "place"],
)
def test_what_is_no_fact_of_the_act_does_not(other: Encounter) -> None:
    assert record(other).rests_on == record(told()).rests_on


def test_each_further_event_opens_it_again_and_the_reason_is_dated() -> None:
    events = [(name_of("section45_came", "1", "hearing"), AT + days * timedelta(days=1)) for days in range(3)]
    rests_on = [record(told(*events[:many])).rests_on for many in range(4)]
    assert len(set(rests_on)) == 4
    assert record(told(*events, ("section45_account", AT))).why[-2:] == (
        "They gave an account, 10 March 2026.",
        "A hearing was held, 12 March 2026.",
    )


def test_a_notice_that_comes_later_is_no_new_decision() -> None:
    decided = [("rg_negative", date(2026, 3, 9))]
    noticed = [*decided, ("rg_negative_notice", date(2026, 3, 11))]
    assert record(told(*decided)).rests_on == record(told(*noticed)).rests_on


def test_an_outcome_without_it_is_owed_once_more_overdue_at_once_and_rests_on_nothing() -> None:
    second = AT + 30 * HOUR
    events = [(name_of("section45_happened_without", "1"), at) for at in (AT, second, AT)]
    first, *rest = owed(told(*events, suspected=[act(), act(section="4(3)")]), "section45_full_record")
    assert (first.moment, first.due) == ("", None)
    found = [one for one in rest if one.subject == "1"]
    assert [(one.moment, one.due, one.opens_at) for one in found] == [
        ("happened without 2026-03-10T14:05:00Z", AT, AT),
        ("happened without 2026-03-11T20:05:00Z", second, second),
    ]
    assert {(one.rests_on, one.due_from, one.due_before) for one in found} == {("", None, ())}
    assert [one.moment for one in rest if one.subject == "2"] == [""]


def test_an_act_is_not_taken_for_another_whose_number_begins_alike() -> None:
    acts = [act(particulars=str(number)) for number in range(1, 12)]
    found = owed(told((name_of("section45_waits", "11", 2), AT), suspected=acts), "section45_countersign")
    assert [(one.subject, one.moment) for one in found] == [("11", "version 2")]


def test_each_version_that_waits_is_a_supervisors_by_the_end_of_the_next_tour() -> None:
    events = [(name_of("section45_waits", "1", number), AT + number * HOUR) for number in (1, 2)]
    found = owed(told(*events), "section45_countersign")
    assert [(one.moment, one.due, one.owed_by) for one in found] == [
        (version(1), AT + HOUR, "supervisor"),
        (version(2), AT + 2 * HOUR, "supervisor"),
    ]
    assert owed(told(), "section45_countersign") == []


TOUR = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)


@each(
    ("decided", "supervisors", "tour_end", "by"),
    [
        (AT, [(TOUR, TOUR + 9 * HOUR)], AT + 3 * HOUR, TOUR + 9 * HOUR),
        (AT, [(TOUR + 24 * HOUR, TOUR + 33 * HOUR), (TOUR, TOUR + 9 * HOUR)], None, TOUR + 9 * HOUR),
        (AT, [(AT - HOUR, AT + 8 * HOUR)], AT + 3 * HOUR, AT + 27 * HOUR),  # under way is not the next
        (AT, [(AT, AT + 9 * HOUR)], None, AT + 24 * HOUR),
        (AT, [(AT + 24 * HOUR, AT + 33 * HOUR)], AT + 3 * HOUR, AT + 33 * HOUR),
        (AT, [(AT + 25 * HOUR, AT + 34 * HOUR)], AT + 3 * HOUR, AT + 27 * HOUR),  # too far off to wait for
        (AT, [], AT + 3 * HOUR, AT + 27 * HOUR),
        (AT, [], None, AT + 24 * HOUR),
    ],
)
def test_the_next_tour(decided: datetime, supervisors: Any, tour_end: datetime | None, by: datetime) -> None:
    assert countersign_by(decided, supervisors, tour_end) == by


def test_the_next_tour_is_elapsed_time_over_the_change_of_the_clocks() -> None:
    night = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)
    assert countersign_by(night, [], None) == datetime(2026, 3, 29, 20, 0, tzinfo=UTC)


@each(
    ("low", "high", "parts"),
    [
        (15, 15, ["child_1", "child_2", "child_3"]),
        (17, 17, ["child_1", "child_2", "child_3"]),
        (30, 30, ["adult_1", "adult_2", "adult_3", "adult_4"]),
        (16, 20, ["child_1", "child_2", "child_3", "adult_1", "adult_2", "adult_3", "adult_4"]),
    ],
)
def test_the_parts_are_those_of_the_age_at_the_act(low: int, high: int, parts: list[str]) -> None:
    asked = asked_of(read(facts(of_age(low, high, suspected_of=[act()]))))
    assert [limb.name for limb in asked.limbs] == parts


def test_a_child_is_never_asked_for_compulsion() -> None:
    second = limbs_of("child")[1]
    assert "Compulsion need not be shown" in second.about
    assert not any("compelled" in limb.title or "alternative" in limb.title for limb in limbs_of("child"))


def test_on_schedule_4_each_of_what_remains_is_asked_with_reasons_and_no_part_of_the_test() -> None:
    asked = asked_of(read(told(suspected=[act(**EXCLUDED_ACT)])))
    assert (asked.limbs, asked.settle, asked.must_weigh) == ((), False, True)
    assert [code for code, _ in asked.conclusions] == ["cannot_tell", "not_open"]
    answers = {"before": "charge", "conclusion": "not_open", "reason": "x"}
    found = lacking(asked, answers)
    assert set(found) == {"duress", "self_defence", "public_interest", "abuse_of_process"}
    assert found["self_defence"] == "Write what you considered on self-defence, and why"


def test_where_the_schedule_turns_on_something_a_person_settles_it_and_writes_which() -> None:
    asked = asked_of(read(told(suspected=[act(**OPEN_ACT)])))
    assert asked.settle
    assert asked.limbs
    assert {"settled", "settled_why"} <= set(lacking(asked, {}))


def test_settled_as_excluded_the_parts_need_no_answer_and_the_rest_does() -> None:
    asked = asked_of(read(told(suspected=[act(**OPEN_ACT)])))
    answers = {"settled": "excluded", "settled_why": "GBH intended", "before": "charge", "reason": "x"}
    found = lacking(asked, answers | {"conclusion": "likely"})
    assert set(found) == {"duress", "self_defence", "public_interest", "abuse_of_process", "conclusion"}


def test_settled_as_not_excluded_the_parts_are_answered_and_the_rest_need_not_be() -> None:
    asked = asked_of(read(told(suspected=[act(**OPEN_ACT)])))
    answers = {"settled": "not_excluded", "settled_why": "to steal", "before": "charge", "reason": "x"}
    found = lacking(asked, answers | {"conclusion": "likely"})
    assert set(found) == {f"adult_{number}_reading" for number in (1, 2, 3, 4)}


@each(
    ("suspected", "words"),
    [
        ({}, "Not on the list"),
        (EXCLUDED_ACT, "On the list: paragraph 7, Offences Against the Person Act 1861, section 18"),
        ({"act": "common law", "section": None, "title": "kidnapping"}, "On the list: paragraph 2, Common law"),
        (
            OPEN_ACT,
            "It turns on whether there was intent to inflict grievous bodily harm or to do unlawful damage, or to steal "
            "only (paragraph 14, Theft Act 1968, section 9)",
        ),
        ({"act": "common law", "section": None, "title": "conspiracy"}, "It turns on which offence it was aimed at"),
        ({"act": None, "section": None}, "It turns on which offence it was: no Act is named"),
    ],
)
def test_what_the_schedule_says_is_kept_in_a_few_words(suspected: dict[str, Any], words: str) -> None:
    assert schedule_summary(read(told(suspected=[act(**suspected)]))) == words


def test_what_a_person_settled_asks_for_duress_and_public_interest() -> None:
    settled = told((name_of("section45_excluded", "1"), AT), suspected=[act(**OPEN_ACT)])
    assert [one.subject for one in owed(settled, "duress_and_public_interest")] == ["1"]
    assert owed(told(suspected=[act(**OPEN_ACT)]), "duress_and_public_interest") == []
    assert owed(settled, "separate_officers_for_victim_and_suspect")
    not_open = told((name_of("section45_excluded", "1"), AT))
    assert owed(not_open, "duress_and_public_interest") == [], "the words of the act leave nothing to settle"


@each(
    ("suspected", "law", "elsewhere", "is_asked"),
    [
        ({"on": "2015-07-30"}, True, False, False),
        ({"on": "2015"}, True, False, True),
        ({"on": "2015-07-31"}, False, False, True),
        ({"on": "2016", "where": None}, False, False, True),
        ({"where": "scotland"}, False, True, False),
        ({"where": "abroad", "on": "2014"}, False, True, False),
    ],
)
def test_the_law_of_the_day_and_the_place(suspected: Any, law: bool, elsewhere: bool, is_asked: bool) -> None:
    asked = asked_of(read(told(suspected=[act(**suspected)])))
    assert (asked.law_of_the_time, asked.elsewhere, bool(asked.limbs)) == (law, elsewhere, is_asked)
    wanted = {"law_note"} if law else {"asked_whom", "their_answer"} if elsewhere else set()
    assert wanted <= set(lacking(asked, {}))


def full(**changed: str) -> dict[str, str]:
    """Every answer that a child's record asks for."""
    told = {"before": "charge", "conclusion": "likely", "reason": "The debt is his handler's."}
    for number in (1, 2, 3):
        told |= {f"child_{number}_reading": "met", f"child_{number}_for": "School record. Fact."}
    return told | changed


@each(
    ("changed", "wanting"),
    [
        ({}, set()),
        ({"child_2_reading": ""}, {"child_2_reading"}),
        ({"child_2_for": ""}, {"child_2_for"}),
        ({"child_2_for": "", "child_2_against": "He says it was his idea."}, set()),
        ({"child_2_for": "", "child_2_reading": "cannot_tell"}, set()),
        ({"child_2_for": "", "child_2_reading": "not_met"}, {"child_2_for"}),
        ({"conclusion": ""}, {"conclusion"}),
        ({"reason": ""}, {"reason"}),
        ({"before": ""}, {"before"}),
        ({"duress": "", "public_interest": ""}, set()),
    ],
)
def test_a_decision_wants_a_reading_of_each_part_with_something_to_read(changed: Any, wanting: set[str]) -> None:
    asked = asked_of(read(facts(of_age(15, 15, suspected_of=[act()]))))
    assert set(lacking(asked, full(**changed))) == wanting


def test_a_conclusion_is_never_the_systems() -> None:
    asked = asked_of(read(facts(of_age(15, 15, suspected_of=[act()]))))
    assert asked.conclusions == CONCLUSIONS
    for number in (1, 2, 3):
        for reading_ in ("met", "not_met", "cannot_tell"):
            told = full(**{f"child_{number}_reading": reading_})
            assert all("conclusion" not in lacking(asked, told | {"conclusion": one}) for one, _ in CONCLUSIONS)


def test_whoever_decided_any_version_takes_no_second_part() -> None:
    assert may_countersign("sgt", frozenset({"dc"}))
    assert not may_countersign("sgt", frozenset({"dc", "sgt"}))


def test_the_moment_of_an_outcome_is_its_instant() -> None:
    assert without(datetime.fromisoformat("2026-07-01T15:05:00+01:00")) == "happened without 2026-07-01T14:05:00Z"
