"""When professional standards is alerted, case by case."""

from datetime import UTC, date, datetime, timedelta

from lodestar.information_governance.access_alerts.rules import (
    Look,
    Raised,
    addresses_looked_up,
    given_out_before_leaving,
    is_whole,
    many_in_a_night,
    names_looked_up,
    night_of,
    tries_refused,
    words_of,
)
from tests.offenders import each

NIGHT = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
EVENING = date(2026, 3, 2)


@each(
    ("name", "words"),
    [
        ("PC Hanna Brandreth", ("hanna", "brandreth")),
        ("T/DC Priya Nandakumar", ("priya", "nandakumar")),
        ("DI Callum Haldane", ("callum", "haldane")),
        ("Zoë Ó Briain", ("zoe", "o", "briain")),
        ("", ()),
        ("PC", ()),
    ],
)
def test_a_name_is_compared_without_rank_accent_and_capitals(name, words):
    assert words_of(name) == words


@each(
    ("at", "night"),
    [
        (datetime(2026, 3, 2, 21, 59, tzinfo=UTC), None),
        (datetime(2026, 3, 2, 22, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 3, 5, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 3, 6, 0, tzinfo=UTC), None),
        (datetime(2026, 7, 1, 21, 30, tzinfo=UTC), date(2026, 7, 1)),  # half past ten by summer time
        (datetime(2026, 7, 2, 5, 30, tzinfo=UTC), None),
    ],
)
def test_a_night_is_from_ten_to_six_by_the_clocks(at, night):
    assert night_of(at) == night


def looks(number, *, at=NIGHT, by="a", is_list=False, first=0):
    return [Look(by, at, frozenset({f"p{n}"}), is_list) for n in range(first, first + number)]


@each(
    ("seen", "raised"),
    [
        (looks(40), []),
        (looks(41), [Raised("night", "a", EVENING, 41, "pages")]),
        (looks(41) + looks(41), [Raised("night", "a", EVENING, 41, "pages")]),  # the same people twice
        (looks(20) + looks(21, by="b", first=20), []),
        (looks(20) + looks(21, at=NIGHT + timedelta(days=1), first=20), []),
        (looks(41, at=NIGHT + timedelta(hours=9)), []),  # by day
        (looks(41, is_list=True), []),
        (looks(301, is_list=True), [Raised("night", "a", EVENING, 301, "lists")]),
        ([], []),
    ],
)
def test_many_people_in_a_night(seen, raised):
    assert many_in_a_night(seen, opened=40, listed=300) == raised


def case_page(case, number, *, by="a", first=0):
    return Look(by, NIGHT, frozenset({f"{case} p{n}" for n in range(first, first + number)}), case=case)


@each(
    ("seen", "raised"),
    [
        ([case_page("house", 60)], []),  # one house with many people is the work of a night
        ([case_page("house", 60), *looks(41)], [Raised("night", "a", EVENING, 42, "pages")]),
        ([case_page(f"c{n}", 3) for n in range(41)], [Raised("night", "a", EVENING, 41, "pages")]),
        ([case_page(f"c{n}", 1) for n in range(41)], [Raised("night", "a", EVENING, 41, "pages")]),
        ([case_page(f"c{n}", 40) for n in range(8)], [Raised("night", "a", EVENING, 320, "lists")]),
    ],
)
def test_a_page_of_a_case_is_one_page_and_a_list_of_its_people(seen, raised):
    assert many_in_a_night(seen, opened=40, listed=300) == raised


@each(("people", "lists"), [(1, []), (2, [2])])
def test_the_page_of_a_case_with_several_people_is_a_list_of_them_too(people, lists):
    found = many_in_a_night([case_page("house", people)], opened=9, listed=1 if people > 1 else 0)
    assert [one.number for one in found] == lists


def test_a_name_of_one_short_word_is_anybodys():
    look = Look("a", NOON, frozenset({"p1"}))
    assert names_looked_up([look], staff={"a": "PC An"}, people={"p1": "An Tran"}) == []


def test_tries_that_were_refused_are_one_alert_a_person_and_day():
    nobody: frozenset[str] = frozenset()
    times = [("a", NIGHT), ("a", NIGHT), ("b", NIGHT), ("a", NIGHT + timedelta(days=1))]
    tries = [(by, at, "FM-26-0001", nobody) for by, at in times]
    day = date(2026, 3, 3)
    assert tries_refused(tries) == [
        Raised("emergency", "a", day, 2, "refused"),
        Raised("emergency", "a", day + timedelta(days=1), 1, "refused"),
        Raised("emergency", "b", day, 1, "refused"),
    ]


@each(
    ("kind", "since", "whole"),
    [
        ("night", datetime(2026, 3, 2, 22, 0, tzinfo=UTC), True),
        ("night", datetime(2026, 3, 2, 22, 1, tzinfo=UTC), False),
        ("emergency", datetime(2026, 3, 2, 0, 0, tzinfo=UTC), True),
        ("emergency", datetime(2026, 3, 2, 0, 1, tzinfo=UTC), False),
        ("own_name", datetime(2026, 3, 9, 0, 0, tzinfo=UTC), True),
    ],
)
def test_what_was_read_in_part_is_counted_no_less_than_before(kind, since, whole):
    assert is_whole(Raised(kind, "a", EVENING, 1), since) is whole


STAFF = {"a": "PC Hanna Brandreth", "b": "Sgt Dev Solanki", "c": "PC Li Wu", "d": "PC Okafor"}


def named(person, *, by="a", is_list=False):
    return names_looked_up([Look(by, NIGHT, frozenset({"p"}), is_list)], staff=STAFF, people={"p": person})


@each(
    ("person", "by", "kind"),
    [
        ("Marek Brandreth", "a", "own_name"),
        ("BRANDRETH, Marek", "a", "own_name"),
        ("Hanna Brandreth", "b", "colleague"),
        ("brandreth hanna", "b", "colleague"),
        ("Marek Brandreth", "b", ""),
        ("Dev Kowalski", "b", ""),  # the given name alone
        ("Mei Wu", "c", ""),  # too short to tell anything
        ("Li Wu", "a", "colleague"),
        ("Li Wu", "c", "own_name"),  # their own whole name, however short the family name
        ("WU Li Na", "c", "own_name"),
        ("Okafor", "a", ""),  # one word is no whole name of a colleague
        ("", "a", ""),
        ("Anybody Else", "stranger", ""),
    ],
)
def test_own_name_and_colleague(person, by, kind):
    assert [one.kind for one in named(person, by=by)] == ([kind] if kind else [])


def test_one_alert_for_one_person_and_none_for_a_list():
    look = Look("a", NIGHT, frozenset({"p"}))
    twice = names_looked_up([look, look], staff=STAFF, people={"p": "Marek Brandreth"})
    assert twice == [Raised("own_name", "a", date(2026, 3, 3), 1, "p", frozenset({"p"}))]
    assert named("Marek Brandreth", is_list=True) == []


LAST = date(2026, 3, 31)


@each(
    ("day", "counts"), [(date(2026, 3, 2), False), (date(2026, 3, 3), True), (date(2026, 3, 31), True), (date(2026, 4, 1), False)]
)
def test_given_out_before_leaving(day, counts):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    found = given_out_before_leaving([("a", at), ("b", at)], leaves={"a": LAST}, days=28)
    assert found == ([Raised("leaving", "a", LAST, 1)] if counts else [])


# --- addresses -----------------------------------------------------------------------------------------------------------

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOMES = {"a": frozenset({11, 12}), "b": frozenset({21})}
FILED = {"p1": frozenset({7, 12}), "p2": frozenset({21}), "p3": frozenset()}


@each(
    ("by", "person", "kinds", "found"),
    [
        ("a", "p1", {}, True),
        ("a", "p1", {"is_written": True}, True),
        ("a", "p1", {"is_list": True}, False),
        ("a", "p2", {}, False),
        ("b", "p2", {}, True),
        ("a", "p3", {}, False),
        ("a", "somebody without marks", {}, False),
        ("nobody wrote theirs in", "p1", {}, False),
    ],
)
def test_whoever_opens_or_writes_down_somebody_at_their_own_address_is_asked(by, person, kinds, found):
    look = Look(by, NOON, frozenset({person}), **kinds)
    raised = addresses_looked_up([look, look], staff=HOMES, people=FILED)
    day = NOON.date()
    assert raised == ([Raised("address", by, day, 1, person, frozenset({person}))] if found else [])


def test_addresses_come_in_order_of_day_person_and_subject():
    later = NOON + timedelta(days=1)
    looks = [
        Look("b", later, frozenset({"p2"})), Look("a", later, frozenset({"p1"})),
        Look("b", NOON, frozenset({"p4", "p2"})),
    ]  # fmt: skip
    raised = addresses_looked_up(looks, staff=HOMES, people=FILED | {"p4": frozenset({21})})
    assert [(one.day, one.about, one.subject) for one in raised] == [
        (NOON.date(), "b", "p4"), (later.date(), "a", "p1"), (later.date(), "b", "p2"),
    ]  # fmt: skip


def test_what_is_written_is_no_look_by_name_or_by_night():
    at = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
    written = [Look("a", at, frozenset({f"p{n}"}), is_written=True) for n in range(9)]
    assert many_in_a_night(written, opened=1, listed=1) == []
    assert names_looked_up(written, staff={"a": "PC Quill"}, people={"p1": "Ana Quill"}) == []


@each(("family", "found"), [("Fox", True), ("Li", False)])
def test_a_family_name_of_three_letters_is_compared_and_a_shorter_one_is_anybodys(family, found):
    look = Look("a", NOON, frozenset({"p1"}))
    raised = names_looked_up([look], staff={"a": f"PC Ann {family}"}, people={"p1": f"Ben {family}"})
    assert [one.kind for one in raised] == (["own_name"] if found else [])


@each(("most", "found"), [(2, 0), (1, 1)])
def test_as_many_as_the_number_says_is_not_above_it(most, found):
    looks = [Look("a", NIGHT, frozenset({"p1", "p2"}))]
    assert len(many_in_a_night(looks, opened=most, listed=99)) == found
