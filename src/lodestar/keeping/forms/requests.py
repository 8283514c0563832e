"""What people ask about themselves: a request, a step, a search, and what whoever has a case says of it."""

from datetime import date, datetime
from typing import Any

from django import forms

from lodestar.cases.forms.day import DayField, PartialDayField
from lodestar.cases.forms.when import WhenField, at_and_words
from lodestar.design.when import on
from lodestar.keeping.forms import BECAUSE_WANTED, CHOICE_WANTED
from lodestar.keeping.presenters.requests import (
    CAME_BY,
    CARRIED,
    EXEMPT,
    NEVER_OUT,
    REQUEST_AGAINST,
    REQUEST_KINDS,
    REQUEST_STEPS,
    VERDICTS,
    against_words,
)
from lodestar.keeping.queries.requests import Sought
from lodestar.keeping.rules.requests import SAY_WHY as REQUEST_SAYS
from lodestar.keeping.rules.requests import Request as RequestStands
from lodestar.keeping.rules.requests import Review, against, review_against
from lodestar.kernel.typed import one_line

BY_HAND = [one for one in REQUEST_STEPS if one[0] != "searched"]  # that is written down where it is looked for
MOST_NAMES = 12


class RequestNew(forms.Form):
    """Who asks what about themselves, and how it came."""

    received_on = DayField(label="When did it come?")
    came = forms.ChoiceField(label="How did it come?", choices=CAME_BY, required=False, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="What are they asking for?", choices=REQUEST_KINDS, required=False, widget=forms.RadioSelect)
    who = forms.CharField(
        label="Who is it, and how can they be contacted safely?",
        help_text="Stored sealed. Leave out where they are if you can", required=False, max_length=1000,
        widget=forms.Textarea,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """All but the day is asked for; without one it came today."""
        told = self.cleaned_data
        for name in ("came", "kind"):
            if name not in self.errors and not told.get(name):
                self.add_error(name, CHOICE_WANTED)
        if "who" not in self.errors and not told.get("who", "").strip():
            self.add_error("who", "Say who asks")
        return told


class RequestStepForm(forms.Form):
    """What was done about it, and when: from that day the time to answer runs, and not from when it is written down."""

    step = forms.ChoiceField(label="What was done?", choices=BY_HAND, required=False, widget=forms.RadioSelect)
    at = WhenField(label="When")
    ticked = forms.MultipleChoiceField(
        label="None of these is in what will be sent", choices=NEVER_OUT, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label="In a few words", help_text="How, or why not, or why it is answered while something is open. No name or place",
        required=False, max_length=1000, widget=forms.Textarea,
    )  # fmt: skip

    def __init__(
        self, *args: Any, stands: RequestStands, done: set[str], received_on: date, now: datetime, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.stands, self.done, self.received_on, self.now = stands, done, received_on, now

    def clean(self) -> dict[str, Any]:
        """Nothing is answered before what comes first; each step is done once."""
        told = self.cleaned_data
        step = told.get("step") or ""
        told["happened_at"], _ = at_and_words(told.get("at"), self.now)
        if on(told["happened_at"]) < self.received_on and "at" not in self.errors:
            self.add_error("at", "That is before the request came")
        if not step:
            if "step" not in self.errors:
                self.add_error("step", CHOICE_WANTED)
            return told
        codes = against(step, self.stands, told.get("ticked") or (), bool((told.get("words") or "").strip()))
        if step in self.done:
            self.add_error("step", "That is already recorded")
        elif "over" in codes:
            self.add_error("step", REQUEST_AGAINST["over"])
        elif codes and step == "reviewed":
            self.add_error("ticked", "Check for each: an address, a place of support or another person must never go out")
        elif codes:
            self.add_error("step", " ".join(against_words(codes)))
        if step in REQUEST_SAYS and not (told.get("words") or "").strip():
            self.add_error("words", BECAUSE_WANTED)
        return told


class Search(forms.Form):
    """By what whoever asks is looked for."""

    names = forms.CharField(
        label="Names", help_text="One a line, including earlier and other names, in any script", required=False,
        max_length=1000, widget=forms.Textarea,
    )  # fmt: skip
    born = PartialDayField(label="Born", help_text="Like 4 September 2009, or the year alone")
    reach = forms.CharField(
        label="Telephones and addresses", help_text="One a line. Stored sealed and not shown to reviewers",
        required=False, max_length=1000, widget=forms.Textarea,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A name or a way to reach them is asked for: a birth is shared by too many."""
        told = self.cleaned_data
        told["sought"] = Sought(_lines(told.get("names")), told.get("born") or "", _lines(told.get("reach")))
        if "names" not in self.errors and not (told["sought"].names or told["sought"].reach):
            self.add_error("names", "Write a name, a telephone or an address")
        return told


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for raw in (text or "").splitlines() if (line := one_line(raw))))[:MOST_NAMES]


class TaskReview(forms.Form):
    """What whoever has the case says of somebody in it who may be the one who asks."""

    verdict = forms.ChoiceField(label="Is this the same person?", choices=VERDICTS, required=False, widget=forms.RadioSelect)
    carried = forms.ChoiceField(label="Outcome", required=False, widget=forms.RadioSelect)
    gives = forms.CharField(
        label="What in the case may be disclosed to them?",
        help_text="In words, or where it is. Data protection reads it and passes it to them", required=False,
        max_length=2000, widget=forms.Textarea,
    )  # fmt: skip
    ticked = forms.MultipleChoiceField(
        label="I checked for each of these, and none is in it", choices=NEVER_OUT, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    withheld = forms.MultipleChoiceField(
        label="What is withheld, and why", choices=EXEMPT, required=False, widget=forms.CheckboxSelectMultiple
    )
    because = forms.CharField(
        label="In a few words", help_text="Why, or what it is used for from now on. No name or place", required=False,
        max_length=1000, widget=forms.Textarea,
    )  # fmt: skip
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        if kind in CARRIED:
            self.fields["carried"].choices = CARRIED[kind]  # type: ignore[attr-defined]  # Django's stubs know the base alone
        else:
            del self.fields["carried"]

    def clean(self) -> dict[str, Any]:
        """What the rules miss is asked for, each at its place."""
        told = self.cleaned_data
        review = Review(
            told.get("verdict") or "", (told.get("gives") or "").strip(), told.get("withheld") or (),
            (told.get("because") or "").strip(), told.get("ticked") or (), told.get("carried") or "",
        )  # fmt: skip
        told["review"] = review
        for code in review_against(self.kind, review):
            if code not in self.errors:
                self.add_error(code, MISSING[code])
        return told


MISSING = {
    "verdict": CHOICE_WANTED,
    "carried": CHOICE_WANTED,
    "gives": "Say what may be disclosed, or tick below why nothing may be",
    "because": BECAUSE_WANTED,
    "ticked": "Check for each: an address, a place of support or another person must never go out",
}
