"""The short question: three answers and a few words."""

from django import forms

from lodestar.cases.forms.fields import WhenField
from lodestar.section45.models import ANSWERS

CHOOSE = "Choose an answer, or go back: nothing has been saved as an answer"


class FirstQuestion(forms.Form):
    """Nothing is pre-ticked. The words are not compulsory: nobody is held up at night for want of them."""

    answer = forms.ChoiceField(
        label="Could someone be making them do this, or profiting from it?",
        help_text="Ask yourself. It is not a question for them.",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    why = forms.CharField(
        label="A few words why",
        help_text="Like: “Older man waiting in the car, has his phone.”",
        required=False,
        max_length=1000,
    )
    at = WhenField(label="When you asked yourself, if not now", help_text="Like 0225")
