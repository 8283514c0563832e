"""Fields whose errors say what was typed and what to do. None is compulsory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms

from lodestar.platform.text.merge_edits import Raw, Settled, can_hold_both, marks, settle
from lodestar.platform.text.reference_lists import rows_on
from lodestar.platform.text.text_normalise import one_line, several_lines
from lodestar.platform.time.uk_dates import CannotRead

TOO_LONG = "This is {length} characters long, and {most} fit. Shorten it and save again; it is still here"
NOT_AN_ANSWER = "“%(value)s” is not one of the answers. Choose one, or leave it blank"
SHOWN = 40  # characters of what was typed that an error repeats

Choices = Sequence[tuple[str, Any]]


def _repeated(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


class Line(forms.CharField):
    """Words on one line, in any script, at most `most` characters."""

    def __init__(self, label: str, most: int = 200, **options: Any) -> None:
        super().__init__(label=label, required=False, **options)
        self.most = most

    def to_python(self, value: Any) -> str:
        return self._fit(one_line(str(value or "")))

    def _fit(self, text: str) -> str:
        if len(text) > self.most:
            raise forms.ValidationError(TOO_LONG.format(length=f"{len(text):,}", most=f"{self.most:,}"))
        return text


class Words(Line):
    """Words on several lines."""

    def __init__(self, label: str, most: int, **options: Any) -> None:
        super().__init__(label, most, widget=forms.Textarea, **options)

    def to_python(self, value: Any) -> str:
        return self._fit(several_lines(str(value or "")))


class Read(Line):
    """Words that are read as something: what cannot be read is said, with what was typed."""

    def __init__(self, label: str, read: Callable[[str], Any], **options: Any) -> None:
        super().__init__(label, **options)
        self.read = read

    def clean(self, value: Any) -> Any:
        try:
            return self.read(_repeated(one_line(str(value or ""))))
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from None


class PoliceAreas(Line):
    """The slugs of police areas, from their names with commas between; empty when blank. They are those of the `day` that the
    form sets: areas merge, and one was called by its name of then."""

    day: date

    def clean(self, value: Any) -> list[str]:
        rows = rows_on("reference", "police_areas", self.day)
        slug_by_name = {row["name"].casefold(): row["slug"] for row in rows}
        chosen: list[str] = []
        for name in filter(None, (part.strip() for part in one_line(str(value or "")).split(","))):
            if name.casefold() not in slug_by_name:
                wanted = "Write its whole name, like Norfolk, or leave it blank"
                raise forms.ValidationError(f"“{_repeated(name)}” is no police area. {wanted}")
            chosen.append(slug_by_name[name.casefold()])
        return list(dict.fromkeys(chosen))


def area_names(slugs: Sequence[str], day: date) -> str:
    """The names of police areas as the field above reads them on a day."""
    names = {row["slug"]: row["name"] for row in rows_on("reference", "police_areas", day)}
    return ", ".join(names.get(slug, slug) for slug in slugs)


def _chosen(label: str, choices: Choices, **options: Any) -> dict[str, Any]:
    errors = {"invalid_choice": NOT_AN_ANSWER}
    return {"label": label, "choices": choices, "required": False, "error_messages": errors, **options}


def one_of(label: str, choices: Choices, **options: Any) -> forms.ChoiceField:
    """One answer of a few, none of them chosen for the writer."""
    return forms.ChoiceField(**_chosen(label, choices, widget=forms.RadioSelect, **options))


def picked(label: str, choices: Choices, **options: Any) -> forms.ChoiceField:
    """One answer of many, from a list that opens."""
    return forms.ChoiceField(**_chosen(label, choices, **options))


def some_of(label: str, choices: Choices, **options: Any) -> forms.MultipleChoiceField:
    """Any number of ticks, none of them made for the writer."""
    return forms.MultipleChoiceField(**_chosen(label, choices, widget=forms.CheckboxSelectMultiple, **options))


def as_sent(value: Raw) -> str | list[str]:
    """An answer as a form sends it."""
    return list(value) if isinstance(value, tuple) else value


class RowForm(forms.Form):
    """`before` is what the row says now, as it would be typed; a row not yet there says nothing."""

    texts: ClassVar[frozenset[str]] = frozenset()  # answers that can hold two versions, one after the other

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, before: Mapping[str, Raw] | None = None, prefix: str | None = None
    ) -> None:
        initial = {name: as_sent(value) for name, value in (before or {}).items()}
        super().__init__(data, prefix=prefix, initial=initial, auto_id="%s", use_required_attribute=False)
        self.before: dict[str, Raw] = dict(before) if before else {name: self._blank(name) for name in self.fields}
        self.is_new = before is None
        self.clashing: tuple[str, ...] = ()

    def _blank(self, name: str) -> Raw:
        return () if isinstance(self.fields[name], forms.MultipleChoiceField) else ""

    def raw(self) -> dict[str, Raw]:
        """What was typed, fit to be compared: white space at the ends, and what is no writing, tell nothing apart."""
        answers: dict[str, Raw] = {}
        for name, field in self.fields.items():
            value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            if isinstance(field, forms.MultipleChoiceField):
                answers[name] = tuple(sorted(str(tick) for tick in value or ()))
            else:
                tidy = several_lines if isinstance(field.widget, forms.Textarea) else one_line
                answers[name] = tidy(str(value or ""))
        return answers

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was typed or ticked."""
        return not any(self.raw().values())

    @property
    def seen(self) -> str:
        """The marks of what its writer saw; what was sent comes back, so that a second try is compared with the same."""
        return str(self.data.get(self.add_prefix("seen"), "")) if self.is_bound else self.now

    @property
    def now(self) -> str:
        """The marks of what the row says at this moment."""
        return "" if self.is_new else marks(self.before)

    def settled(self) -> Settled:
        """What I wrote put together with what a colleague wrote meanwhile; a choice counts for what I was shown."""
        if self.is_new:
            return Settled(self.raw(), ())
        is_choice_of_this = self.data.get(self.add_prefix("shown"), "") == self.now
        keep = str(self.data.get("keep", "")) if is_choice_of_this else ""
        return settle(self.seen, self.raw(), self.before, keep=keep, joined=self.texts)

    def settle(self) -> bool:
        """Takes in what a colleague wrote meanwhile. False when both changed the same answer: then nothing is taken in."""
        settled = self.settled()
        self.clashing = settled.clashing
        if not self.clashing and not self.is_new:
            self.take(settled.values)
        return not self.clashing

    def take(self, values: Mapping[str, Raw]) -> None:
        """Goes on with these answers as if they had been sent."""
        sent = {self.add_prefix(name): as_sent(value) for name, value in values.items()}
        self.data = {**sent, self.add_prefix("seen"): self.seen}

    def changed(self, *names: str) -> bool:
        """Whether any of these answers differs from what the row said."""
        raw = self.raw()
        return any(_same_order(raw[name]) != _same_order(self.before[name]) for name in names)

    def value_in_words(self, name: str, value: Raw) -> str:
        """An answer in words."""
        field = self.fields[name]
        labels = dict(getattr(field, "choices", ()))
        words = [str(labels.get(choice, choice)) for choice in (value if isinstance(value, tuple) else (value,)) if choice]
        return ", ".join(words) or "nothing"

    def both_in_words(self, name: str) -> tuple[str, str]:
        """What I answered, and what is recorded."""
        return self.value_in_words(name, self.raw()[name]), self.value_in_words(name, self.before[name])


@dataclass(frozen=True)
class Version:
    """One answer that two people wrote: whose it is, what it is called, what each of them wrote."""

    about: str
    label: str
    mine: str
    theirs: str


class Screen:
    """Several forms of one page."""

    @property
    def named_forms(self) -> list[tuple[str, RowForm]]:
        """Every form of the page, in its order, each with whom it is about; empty for the case."""
        raise NotImplementedError

    @property
    def forms(self) -> list[RowForm]:
        """The forms alone."""
        return [form for _, form in self.named_forms]

    def settle(self) -> bool:
        """Puts what was typed together with what was recorded meanwhile, and reads every form, so that every error and every
        clash is said at once. True when all of it can be saved."""
        clear = [form.settle() for form in self.forms]
        valid = [form.is_valid() for form in self.forms]
        return all(clear) and all(valid)

    def versions(self) -> list[Version]:
        """What two people wrote differently."""
        clashes = [(about, form, name) for about, form in self.named_forms for name in form.clashing]
        return [Version(about, str(form.fields[name].label), *form.both_in_words(name)) for about, form, name in clashes]

    @property
    def can_keep_both(self) -> bool:
        """Whether every answer that clashes can hold both versions."""
        return all(can_hold_both(form.before[name], name in form.texts) for form in self.forms for name in form.clashing)


def _same_order(value: Raw) -> Raw:
    return tuple(sorted(value)) if isinstance(value, tuple) else value
