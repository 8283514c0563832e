"""What is read from a file is written some at a time, in its order."""

import pytest

from lodestar.journeys.rows_grouped import gathered
from lodestar.kernel.table_text import NotRead


def broken(*things):
    yield from things
    raise NotRead("the rest is broken")


def test_so_many_come_together_and_what_is_alone_by_itself():
    assert list(gathered("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(gathered(["aa", "b", "ccc"], 3, counts=len)) == [["aa", "b"], ["ccc"]]
    assert list(gathered("abXXc", 9, is_alone=str.isupper)) == [["a", "b"], ["X"], ["X"], ["c"]]
    assert list(gathered("", 2)) == []


@pytest.mark.parametrize(("things", "before"), [("abc", [["a", "b"], ["c"]]), ("ab", [["a", "b"]])])
def test_where_a_file_is_broken_what_was_read_before_comes_first(things, before):
    found = []
    with pytest.raises(NotRead):
        found.extend(gathered(broken(*things), 2))
    assert found == before
