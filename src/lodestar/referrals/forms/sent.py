"""What was sent to the Home Office: shape and wording. Nothing is compulsory but saying which it was."""

from typing import Any

from django import forms

from lodestar.cases.forms.fields import LinesField, WhenField, WordsField

ROUTES = [("nrm", "National Referral Mechanism (NRM)"), ("dtn", "Duty to Notify, without a name")]
DIRECTIONS = [("made_by_us", "We did"), ("received_for_investigation", "Someone else, and we investigate")]


class Sent(forms.Form):
    """One referral or notification that has gone. `as_it_happened` and `another` are asked only where they are needed."""

    route = forms.ChoiceField(label="What was sent?", choices=ROUTES, required=False, widget=forms.RadioSelect)
    sent_at = WhenField(label="When was it sent?")
    reference = WordsField(label="Reference", help_text="If it has come. It can be added later", max_length=80)
    gaps = forms.BooleanField(label="It went with gaps: supplementary information follows", required=False)
    identity_checked = forms.BooleanField(
        label="Read in full before sending: nothing in it, alone or together, identifies them", required=False
    )
    direction = forms.ChoiceField(
        label="Who sent it?", choices=DIRECTIONS, required=False, widget=forms.RadioSelect, initial="made_by_us"
    )
    sent_by = WordsField(label="Name, or the organisation, if it was not you", max_length=200)
    confirmation = LinesField(
        label="What the Home Office’s answer says",
        help_text="Of a Duty to Notify, nothing that shows who they are",
        max_length=2000,
    )
    dtn_was_sent = forms.BooleanField(label="What was sent was a Duty to Notify", required=False)  # asked of a child only
    as_it_happened = forms.BooleanField(label="It has been sent. Record it as it happened", required=False)
    another = forms.BooleanField(label="Another one was sent as well as the one recorded", required=False)

    def clean_direction(self) -> str:
        """Ours, unless told otherwise."""
        return self.cleaned_data["direction"] or "made_by_us"

    def clean(self) -> None:
        """Which of the two it was is the one thing that cannot be left out."""
        if self.cleaned_data.get("dtn_was_sent"):
            self.cleaned_data["route"] = "dtn"
        if not self.errors and not self.cleaned_data.get("route"):
            self.add_error("route", "Say what was sent: the two are counted apart")


class Reference(forms.Form):
    """The reference that came later, for one referral."""

    referral = forms.UUIDField(widget=forms.HiddenInput)
    late_reference = WordsField(
        label="Reference", max_length=80, required=True, error_messages={"required": "Write the reference as it came"}
    )


class Rest(forms.Form):
    """That supplementary information was sent."""

    rest_at = WhenField(label="When was it sent?")
    how = WordsField(label="How", help_text="By e-mail to the competent authority, or as they asked", max_length=200)


def referral_columns(answers: dict[str, Any], words: str) -> dict[str, Any]:
    """The columns that go with a referral, from what the form says."""
    is_dtn = answers["route"] == "dtn"
    return {
        "sent_words": words,
        "sent_by": answers["sent_by"],
        "confirmation": answers["confirmation"],
        "gaps": answers["gaps"] and not is_dtn,
        "identity_checked": (True if answers["identity_checked"] else None) if is_dtn else None,
    }
