"""The forms of an investigation: dated sets of questions whose lists to choose from may come from the case."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from lodestar.platform.names.contact_normalisation import POSTCODE
from lodestar.platform.questionnaires.forms import QuestionForm
from lodestar.platform.time.uk_dates import WrittenInstant

TRUTH = {"yes": True, "no": False, "not_known": None}


class RecordForm(QuestionForm):
    """A set of questions whose answers become a row. `choices` are those of a question that come from the case."""

    def __init__(self, *arguments: Any, choices: Mapping[str, Iterable[tuple[str, str]]] | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, pairs in (choices or {}).items():
            box: Any = self.fields[name]
            box.choices = [*box.choices, *pairs]

    def clean(self) -> dict[str, Any]:
        """No address where nobody looks for one, and no end before its beginning."""
        answers = super().clean()
        for name in answers.keys() & {"where", "words"}:
            if POSTCODE.search(answers[name]):
                self.add_error(name, "Never an address here: leave the postcode out")
        first, last = answers.get("from_at"), answers.get("to_at")
        if last and (first is None or last.at < first.at):
            self.add_error("to_at", "That is before it begins")
        return answers

    def facts(self, now: datetime) -> dict[str, Any]:
        """What was answered: an instant, of a day alone its end; yes, no or not known; the words or codes."""
        kinds = {question.code: question.kind for question in self.asked.questions}
        answers = {name: TRUTH.get(value) if kinds[name] == "yes_no" else value for name, value in self.cleaned_data.items()}
        return {name: value.latest(now) if isinstance(value, WrittenInstant) else value for name, value in answers.items()}
