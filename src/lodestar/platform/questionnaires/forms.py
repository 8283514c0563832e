"""A set of questions as a form: a field for each question by its kind, filled with what is known and from where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from lodestar.platform.design.forms.fields import AnyDayField, DayField, LinesField, WhenField, WordsField
from lodestar.platform.design.words import quoted
from lodestar.platform.names.contact_normalisation import POSTCODE
from lodestar.platform.questionnaires.rules import Answers, Question, QuestionSet
from lodestar.platform.time.uk_dates import WrittenInstant

FIGURES = 7  # of a number, at most
LONG = 200  # characters: from here a text has several lines


@dataclass(frozen=True)
class Known:
    """An answer that is known already, and from where: `the referral, 3 March 2026`."""

    value: str | list[str]
    source: str


class NumberField(WordsField):
    """A number in figures."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if text and not (text.isascii() and text.isdecimal()):
            raise forms.ValidationError(f"{quoted(text)} is not a number. Write it in figures, or leave it blank")
        return text


class WholeDayField(DayField):
    """A whole day, as lists have it: 2001-03-09."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if day else ""


class QuestionForm(forms.Form):
    """The questions of a set. An answer whose condition does not hold is refused and not dropped: nothing typed is lost."""

    def __init__(self, *arguments: Any, asked: QuestionSet, known: Mapping[str, Known] | None = None, **options: Any) -> None:
        self.asked, self.known = asked, known or {}
        options["initial"] = {code: one.value for code, one in self.known.items()} | options.get("initial", {})
        super().__init__(*arguments, **options)
        self.fields = {question.code: field_of(question) for question in asked.questions} | self.fields

    def clean(self) -> dict[str, Any]:
        """What is asked is answered where it must be, and what is not asked is not."""
        cleaned = super().clean() or self.cleaned_data
        answers, words = self.answers(), {question.code: question.words for question in self.asked.questions}
        for question in self.asked.questions:
            if question.code in self.errors:
                continue
            is_answered, is_asked = question.code in answers, question.is_asked(answers)
            if question.is_required and is_asked and not is_answered:
                self.add_error(question.code, f"Answer “{question.words}”")
            elif question.when and is_answered and not is_asked:
                self.add_error(question.code, f"First answer “{words[question.when.field]}”, or leave this blank")
        return cleaned

    def answers(self) -> Answers:
        """What was answered, by the codes of the questions; nothing for what was left blank."""
        given = {question.code: self.cleaned_data.get(question.code) for question in self.asked.questions}
        return {code: value for code, value in given.items() if value}

    def sources(self) -> dict[str, str]:
        """Where each answer that is filled in beforehand is from, by question."""
        return {code: f"From {one.source}" for code, one in self.known.items() if one.source}


def field_of(question: Question) -> forms.Field:
    """The field in which a question is answered."""
    plain: dict[str, Any] = {"label": question.words, "help_text": question.help, "required": False}
    if question.kind == "several":
        return forms.MultipleChoiceField(choices=question.options, widget=forms.CheckboxSelectMultiple, **plain)
    if question.kind in ("yes_no", "radios"):
        return forms.ChoiceField(choices=question.options, widget=forms.RadioSelect, **plain)
    if question.kind == "choice":
        return forms.ChoiceField(choices=[("", question.blank), *question.options], **plain)
    if question.kind == "date":
        return WholeDayField(label=question.words, **({"help_text": question.help} if question.help else {}))
    if question.kind == "day":
        return AnyDayField(label=question.words, help_text=question.help or "Like 1 March 2027")
    if question.kind == "when":
        return WhenField(label=question.words, help_text=question.help)
    if question.kind == "number":
        return NumberField(max_length=min(question.limit, FIGURES), **plain)
    return (LinesField if question.limit > LONG else WordsField)(max_length=question.limit, **plain)


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
