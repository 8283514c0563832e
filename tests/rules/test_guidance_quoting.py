"""Where a changed fact is looked for: passages with all the words of one of its phrases."""

import pytest

from lodestar.guidance.rules.index import TITLE
from lodestar.guidance.rules.quoting import places_with_all, terms_of


@pytest.mark.parametrize(
    ("phrase", "found"),
    [("45 days", [("45", "day")]), ("0300-303-8151", [("03003038151",)]), ("to the", [()]), ("ms 1 form", [("ms", "1", "form")])],
)
def test_of_a_phrase_the_terms_a_passage_with_it_has(phrase, found):
    assert terms_of([phrase]) == found


@pytest.mark.parametrize(
    ("phrase", "found"),
    [(("45", "day"), {2}), (("45",), {1, 2}), (("45", "yak"), set()), ((), set())],
)
def test_only_passages_with_every_term_are_looked_at(phrase, found):
    assert places_with_all(phrase, {"45": {1, 2, TITLE}, "day": {2, 3, TITLE}}) == found
