"""What happened to a suspect or is planned."""

from typing import Any

from lodestar.casework.contact_promises.forms import ColleagueField, ComingField
from lodestar.casework.suspects.rules import RELEASES, STEPS, TAKE_BACK
from lodestar.platform.design.forms.fields import AnyDayField, LinesField, WordsField
from lodestar.platform.registers.forms import MoveForm
from lodestar.platform.time.days import end_of_day


class SuspectForm(MoveForm):
    """What happened to a suspect or is planned, their bail, and the two officers."""

    planned_at = ComingField(label="If it is planned: when?")
    ends_at = AnyDayField(label="On bail until", help_text="Like 14 March 2027", required=False)
    conditions = LinesField(label="Conditions of bail", help_text="Each on a line of its own", max_length=1500)
    custody_reference = WordsField(label="Custody reference", max_length=40)
    victim_officer = ColleagueField(label="Officer for the victim", help_text="Another than for the suspect", max_length=80)
    same_because = WordsField(label="If it is one officer: why", help_text="It is recorded and counted", max_length=300)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.row.step_at:
            last = (TAKE_BACK, f"Take it back: “{STEPS[self.row.state]['name']}” was recorded by mistake")
            self.fields["to"].choices = [*self.fields["to"].choices, last]  # type: ignore[attr-defined]  # a choice field
        self.fields["owner"].label = "Officer for the suspect"
        for name in ("custody_reference", "same_because"):
            self.fields[name].initial = getattr(self.row, name)

    def clean(self) -> dict[str, Any]:
        """Only a release is planned, and one officer for victim and suspect is recorded with the reason."""
        answers = super().clean()
        if answers.get("planned_at") and answers.get("to") not in RELEASES:
            self.add_error("planned_at", "Only a release, or the end of conditions, is recorded beforehand")
        victim = answers.get("victim_officer") or self.row.victim_officer_id
        if victim and victim == (answers.get("owner") or self.row.owner_id) and not answers.get("same_because"):
            self.add_error("same_because", "Name two officers, or say why it is one")
        return answers | {"victim_officer_id": victim}

    def columns(self) -> dict[str, Any]:
        """The columns, and what the action does besides."""
        answers, ends = self.cleaned_data, self.cleaned_data["ends_at"]
        columns = {name: answers[name] for name in ("planned_at", "custody_reference", "victim_officer_id", "same_because")}
        conditions = [line.strip() for line in answers["conditions"].splitlines() if line.strip()]
        return super().columns() | columns | {"conditions": conditions, "ends_at": end_of_day(ends) if ends else None}
