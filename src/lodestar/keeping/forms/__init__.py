"""Keeping, letting go, holding: what a reviewer says, and why."""

from datetime import date, datetime
from typing import Any

from django import forms

from lodestar.cases.forms.when import WhenField, at_and_words
from lodestar.cases.rules import is_ahead
from lodestar.design.when import on
from lodestar.keeping.presenters import (
    BREACH_KINDS,
    BREACH_STEPS,
    HELD_FOR,
    KEPT_FOR,
    LET_GO_FOR,
    category_words,
)
from lodestar.keeping.rules import latest_keep
from lodestar.keeping.rules.breaches import SAY_WHY, needs_delay
from lodestar.kernel.days import london_date
from lodestar.kernel.uk_dates import CannotRead, read_coming

BECAUSE_WANTED = "Say why, in a few words"
CHOICE_WANTED = "Choose one"
UNTIL_WANTED = "Say until when, like 1 March 2030"
AHEAD = "Choose a day to come"
TOO_LATE = "Ten years at most: it is then reviewed again"


class _WithWords(forms.Form):
    """A choice, and words that are asked for."""

    because = forms.CharField(
        label="Why", help_text="Write no name", required=False, max_length=400, widget=forms.Textarea
    )

    def clean_because(self) -> str:
        """The words, which are asked for."""
        told: str = self.cleaned_data["because"].strip()
        if not told:
            raise forms.ValidationError(BECAUSE_WANTED)
        return told


class Review(_WithWords):
    """Keep what is held about a person, until when; or ask that they are let go."""

    does = forms.ChoiceField(
        label="What do you decide?",
        choices=[("keep", "It is still needed"), ("let_go", "It is not needed: ask for deletion")],
        required=False,
        widget=forms.RadioSelect,
    )
    until = forms.CharField(
        label="Until when?", help_text="Like 1 March 2030. Ten years at most", required=False, max_length=40
    )
    kept_for = forms.ChoiceField(label="What is it needed for?", choices=KEPT_FOR, required=False, widget=forms.RadioSelect)
    let_go_for = forms.ChoiceField(
        label="Why delete their records?", choices=LET_GO_FOR, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, categories: tuple[str, ...], now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now = now
        self.fields["category"] = forms.ChoiceField(
            label="Keep them as what?",
            choices=[(one, category_words(one)) for one in categories],
            required=False,
            widget=forms.RadioSelect,
            initial=categories[0] if len(categories) == 1 else None,
        )

    def clean_until(self) -> date | None:
        """A day to come, within ten years; None when nothing is written."""
        typed: str = self.cleaned_data["until"].strip()
        if not typed:
            return None
        try:
            at = read_coming(f"{typed} 0001", self.now)
        except CannotRead:
            at = None
        if at is None or not is_ahead(on(at), london_date(self.now)):
            raise forms.ValidationError(AHEAD)
        until = on(at)
        if until > latest_keep(on(self.now)):
            raise forms.ValidationError(TOO_LATE)
        return until

    def clean(self) -> dict[str, Any]:
        """What is asked for turns on what was decided."""
        told = self.cleaned_data
        wanted = {"keep": ("category", "kept_for", "until"), "let_go": ("let_go_for",)}.get(told.get("does") or "", ("does",))
        for name in wanted:
            if name not in self.errors and not told.get(name):
                self.add_error(name, UNTIL_WANTED if name == "until" else CHOICE_WANTED)
        return told


class Decide(forms.Form):
    """The second person's answer."""

    decision = forms.ChoiceField(
        label="Do you agree?",
        choices=[("agreed", "Delete permanently"), ("refused", "Keep the records")],
        required=False,
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label="Why", help_text="Write no name", required=False, max_length=400, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """An answer is asked for, and of a refusal its reason."""
        told = self.cleaned_data
        if not told.get("decision"):
            self.add_error("decision", CHOICE_WANTED)
        if told.get("decision") == "refused" and not told.get("answer", "").strip():
            self.add_error("answer", BECAUSE_WANTED)
        return told


class HoldCase(_WithWords):
    """A legal hold: for what."""

    kind = forms.ChoiceField(label="Reason for the hold", choices=HELD_FOR, required=False, widget=forms.RadioSelect)

    def clean_kind(self) -> str:
        """The kind, which is asked for."""
        told: str = self.cleaned_data["kind"]
        if not told:
            raise forms.ValidationError(CHOICE_WANTED)
        return told


class Lift(_WithWords):
    """Why a hold is lifted."""


class BreachNew(forms.Form):
    """What happened to what is held, since when the force knows, and how many people it touches."""

    kind = forms.ChoiceField(label="What happened?", choices=BREACH_KINDS, required=False, widget=forms.RadioSelect)
    what = forms.CharField(
        label="What happened, to what, and what may come of it",
        help_text="Write no name and no address", required=False, max_length=2000, widget=forms.Textarea,
    )  # fmt: skip
    how_many = forms.IntegerField(
        label="About how many people are affected?", help_text="Leave blank if not known", required=False, min_value=0,
        max_value=10_000_000,
    )  # fmt: skip
    aware_at = WhenField(label="Since when does the force know?")

    def clean_kind(self) -> str:
        """What happened, which is asked for."""
        told: str = self.cleaned_data["kind"]
        if not told:
            raise forms.ValidationError(CHOICE_WANTED)
        return told

    def clean_what(self) -> str:
        """The words, which are asked for."""
        told: str = self.cleaned_data["what"].strip()
        if not told:
            raise forms.ValidationError("Say what happened")
        return told


class BreachStepForm(forms.Form):
    """What was done about it, or decided not to be."""

    step = forms.ChoiceField(label="What was done?", choices=BREACH_STEPS, required=False, widget=forms.RadioSelect)
    at = WhenField(label="When")
    words = forms.CharField(
        label="In a few words", help_text="Its reference; or why not; or what was done. Write no name", required=False,
        max_length=1000, widget=forms.Textarea,
    )  # fmt: skip

    def __init__(self, *args: Any, aware_at: datetime, open_codes: tuple[str, ...], now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.aware_at, self.open_codes, self.now = aware_at, open_codes, now

    def clean(self) -> dict[str, Any]:
        """Why is asked for where somebody is not told, and where the Commissioner is told late."""
        told = self.cleaned_data
        step, words = told.get("step") or "", (told.get("words") or "").strip()
        when, _ = at_and_words(told.get("at"), self.now)
        if not step and "step" not in self.errors:
            self.add_error("step", CHOICE_WANTED)
        if step in SAY_WHY and not words:
            self.add_error("words", BECAUSE_WANTED)
        if needs_delay(self.aware_at, step, when) and not words:
            self.add_error("words", "It is later than 72 hours: say why it was not sooner")
        if step == "closed" and self.open_codes:
            self.add_error("step", "Something is still open: see above")
        if when < self.aware_at and "at" not in self.errors:
            self.add_error("at", "That is before the force knew of it")
        return told
