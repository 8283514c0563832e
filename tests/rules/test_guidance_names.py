"""What a file is called in the library: as on the disk, but for what moves a terminal, turns a line or is not seen; and no two
files of a folder go by one name."""

from lodestar.guidance.rules.documents import kept, last, names_of, tidy


def test_a_name_is_kept_as_it_stands_but_for_what_moves_or_hides():
    names = {
        "Guide 2024 (final).pdf": "Guide 2024 (final).pdf",
        " Gui\u0301a\u00a01.pdf": "Gu\u00eda\u00a01.pdf",
        "می\u200cخواهم.pdf": "می\u200cخواهم.pdf",
        "one\ntwo\u2028three.pdf": "one two three.pdf",
        "re\x1b[2Jd\x07.pdf": "re[2Jd.pdf",
        "fdp\u202e.exe": "fdp.exe",
        "half\ud800none\ufffe.pdf": "half?none.pdf",
        "a" * 300 + ".pdf": "a" * 196 + ".pdf",
    }
    assert {name: kept(name) for name in names} == names


def test_a_path_is_tidied():
    paths = {"england\\g.pdf": "england/g.pdf", "./g.pdf": "g.pdf", "/srv/in/g.pdf": "srv/in/g.pdf", "a/../b//g.pdf": "b/g.pdf"}
    assert {path: tidy(path) for path in paths} == paths
    assert [last("a/b/g.pdf"), last("g.pdf")] == ["g.pdf", "g.pdf"]


def test_files_go_by_their_own_names_and_with_their_folder_where_two_have_the_same():
    assert names_of(["one.pdf", "old/two.pdf"]) == ["one.pdf", "two.pdf"]
    assert names_of(["g.pdf", "old/g.pdf", "h.pdf"]) == ["g.pdf", "old/g.pdf", "h.pdf"]
    first, second = names_of(["g.pdf", "g\u200b.pdf"])
    assert (first, second.endswith(" g.pdf")) == ("g.pdf", True)
