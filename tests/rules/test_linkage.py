"""All people of a force laid beside each other: what of each is compared, what it tells, and which pairs are worth a look."""

import re
from itertools import groupby
from uuid import UUID

import pytest

from lodestar.intelligence.identities.rules.blind_index import marks_of
from lodestar.intelligence.identities.rules.identities import Pair, Recorded, likely_pairs, rows_of, settings_for
from lodestar.intelligence.identities.rules.match_reasons import Code, Described
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

OKSANA = Described(("Oksana Melnychenko",), born="1994-05-17", phones=("07700 900123",), addresses=("12 Mill Street, LN1 1AA",))
IN_CYRILLIC = Described(("Оксана Мельниченко",), born="1994", sex="female")
BOGDAN = Described(("Bogdan Ionescu",), age_min=30, age_max=34)


def rows(*people):
    known = {str(number): told for number, told in enumerate(people)}
    return rows_of(known, {person: marks_of(told) for person, told in known.items()})


class Finds:
    """Says of every two rows that they may be one, the last first; remembers of whom it was asked and how."""

    def __init__(self):
        self.asked, self.told = [], []

    def __call__(self, rows, settings, **told):
        self.asked.append([row["id"] for row in rows])
        self.told.append((settings, told))
        ids = sorted(self.asked[-1], reverse=True)
        return [(other, one, 0.5) for place, one in enumerate(ids) for other in ids[place + 1 :]]


def somebody(number, told=OKSANA, *, case=None, is_sealed=False):
    return Recorded(UUID(int=number), UUID(int=case or 100 + number), is_sealed, told)


def ends(pairs):
    return [{pair.person.int, pair.other.int} for pair in pairs]


def test_a_row_holds_what_is_compared_and_what_is_not_known_speaks_neither_way():
    hers, _, his = rows(OKSANA, IN_CYRILLIC, BOGDAN)
    assert (hers["id"], hers["born"], hers["first_year"], hers["last_year"], hers["sex"]) == ("0", "1994-05-17", 1994, 1994, None)
    assert (hers["phones"], hers["houses"]) == (["700900123"], ["ln11aa 12"])
    assert (his["born"], his["phones"], his["houses"], his["first_year"]) == (None, None, None, None)
    (nobody,) = rows(Described())
    assert {name for name, held in nobody.items() if held} == {"id"}


def test_one_name_in_two_scripts_is_one_row_of_sounds_and_puts_two_together():
    hers, also, his = rows(OKSANA, IN_CYRILLIC, BOGDAN)
    assert set(hers["letters"]) & set(also["letters"])
    assert (also["born"], also["first_year"], also["sex"]) == (None, 1994, "female")
    assert set(hers["keys"]) & set(also["keys"])
    assert his["keys"] == []  # nobody else is filed under anything of his
    assert set(hers["words"]) == set(also["words"])
    assert not set(hers["words"]) & set(his["words"])
    assert not [key for key in hers["keys"] if key.startswith("one ")]


@each(("many", "puts_together"), [(2, True), (80, True), (81, False)])
def test_what_many_are_filed_under_puts_nobody_together(many, puts_together):
    told = Described((), phones=("07700 900123",))
    assert all(bool(row["keys"]) == puts_together for row in rows(*[told] * many))


LEVELS = reference_list("identities", "linkage").rows


def test_the_values_of_each_comparison_are_shares_of_one():
    for name, levels in groupby(LEVELS, key=lambda row: row["comparison"]):
        every = list(levels)
        for share in ("m", "u"):
            assert sum(level.get(share, 0) for level in every) == pytest.approx(1, abs=1e-9), name
        telling = [level["m"] / level["u"] for level in every if "m" in level]
        assert telling[0] > 1 > telling[-1], name
        assert every[-1]["condition"] == "else"


def test_the_conditions_speak_of_columns_that_rows_have():
    (row,) = rows(OKSANA)
    named = {name for level in LEVELS for name in re.findall(r"(\w+)_[lr]\b", level["condition"])}
    assert named == row.keys() - {"id", "keys"}


def test_the_settings_say_how_likely_two_are_one_before_anything_is_looked_at():
    settings = settings_for(5001)
    assert settings["probability_two_random_records_match"] == 0.04 / 5000
    assert settings_for(1)["probability_two_random_records_match"] == settings_for(2)["probability_two_random_records_match"]
    assert settings_for(0)["probability_two_random_records_match"] == 0.04
    assert settings["blocking_rules_to_generate_predictions"][0]["arrays_to_explode"] == ["keys"]
    assert not settings["retain_matching_columns"]
    assert not settings["retain_intermediate_calculation_columns"]
    names = settings["comparisons"][0]
    assert names["output_column_name"] == "name"
    assert names["comparison_levels"][0] == {
        "label_for_charts": "no name", "sql_condition": "spelt_l is null or spelt_r is null", "is_null_level": True,
    }  # fmt: skip
    spelt, last = names["comparison_levels"][1], names["comparison_levels"][-1]
    assert (spelt["m_probability"], spelt["u_probability"]) == (0.44, 0.00002)
    assert (spelt["tf_adjustment_column"], spelt["tf_adjustment_weight"]) == ("spelt", 1.0)
    assert last["sql_condition"] == "ELSE"
    assert "tf_adjustment_column" not in last


def test_a_pair_is_told_with_its_reasons_and_what_the_rules_call_no_match_is_none():
    finds = Finds()
    pairs = likely_pairs([somebody(1), somebody(2, IN_CYRILLIC), somebody(3, BOGDAN)], finds)
    assert ends(pairs) == [{1, 2}]
    assert {Code.NAME_OTHER_SCRIPT, Code.BORN_SAME_YEAR} <= set(pairs[0].reasons)
    assert isinstance(pairs[0], Pair)
    assert finds.told[0] == (settings_for(3), {"likely": 0.05})


def test_two_of_one_case_are_not_suggested():
    assert ends(likely_pairs([somebody(1, case=7), somebody(2, case=7), somebody(3)], Finds())) == [{2, 3}, {1, 3}]


def test_who_is_in_no_sealed_case_is_looked_for_without_those_who_are():
    finds = Finds()
    pairs = likely_pairs([somebody(1), somebody(2), somebody(3, is_sealed=True), somebody(4, is_sealed=True)], finds)
    assert [len(asked) for asked in finds.asked] == [2, 4]
    assert ends(pairs) == [{1, 2}, {4, 3}, {4, 2}, {4, 1}, {3, 2}, {3, 1}]
    once = Finds()
    likely_pairs([somebody(1), somebody(2)], once)
    assert len(once.asked) == 1
    assert finds.told[0] == once.told[0]
