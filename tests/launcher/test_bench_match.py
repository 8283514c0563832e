"""The benchmark of who is like somebody runs to its end at a small size. Its times are nobody's business here."""

import re

import pytest

from tests.launcher.benches import printed


@pytest.mark.long
def test_it_tells_times_what_is_found_and_what_is_listed_beside_at_each_size():
    said = printed("match", "200", "400")
    assert re.search(r"the half set aside, 193 pairs both ways: \d+ of 386 found", said)
    assert len(re.findall(r"^\d+ people, made in", said, re.MULTILINE)) == 2
    assert len(re.findall(r"search by name and age, and marks: p50 .* \(budget 50 ms among a million\)", said)) == 2
    found = [int(number) for number in re.findall(r"by name alone: (\d+) of 193 found", said)]
    assert len(found) == 2
    assert min(found) > 160
