"""What a search is for, by what was typed; and whose name fits."""

from lodestar.information_governance.access_alerts.rules import is_own_name
from lodestar.intelligence.identities.rules.match_reasons import Described, name_fit
from lodestar.web.rules import ADDRESS, NAME, NUMBER, TELEPHONE, read_query

TYPED = [
    ("Kai Moyo", NAME), ("王小明", NAME), ("operation harbour", NAME), ("fm-26-0001", NUMBER), ("NRM 801325", NUMBER),
    ("37/00012/26", NUMBER), ("07700 900123", TELEPHONE), ("+44 7700 900123", TELEPHONE), ("12 Mill Street, Lincoln", ADDRESS),
    ("LN1 2AB 14", ADDRESS), ("not known", NUMBER), ("?", NUMBER), ("nationality", NAME),
]  # fmt: skip


def test_what_is_typed_says_what_it_is() -> None:
    assert [(typed, read_query(typed, by_address=True).kind) for typed, _ in TYPED] == TYPED
    assert read_query("12 Mill Street, Lincoln", by_address=False).kind == NUMBER


def test_references_are_read_as_they_are_kept() -> None:
    query = read_query("  nrm-80 13/25 ", by_address=False)
    assert (query.nrm_reference, query.crime_number, query.case_reference) == ("NRM801325", "NRM-80 13/25", "NRM-8013/25")
    assert read_query("op Harbour", by_address=False).operation == ("Harbour", "Operation Harbour")
    assert read_query("王小明", by_address=False).nrm_reference == "-"


FITS = [
    ("Kai Moyo", "Kai Moyo", True), ("moyo kai", "Kai Moyo", True), ("Moyo", "Kai Moyo", True),
    ("Dordevic", "Łukasz Đorđević", True),
    ("Kowalska", "Anna Kovalska", True), ("Mohamed", "Muhammad Ali", True), ("Kai Moyo", "Kai", False), ("Kai", "Dean", False),
    ("Kai Moyo", "Kai Smith", False), ("K", "Kai Moyo", False),
]  # fmt: skip


def test_a_name_fits_whole_and_in_part_in_whatever_order_and_spelling() -> None:
    found = [(typed, name, name_fit(Described((typed,)), Described((name,))) is not None) for typed, name, _ in FITS]
    assert found == FITS


def test_ones_own_name_is_known_again() -> None:
    typed = ("Hanna Brandreth", "brandreth", "Marek Brandreth", "Hanna", "Brand")
    assert [is_own_name(words, "PC Hanna Brandreth") for words in typed] == [True, True, True, False, False]
