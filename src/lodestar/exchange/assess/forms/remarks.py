"""That a rule was read against its source, that something is wrong, and the answer to whoever said so."""

from django import forms

from lodestar.platform.design.forms.fields import LinesField, WordsField

WHAT_IS_WRONG = "Say in a few words what is wrong"


class RuleWrong(forms.Form):
    """What is wrong with a rule."""

    wrong = LinesField(
        label="This is wrong because",
        help_text="A rough description is fine. Everyone who reads the rule sees it: do not name a person or case",
        max_length=1000,
        wanted=WHAT_IS_WRONG,
    )


class PageWrong(forms.Form):
    """What is wrong with a page."""

    page = WordsField(label="On which page?", help_text="Like “the page of a person”. Or leave it blank", max_length=120)
    wrong = LinesField(
        label="What is wrong?",
        help_text="A rough description will do. Name no person or case",
        max_length=1000,
        wanted=WHAT_IS_WRONG,
    )


class Confirm(forms.Form):
    """That somebody read the source of a rule, and which source."""

    source_read = LinesField(
        label="What did you read?",
        help_text="The document, its edition or date, and the paragraph. It is shown with your name",
        max_length=500,
        wanted="Write which document you read, and where in it",
    )


class Answer(forms.Form):
    """The answer to someone who said that something is wrong."""

    answer = LinesField(
        label="Your answer",
        help_text="It is shown with your name. Say what was changed, or why not",
        max_length=1000,
        wanted="Write an answer",
    )
