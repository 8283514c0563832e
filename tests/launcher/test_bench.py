"""The benchmarks run to their end on the smallest force and print what they are for. Their figures are nobody's business here."""

import re
import subprocess

import pytest

from tests.launcher.benches import printed
from tests.launcher.clones import ROOT


@pytest.mark.long
def test_the_ledger_finds_whatever_is_planted():
    said = printed("ledger", "1")
    assert "planted 200 differences, found 200" in said
    assert re.search(r"full check: 302 cases, .* 0 differences; \d+ cases a second", said)


@pytest.mark.long
def test_every_page_of_the_figure_is_measured_at_its_size():
    said = printed("figure", "300", "2")
    assert re.search(r"302 cases judged and kept in", said)
    assert re.search(r"the figure of all cases +p50 .* p95 .*, \d+ statements, \d+ bytes", said)


@pytest.mark.long
def test_a_referral_is_driven_to_its_end_beside_the_form_of_the_home_office():
    said = printed("referral", "1", "dtn", "second")
    assert re.search(r"An adult who says no.*\n  ours: \d+ pages of questions, \d+ clicks, \d+ inputs", said)
    assert "the Home Office's form: 37 pages, 94 clicks, 27 inputs" in said
    assert "A second victim of the same operation" in said
    assert re.search(r"what would go +\d+ bytes +p50", said)


@pytest.mark.parametrize("name", ["", "sleep"])
def test_a_benchmark_that_is_none_is_named_in_one_line(name):
    ran = subprocess.run([ROOT / "lodestar", "bench", name], capture_output=True, text=True, check=False)
    names = "figure, import, journeys, ledger, match, referral, register, sealed, search, strangers"
    assert (ran.returncode, ran.stderr) == (1, f"lodestar: Name one of: {names}.\n")
