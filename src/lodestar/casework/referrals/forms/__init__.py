"""What is said of a referral while it is written, and what is taken from another one: shape and wording."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from lodestar.casework.cases.presenters import label
from lodestar.casework.concerns.forms.fields import Version
from lodestar.casework.referral_forms.forms.answers import RowsField, field_of
from lodestar.casework.referral_forms.rules.coach import questions
from lodestar.casework.referral_forms.rules.made import missing_lines
from lodestar.casework.referral_forms.rules.sections import TICKED, Ask, Section
from lodestar.casework.referrals.queries.outgoing import Offered
from lodestar.casework.referrals.queries.writing import CONFIRMED, Sheet
from lodestar.platform.design.forms.fields import LinesField, WhenField, WordsField
from lodestar.platform.text.merge_edits import Raw, can_hold_both, marks, settle
from lodestar.platform.text.reference_lists import rows_on
from lodestar.platform.text.text_normalise import one_line, several_lines
from lodestar.platform.time.days import london_date


class Review(forms.Form):
    """One comment."""

    comment = LinesField(
        label="What would make it clearer",
        help_text="Comment on the text, not on the people. The writer reads it. It is not sent, but it can be disclosed",
        max_length=2000,
        required=True,
        error_messages={"required": "Write what you saw, or go back"},
    )


class Common(forms.Form):
    """The answers offered. Each tick names the very words that were shown: what was changed meanwhile is shown again."""

    def __init__(self, offers: Sequence[Offered], data: Any = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.offers = {f"take-{offer.mark}": offer for offer in offers}
        for name, offer in self.offers.items():
            self.fields[name] = forms.BooleanField(label=offer.ask.label, required=False)

    def ticked_offers(self) -> list[Offered]:
        """Those that were ticked."""
        return [offer for name, offer in self.offers.items() if self.cleaned_data[name]]


class TextQuestions(forms.Form):
    """What only a reader can say of the text of a section: the writer ticks what is so. Kept for this text alone."""

    confirmed = forms.MultipleChoiceField(
        label="Read it once more. What is so?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Your ticks are kept with your name, for the text as it is now. They are not sent",
    )  # fmt: skip

    def __init__(self, section: Section, sheet: Sheet, *, has_signs: bool, data: Any = None) -> None:
        super().__init__(data if data and "seen" in data else None, auto_id="%s", use_required_attribute=False)
        self.section, self.sheet = section, sheet
        asked = questions(section.code, london_date(timezone.now()), has_signs=has_signs)
        choices = [(row["code"], row["ask"]) for row in asked]
        self.fields["confirmed"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.is_asked = bool(asked and sheet.text_mark(section, {}))  # there is a text to read, and a question of it
        self.initial = {"confirmed": sorted(sheet.confirmed_in(section))}

    def answers(self, changed: Mapping[str, str]) -> dict[str, str]:
        """What is kept of the ticks beside the answers that are `changed`; nothing where it is kept already. A tick from
        before the text changed has to be made again."""
        mark = self.sheet.text_mark(self.section, changed)
        earlier = frozenset() if mark == self.sheet.text_mark(self.section, {}) else self.sheet.confirmed_in(self.section)
        ticked = {*self.cleaned_data["confirmed"]} - earlier if self.is_valid() and mark else ()
        words = " ".join([mark, *sorted(ticked)]) if ticked else ""
        before = self.sheet.ticked.get(self.section.code, "")
        return {f"{CONFIRMED}{self.section.code}": words} if words != before else {}


SHOWN = 8_000  # bytes of long answers on one page, which has a budget; what is beyond has pages of its own

WRITTEN = frozenset({"long_text", "text", "rows"})


def _picked_from(ask: Ask, sheet: Sheet, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """What of the case may be picked, or of a dated list; what was picked before can be left."""
    if ask.kind == "files":
        return [(name, name) for name in dict.fromkeys([*sheet.files, *chosen])]
    if ask.kind == "people":
        return [(str(exploiter.id), label(exploiter)) for exploiter in sheet.exploiters]
    if ask.from_list:
        codes_in_force = {row["code"] for row in rows_on(*TICKED[ask.from_list], london_date(timezone.now()))}
        return [(value, name) for value, name in ask.options if value in codes_in_force or value in chosen]
    return []


def put_apart(asked: Sequence[Ask], answers: Mapping[str, str]) -> frozenset[str]:
    """The longest of these answers, as many as do not fit on one page together."""
    sizes = {ask.code: len(answers.get(ask.code, "").encode()) for ask in asked if ask.kind in WRITTEN}
    apart: set[str] = set()
    for code in sorted(sizes, key=lambda code: -sizes[code]):
        if sum(size for question, size in sizes.items() if question not in apart) <= SHOWN:
            break
        apart.add(code)
    return frozenset(apart)


class SectionForm(forms.Form):
    """The questions that are on the page, and with `data` those that were on the page that was sent. `only` is the one that
    is asked where it has a page of its own; without it, what is too long for a page of several is `apart`.

    `seen` says, question by question, what stood there when the writer began: whatever was not on their page is left as it
    is, and what they left alone stays a colleague's.
    """

    def __init__(self, section: Section, sheet: Sheet, data: QueryDict | None = None, only: str = "") -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.only, self.sheet = only, sheet
        drawn = [ask for ask in sheet.drawn(section) if not ask.source and (ask.kind != "people" or sheet.exploiters)]
        sent = self._sent_marks(section)
        self.put_by = frozenset(self._codes_put_by(drawn)) if not only else frozenset()
        self.apart = frozenset() if only else put_apart(drawn, sheet.given_answers) - sent.keys() | self.put_by
        asked = [ask for ask in drawn if ask.code == (only or ask.code) and ask.code not in self.apart]
        self.asks: dict[str, Ask] = {ask.code: ask for ask in asked}
        self.asks |= {ask.code: ask for ask in section.asks if ask.code in sent and not ask.source}
        self.clashing: tuple[str, ...] = ()
        self.settled: Mapping[str, Raw] = {}
        for code, ask in self.asks.items():
            chosen = ask.values(sheet.given_answers.get(code, ""))
            picked = _picked_from(ask, sheet, chosen)
            self.fields[code] = field_of(ask, picked, ask.label, is_answered=bool(sheet.given_answers.get(code)))
        self.before: dict[str, Raw] = {code: self._as_raw(code, sheet.given_answers.get(code, "")) for code in self.asks}
        self.initial = {code: self._as_initial(code) for code in self.asks}
        if self.is_bound:
            self._accept_current_values([code for code in self.asks if code not in sent])

    def _codes_put_by(self, drawn: Sequence[Ask]) -> Iterator[str]:
        """Answers that were refused and wait on a page of their own, as it is said where the rest was put by."""
        put_by_codes = self.data.getlist("put_by") if isinstance(self.data, QueryDict) else ()
        yield from (ask.code for ask in drawn if ask.code in put_by_codes)

    def valid_changes(self) -> dict[str, str]:
        """Of a form that was refused: the answers that nothing is wrong with and that differ from what stood."""
        self.full_clean()
        wrong = {*self.errors, *self.clashing}
        changed = [code for code in self.asks if self.settled.get(code, self.before[code]) != self.before[code]]
        return {code: self._stored_answer(code) for code in changed if code not in wrong}

    def refused(self) -> Iterator[tuple[str, QueryDict, bool]]:
        """Each answer that something is wrong with, as its writer sent it, and whether it has a page of its own."""
        sent, raw = cast(QueryDict, self.data), self.raw()
        marks_of = dict(pair.split(":", 1) for pair in str(sent.get("seen", "")).split(".") if ":" in pair)
        for code in self.asks:
            if code in self.errors or code in self.clashing:
                number, value = self._numbers[code], raw[code]
                draft = QueryDict(mutable=True)
                draft.setlist(code, list(value) if isinstance(value, tuple) else [value])
                draft["seen"] = f"{number}:{marks_of.get(str(number), '')}"
                yield code, draft, self.asks[code].kind in WRITTEN and len(str(value).encode()) > SHOWN // 8

    def _accept_current_values(self, codes: Sequence[str]) -> None:
        """What has come onto the page since it was sent is on it as if its writer had seen it a moment ago."""
        if not codes:
            return
        sent = cast(QueryDict, self.data).copy()
        for code in codes:
            value = self.before[code]
            sent.setlist(code, list(value) if isinstance(value, tuple) else [value])
        sent["seen"] = ".".join(filter(None, [sent.get("seen", ""), *(self._mark_of(code) for code in codes)]))
        self.data = sent

    def _mark_of(self, code: str) -> str:
        return f"{self._numbers[code]}:{marks({code: self.before[code]})}"

    # --- what stood, what was sent ---------------------------------------------------------------------------------------

    def _sent_marks(self, section: Section) -> dict[str, str]:
        """The marks that came with the form, by question."""
        numbered = {str(number): ask.code for number, ask in enumerate(section.asks)}
        self._numbers = {code: number for number, code in numbered.items()}
        pairs = [pair.partition(":") for pair in str(self.data.get("seen", "")).split(".")]
        sent = {numbered[number]: mark for number, _, mark in pairs if number in numbered}
        return {code: mark for code, mark in sent.items() if code == (self.only or code)}

    def _is_several(self, code: str) -> bool:
        return isinstance(self.fields[code], forms.MultipleChoiceField)

    def _as_raw(self, code: str, answer: str) -> Raw:
        return tuple(sorted(self.asks[code].values(answer))) if self._is_several(code) else answer

    def _as_initial(self, code: str) -> Any:
        value = self.before[code]
        if isinstance(value, tuple):
            return list(value)
        return bool(value) if self.asks[code].kind == "tick" else value

    def raw(self) -> dict[str, Raw]:
        """What was typed, fit to be compared."""
        raw_values: dict[str, Raw] = {}
        for code, field in self.fields.items():
            value = field.widget.value_from_datadict(self.data, self.files, code)
            if self._is_several(code):
                raw_values[code] = tuple(sorted(str(item) for item in value or ()))
            elif isinstance(field, RowsField):
                raw_values[code] = str(value or "")
            elif isinstance(field, forms.BooleanField):
                raw_values[code] = "true" if value else ""
            else:
                tidy = several_lines if isinstance(field.widget, forms.Textarea) else one_line
                raw_values[code] = tidy(str(value or ""))
        return raw_values

    @property
    def seen(self) -> str:
        """What the writer saw: a mark for each question on the page. What was sent comes back."""
        return str(self.data.get("seen", "")) if self.is_bound else self.now

    @property
    def now(self) -> str:
        """What stands at this moment, in the same way."""
        return ".".join(self._mark_of(code) for code in self.before)

    # --- two writers -----------------------------------------------------------------------------------------------------

    def settle(self, section: Section) -> bool:
        """Takes in what a colleague wrote meanwhile. False while both have written the same answer differently."""
        sent = {code: mark for code, mark in self._sent_marks(section).items() if code in self.asks}
        keep = str(self.data.get("keep", "")) if self.data.get("shown") == self.now else ""
        raw = self.raw()
        settled = settle(
            ".".join(sent[code] for code in sorted(sent)),
            {code: raw[code] for code in sent},
            {code: self.before[code] for code in sent},
            keep=keep,
            joined=frozenset(code for code in sent if self._is_text(code)),
        )
        self.clashing, self.settled = settled.clashing, settled.values
        if not self.clashing:
            self._take({**self.before, **settled.values})
        return not self.clashing

    def _take(self, values: Mapping[str, Raw]) -> None:
        """Goes on with these answers as if they had been sent."""
        sent = {code: list(value) if isinstance(value, tuple) else value for code, value in values.items()}
        self.data = {**sent, "seen": self.seen}

    def add_missing(self, code: str) -> None:
        """Puts what is listed and does not stand in this answer after what was written there."""
        written = str(self.raw().get(code, ""))
        lines = missing_lines(self.sheet.made.get(code, ""), written)
        if code in self.asks and lines:
            sent = cast(QueryDict, self.data).copy()
            sent[code] = f"{written}\n{lines}".strip()
            self.data = sent

    def _is_text(self, code: str) -> bool:
        return self.asks[code].kind in ("long_text", "several")

    def changed(self) -> dict[str, str]:
        """The answers that differ from what stood, as they are kept."""
        changes = {}
        for code in self.asks:
            answer = self._stored_answer(code)
            if self._as_raw(code, answer) != self.before[code]:
                changes[code] = answer
        return changes

    def _stored_answer(self, code: str) -> str:
        """An answer as it is kept."""
        value = self.cleaned_data[code]
        answer = "true" if value is True else "" if value is False else value
        return "\n".join(answer) if isinstance(answer, list) else str(answer)

    def versions(self) -> list[Version]:
        """What two people wrote differently."""
        mine = self.raw()
        return [
            Version("", self.asks[code].label, self._answer_words(code, mine[code]), self._answer_words(code, self.before[code]))
            for code in self.clashing
        ]

    def _answer_words(self, code: str, value: Raw) -> str:
        answer = "\n".join(value) if isinstance(value, tuple) else value
        if self.asks[code].kind == "people":
            names = dict(self.fields[code].choices)  # type: ignore[attr-defined]  # a choice
            answer = ", ".join(str(names.get(choice, choice)) for choice in self.asks[code].values(answer))
        return self.asks[code].in_words(answer) or "nothing"

    @property
    def can_keep_both(self) -> bool:
        """Whether every answer that clashes can hold both."""
        return all(can_hold_both(self.before[code], self._is_text(code)) for code in self.clashing)


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
