"""One fact that no longer holds, as an editor sends it: a change that misreads either of its examples is refused."""

from datetime import date
from typing import Any

from django import forms

from lodestar.guidance.forms.keeping import TOO_LONG, AnyDayField, listed
from lodestar.guidance.rules.superseded import Fact, stated
from lodestar.kernel.typed import one_line

WANTED = {
    "called": "Write what it is, in a word or two",
    "says": "Write a phrase that states it",
    "replaced_by": "Write the current fact",
    "source": "Write its source",
    "states_it": "Write a sentence that states it",
    "does_not": "Write a sentence that does not",
}

SHORTEST = 3  # characters of a phrase


def _words(label: str, longest: int, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=longest, error_messages=TOO_LONG)


class StaleFact(forms.Form):
    """The phrases that state it, what holds now and from when, one sentence that states it and one that does not."""

    called = _words("What it is", 80, "Like number, period or form: “differs from the force’s confirmed number”")
    says = _words("Exact phrases that state it", 4_000, "With a comma between. Each long enough to mean nothing else")
    replaced_by = _words("Current fact", 300)
    from_date = AnyDayField(label="True since")
    source = _words("Source", 300)
    states_it = _words("A sentence that states it", 400)
    does_not = _words("A sentence that looks like it and does not", 400)
    owner = _words("Owner", 120)
    review_by = AnyDayField(label="Next review")

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """It says all that a reader and its test need, and reads both of its sentences right."""
        told = self.cleaned_data
        for name in (*WANTED, "owner"):
            told[name] = one_line(told.get(name, ""))
        for name, wanted in WANTED.items():
            if name not in self.errors and not told[name]:
                self.add_error(name, wanted)
        told["says"] = listed(told.get("says", ""), 80)
        if any(len(phrase) < SHORTEST for phrase in told["says"]):
            self.add_error("says", "One of these is too short. Add the words around it")
        self._days(told)
        if not self.errors:
            self._examples(told)
        return told

    def _days(self, told: dict[str, Any]) -> None:
        if "from_date" not in self.errors and not told.get("from_date"):
            self.add_error("from_date", "Write since when")
        elif told.get("from_date") and told["from_date"] > self.today:
            self.add_error("from_date", "That day is still to come. The old one applies until then")
        if "review_by" not in self.errors and not told.get("review_by"):
            self.add_error("review_by", "Write the review date")

    def _examples(self, told: dict[str, Any]) -> None:
        fact = Fact("", told["called"], tuple(told["says"]), told["replaced_by"], told["from_date"])
        if not stated(told["states_it"], [fact]):
            self.add_error("states_it", "None of the phrases is in this sentence")
        if stated(told["does_not"], [fact]):
            self.add_error("does_not", "One of the phrases is also in this sentence. Make it longer")
