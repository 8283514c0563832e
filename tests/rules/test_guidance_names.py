"""What a file is called in the library: as on the disk, but for what moves a terminal, turns a line or is not seen; and no two
files of a folder go by one name."""

import re

import pytest

from lodestar.guidance.rules.names import LONGEST, alike, in_one_form, kept, last, names_of, spellings, tidy

MARKED = re.compile(r"^(.*) ([0-9a-f]{8})(\..*)?$")


@pytest.mark.parametrize(
    ("name", "as_kept"),
    [
        ("Guide 2024 (final).pdf", "Guide 2024 (final).pdf"),
        ("Gui\u0301a\u00a01.pdf", "Gui\u0301a\u00a01.pdf"),  # as it is spelt, no-break space and all
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("👩\u200d👧.pdf", "👩\u200d👧.pdf"),
        ("one\ntwo\tthree\u2028four\x85five.pdf", "one two three four five.pdf"),
        ("re\x1b[2Jd\x07.pdf", "re[2Jd.pdf"),
        ("fdp\u202e.exe", "fdp.exe"),
        ("soft\u00adhyphen\ufeff.pdf", "softhyphen.pdf"),
        ("none\ufffe\uffff\U0001ffff.pdf", "none.pdf"),
        ("\ufffd\ufffc.pdf", "\ufffd\ufffc.pdf"),
        ("half\ud800.pdf", "half?.pdf"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_it_stands_but_for_what_moves_or_hides(name, as_kept):
    assert kept(name) == as_kept


def test_names_are_compared_whatever_form_their_accents_have():
    assert alike(" Gui\u0301a.pdf ") == alike("Gu\u00eda.pdf") == "Gu\u00eda.pdf"
    assert alike("Guia.pdf") != alike("Gu\u00eda.pdf")


def test_a_name_may_stand_in_the_library_as_it_is_or_in_another_form_of_its_accents():
    assert spellings("Gui\u0301a.pdf")[:2] == ("Gui\u0301a.pdf", "Gu\u00eda.pdf")
    assert spellings("Guide.pdf")[0] == "Guide.pdf"
    assert all(len(one) <= LONGEST for one in spellings("\u00ed" * LONGEST))


def test_the_name_as_it_was_kept_before_has_each_letter_in_its_plainest_form():
    assert in_one_form(" \ufb01le\u00a02\u00b2.pdf ") == "file 22.pdf"
    assert len(in_one_form("b" * 300)) == LONGEST


@pytest.mark.parametrize(
    ("path", "tidied"),
    [
        ("england\\g.pdf", "england/g.pdf"), ("./g.pdf", "g.pdf"), ("/srv/in/g.pdf", "srv/in/g.pdf"),
        ("a/../b//g.pdf", "b/g.pdf"), ("../g.pdf", "../g.pdf"),
    ],
)  # fmt: skip
def test_a_path_is_tidied(path, tidied):
    assert tidy(path) == tidied


def test_the_last_of_a_path_is_its_name():
    assert [last("a/b/g.pdf"), last("g.pdf")] == ["g.pdf", "g.pdf"]


def test_files_go_by_their_own_names_and_with_their_folder_where_two_have_the_same():
    assert names_of(["one.pdf", "old/two.pdf"]) == ["one.pdf", "two.pdf"]
    assert names_of(["g.pdf", "old/g.pdf", "h.pdf"]) == ["g.pdf", "old/g.pdf", "h.pdf"]
    assert names_of(["a/Gu\u00eda.pdf", "b/Gui\u0301a.pdf"]) == ["a/Gu\u00eda.pdf", "b/Gui\u0301a.pdf"]


@pytest.mark.parametrize("odd", ["g\u200b.pdf", "g\n.pdf", "g\u00a0.pdf", "\uff47.pdf"])
def test_no_two_files_of_a_folder_go_by_one_name(odd):
    plain, marked = names_of(["g.pdf", odd]) if in_one_form(kept(odd)) == "g.pdf" else names_of(["g .pdf", odd])
    assert plain in ("g.pdf", "g .pdf")
    assert MARKED.match(marked), marked
    assert marked.endswith(".pdf")
    assert marked.startswith(kept(odd).removesuffix(".pdf") + " ")


def test_a_mark_stays_within_the_length_of_a_name_and_before_its_ending():
    long = "b" * 195
    plain, marked = names_of([f"{long}.pdf", f"{long}\u200b.pdf"])
    assert (len(plain), len(marked)) == (199, LONGEST)
    assert MARKED.match(marked)
    assert MARKED.match(marked)[1] == "b" * 187
    without = names_of(["reading", "reading\u200b"])[1]
    assert MARKED.match(without)
    assert MARKED.match(without)[1] == "reading"
    hidden = names_of([".env", ".env\u200b"])[1]
    assert re.fullmatch(r"env [0-9a-f]{8}\.env", hidden)
