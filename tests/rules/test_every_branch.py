"""Down every branch of the form, for each route: each field that it shows goes filled, or is named as missing, and can be
answered here."""

from datetime import date
from itertools import combinations, product

from lodestar.referrals.rules.form import form
from lodestar.referrals.rules.outgoing import missing, outgoing
from lodestar.referrals.rules.sections import asks, sections
from tests.offenders import each

VERSION = "2026-04"
FORM = form(VERSION)
DAY = date(2026, 11, 25)
FIELDS = {field.name: field for page in FORM.pages.values() for field in page.fields}
ROUTES = {
    "child": ({"pv-under-age": "yes"}, False),
    "may be a child": ({"pv-under-age": "not-sure"}, False),
    "adult": ({"pv-under-age": "no", "pv-want-to-submit-nrm": "yes"}, False),
    "notification": ({"pv-under-age": "no", "pv-want-to-submit-nrm": "no"}, False),
    "notification of one who may be named": ({"pv-under-age": "no", "pv-want-to-submit-nrm": "no"}, True),
}
_CONDITIONS = [condition for page in FORM.pages.values() for condition, _ in page.branches]
_CONDITIONS += [page.passed_over[0] for page in FORM.pages.values() if page.passed_over]
BRANCHING = sorted({condition.field for condition in _CONDITIONS} - {"pv-under-age", "pv-want-to-submit-nrm"})
REVEALING = {field.shown_when for field in FIELDS.values() if field.shown_when}


def ways(fixed):
    """Answers that lead down every branch, and every two branches together."""
    choices = {name: FIELDS[name].values() or ("", "a.pdf") for name in BRANCHING}
    first = {name: values[0] for name, values in choices.items()}
    for one, other in combinations(BRANCHING, 2):
        for chosen in product(choices[one], choices[other]):
            yield {**first, **dict(zip((one, other), chosen, strict=True)), **fixed}


def whole(answers):
    """The same with everything answered, and all that hangs on an answer revealed."""
    told = {name: field.values()[0] if field.values() else f"<{name}>" for name, field in FIELDS.items()}
    revealed = {condition.field: min(condition.values) for condition in REVEALING}
    return {**told, **revealed, **answers}


@each("route", ROUTES)
def test_each_field_that_is_shown_is_filled_or_named_as_missing(route):
    fixed, may_be_named = ROUTES[route]
    seen = set()
    for answers in ways(fixed):
        shown = [field for page in FORM.walk(answers) for field in page.shown(answers)]
        leaves = outgoing(FORM, answers, day=DAY, may_be_named=may_be_named)
        lines = [line for leaf in leaves for line in leaf.lines]
        assert [line.field for line in lines] == shown
        told = {line.field.name: line.state for line in lines}
        wanted = {field.name for field in shown if field.required and not answers.get(field.name)}
        kept_back = {name for name, state in told.items() if state == "kept_back"}
        assert {field.name for field in missing(leaves)} == wanted - kept_back
        filled = outgoing(FORM, whole(answers), day=DAY, may_be_named=may_be_named)
        states = {line.field.name: line.state for leaf in filled for line in leaf.lines}
        assert {name for name, state in states.items() if state not in ("filled", "kept_back")} <= {"upload-file"}
        assert kept_back == set() or route == "notification"
        seen |= states.keys()
    never = FIELDS.keys() - seen
    assert "birthplace" in seen
    assert len(seen) > 60, never


def test_every_field_that_any_branch_shows_is_asked_here_or_held_by_the_case():
    asked = {field.name: ask for ask in asks(VERSION).values() for field in ask.fields}
    for fixed, _ in ROUTES.values():
        for answers in ways(fixed):
            drawn = {ask.code for section in sections(VERSION) for ask in section.drawn(FORM, answers)}
            shown = {field.name for page in FORM.walk(answers) for field in page.shown(answers)}
            assert {name for name in shown if asked[name].code not in drawn} == set()
