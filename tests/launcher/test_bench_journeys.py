"""What people open, measured at two sizes, runs to its end. Its figures are nobody's business here."""

import re

import pytest

from tests.launcher.benches import printed

PAGES = ("my work", "case", "person", "do now", "rules")


@pytest.mark.long
def test_every_page_is_measured_at_both_sizes():
    said = printed("journeys", "1", "2", "12")
    assert "scale 1: 302 cases" in said
    assert "scale 2: 604 cases" in said
    assert "Traceback" not in said
    sizes = re.split(r"\n\n?scale ", said)[1:]
    for page in PAGES:
        assert all(re.search(rf"officer +{page} +200, ", size) for size in sizes), page
    # what everybody opens first: on a busy machine nobody may come to the others
    assert re.search(r"^my work +[\d.]+ ms +[\d.]+ ms", said, re.MULTILINE)
