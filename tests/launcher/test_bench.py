"""The benchmarks run to their end on the smallest force and print what they are for. Their figures are nobody's business here."""

import re
import subprocess

import pytest

from tests.launcher.clones import ROOT


def printed(*words: str) -> str:
    """What a benchmark prints: its name and its own arguments."""
    ran = subprocess.run([ROOT / "bench" / words[0], *words[1:]], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.long
def test_the_ledger_finds_whatever_is_planted():
    said = printed("ledger", "1")
    assert "planted 200 differences, found 200" in said
    assert re.search(r"full check: \d+ cases, .* 0 differences; \d+ cases a second", said)


@pytest.mark.long
def test_every_page_of_the_figure_is_measured_at_its_size():
    said = printed("figure", "300", "2")
    assert re.search(r"the figure of all cases +p50 .* p95 .*, \d+ statements, \d+ bytes", said)


@pytest.mark.long
def test_a_referral_is_driven_to_its_end_beside_the_form_of_the_home_office():
    said = printed("referral", "1", "dtn", "second")
    assert re.search(r"An adult who says no.*\n  ours: \d+ pages of questions, \d+ clicks, \d+ inputs", said)
    assert "the Home Office's form: 37 pages, 94 clicks, 27 inputs" in said
    assert "A second victim of the same operation" in said
    assert re.search(r"what would go +\d+ bytes +p50", said)


@pytest.mark.long
def test_the_code_of_three_journeys_is_counted():
    said = printed("breadth", "--show")
    for journey in ("a concern recorded", "a row imported", "a referral pack made"):
        assert re.search(rf"{journey} +\d+ of 60.* \d+ of 400.* \d+ of 6", said), journey
    assert "apps: " in said


@pytest.mark.parametrize("name", ["", "sleep"])
def test_a_benchmark_that_is_none_is_named_in_one_line(name):
    ran = subprocess.run([ROOT / "lodestar", "bench", name], capture_output=True, text=True, check=False)
    names = (
        "allocation, breadth, figure, gaps, import, journeys, ledger, match, proof, referral, register, sealed, search, strangers"
    )
    assert (ran.returncode, ran.stderr) == (1, f"lodestar: Name one of: {names}, support.\n")


PAGES = ("my work", "case", "person", "do now", "rules")


@pytest.mark.long
def test_every_page_is_measured_at_both_sizes():
    said = printed("journeys", "1", "2", "12")
    assert re.search(r"scale 1: \d+ cases", said)
    assert re.search(r"scale 2: \d+ cases", said)
    assert "Traceback" not in said
    sizes = re.split(r"\n\n?scale ", said)[1:]
    for page in PAGES:
        assert all(re.search(rf"officer +{page} +200, ", size) for size in sizes), page
    # what everybody opens first: on a busy machine nobody may come to the others
    assert re.search(r"^my work +[\d.]+ ms +[\d.]+ ms", said, re.MULTILINE)


@pytest.mark.long
def test_it_tells_times_what_is_found_and_what_is_listed_beside_at_each_size():
    said = printed("match", "200", "400")
    assert re.search(r"the half set aside, 193 pairs both ways: \d+ of 386 found", said)
    assert len(re.findall(r"^\d+ people, made in", said, re.MULTILINE)) == 2
    assert len(re.findall(r"search by name and age, and marks: p50 .* \(budget 50 ms among a million\)", said)) == 2
    found = [int(number) for number in re.findall(r"by name alone: (\d+) of 193 found", said)]
    assert len(found) == 2
    assert min(found) > 160


@pytest.mark.long
def test_the_register_of_referrals_is_measured_at_both_sizes():
    said = printed("register", "1", "2", "2")
    assert len(re.findall(r"^\d+ referrals, ", said, re.MULTILINE)) == 2
    assert all(int(number) <= 15 for number in re.findall(r"(\d+) statements", said))
    assert all(int(number) <= 30_000 for number in re.findall(r"(\d+) bytes", said))
    assert len(re.findall(r"^/referrals.* ms +[\d.]+ ms +[\d.]+$", said, re.MULTILINE)) >= 15
