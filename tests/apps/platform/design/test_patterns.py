"""Lodestar's own patterns."""

from datetime import UTC, date, datetime, timedelta

import pytest
from jinja2 import UndefinedError

from tests.offenders import each

NOW = datetime(2026, 11, 25, 2, 57, tzinfo=UTC)
HOSTILE = "\"'><script>alert(1)</script>"
# Every macro, called with hostile words in each place that takes words.
CALLS = [
    "ring(x, x, x)",
    "rings([{'label': x, 'number': x, 'detail': x, 'missing': x, 'instead_of': x, 'instead': x, 'age': x}])",
    "ring_panel([{'label': x, 'number': x, 'detail': x, 'missing': x, 'instead_of': x, 'instead': x, 'age': x}], x)",
    "owed(x, x, x, now, now, tag=x, colour='red', because=[x], authority=x, rule_href=x)",
    "owed(x, side=x)",
    "cards(x, [x, x], [[x, {'words': x, 'href': x, 'tag': x, 'colour': 'red', 'more': x}]])",
    "summary([{'key': x, 'value': x, 'href': x, 'action': x, 'about': x}])",
    "tag(x)",
    "timeline([{'title': x, 'by': x, 'at': now, 'words': x}])",
    "sub_nav(x, [{'label': x, 'href': x, 'current': true}])",
    "more(x, x)",
    "tasks([{'label': x, 'href': x, 'hint': x, 'status': x, 'colour': 'blue'}])",
    "button(x, x, x, before=x, after=x, id='b')",
    "go(x, x, before=x, after=x)",
    "link(x, x, x)",
    "ref(x)",
    "masked(x)",
    "out(x)",
    "written([x, x])",
    "caption(x)",
    "meter(x, 1, 2, x)",
    "find('q', x, x, x)",
]
BLOCKS = [
    *("panel(x)", "note('warn')", "note('warn', true)", "details(x, about=x)"),
    *("acts(x)", "step(1, x)", "steps()", "said()", "owed_list()"),
]


@each("call", CALLS)
def test_words_are_escaped(draw, call):
    html = draw(f"{{{{ patterns.{call} }}}}", x=HOSTILE, now=NOW)
    assert "<script>" not in html
    assert html.count("<") == html.count(">")


@each("call", BLOCKS)
def test_words_in_and_around_a_block_are_escaped(draw, call):
    html = draw(f"{{% call patterns.{call} %}}{{{{ x }}}}{{% endcall %}}", x=HOSTILE)
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_every_macro_is_in_this_list(jinja):
    source = jinja.loader.get_source(jinja, "design/patterns.jinja")[0]
    macros = {line.split()[2].partition("(")[0] for line in source.splitlines() if line.startswith("{% macro ")}
    tried = {call.partition("(")[0] for call in [*CALLS, *BLOCKS]}
    assert {name for name in macros if not name.startswith("_")} == tried


def test_one_tap_dials(draw):
    assert 'href="tel:01632960118"' in draw("{{ patterns.ring('Duty sergeant', '01632 960 118') }}")


def test_what_is_late_says_so_in_a_word_and_in_time(draw):
    html = draw("{{ patterns.owed('Assess the threat', due=due, now=now) }}", due=NOW - timedelta(minutes=42), now=NOW)
    assert '<strong class="govuk-tag govuk-tag--red">Late</strong>' in html
    assert "was due 02:15, 42 minutes ago" in html


def test_what_is_not_late_has_no_tag(draw):
    html = draw("{{ patterns.owed('Ring', due=due, now=now) }}", due=NOW + timedelta(minutes=14), now=NOW)
    assert "govuk-tag" not in html
    assert '<span class="lode-due">by 03:11</span>, in 14 minutes' in html


def test_a_day_is_owed_without_a_relative_part(draw):
    html = draw("{{ patterns.owed('Ask again', due=due, now=now) }}", due=date(2026, 11, 27), now=NOW)
    assert '<span class="lode-due">by 27 November</span></p>' in html


def test_a_step_of_no_known_state_is_refused(draw):
    with pytest.raises(UndefinedError):
        draw("{% call patterns.step(1, 'x', 'shut') %}{% endcall %}")


def test_a_table_keeps_its_roles_and_labels_for_the_phone(draw):
    html = draw("{{ patterns.cards('People', ['Name', 'Open'], [['Petra', 4]], numbers=[1]) }}")
    assert 'role="rowheader"' in html
    assert 'class="govuk-table__cell lode-num-col" data-l="Open">4</td>' in html


def test_a_misspelt_name_is_an_error(draw):
    with pytest.raises(UndefinedError):
        draw("{{ persn }}")
    with pytest.raises(UndefinedError):
        draw("{{ case.referense }}", case={"reference": "FM-26-3307"})


def test_an_if_without_else_is_empty(draw):
    assert draw("[{{ 'x' if false }}]") == "[]"
