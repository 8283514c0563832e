"""The benchmark of the register of referrals runs to its end. Its figures are nobody's business here."""

import re

import pytest

from tests.launcher.benches import printed


@pytest.mark.long
def test_the_register_of_referrals_is_measured_at_both_sizes():
    said = printed("register", "1", "2", "2")
    assert len(re.findall(r"^\d+ referrals, ", said, re.MULTILINE)) == 2
    assert all(int(number) <= 15 for number in re.findall(r"(\d+) statements", said))
    assert all(int(number) <= 30_000 for number in re.findall(r"(\d+) bytes", said))
    assert len(re.findall(r"^/referrals.* ms +[\d.]+ ms +[\d.]+$", said, re.MULTILINE)) >= 20
