"""For which nation a document is: known from its publisher, or not said."""

from lodestar.guidance.models.library import NATIONS
from lodestar.guidance.rules.documents import nation_of, publisher_name
from lodestar.kernel.reference_lists import reference_list

ROWS = reference_list("guidance", "publishers").rows
KNOWN = {publisher_name(name): row["nation"] for row in ROWS for name in row["names"]}


def test_a_publisher_who_writes_for_one_nation_tells_it():
    nations = {
        "  the SCOTTISH   Government. ": "scotland",
        "Police Scotland / Scottish Government": "scotland",
        "Department of Justice Northern Ireland": "northern_ireland",
        "Llywodraeth Cymru": "wales",
        "Home Office": "",
        "Scottish Government, Home Office": "",
        "Police Scotland; PSNI": "",
        "Friends of Police Scotland": "",
        "": "",
    }
    assert {publisher: nation_of(publisher, KNOWN) for publisher in nations} == nations


def test_each_name_stands_once_and_each_nation_is_known():
    names = [publisher_name(name) for row in ROWS for name in row["names"] if not name.startswith("The ")]
    assert len(names) == len(set(names))
    assert {row["nation"] for row in ROWS} <= NATIONS.keys()
