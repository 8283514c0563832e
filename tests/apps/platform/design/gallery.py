"""The component gallery: one of each component and shared state on one page, about invented people."""

from datetime import UTC, datetime, timedelta

from django import forms

NOW = datetime(2026, 11, 25, 2, 57, tzinfo=UTC)
TYPED = {
    "name": "Kieran", "age": "may_be_under_18", "interpreter": "other", "which": "A neighbour", "needs": ["cold"],
    "debt": ["jaz"], "place": "quay", "when": "2570", "told": "on", "key": "01J9",
    "account": "He said <he> owes them \u201cfor the last lot\u201d.\n\nHe looked at the driver first.",
}  # fmt: skip
AGES = [("under_18", "Under 18"), ("may_be_under_18", "May be under 18"), ("adult", "Adult"), ("not_known", "Not known")]
WHO = [("independent", "Independent"), ("companion", "A companion or someone they know"), ("other", "Other")]
SET = dict.fromkeys(("missing", "instead_of", "instead", "age"), "")  # a number that is there and was checked in time
NEEDS = [("hurt", "Hurt or ill"), ("cold", "Cold, hungry, exhausted"), ("none", "None of these")]
PLACES = [("", "Choose one"), ("Marlsea", [("harbour", "Harbour Street"), ("quay", "Quay car wash")])]


class Gallery(forms.Form):
    """Every field is optional, as everywhere. `when` refuses what is not a time, to show an error."""

    name = forms.CharField(label="Name they give", max_length=80)
    age = forms.ChoiceField(label="How old may they be?", choices=AGES, widget=forms.RadioSelect)
    interpreter = forms.ChoiceField(label="Interpreter", choices=WHO, widget=forms.RadioSelect)
    which = forms.CharField(label="Which?")
    needs = forms.MultipleChoiceField(
        label="See to this first", help_text="Tick all that hold.", choices=NEEDS, widget=forms.CheckboxSelectMultiple
    )
    debt = forms.MultipleChoiceField(
        label="Says they owe someone", choices=[("kieran", "Kieran"), ("jaz", "Jaz")], widget=forms.CheckboxSelectMultiple
    )
    place = forms.ChoiceField(label="Where they were met", choices=PLACES)
    when = forms.CharField(label="When did it happen?", help_text="Time, like 0225")
    since = forms.CharField(label="Since when", help_text="Like 3 March 2026, or \u201cbefore school broke up\u201d")
    account = forms.CharField(label="Anything else, in your words", widget=forms.Textarea)
    paper = forms.FileField(label="A photograph or a paper")
    told = forms.BooleanField(label="They were told the police are told")
    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *given):
        super().__init__(*given)
        for field in self.fields.values():
            field.required = False

    def clean_when(self):
        if (typed := self.cleaned_data["when"]) == TYPED["when"]:
            raise forms.ValidationError(f"\u201c{typed}\u201d is not a time. Write it like 0225, or leave it blank")


def gallery_context(typed):
    """What the gallery shows, with `typed` in its form. Times are fixed, so that two pictures of it can be compared."""
    return {
        "form": Gallery(typed),
        "now": NOW,
        "numbers": [
            {"label": "Duty sergeant", "number": "01632 960 118", "detail": "Sgt Solanki, until 07:00"} | SET,
            {"label": "Children\u2019s services, nights", "number": "01632 960 204", "detail": "checked 2 November"} | SET,
        ],
        "late": NOW - timedelta(minutes=67),
        "soon": NOW + timedelta(minutes=14),
        "thursday": NOW + timedelta(days=1),
        "people": [
            [{"words": "Petra Kova\u013eov\u00e1", "href": "#main"}, "Possible victim, 29", 4, {"tag": "Late", "colour": "red"}],
            [{"words": "Man, about 50", "href": "#main", "more": ", wristband 14"}, "Name not known", 12, "by 03:30"],
        ],
        "known": [
            {"key": "Languages", "value": "Slovak, some English"},
            {"key": "First account", "value": "On video, 24 minutes", "href": "#main", "action": "Summary"},
        ],
        "happened": [
            {"title": "Text sent, answered", "by": "O. Prydderch", "at": NOW - timedelta(days=1), "words": "She is well."},
            {"title": "Found at the packing shed", "by": "PC Ferreira", "at": NOW - timedelta(days=6), "words": ""},
        ],
        "views": [
            {"label": "My decisions (5)", "href": "#main", "current": True},
            {"label": "My team (17)", "href": "#main", "current": False},
        ],
        "sections": [
            {"label": "1. Age and safety", "href": "#main", "hint": "All 6 from the case", "status": "Check", "colour": "blue"},
            {"label": "2. Health and care", "href": "#main", "hint": "", "status": "Not started", "colour": ""},
        ],
    }  # fmt: skip
