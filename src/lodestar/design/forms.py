"""The form of the component gallery: one field of each kind, about invented people."""

from django import forms

AGES = [
    ("under_18", "Under 18"),
    ("may_be_under_18", "May be under 18"),
    ("adult", "Adult"),
    ("not_known", "Not known"),
]
PEOPLE = [("kieran", "Kieran"), ("jaz", "Jaz")]
YES_NO = [("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure")]


class Gallery(forms.Form):
    """Every field is optional, as everywhere. `when` refuses what is not a time, to show an error."""

    name = forms.CharField(label="Name they give", required=False, max_length=80)
    age = forms.ChoiceField(label="How old may they be?", choices=AGES, required=False, widget=forms.RadioSelect)
    interpreter = forms.ChoiceField(
        label="Interpreter",
        choices=[("independent", "Independent"), ("companion", "A companion or someone they know"), ("other", "Other")],
        required=False,
        widget=forms.RadioSelect,
    )
    which = forms.CharField(label="Which?", required=False)
    needs = forms.MultipleChoiceField(
        label="Deal with this first",
        help_text="Select all that apply.",
        choices=[("hurt", "Hurt or ill"), ("cold", "Cold, hungry, exhausted"), ("none", "None of these")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    debt = forms.MultipleChoiceField(
        label="Says they owe someone", choices=PEOPLE, required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.ChoiceField(
        label="Place of encounter",
        choices=[("", "Choose one"), ("Marlsea", [("harbour", "Harbour Street"), ("quay", "Quay car wash")])],
        required=False,
    )
    when = forms.RegexField(
        r"^([01]\d|2[0-3])[0-5]\d$", label="When did it happen?", help_text="Time, like 0225", required=False
    )
    since = forms.CharField(
        label="Since when", help_text="Like 3 March 2026, or “before school broke up”", required=False
    )
    account = forms.CharField(label="Anything else, in your words", required=False, widget=forms.Textarea)
    paper = forms.FileField(label="A photograph or document", required=False)
    told = forms.BooleanField(label="Explained that police will know", required=False)
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> None:
        """Words the one error the way all errors are worded."""
        if "when" in self.errors:
            del self.errors["when"]
            typed = self.data.get(self.add_prefix("when"), "")
            self.add_error("when", f"“{typed}” is not a time. Write it like 0225, or leave it blank")
