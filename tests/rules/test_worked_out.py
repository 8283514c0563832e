"""Numbers given out are held against all that was given out before: an attacker who adds and takes away finds nobody."""

from datetime import date
from itertools import combinations, product
from random import Random

from lodestar.oversight.releases.rules.differencing import AGES, Given, SetCount, derivable_counts, safe, tells_of_few
from lodestar.oversight.releases.rules.releases import (
    COUNTS,
    LEAST,
    MORE_HIDDEN,
    NEVER_YET,
    VERDICTS,
    Months,
    Row,
    aggregate,
    failings_given,
    month_is_hidden,
    monthly_return,
    months_of,
    period,
)
from tests.offenders import each

QUARTER = period("figure", "2026-Q1")
MONTHS = months_of(QUARTER)
DAY = date(2026, 4, 9)
KINDS = ("labour", "criminal")


class Force:
    """What there is in one quarter: people by month, kind and age, and cases by month and verdict; and what was given out."""

    def __init__(self, people, cases=None):
        self.people, self.cases, self.given = people, cases or {month: {"cannot_tell": 0} for month in MONTHS}, []

    def give(self, kind, name):
        tables = {"aggregate": self.aggregate, "figure": self.figure, "return": self.returned}[kind](name)
        content, _ = safe(tables, self.given, kind, name, QUARTER)
        if content is not None:
            self.given.append(Given(kind, name, content))
        return content

    def many(self, **of):
        places = {"month": 0, "kind": 1, "age": 2}
        return sum(n for part, n in self.people.items() if all(part[places[name]] == value for name, value in of.items()))

    def aggregate(self, name):
        yield aggregate("f", QUARTER, DAY, {kind: {age: self.many(kind=kind, age=age) for age in AGES} for kind in KINDS})

    def returned(self, name):
        month = period("return", name)
        made = next((one.content["total"] for one in self.given if one.kind == "figure"), None)
        hide = ["first_reports"] if month_is_hidden(name, self.months(), made) else []
        counts = dict.fromkeys(COUNTS, 0) | {
            "first_reports": sum(self.cases[name].values()),
            "possible_victims": self.many(month=name),
            "children": self.many(month=name, age="child"),
        }
        for more in MORE_HIDDEN:
            yield monthly_return("f", month, DAY, counts, [*hide, *more])

    def months(self):
        told = {one.period: one.content["counts"]["first_reports"] for one in self.given if one.kind == "return"}
        hidden = frozenset(name for name, number in told.items() if number is None)
        return Months({month: sum(self.cases[month].values()) for month in MONTHS}, frozenset(told) - hidden, hidden)

    def figure(self, name):
        counts = {verdict: sum(self.cases[month].get(verdict, 0) for month in MONTHS) for verdict in VERDICTS}
        rows = []
        for number in range(1, 7):
            own = dict(counts)
            for failing, verdict in NEVER_YET:
                if failing == number:
                    own["cannot_tell"] += own[verdict]
                    own[verdict] = 0
            rows.append(Row(number, f"Failing {number}", 1, "", own))
        yield failings_given("f", QUARTER, DAY, rows, self.months())


def people_told(given):
    """What the tables say of people, each as a set of the smallest parts and a number: read anew, by nothing of the rule's."""
    parts = list(product(MONTHS, KINDS, AGES))
    found = []
    for one in given:
        if one.kind == "return":
            for name, age in (("possible_victims", None), ("children", "child")):
                found.append(([m == one.period and age in (None, a) for m, _, a in parts], one.content["counts"][name]))
        elif one.kind == "aggregate":
            for row in one.content["rows"]:
                for age, number in zip((*AGES, None), (*row["counts"], row["sum"]), strict=True):
                    found.append(([k == row["kind"] and age in (None, a) for _, k, a in parts], number))
            for age, number in zip((*AGES, None), (*one.content["sums"], one.content["total"]), strict=True):
                found.append(([age in (None, a) for _, _, a in parts], number))
    return [(list(map(int, of)), number) for of, number in found if number is not None]


def cases_told(given, failing):
    parts = list(product(MONTHS, VERDICTS))
    found = []
    for one in given:
        if one.kind == "return":
            found.append(([m == one.period for m, _ in parts], one.content["counts"]["first_reports"]))
        elif one.kind == "figure":
            found.append(([True for _ in parts], one.content["total"]))
            row = one.content["rows"][failing - 1]
            found += [([v == verdict for _, v in parts], row[verdict]) for verdict in VERDICTS]
    return [(list(map(int, of)), number) for of, number in found if number is not None]


def attacked(told, most=4):
    """What sums and differences of up to so many of these numbers are how many of fewer than five somebody is one of."""
    found = []
    for many in range(1, most + 1):
        for chosen in combinations(told, many):
            for signs in product((1, -1), repeat=many - 1):
                whole = list(zip((1, *signs), chosen, strict=True))
                number = sum(sign * n for sign, (_, n) in whole)
                if 0 < abs(number) < LEAST:
                    turn = 1 if number > 0 else -1
                    of = [turn * sum(sign * one[place] for sign, (one, _) in whole) for place in range(len(chosen[0][0]))]
                    if set(of) in ({0, 1}, {1}):
                        found.append((of, abs(number)))
    return found


def orders(die):
    asked = [("aggregate", "2026-Q1"), ("figure", "2026-Q1"), *(("return", month) for month in MONTHS)]
    die.shuffle(asked)
    return asked


@each("seed", range(8))
def test_an_attacker_finds_nobody_in_whatever_order_tables_are_given_out(seed):
    die = Random(seed)
    some = [0, 0, 1, 2, 3, 6, 9, 14]
    people = {part: die.choice(some) for part in product(MONTHS, KINDS, AGES)}
    cases = {month: {verdict: die.choice(some) for verdict in VERDICTS} for month in MONTHS}
    force = Force(people, cases)
    for kind, name in orders(die):
        force.give(kind, name)
    assert attacked(people_told(force.given)) == []
    for failing in range(1, 7):
        assert attacked(cases_told(force.given, failing)) == []


def test_the_attacker_finds_somebody_where_nothing_is_held_against_what_was_before():
    force = few_in_march()
    for name in MONTHS:
        (content, *_) = force.returned(name)
        force.given.append(Given("return", name, content))
    force.given.append(Given("aggregate", "2026-Q1", next(iter(force.aggregate("")))))
    assert attacked(people_told(force.given))


def few_in_march(**more):
    people = {(month, "labour", "adult"): many for month, many in zip(MONTHS, (10, 12, 3), strict=True)}
    return Force(people | more.get("people", {}))


def test_a_quarter_less_two_of_its_months_is_the_third():
    force = few_in_march()
    assert force.give("return", "2026-01")["counts"]["possible_victims"] == 10
    assert force.give("return", "2026-02")["counts"]["possible_victims"] == 12
    assert force.give("aggregate", "2026-Q1") is None
    (table,) = force.aggregate("")
    assert tells_of_few(force.given, Given("aggregate", "2026-Q1", table), QUARTER) == "possible victims"


@each(("few", "words"), [(0, ""), (1, "possible victims"), (4, "possible victims"), (5, ""), (6, "")])
def test_one_to_four_are_few_and_five_are_not(few, words):
    """As in every table that leaves the force: a number from 1 to 4 is shown to nobody."""
    people = {(month, "labour", "adult"): many for month, many in zip(MONTHS, (10, 12, few), strict=True)}
    force = Force(people)
    force.give("return", "2026-01")
    force.give("return", "2026-02")
    (table,) = force.aggregate("")
    assert tells_of_few(force.given, Given("aggregate", "2026-Q1", table), QUARTER) == words
    assert safe([table], force.given, "aggregate", "2026-Q1", QUARTER) == ((None, words) if words else (table, ""))


def a_figure(number, happened, did_not, cannot_tell, could_not, total=None):
    told = dict(zip(VERDICTS, (happened, did_not, cannot_tell, could_not), strict=True))
    return Given("figure", "2026-Q1", {"rows": [{"number": number} | told], "total": total})


def a_return(month, cases):
    return Given("return", month, {"counts": {"first_reports": cases}})


def test_only_what_a_failing_never_reads_is_known_to_be_nothing():
    """Of failing 1 nothing is: what is hidden beside *cannot tell* and *could not have* may be many."""
    before = [a_return(MONTHS[0], 10), a_return(MONTHS[1], 12)]
    assert tells_of_few(before, a_figure(1, 9, None, 20, 5), QUARTER) == ""
    assert tells_of_few(before, a_figure(6, 0, 0, 20, 5), QUARTER) == "cases"
    assert tells_of_few([a_figure(3, 9, 0, 20, 5)], a_return(MONTHS[0], 5), QUARTER) == ""


def test_what_was_known_before_is_told_by_no_new_table():
    force = few_in_march()
    (table,) = force.aggregate("")
    for month in MONTHS:
        (content, *_) = force.returned(month)
        force.given.append(Given("return", month, content | {"counts": content["counts"] | {"possible_victims": 3}}))
    again = Given("return", MONTHS[0], force.given[0].content)
    assert tells_of_few(force.given, again, QUARTER) == "", "it was told already, by whoever gave it out"
    assert table["total"] == 25


def test_a_month_gives_up_what_the_quarter_would_tell_the_rest_of():
    force = few_in_march()
    assert force.give("aggregate", "2026-Q1")["total"] == 25
    assert force.give("return", "2026-01")["counts"]["possible_victims"] == 10
    assert force.give("return", "2026-02")["counts"]["possible_victims"] is None
    assert force.give("return", "2026-03")["counts"]["possible_victims"] is None


def test_two_months_that_are_few_together_are_not_told():
    force = Force({(month, "labour", "adult"): many for month, many in zip(MONTHS, (20, 2, 2), strict=True)})
    assert force.give("return", "2026-01")["counts"]["possible_victims"] == 20
    assert force.give("aggregate", "2026-Q1") is None  # February and March would be four


def test_who_is_no_child_is_not_told_by_who_is_one():
    january = {("2026-01", "labour", "child"): 8, ("2026-01", "labour", "adult"): 2}
    counts = Force(january).give("return", "2026-01")["counts"]
    assert (counts["possible_victims"], counts["children"]) == (10, None)
    even = {("2026-01", "labour", "child"): 8, ("2026-01", "labour", "adult"): 5}
    assert Force(even).give("return", "2026-01")["counts"]["children"] == 8


def test_what_was_told_already_stands_against_nothing_new():
    force = few_in_march()
    (content, *_) = force.returned("2026-03")
    told = content | {"counts": content["counts"] | {"possible_victims": 3}}  # given out before numbers were hidden
    force.given.append(Given("return", "2026-03", told))
    assert force.give("return", "2026-01")["counts"]["possible_victims"] == 10


def test_sums_and_differences_are_worked_out_and_nothing_else_is():
    a, b, c = ("a",), ("b",), ("c",)
    told = [SetCount(frozenset({a, b, c}), 10), SetCount(frozenset({a, b}), 7)]
    sought = [frozenset({c}), frozenset({a}), frozenset({a, b, c}), frozenset({b, c})]
    assert derivable_counts(told, sought) == {frozenset({c}): 3, frozenset({a, b, c}): 10}
    more = [*told, SetCount(frozenset({b, c}), 5)]
    assert derivable_counts(more, sought) == {
        frozenset({c}): 3, frozenset({a}): 5, frozenset({a, b, c}): 10, frozenset({b, c}): 5,
    }  # fmt: skip
    assert derivable_counts(
        [SetCount(frozenset({a, b}), 5), SetCount(frozenset({b, c}), 6), SetCount(frozenset({a, c}), 7)], [frozenset({a})]
    ) == {frozenset({a}): 3}


def test_a_half_of_what_two_sums_come_to_is_worked_out():
    a, b, c, d = ("a",), ("b",), ("c",), ("d",)
    sums = {frozenset({a, b}): 5, frozenset({b, c}): 6, frozenset({a, c, d}): 11, frozenset({d}): 4}
    told = [SetCount(of, number) for of, number in sums.items()]
    assert derivable_counts(told, [frozenset({one}) for one in (a, b, c)]) == {
        frozenset({a}): 3, frozenset({b}): 2, frozenset({c}): 4,
    }  # fmt: skip


def test_each_failing_is_held_against_the_months():
    cases = {month: {"cannot_tell": many} for month, many in zip(MONTHS, (10, 12, 6), strict=True)}
    for failing in range(1, 7):
        force = Force({}, cases)
        assert force.give("return", "2026-01")["counts"]["first_reports"] == 10
        (table,) = force.figure("")
        rows = [dict(row) for row in table["rows"]]
        rows[failing - 1] |= {"happened": 25, "cannot_tell": 3}
        assert tells_of_few(force.given, Given("figure", "2026-Q1", table | {"rows": rows}), QUARTER) == "cases"
        assert tells_of_few(force.given, Given("figure", "2026-Q1", table), QUARTER) == ""
