"""What an editor sends: a document with what is said of it, a step of a version with its reason, words of the thesaurus."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.knowledge.library.models import CLASSIFICATIONS, NATIONS, ORIGINS, Document
from lodestar.knowledge.library.rules.documents import Fact, stated
from lodestar.knowledge.publishing.actions.stages import CIRCLE
from lodestar.knowledge.publishing.queries import leads_to, replaceable_documents
from lodestar.knowledge.publishing.rules import Item
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.forms.fields import AnyDayField, LinesField, WordsField
from lodestar.platform.design.when import on
from lodestar.platform.reference.queries import exploitation_names
from lodestar.platform.text.text_normalise import one_line
from lodestar.platform.time.uk_dates import read_partial

NO_FILE = {"required": "Choose a file"}
SHORTEST = 3  # characters of a phrase


class PartialDayField(WordsField):
    """A day, a month or a year; cleaned to a partial date as text, as 2027-03-09, 2027-03 or 2027."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        partial = read_partial(typed) if typed else ""
        if typed and not partial:
            raise forms.ValidationError(f"“{typed}” is not a day, a month or a year. Write it like 9 March 2027")
        return partial


class ListField(LinesField):
    """Words with a comma or a line between; cleaned to a list of them, each once and in their order."""

    def __init__(self, *, longest: int, **options: Any) -> None:
        super().__init__(**{"help_text": "With a comma between", **options})
        self.longest = longest

    def clean(self, value: Any) -> list[str]:
        typed = super().clean(value).replace("\n", ",").replace(";", ",").split(",")
        parts = list(dict.fromkeys(one_line(part)[: self.longest] for part in typed if part.strip()))
        if self.required and not parts:
            raise forms.ValidationError(self.error_messages["required"])
        return parts


def audience_code(text: str) -> str:
    """A reader as the library keeps it: small, one, with a line between the words."""
    code = "_".join(text.lower().replace("_", " ").split())
    return "first_responder" if code == "first_responders" else code


def _marking(*first: tuple[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Marking", choices=[*first, *((marking, marking) for marking in CLASSIFICATIONS)], required=False,
        help_text="Everyone in the force can read the library. Do not add anything with a higher marking",
    )  # fmt: skip


class AboutDocument(forms.Form):
    """What is said of a document. All but the title may be left blank."""

    title = WordsField(label="Title", max_length=300)
    publisher = WordsField(label="Publisher", help_text="Who wrote it, like Home Office", max_length=200)
    origin = forms.ChoiceField(label="From", choices=list(ORIGINS.items()), required=False)
    nation = forms.ChoiceField(label="Where it applies", choices=list(NATIONS.items()), required=False)
    topics = ListField(label="Topics", longest=60, max_length=600)
    audience = ListField(
        label="Who it is for", help_text="Like first responders, custody. With a comma between", longest=40, max_length=600
    )
    exploitation = forms.MultipleChoiceField(label="Kinds of exploitation", required=False, widget=forms.CheckboxSelectMultiple)
    classification = _marking()
    owner = WordsField(label="Owner here", help_text="Who is responsible for it in the library", max_length=120)
    published_on = PartialDayField(label="Published on", help_text="Like 9 March 2027, March 2027 or 2027", max_length=60)
    valid_from = AnyDayField(label="Valid from")
    valid_to = AnyDayField(label="Valid to", help_text="Its last day. Leave it blank where none is known")
    review_by = AnyDayField(label="Next review")
    licence = WordsField(label="Licence", max_length=200)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        kinds = [(code, capital(name)) for code, name in exploitation_names().items()]
        self.fields["exploitation"].choices = kinds  # type: ignore[attr-defined]  # a choice field

    def clean_audience(self) -> list[str]:
        """Whom it is for, as codes: `first_responder` of first responders."""
        return [audience_code(audience) for audience in self.cleaned_data["audience"]]

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        cleaned = self.cleaned_data
        if cleaned.get("valid_from") and cleaned.get("valid_to") and cleaned["valid_to"] < cleaned["valid_from"]:
            self.add_error("valid_to", "It ends before it begins. Change one of the two days")
        return cleaned


class ChangeAbout(AboutDocument):
    """The same of a document that is there, and which one it replaces."""

    title = WordsField(label="Title", max_length=300, wanted="Write what it is called")
    supersedes = WordsField(
        label="It replaces", help_text="The title of a document, or the name of its file. Leave it blank for none", max_length=300
    )

    def __init__(self, *arguments: Any, document: Document, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.document = document

    def clean_supersedes(self) -> Document | None:
        """The document that is named; the one that stands where nothing was said of it."""
        if self.add_prefix("supersedes") not in self.data:
            return self.document.supersedes
        written = self.cleaned_data["supersedes"]
        matches = replaceable_documents(written, self.document) if written else []
        if written and not matches:
            raise forms.ValidationError("No published document has that title or file name")
        if len(matches) > 1:
            raise forms.ValidationError("More than one document has that title. Write the name of its file")
        if matches and leads_to(matches[0], self.document):
            raise forms.ValidationError(f"{CIRCLE} Leave it blank, or name another")
        return matches[0] if matches else None


class AddDocument(AboutDocument):
    """A file, and what is said of it."""

    classification = _marking(("", "As marked, or OFFICIAL"))  # a next version is marked as the one before it, unless said

    file = forms.FileField(
        label="The file",
        help_text="PDF, Word, OpenDocument, PowerPoint, a web page, Markdown, text, a message or a film (MP4, WebM), up to"
        " 25 MB. A film is shown as it is: first remove details of who made it and where. A file of the same name as one in the"
        " library is its next version",
        error_messages=NO_FILE,
        allow_empty_file=True,
    )
    captions = forms.FileField(
        label="The captions of a film",
        help_text="WebVTT. What they say is shown below the film and found by search",
        required=False,
        allow_empty_file=True,
    )


class LetterText(forms.Form):
    """The text of a letter, as readers will see it."""

    text = LinesField(label="Its text", help_text="A paragraph a line. A heading begins with # and a space", max_length=400_000)


class Stage(forms.Form):
    """The next step of a version; a reason where it is taken out of use or refused."""

    because = WordsField(label="Why it is withdrawn", help_text="Its readers see this", max_length=400)

    def __init__(self, *arguments: Any, step: str = "", is_on_its_way: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.step = step
        if is_on_its_way:
            self.fields["because"].label = "Why it is refused"
            self.fields["because"].help_text = "Editors see this. It is kept"

    def clean_because(self) -> str:
        """The reason, which is asked for to withdraw and to refuse."""
        because: str = self.cleaned_data["because"]
        if self.step in ("withdraw", "refuse") and not because:
            done = "withdrawn" if self.step == "withdraw" else "refused"
            raise forms.ValidationError(f"Write why it is {done}, in a few words")
        return because


class Dealt(forms.Form):
    """What was done about a search without an answer."""

    done = WordsField(
        label="What was done", help_text="Like “added a page about it”, or “nothing to add”", max_length=300,
        wanted="Write what was done, in a few words",
    )  # fmt: skip


class Words(forms.Form):
    """One entry of the thesaurus."""

    says = ListField(label="What officers write", longest=80, max_length=800, wanted="Write what officers say")
    means = ListField(label="What guidance calls it", longest=80, max_length=800, wanted="Write what guidance calls it")
    both_ways = forms.BooleanField(label="Each finds the other", required=False)
    group = WordsField(label="Group", help_text="Like “police slang” or “drugs”", max_length=40)
    owner = WordsField(label="Owner", max_length=120)
    review_by = AnyDayField(label="Next review", wanted="Write the review date")


class StaleFact(forms.Form):
    """The phrases that state it, what holds now and from when, one sentence that states it and one that does not."""

    called = WordsField(
        label="What it is", help_text="Like number, period or form: “differs from the force’s confirmed number”", max_length=80,
        wanted="Write what it is, in a word or two",
    )  # fmt: skip
    says = ListField(
        label="Exact phrases that state it", longest=80, max_length=4_000, wanted="Write a phrase that states it",
        help_text="With a comma between. Each long enough to mean nothing else",
    )  # fmt: skip
    replaced_by = WordsField(label="Current fact", max_length=300, wanted="Write the current fact")
    from_date = AnyDayField(label="True since", wanted="Write since when")
    source = WordsField(label="Source", max_length=300, wanted="Write its source")
    states_it = WordsField(label="A sentence that states it", max_length=400, wanted="Write a sentence that states it")
    does_not = WordsField(
        label="A sentence that looks like it and does not", max_length=400, wanted="Write a sentence that does not"
    )
    owner = WordsField(label="Owner", max_length=120)
    review_by = AnyDayField(label="Next review", wanted="Write the review date")

    def clean_says(self) -> list[str]:
        """Phrases that are long enough to mean something."""
        says: list[str] = self.cleaned_data["says"]
        if any(len(phrase) < SHORTEST for phrase in says):
            raise forms.ValidationError("One of these is too short. Add the words around it")
        return says

    def clean_from_date(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["from_date"]
        if day > on(timezone.now()):
            raise forms.ValidationError("That day is still to come. The old one applies until then")
        return day

    def clean(self) -> dict[str, Any]:
        """It reads both of its sentences right."""
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        fact = Fact("", cleaned["called"], tuple(cleaned["says"]), cleaned["replaced_by"], cleaned["from_date"])
        if not stated(cleaned["states_it"], [fact]):
            self.add_error("states_it", "None of the phrases is in this sentence")
        if stated(cleaned["does_not"], [fact]):
            self.add_error("does_not", "One of the phrases is also in this sentence. Make it longer")
        return cleaned


class Newsletter(forms.Form):
    """A title, an introduction, and the changes."""

    title = WordsField(label="Title", max_length=200, wanted="Write what it is called")
    intro = LinesField(
        label="In short", max_length=4_000,
        help_text="A few words of your own. No names, numbers or references of anyone: this goes by e-mail",
    )  # fmt: skip
    offered = forms.CharField(required=False, widget=forms.HiddenInput)
    items = forms.MultipleChoiceField(label="What changed", required=False)

    def __init__(self, *arguments: Any, changed: Iterable[tuple[str, Item]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.changed = dict(changed)
        choices = [(code, f"{item.title}. {item.became}") for code, item in self.changed.items()]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """It says something, and of what came while it was written whether that belongs here."""
        cleaned = self.cleaned_data
        cleaned["chosen"] = [self.changed[code] for code in cleaned.get("items", [])]
        if not self.errors and not cleaned["intro"] and not cleaned["chosen"]:
            self.add_error("intro", "Write a few words, or choose something that changed")
        before = cleaned.get("offered", "").split(",")  # what came while it was written is in no newsletter after this one
        came = [item.title for code, item in self.changed.items() if code not in before]
        if any(before) and came:
            self.add_error("items", f"“{came[0]}” came while you were writing. Say whether it belongs here, then keep the draft")
        return cleaned
