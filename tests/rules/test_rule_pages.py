"""docs/rules: every obligation has its page, every page names a rule, a screen and a test that are there."""

import re

from lodestar.assess.presenters.rule_pages import ROOT, RULE_PAGES, page_numbers, rule_functions, rule_page, rule_pages
from lodestar.kernel.obligation_words import due_in_words
from lodestar.kernel.obligations import obligation_rows
from tests.offenders import each

PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(RULE_PAGES.glob("*.md"))}
_PATH = re.compile(r"`((?:src|tests|docs)/[\w./-]+)`")


def test_every_obligation_has_a_page_and_every_number_is_given_once() -> None:
    numbers = page_numbers(RULE_PAGES)
    assert set(obligation_rows()) <= set(numbers)
    assert len(set(numbers.values())) == len(numbers) == len(PAGES)


@each("code", sorted(obligation_rows()))
def test_the_page_says_what_the_list_and_the_rule_say(code: str) -> None:
    page = PAGES[f"{page_numbers(RULE_PAGES)[code]:03}-{code}.md"]
    for row in obligation_rows()[code]:
        assert row.sentence in page
        assert due_in_words(row.due) in page
        assert "; ".join(row.authority) in page
    rule = rule_functions()[code]
    assert f"`{code}` in `{rule.path}`" in page


@each("name", sorted(PAGES))
def test_a_page_goes_from_source_to_rule_to_screen_to_test_and_names_what_is_there(name: str) -> None:
    page = PAGES[name]
    heads = [line for line in page.splitlines() if line.startswith("## ")]
    assert heads == ["## Source", "## Rule", "## Screen", "## Test"]
    for path in _PATH.findall(page):
        assert (ROOT / path).exists(), path
    assert any(path.startswith("tests/") for path in _PATH.findall(page.partition("## Test")[2]))


def test_every_file_of_rules_is_named_by_a_page() -> None:
    named = {path for page in PAGES.values() for path in _PATH.findall(page)}
    files = {rule.path for rule in rule_functions().values()}
    assert files - named == {f"src/lodestar/{app}/rules/__init__.py" for app in ("section45", "referrals")} & files


def test_a_new_code_gets_the_next_number_and_an_old_one_keeps_its_own() -> None:
    before = page_numbers(RULE_PAGES)
    assert {name: int(name[:3]) for name in rule_pages(RULE_PAGES)} == {
        f"{before[code]:03}-{code}.md": before[code] for code in obligation_rows()
    }


def test_policy_is_not_dressed_as_law() -> None:
    page = rule_page("reach_nrm_or_dtn", obligation_rows()["reach_nrm_or_dtn"])
    assert "Policy, not law" in page
    assert "The clock is force policy." in page
    assert "not confirmed" in page
