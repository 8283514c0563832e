"""What a reviewer says and why; breaches; what people ask about themselves, and what whoever has a case says of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from lodestar.information_governance.retention import rules
from lodestar.information_governance.retention.presenters import WORDS, against_words, choices
from lodestar.information_governance.retention.queries.requests import Sought
from lodestar.platform.design.forms.fields import AnyDayField, DayField, PartialDayField, WhenField, at_and_words
from lodestar.platform.design.when import on
from lodestar.platform.text.text_normalise import one_line

BECAUSE_WANTED = "Say why, in a few words"
CHOICE_WANTED = "Choose one"
UNTIL_WANTED = "Say until when, like 1 March 2030"
AHEAD = "Choose a day to come"
TOO_LATE = "Ten years at most: it is then reviewed again"
EACH_WANTED = "Check for each: an address, a place of support or another person must never go out"
# What is searched is written down where it is looked for.
BY_HAND = [step for step in choices("request_steps") if step[0] != "searched"]
MISSING = {"verdict": CHOICE_WANTED, "carried": CHOICE_WANTED, "because": BECAUSE_WANTED, "ticked": EACH_WANTED}
MISSING["gives"] = "Say what may be disclosed, or tick below why nothing may be"
MOST_NAMES = 12


def _choice(label: str, choices: Sequence[tuple[str, str]] = (), wanted: str = CHOICE_WANTED) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=bool(wanted), error_messages={"required": wanted}, widget=forms.RadioSelect
    )


def _ticks(label: str, choices: Sequence[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


def _words(label: str, hint: str, longest: int, wanted: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=bool(wanted), error_messages={"required": wanted}, max_length=longest,
        widget=forms.Textarea,
    )  # fmt: skip


class Lift(forms.Form):
    """Why a hold is lifted."""

    because = _words("Why", "Write no name", 400, BECAUSE_WANTED)


class Review(Lift):
    """Keep what is held about a person, until when; or ask that they are let go."""

    does = _choice("What do you decide?", [("keep", "It is still needed"), ("let_go", "It is not needed: ask for deletion")])
    until = AnyDayField(label="Until when?", help_text="Like 1 March 2030. Ten years at most")
    kept_for = _choice("What is it needed for?", choices("kept_for"), wanted="")
    let_go_for = _choice("Why delete their records?", choices("let_go_for"), wanted="")

    def __init__(self, *args: Any, categories: tuple[str, ...], now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = on(now)
        category = _choice("Keep them as what?", [(code, WORDS["categories"][code]) for code in categories], wanted="")
        category.initial = categories[0] if len(categories) == 1 else None
        self.fields["category"] = category

    def clean_until(self) -> date | None:
        """A day to come, within ten years; None when nothing is written."""
        until: date | None = self.cleaned_data["until"]
        if until and until <= self.today:
            raise forms.ValidationError(AHEAD)
        if until and until > rules.latest_keep(self.today):
            raise forms.ValidationError(TOO_LATE)
        return until

    def clean(self) -> dict[str, Any]:
        """What is asked for turns on what was decided."""
        answers = self.cleaned_data
        wanted = {"keep": ("category", "kept_for", "until"), "let_go": ("let_go_for",)}.get(answers.get("does", ""), ())
        for name in wanted:
            if name not in self.errors and not answers.get(name):
                self.add_error(name, UNTIL_WANTED if name == "until" else CHOICE_WANTED)
        return answers


class Decide(forms.Form):
    """The second person's answer."""

    decision = _choice("Do you agree?", [("agreed", "Delete permanently"), ("refused", "Keep the records")])
    answer = _words("Why", "Write no name", 400)

    def clean(self) -> dict[str, Any]:
        """Of a refusal its reason is asked for."""
        answers = self.cleaned_data
        if answers.get("decision") == "refused" and not answers.get("answer"):
            self.add_error("answer", BECAUSE_WANTED)
        return answers


class HoldCase(Lift):
    """A legal hold: for what."""

    kind = _choice("Reason for the hold", choices("held_for"))


class BreachNew(forms.Form):
    """What happened to what is held, since when the force knows, and how many people it touches."""

    kind = _choice("What happened?", choices("breach_kinds"))
    what = _words("What happened, to what, and what may come of it", "Write no name and no address", 2000, "Say what happened")
    how_many = forms.IntegerField(
        label="About how many people are affected?", help_text="Leave blank if not known", required=False, min_value=0,
        max_value=10_000_000,
    )  # fmt: skip
    aware_at = WhenField(label="Since when does the force know?")


class BreachStepForm(forms.Form):
    """What was done about it, or decided not to be."""

    step = _choice("What was done?", choices("breach_steps"))
    at = WhenField(label="When")
    words = _words("In a few words", "Its reference; or why not; or what was done. Write no name", 1000)

    def __init__(self, *args: Any, aware_at: datetime, open_codes: tuple[str, ...], now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.aware_at, self.open_codes, self.now = aware_at, open_codes, now

    def clean(self) -> dict[str, Any]:
        """Why is asked for where somebody is not told, and where the Commissioner is told late."""
        answers = self.cleaned_data
        step, words = answers.get("step", ""), answers.get("words", "")
        when, _ = at_and_words(answers.get("at"), self.now)
        if step in rules.BREACH_SAYS_WHY and not words:
            self.add_error("words", BECAUSE_WANTED)
        if rules.needs_delay(self.aware_at, step, when) and not words:
            self.add_error("words", "It is later than 72 hours: say why it was not sooner")
        if step == "closed" and self.open_codes:
            self.add_error("step", "Something is still open: see above")
        if when < self.aware_at and "at" not in self.errors:
            self.add_error("at", "That is before the force knew of it")
        return answers


# --- what people ask about themselves ---------------------------------------------------------------------------------


class RequestNew(forms.Form):
    """Who asks what about themselves, and how it came. Without a day it came today."""

    received_on = DayField(label="When did it come?")
    came = _choice("How did it come?", choices("came_by"))
    kind = _choice("What are they asking for?", choices("request_kinds"))
    who = _words(
        "Who is it, and how can they be contacted safely?", "Stored sealed. Leave out where they are if you can", 1000,
        "Say who asks",
    )  # fmt: skip


class RequestStepForm(forms.Form):
    """What was done about it, and when: from that day the time to answer runs, and not from when it is written down."""

    step = _choice("What was done?", BY_HAND)
    at = WhenField(label="When")
    ticked = _ticks("None of these is in what will be sent", choices("never_out"))
    words = _words("In a few words", "How, or why not, or why it is answered while something is open. No name or place", 1000)

    def __init__(
        self, *args: Any, request_status: rules.RequestStatus, done: set[str], received_on: date, now: datetime, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.stands, self.done, self.received_on, self.now = request_status, done, received_on, now

    def clean(self) -> dict[str, Any]:
        """Nothing is answered before what comes first; each step is done once."""
        answers = self.cleaned_data
        step, words = answers.get("step", ""), answers.get("words", "")
        answers["happened_at"], _ = at_and_words(answers.get("at"), self.now)
        if on(answers["happened_at"]) < self.received_on and "at" not in self.errors:
            self.add_error("at", "That is before the request came")
        if not step:
            return answers
        codes = rules.against_step(step, self.stands, answers.get("ticked") or (), bool(words))
        if step in self.done:
            self.add_error("step", "That is already recorded")
        elif "over" in codes:
            self.add_error("step", WORDS["request_against"]["over"])
        elif codes and step == "reviewed":
            self.add_error("ticked", EACH_WANTED)
        elif codes:
            self.add_error("step", against_words("request_against", codes))
        if step in rules.REQUEST_SAYS_WHY and not words:
            self.add_error("words", BECAUSE_WANTED)
        return answers


class Search(forms.Form):
    """By what whoever asks is looked for."""

    names = _words("Names", "One a line, including earlier and other names, in any script", 1000)
    born = PartialDayField(label="Born", help_text="Like 4 September 2009, or the year alone")
    reach = _words("Telephones and addresses", "One a line. Stored sealed and not shown to reviewers", 1000)

    def clean(self) -> dict[str, Any]:
        """A name or a way to reach them is asked for: a birth is shared by too many."""
        answers = self.cleaned_data
        answers["sought"] = Sought(_lines(answers.get("names")), answers.get("born") or "", _lines(answers.get("reach")))
        if "names" not in self.errors and not (answers["sought"].names or answers["sought"].reach):
            self.add_error("names", "Write a name, a telephone or an address")
        return answers


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for raw in (text or "").splitlines() if (line := one_line(raw))))[:MOST_NAMES]


class TaskReview(forms.Form):
    """What whoever has the case says of somebody in it who may be the one who asks."""

    verdict = _choice("Is this the same person?", choices("verdicts"), wanted="")
    carried = _choice("Outcome", wanted="")
    gives = _words(
        "What in the case may be disclosed to them?",
        "In words, or where it is. Data protection reads it and passes it to them", 2000,
    )  # fmt: skip
    ticked = _ticks("I checked for each of these, and none is in it", choices("never_out"))
    withheld = _ticks("What is withheld, and why", choices("exempt"))
    because = _words("In a few words", "Why, or what it is used for from now on. No name or place", 1000)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        if f"carried_{kind}" in WORDS:
            self.fields["carried"].choices = choices(f"carried_{kind}")  # type: ignore[attr-defined]  # Django's stubs know the base alone
        else:
            del self.fields["carried"]

    def clean(self) -> dict[str, Any]:
        """What the rules miss is asked for, each at its place."""
        answers = self.cleaned_data
        answers["review"] = rules.TaskVerdict(
            answers.get("verdict", ""), answers.get("gives", ""), answers.get("withheld") or (), answers.get("because", ""),
            answers.get("ticked") or (), answers.get("carried", ""),
        )  # fmt: skip
        for code in rules.review_against(self.kind, answers["review"]):
            if code not in self.errors:
                self.add_error(code, MISSING[code])
        return answers
