"""A page that asks a set of questions and records what was answered, called by the views of the app whose questions they are."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.request_flow import submitted_or_draft
from lodestar.platform.design.when import on
from lodestar.platform.questionnaires.forms import RecordForm
from lodestar.platform.questionnaires.rules import QuestionSet, question_set


def questions(app: str, name: str, section: str = "") -> QuestionSet:
    """A set of questions as it is asked today: those of one section."""
    asked = question_set(app, name, on(timezone.now()))
    return replace(asked, questions=asked.sections().get(section, ()))


def record_page(
    request: HttpRequest, asked: QuestionSet, act: Callable[..., Any], *, heading: str, back: str,
    refusals: Mapping[type[Exception], tuple[str | None, str]] = MappingProxyType({}),
    template: str = "questionnaires/record.jinja", **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page that asks a set of questions: `act` does what was answered, and then comes `back`, or the page that it says.
    `choices` and `initial` are those of the form; what else `act` raises is said beside a box by `refusals`, in its own words
    where they have none."""
    options = {name: more.pop(name) for name in ("choices", "initial") if name in more}
    is_sent, form = request.method == "POST", RecordForm(submitted_or_draft(request), auto_id="%s", asked=asked, **options)
    if is_sent and form.is_valid():
        try:
            return redirect(act(by=member_of(request), **form.facts(timezone.now())) or back)
        except tuple(refusals) as refusal:
            name, words = refusals[type(refusal)]
            form.add_error(name, words or str(refusal))
    context = {"form": form, "heading": heading, "back": back, **more}
    return render(request, template, context, status=422 if is_sent else 200)
