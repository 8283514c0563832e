"""What happened with the CPS or in court, one form for each kind; and to whom the summary goes, and why."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from lodestar.casework.cases.models import AllegedOffence, Case
from lodestar.casework.prosecutions import presenters, queries
from lodestar.casework.prosecutions.rules import HOW, PLEAS, ROWS
from lodestar.platform.design.forms.fields import DayField, LinesField, WhenField, WordsField, asked


class RowField(forms.ModelChoiceField):
    """One row of the case, in words."""

    def __init__(self, rows: Any, words: Callable[[Any], str], **options: Any) -> None:
        super().__init__(rows, empty_label="Choose", **options)
        self.words = words

    def label_from_instance(self, row: Any) -> str:
        return self.words(row)


class EntryForm(forms.Form):
    """One thing of a kind in a case; `fields` of the list say which boxes."""

    def __init__(self, kind: str, case: Case, data: Any = None) -> None:
        super().__init__(data, auto_id="%s")
        row, place = ROWS[kind], Window(RowNumber(), order_by=F("id").asc())
        offences = AllegedOffence.objects.filter(person__case=case).select_related("person__case").annotate(place=place)
        makers: dict[str, Callable[..., forms.Field]] = {
            "offence": lambda **o: RowField(offences.order_by("id"), presenters.offence_words, label="Suspected offence", **o),
            "answers": lambda **o: RowField(queries.requests_of(case), presenters.request_words, label="In answer to", **o),
            "decision": lambda **o: RowField(queries.decisions_in(case), presenters.decision_of, label="Decision", **o),
            "task": lambda **o: RowField(queries.tasks_of(case), presenters.task_words, label="Of what?", **o),
            "who": lambda **o: WordsField(label=row["who"], max_length=200, **o),
            "words": lambda **o: LinesField(label=row["words"], max_length=4000, **o),
            "how": lambda **o: forms.ChoiceField(
                label="How it was sent or received", choices=[("", "Choose"), *HOW.items()], **o
            ),
            "plea": lambda **o: forms.ChoiceField(label="Plea", choices=[("", "Choose"), *PLEAS.items()], **o),
            "days": lambda **o: forms.IntegerField(
                label="Working days to reply", min_value=1, max_value=250, initial=row["working_days"], **o
            ),
        }
        for name in row["fields"]:
            needed = asked("This is needed") if name.endswith("*") else {"required": False}
            self.fields[name.rstrip("*")] = makers[name.rstrip("*")](**needed)
        self.fields["at"] = WhenField(label="When?")


class GiveForm(forms.Form):
    """To whom the summary goes, why, and as which file."""

    recipient = WordsField(label="Who is it for?", help_text="A name or post in the CPS", max_length=120, wanted="Write who")
    reason = LinesField(label="Why do they need it?", max_length=400, wanted="Write why")
    kind = forms.ChoiceField(
        label="As which file?", choices=[("pdf", "PDF"), ("docx", "Word")], widget=forms.RadioSelect, **asked("Choose a file")
    )


class PeriodForm(forms.Form):
    """Of encounters from which day to which."""

    first = DayField(label="Encounters from")
    last = DayField(label="To")
