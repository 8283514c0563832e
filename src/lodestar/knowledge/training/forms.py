"""The forms of training: sections of one list of questions, and the questions of a sitting."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from lodestar.knowledge.library.access import visible_documents
from lodestar.knowledge.training.models import Question
from lodestar.knowledge.training.queries import colleagues_by
from lodestar.knowledge.training.rules import BY_ONESELF
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.forms.fields import asked
from lodestar.platform.questionnaires.forms import QuestionForm
from lodestar.platform.questionnaires.rules import question_set
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.text_normalise import whole_number
from lodestar.platform.time.uk_dates import read_any_day

_DOCUMENT = re.compile(r"/guidance/documents/([0-9a-f-]{36})")
_LARGEST = {"valid_months": 240, "seats": 5000, "within_days": 730, "right": 6}
_IN_ORDER = {"first_day": "last_day", "from_day": "to_day", "asked_from": "asked_to", "attended_on": ""}
NOT_DOCUMENT = "Paste the address of a document of the library, like /guidance/documents/…"
NOBODY = "Write the exact user name or e-mail address of a colleague, or a partner’s name and organisation"
NOT_OPTIONS = "Write two to six different options, one a line, each of at most 200 characters"


class RecordForm(QuestionForm):
    """One form of training. `choices` are those of a question that the list does not have."""

    def __init__(self, sent: Any, *, section: str, today: date, choices: Any, by: Member, initial: Any) -> None:
        whole = question_set("training", "forms", today)
        super().__init__(sent, asked=replace(whole, questions=whole.sections()[section]), auto_id="%s", initial=initial)
        self.by = by
        for name in choices.keys() & self.fields.keys():
            box: Any = self.fields[name]
            box.choices = [*box.choices, *choices[name]]

    def clean(self) -> dict[str, Any]:
        """Days as days and numbers as numbers, none where left blank; what belongs together agrees."""
        answers = super().clean()
        for name in answers.keys() & {*_LARGEST, *_IN_ORDER, *_IN_ORDER.values()}:
            text, most = answers[name], _LARGEST.get(name)
            answers[name] = (whole_number(text) if most else read_any_day(text)) or None
            if text and (answers[name] is None or (most and answers[name] > most)):
                self.add_error(name, f"Write a number from 1 to {most}" if most else "Write a day like 9 March 2027")
        for first, last in _IN_ORDER.items():
            if answers.get(first) and answers.get(last) and answers[last] < answers[first]:
                self.add_error(last, "That is before it begins")
        for name, check in (("document", self._document), ("who", self._who), ("options", self._options)):
            if name in answers and not check(answers):
                self.add_error(name, {"document": NOT_DOCUMENT, "who": NOBODY, "options": NOT_OPTIONS}[name])
        return answers

    def _document(self, answers: dict[str, Any]) -> bool:
        text, match = answers["document"], _DOCUMENT.search(answers["document"])
        wanted = id_in(match[1]) if match else None
        answers["document"] = visible_documents(self.by).filter(id=wanted).first() if wanted else None
        return bool(answers["document"]) or not (text or answers.get("kind") in BY_ONESELF)

    def _who(self, answers: dict[str, Any]) -> bool:
        who, partner = answers.pop("who").lower(), (answers.get("partner_name"), answers.get("organisation"))
        users = colleagues_by([who], [who]) if who else []
        answers |= {"user_id": users[0].id} if users else {}
        return len(users) == 1 and not any(partner) if who else all(partner)

    def _options(self, answers: dict[str, Any]) -> bool:
        lines = [line.strip() for line in answers["options"].splitlines() if line.strip()]
        answers["options"] = lines
        return max(2, answers.get("right") or 0) <= len(set(lines)) == len(lines) <= 6 and max(map(len, lines)) <= 200


class CheckForm(forms.Form):
    """The questions of a sitting. `shown` are their ids: where others are drawn meanwhile, those are asked instead."""

    shown = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(self, sent: Any, *, questions: Sequence[Question]) -> None:
        super().__init__(sent, auto_id="%s")
        self.questions, self.ids = questions, ",".join(str(question.id) for question in questions)
        for number, question in enumerate(questions, 1):
            self.fields[f"q{number}-answers"] = forms.ChoiceField(
                label=f"{number}. {question.words}", choices=[*enumerate(question.options, 1)], widget=forms.RadioSelect,
                **asked(f"Answer question {number}"),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The answers are those to the questions that are shown."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("shown") != self.ids:
            raise forms.ValidationError("The questions have changed meanwhile. Answer these")
        return cleaned

    def chosen(self) -> dict[Any, int]:
        """What was chosen, by question: the number of the option."""
        return {row.id: int(self.cleaned_data[f"q{number}-answers"]) for number, row in enumerate(self.questions, 1)}
