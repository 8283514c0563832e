"""The order of the parts of the demo force."""

import pytest

from lodestar.platform.registry.demo_parts import YEARS, DemoPart, UnorderedParts, sort_parts


def test_each_part_comes_after_those_it_needs_and_what_looks_back_after_the_years() -> None:
    parts = [DemoPart("a", needs=("c",)), DemoPart("b", needs=(YEARS,)), DemoPart("c"), DemoPart("aa", needs=("b", "c"))]
    before, after = sort_parts(parts)
    assert [part.name for part in before] == ["c", "a"]
    assert [part.name for part in after] == ["b", "aa"]


@pytest.mark.parametrize("needs", [("nobody",), ("b",)])
def test_a_part_that_needs_what_is_not_there_or_itself_is_refused(needs: tuple[str, ...]) -> None:
    with pytest.raises(UnorderedParts, match="a, b"):
        sort_parts([DemoPart("a", needs=needs), DemoPart("b", needs=("a",)), DemoPart("c")])
