"""Which answers of a referral become facts of the case."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone

from lodestar.casework.concerns.forms.fields import PoliceAreas
from lodestar.casework.referral_forms.rules.case_facts import CaseFact
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.time.days import london_date

YES_NO = [("yes", "Yes"), ("no", "No")]
EARLIER = [("nrm", "An NRM referral"), ("dtn", "A Duty to Notify"), ("no", "Something else")]


class AnswersToFacts(forms.Form):
    """Which answers become facts of the case. A tick names the very answer that was shown; nothing is ticked beforehand."""

    organised = forms.ChoiceField(
        label="Was it done by an organised group?", choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    areas = PoliceAreas("Police areas where it happened", help_text="Like Norfolk, Essex")
    earlier = forms.ChoiceField(label="", choices=EARLIER, required=False, widget=forms.RadioSelect)

    def __init__(self, facts: Sequence[CaseFact], reference: str, has_several: bool, data: Any = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        cast(PoliceAreas, self.fields["areas"]).day = london_date(timezone.now())
        if has_several:
            del self.fields["organised"], self.fields["areas"]
        self.reference = reference
        self.fields["earlier"].label = f"What is the Home Office’s reference {reference} of?"
        if not reference:
            del self.fields["earlier"]
        self.facts = {f"add-{fingerprint(fact.code, fact.words)[:12]}": fact for fact in facts}
        for name, fact in self.facts.items():
            self.fields[name] = forms.BooleanField(label=fact.label, required=False)

    def ticked(self) -> list[CaseFact]:
        """Those that were confirmed."""
        return [fact for name, fact in self.facts.items() if self.cleaned_data[name]]

    def more(self) -> dict[str, Any]:
        """What the national form does not ask, as columns of the exploitation."""
        organised, areas = self.cleaned_data.get("organised"), self.cleaned_data.get("areas")
        return ({"organised": organised == "yes"} if organised else {}) | ({"police_areas": areas} if areas else {})

    def earlier_referral(self) -> dict[str, Any]:
        """The earlier referral that the reference is of; empty where it is of none, or nobody said."""
        route = self.cleaned_data.get("earlier", "")
        return {"route": route, "reference": self.reference[:80]} if route in ("nrm", "dtn") else {}
