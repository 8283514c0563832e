"""What a document is called, for which nation it is and whether it holds on a day, where nobody said so."""

from datetime import date

from lodestar.knowledge.library.models import NATIONS
from lodestar.knowledge.library.rules.documents import (
    clean_file_name,
    holds_on,
    last,
    names_of,
    nation_of,
    publisher_name,
    tidy,
    title_of,
)
from lodestar.knowledge.library.rules.passages import first_heading
from lodestar.platform.text.reference_lists import reference_list


def test_the_first_line_of_a_page_that_may_be_a_title():
    titles = {
        ("A guide to hostels and rooms", "Last updated: 27 April 2026"): "A guide to hostels and rooms",
        ("A" * 250,): "A" * 200,
        ("About ........ 5", "12", "Guide to hostels"): "Guide to hostels",
    }
    assert {lines: first_heading([(1, -1, "\n".join(lines))]) for lines in titles} == titles


def test_the_first_heading_that_there_is():
    assert first_heading([(None, 0, "Some words."), (None, 1, "Who to ring\nat night")]) == "Who to ring"
    assert first_heading([(None, 0, "Some words.")]) == ""
    assert first_heading([(None, -1, "12"), (None, -1, "Guide to hostels")]) == "Guide to hostels"


def test_a_title_is_what_the_file_says_of_itself_if_that_is_one():
    assert title_of("Statutory guidance", "Page one", "a.pdf") == "Statutory guidance"
    assert title_of("Microsoft Word - draft3.docx", "Guide to cuckooing", "a.pdf") == "Guide to cuckooing"
    assert title_of("", "", "county_lines-guide.pdf") == "County lines guide"
    assert title_of("Sleep", "", "rough/sleeping_out.pdf") == "Sleeping out"  # five letters may be anything
    assert title_of("Guide " * 60, "", "a.pdf") == "Guide " * 50


def test_a_name_is_kept_as_it_stands_but_for_what_moves_or_hides():
    names = {
        "Guide 2024 (final).pdf": "Guide 2024 (final).pdf",
        " Gui\u0301a\u00a01.pdf": "Gu\u00eda 1.pdf",
        "می\u200cخواهم.pdf": "می\u200cخواهم.pdf",
        "one\ntwo\u2028three.pdf": "one two three.pdf",
        "re\x1b[2Jd\x07.pdf": "re[2Jd.pdf",
        "fdp\u202e.exe": "fdp.exe",
        "half\ud800none.pdf": "half?none.pdf",
        "a" * 300 + ".pdf": "a" * 196 + ".pdf",
    }
    assert {name: clean_file_name(name) for name in names} == names


def test_a_path_is_tidied():
    paths = {"england\\g.pdf": "england/g.pdf", "./g.pdf": "g.pdf", "/srv/in/g.pdf": "srv/in/g.pdf", "a/../b//g.pdf": "b/g.pdf"}
    assert {path: tidy(path) for path in paths} == paths
    assert [last("a/b/g.pdf"), last("g.pdf")] == ["g.pdf", "g.pdf"]


def test_files_go_by_their_own_names_and_with_their_folder_where_two_have_the_same():
    assert names_of(["one.pdf", "old/two.pdf"]) == ["one.pdf", "two.pdf"]
    assert names_of(["g.pdf", "old/g.pdf", "h.pdf"]) == ["g.pdf", "old/g.pdf", "h.pdf"]


ROWS = reference_list("library", "publishers").rows
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


DAY = date(2026, 11, 25)
BEFORE, AFTER = date(2026, 11, 24), date(2026, 11, 26)


def test_it_holds_from_its_first_day_to_its_last_unless_it_is_replaced() -> None:
    holds = {
        (None, None): True, (BEFORE, None): True, (DAY, None): True, (AFTER, None): False,
        (None, BEFORE): False, (None, DAY): True, (None, AFTER): True, (DAY, DAY): True,
    }  # fmt: skip
    assert {days: holds_on(DAY, *days, is_replaced=False) for days in holds} == holds
    assert not any(holds_on(DAY, *days, is_replaced=True) for days in holds)
