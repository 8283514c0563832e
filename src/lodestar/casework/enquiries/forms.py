"""The questions of a plan, what came of a line of enquiry, and a review of unused material."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.casework.enquiries.rules import DAYS, LINE, LINES
from lodestar.platform.design.forms.fields import LinesField
from lodestar.platform.questionnaires.rules import Question, QuestionSet
from lodestar.platform.registers.forms import MoveForm
from lodestar.platform.time.days import end_of_day, london_date

COVERT = "Write no detail of covert work here: it belongs in the system that may hold it"
WAYS = (("pursue", "Pursue it"), *((why, f"Not pursued: {words}") for why, words in LINE.reasons["not_pursued"].items()))


def with_lines(asked: QuestionSet, codes: Collection[str], must: Collection[str]) -> tuple[QuestionSet, dict[str, str]]:
    """The questions of a plan with one more for each of these lines of enquiry, and by these the codes of the lines."""
    of_lines = {f"l{number}-line": code for number, code in enumerate(codes, 1)}
    more = tuple(
        Question(
            code=name, words=LINES[code]["name"], kind="choice", section="", options=WAYS, help=". ".join(LINES[code]["prompts"]),
            blank="Not decided yet", limit=0, is_required=code in must, when=None,
        )
        for name, code in of_lines.items()
    )  # fmt: skip
    return replace(asked, questions=asked.questions + more), of_lines


class LineForm(MoveForm):
    """What came of a line of enquiry, and when its owner looks again."""

    look_days = forms.IntegerField(
        label="Look again in how many days?", help_text=f"Blank: {DAYS}", min_value=1, max_value=90, required=False
    )

    def columns(self) -> dict[str, Any]:
        """The next look, besides what every move sets."""
        answers = self.cleaned_data
        is_open = answers["look_days"] and answers["to"] not in LINE.closed
        due = {"due_at": end_of_day(london_date(timezone.now()) + timedelta(days=answers["look_days"]))} if is_open else {}
        return super().columns() | due

    def clean_because(self) -> str:
        """Nothing of covert work."""
        words: str = self.cleaned_data["because"]
        if words and self.row.code == "covert":
            raise forms.ValidationError(COVERT)
        return words


class ReviewForm(MoveForm):
    """A review of unused material, with its reason."""

    because = LinesField(label="Why", max_length=400, wanted="Write why")
