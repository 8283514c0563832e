"""For which nation a document is: certain from its publisher, or not said."""

import pytest

from lodestar.guidance.models.library import NATIONS
from lodestar.guidance.rules.nations import name_of, nation_of
from lodestar.kernel.reference_lists import reference_list

ROWS = reference_list("guidance", "publishers").rows
KNOWN = {name_of(name): row["nation"] for row in ROWS for name in row["names"]}


@pytest.mark.parametrize(
    ("publisher", "nation"),
    [
        ("Scottish Government", "scotland"),
        ("  the SCOTTISH   Government. ", "scotland"),
        ("Police Scotland", "scotland"),
        ("COPFS", "scotland"),
        ("Crown Office & Procurator Fiscal Service", "scotland"),
        ("Police Scotland / Scottish Government", "scotland"),
        ("PSNI", "northern_ireland"),
        ("Department of Justice Northern Ireland", "northern_ireland"),
        ("Welsh Government", "wales"),
        ("Llywodraeth Cymru", "wales"),
        ("Home Office", ""),
        ("Department of Justice", ""),  # of another country, perhaps
        ("Scottish Government and Home Office", ""),
        ("Scottish Government, Home Office", ""),
        ("Police Scotland; PSNI", ""),
        ("Friends of Police Scotland", ""),
        ("Fenmarch Police", ""),
    ],
)
def test_a_publisher_who_writes_for_one_nation_tells_it(publisher, nation):
    assert nation_of(publisher, ["Police Scotland"], KNOWN) == nation  # who is named is asked, and nothing else


@pytest.mark.parametrize(
    ("texts", "nation"),
    [
        (["Trafficking\nPolice Scotland\nOctober 2024\nWhat to do"], "scotland"),
        (["Trafficking\nWhat to do.\n" * 20, "Published by the Scottish Government, May 2017"], "scotland"),
        (["A guide.", "This guidance was issued by the Department of Justice (Northern Ireland) in 2023."], "northern_ireland"),
        (["A guide\nProduced by Welsh Government."], "wales"),
        (["Ring Police Scotland or the PSNI where somebody was moved there."], ""),
        (["A guide\n" * 30 + "Police Scotland\n"], ""),  # a line of its own far down is one of a list
        (["A guide\nPolice Scotland\nPSNI"], ""),
        (["The findings published by the Scottish Government Review Group are told of."], ""),
        (["First responders\nHome Office"], ""),
        (["First responders\nHome Office\nPolice Scotland"], ""),  # by both
        (["Trafficking\nPolice Scotland\n" + "People are brought into the UK with promises of work. " * 2], "scotland"),
        (["First responders across the UK\nPolice Scotland"], ""),
        (["A guide\n" * 5 + "Police Scotland"], "scotland"),
        (["A guide\n" * 6 + "Police Scotland"], ""),
        (["A guide\n" * 399 + "Published by the Scottish Government."], "scotland"),
        (["A guide\n" * 400 + "Published by the Scottish Government."], ""),
        (["For all of the UK " + "x" * 82 + "\nPolice Scotland"], ""),  # a title of a hundred characters
        (["For all of the UK " + "x" * 83 + "\nPolice Scotland"], "scotland"),
        (["First responders\nPolice Scotland\nWhat to do.", "Published by the Home Office in 2024."], ""),
        (["What others do\nA strategy was\npublished by the Scottish Government in 2017."], ""),
        ([], ""),
    ],
)
def test_its_own_words_tell_it_only_where_they_are_certain(texts, nation):
    assert nation_of("", texts, KNOWN) == nation


def test_each_name_stands_once_and_each_nation_is_known():
    names = [name_of(name) for row in ROWS for name in row["names"] if not name.startswith("The ")]
    assert len(names) == len(set(names))
    assert {row["nation"] for row in ROWS} <= NATIONS.keys()
