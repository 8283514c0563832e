"""What an editor sends: a document with what is said of it, a step of a version with its reason, words of the thesaurus."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms

from lodestar.knowledge.library.models import CLASSIFICATIONS, NATIONS, ORIGINS, Document
from lodestar.knowledge.library.rules.documents import Fact, stated
from lodestar.knowledge.publishing.actions.stages import CIRCLE
from lodestar.knowledge.publishing.queries import leads_to, replaceable_documents
from lodestar.knowledge.publishing.rules import Item, personal
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.forms.fields import AnyDayField
from lodestar.platform.reference.queries import exploitation_names
from lodestar.platform.text.text_normalise import one_line, several_lines
from lodestar.platform.time.uk_dates import read_partial

TOO_LONG = {"max_length": "That is %(show_value)s characters. Keep it to %(limit_value)s"}
NO_FILE = {"required": "Choose a file"}
LIST = "With a comma between"


class PartialDayField(forms.CharField):
    """A day, a month or a year; cleaned to a partial date as text, as 2027-03-09, 2027-03 or 2027."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=60, error_messages=TOO_LONG, **options)

    def clean(self, value: Any) -> str:
        typed = super().clean(value).strip()
        partial = read_partial(typed) if typed else ""
        if typed and not partial:
            raise forms.ValidationError(f"“{typed[:60]}” is not a day, a month or a year. Write it like 9 March 2027")
        return partial


def _words(label: str, longest: int, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=longest, error_messages=TOO_LONG)


def listed(typed: str, longest: int) -> list[str]:
    """Words with a comma or a line between, each once and in their order."""
    parts = [one_line(part)[:longest] for part in typed.replace("\n", ",").replace(";", ",").split(",")]
    return list(dict.fromkeys(part for part in parts if part))


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

    title = _words("Title", 300)
    publisher = _words("Publisher", 200, "Who wrote it, like Home Office")
    origin = forms.ChoiceField(label="From", choices=list(ORIGINS.items()), required=False)
    nation = forms.ChoiceField(label="Where it applies", choices=list(NATIONS.items()), required=False)
    topics = _words("Topics", 600, LIST)
    audience = _words("Who it is for", 600, "Like first responders, custody. With a comma between")
    exploitation = forms.MultipleChoiceField(label="Kinds of exploitation", required=False, widget=forms.CheckboxSelectMultiple)
    classification = _marking()
    owner = _words("Owner here", 120, "Who is responsible for it in the library")
    published_on = PartialDayField(label="Published on", help_text="Like 9 March 2027, March 2027 or 2027")
    valid_from = AnyDayField(label="Valid from")
    valid_to = AnyDayField(label="Valid to", help_text="Its last day. Leave it blank where none is known")
    review_by = AnyDayField(label="Next review")
    licence = _words("Licence", 200)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        kinds = [(code, capital(name)) for code, name in exploitation_names().items()]
        self.fields["exploitation"].choices = kinds  # type: ignore[attr-defined]  # a choice field

    def clean_audience(self) -> list[str]:
        """Whom it is for, as codes: `first_responder` of first responders."""
        return [audience_code(audience) for audience in listed(self.cleaned_data["audience"], 40)]

    def clean_topics(self) -> list[str]:
        """The topics as a list."""
        return listed(self.cleaned_data["topics"], 60)

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        cleaned = self.cleaned_data
        if cleaned.get("valid_from") and cleaned.get("valid_to") and cleaned["valid_to"] < cleaned["valid_from"]:
            self.add_error("valid_to", "It ends before it begins. Change one of the two days")
        return cleaned


class ChangeAbout(AboutDocument):
    """The same of a document that is there, and which one it replaces."""

    supersedes = _words("It replaces", 300, "The title of a document, or the name of its file. Leave it blank for none")

    def __init__(self, *arguments: Any, document: Document, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.document = document

    def clean_supersedes(self) -> Document | None:
        """The document that is named; the one that stands where nothing was said of it."""
        if self.add_prefix("supersedes") not in self.data:
            return self.document.supersedes
        written = one_line(self.cleaned_data["supersedes"])
        matches = replaceable_documents(written, self.document) if written else []
        if written and not matches:
            raise forms.ValidationError("No published document has that title or file name")
        if len(matches) > 1:
            raise forms.ValidationError("More than one document has that title. Write the name of its file")
        if matches and leads_to(matches[0], self.document):
            raise forms.ValidationError(f"{CIRCLE} Leave it blank, or name another")
        return matches[0] if matches else None

    def clean_title(self) -> str:
        """The title, which a document that is there has."""
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("Write what it is called")
        return title


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

    text = forms.CharField(
        label="Its text", help_text="A paragraph a line. A heading begins with # and a space", required=False,
        max_length=400_000, error_messages=TOO_LONG, widget=forms.Textarea,
    )  # fmt: skip


class Stage(forms.Form):
    """The next step of a version; a reason where it is taken out of use or refused."""

    because = _words("Why it is withdrawn", 400, "Its readers see this")

    def __init__(self, *arguments: Any, step: str = "", is_on_its_way: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.step = step
        if is_on_its_way:
            self.fields["because"].label = "Why it is refused"
            self.fields["because"].help_text = "Editors see this. It is kept"

    def clean_because(self) -> str:
        """The reason, which is asked for to withdraw and to refuse."""
        because = one_line(self.cleaned_data["because"])
        if self.step in ("withdraw", "refuse") and not because:
            done = "withdrawn" if self.step == "withdraw" else "refused"
            raise forms.ValidationError(f"Write why it is {done}, in a few words")
        return because


class Dealt(forms.Form):
    """What was done about a search without an answer."""

    done = _words("What was done", 300, "Like “added a page about it”, or “nothing to add”")

    def clean_done(self) -> str:
        """What was done, which is asked for."""
        done = one_line(self.cleaned_data["done"])
        if not done:
            raise forms.ValidationError("Write what was done, in a few words")
        return done


class Words(forms.Form):
    """One entry of the thesaurus."""

    says = _words("What officers write", 800, LIST)
    means = _words("What guidance calls it", 800, LIST)
    both_ways = forms.BooleanField(label="Each finds the other", required=False)
    group = _words("Group", 40, "Like “police slang” or “drugs”")
    owner = _words("Owner", 120)
    review_by = AnyDayField(label="Next review")

    def clean(self) -> dict[str, Any]:
        """Both sides say something, and it is looked at again some day."""
        cleaned = self.cleaned_data
        for name, wanted in (("says", "Write what officers say"), ("means", "Write what guidance calls it")):
            if name not in self.errors:
                cleaned[name] = listed(cleaned.get(name, ""), 80)
                if not cleaned[name]:
                    self.add_error(name, wanted)
        if "review_by" not in self.errors and not cleaned.get("review_by"):
            self.add_error("review_by", "Write the review date")
        return cleaned


WANTED = {
    "called": "Write what it is, in a word or two",
    "says": "Write a phrase that states it",
    "replaced_by": "Write the current fact",
    "source": "Write its source",
    "states_it": "Write a sentence that states it",
    "does_not": "Write a sentence that does not",
}

SHORTEST = 3  # characters of a phrase


class StaleFact(forms.Form):
    """The phrases that state it, what holds now and from when, one sentence that states it and one that does not."""

    called = _words("What it is", 80, "Like number, period or form: “differs from the force’s confirmed number”")
    says = _words("Exact phrases that state it", 4_000, "With a comma between. Each long enough to mean nothing else")
    replaced_by = _words("Current fact", 300)
    from_date = AnyDayField(label="True since")
    source = _words("Source", 300)
    states_it = _words("A sentence that states it", 400)
    does_not = _words("A sentence that looks like it and does not", 400)
    owner = _words("Owner", 120)
    review_by = AnyDayField(label="Next review")

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """It says all that a reader and its test need, and reads both of its sentences right."""
        cleaned = self.cleaned_data
        for name in (*WANTED, "owner"):
            cleaned[name] = one_line(cleaned.get(name, ""))
        for name, wanted in WANTED.items():
            if name not in self.errors and not cleaned[name]:
                self.add_error(name, wanted)
        cleaned["says"] = listed(cleaned.get("says", ""), 80)
        if any(len(phrase) < SHORTEST for phrase in cleaned["says"]):
            self.add_error("says", "One of these is too short. Add the words around it")
        self._days(cleaned)
        if not self.errors:
            self._examples(cleaned)
        return cleaned

    def _days(self, cleaned: dict[str, Any]) -> None:
        if "from_date" not in self.errors and not cleaned.get("from_date"):
            self.add_error("from_date", "Write since when")
        elif cleaned.get("from_date") and cleaned["from_date"] > self.today:
            self.add_error("from_date", "That day is still to come. The old one applies until then")
        if "review_by" not in self.errors and not cleaned.get("review_by"):
            self.add_error("review_by", "Write the review date")

    def _examples(self, cleaned: dict[str, Any]) -> None:
        fact = Fact("", cleaned["called"], tuple(cleaned["says"]), cleaned["replaced_by"], cleaned["from_date"])
        if not stated(cleaned["states_it"], [fact]):
            self.add_error("states_it", "None of the phrases is in this sentence")
        if stated(cleaned["does_not"], [fact]):
            self.add_error("does_not", "One of the phrases is also in this sentence. Make it longer")


class Newsletter(forms.Form):
    """A title, an introduction, and the changes."""

    title = forms.CharField(label="Title", required=False, max_length=200, error_messages=TOO_LONG)
    intro = forms.CharField(
        label="In short",
        help_text="A few words of your own. No names, numbers or references of anyone: this goes by e-mail",
        required=False,
        max_length=4_000,
        error_messages=TOO_LONG,
    )
    offered = forms.CharField(required=False, widget=forms.HiddenInput)
    items = forms.MultipleChoiceField(label="What changed", required=False)

    def __init__(self, *arguments: Any, changed: Iterable[tuple[str, Item]], numbers: Collection[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.changed, self.numbers = dict(changed), numbers
        choices = [(code, f"{item.title}. {item.became}") for code, item in self.changed.items()]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_title(self) -> str:
        """The title, which is asked for."""
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("Write what it is called")
        return self._without_personal_details(title)

    def clean_intro(self) -> str:
        """What the editor writes, about nobody."""
        return self._without_personal_details(several_lines(self.cleaned_data["intro"]))

    def clean(self) -> dict[str, Any]:
        """It says something, and what changed is about nobody either."""
        cleaned = self.cleaned_data
        cleaned["chosen"] = [self.changed[code] for code in cleaned.get("items", [])]
        if not self.errors and not cleaned["intro"] and not cleaned["chosen"]:
            self.add_error("intro", "Write a few words, or choose something that changed")
        before = cleaned.get("offered", "").split(",")  # what came while it was written is in no newsletter after this one
        came = [item.title for code, item in self.changed.items() if code not in before]
        if any(before) and came:
            self.add_error("items", f"“{came[0]}” came while you were writing. Say whether it belongs here, then keep the draft")
        titles = " ".join(item.title for item in cleaned["chosen"])
        if personal_details := personal(titles, self.numbers):
            self.add_error("items", f"“{personal_details[0][:60]}” in a title may be about one person. Leave that one out")
        return cleaned

    def _without_personal_details(self, text: str) -> str:
        if personal_details := personal(text, self.numbers):
            raise forms.ValidationError(f"“{personal_details[0][:60]}” may be about one person. Take it out: this goes by e-mail")
        return text
