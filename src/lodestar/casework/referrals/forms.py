"""What is said of a referral while it is written, what is taken from another one, and what of it becomes a fact of the case."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from lodestar.casework.cases.presenters import label
from lodestar.casework.concerns.forms.fields import PoliceAreas, RowForm, Version, as_sent
from lodestar.casework.referral_forms.forms.answers import RowsField, field_of
from lodestar.casework.referral_forms.rules.coach import questions
from lodestar.casework.referral_forms.rules.made import CaseFact
from lodestar.casework.referral_forms.rules.sections import TICKED, Ask, Section
from lodestar.casework.referrals.queries.outgoing import Offered
from lodestar.casework.referrals.queries.writing import CONFIRMED, Sheet
from lodestar.platform.design.forms.fields import LinesField, WhenField, WordsField
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.merge_edits import Raw, Settled, can_hold_both, marks, settle
from lodestar.platform.text.reference_lists import rows_on
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


class SectionForm(RowForm):
    """The questions that are on the page, and with `data` those that were on the page that was sent. `only` is the one that
    is asked where it has a page of its own; without it, what is too long for a page of several is `apart`.

    `seen` says, question by question, what stood there when the writer began: whatever was not on their page is left as it
    is, and what they left alone stays a colleague's.
    """

    def __init__(self, section: Section, sheet: Sheet, data: QueryDict | None = None, only: str = "") -> None:
        super().__init__(data, before={})
        self.only, self.sheet = only, sheet
        drawn = [ask for ask in sheet.drawn(section) if not ask.source and (ask.kind != "people" or sheet.exploiters)]
        self.numbers = {ask.code: number for number, ask in enumerate(section.asks)}
        sent = self._sent_marks()
        self.apart = frozenset() if only else put_apart(drawn, sheet.given_answers) - sent.keys()
        asked = [ask for ask in drawn if ask.code == (only or ask.code) and ask.code not in self.apart]
        self.asks: dict[str, Ask] = {ask.code: ask for ask in asked}
        self.asks |= {ask.code: ask for ask in section.asks if ask.code in sent and not ask.source}
        self.joined = frozenset(code for code, ask in self.asks.items() if ask.kind in ("long_text", "several"))
        for code, ask in self.asks.items():
            answer = sheet.given_answers.get(code, "")
            picked = _picked_from(ask, sheet, ask.values(answer))
            self.fields[code] = field_of(ask, picked, ask.label, is_answered=bool(answer))
            self.before[code] = self._as_raw(code, answer)
            self.initial[code] = as_sent(self.before[code])
        if self.is_bound:
            self._accept_current_values([code for code in self.asks if code not in sent])

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
        return f"{self.numbers[code]}:{marks({code: self.before[code]})}"

    def _sent_marks(self) -> dict[str, str]:
        """The marks that came with the form, by question."""
        by_number = dict(pair.partition(":")[::2] for pair in str(self.data.get("seen", "")).split("."))
        sent = {code: by_number[str(number)] for code, number in self.numbers.items() if str(number) in by_number}
        return {code: mark for code, mark in sent.items() if code == (self.only or code)}

    def _as_raw(self, code: str, answer: str) -> Raw:
        is_several = isinstance(self.fields[code], forms.MultipleChoiceField)
        return tuple(sorted(self.asks[code].values(answer))) if is_several else answer

    def raw(self) -> dict[str, Raw]:
        """What was typed, fit to be compared; a list is so already, and a tick is kept as a word."""
        raw_values = super().raw()
        for code, field in self.fields.items():
            if isinstance(field, RowsField | forms.BooleanField):
                value = field.widget.value_from_datadict(self.data, self.files, code)
                raw_values[code] = str(value or "") if isinstance(field, RowsField) else "true" if value else ""
        return raw_values

    @property
    def now(self) -> str:
        """What stands at this moment: a mark for each question on the page."""
        return ".".join(self._mark_of(code) for code in self.before)

    def settled(self) -> Settled:
        """What was sent put together with what a colleague wrote meanwhile, and what was not on the page as it stands."""
        sent = {code: mark for code, mark in self._sent_marks().items() if code in self.asks}
        keep = str(self.data.get("keep", "")) if self.data.get("shown") == self.now else ""
        raw, before = self.raw(), {code: self.before[code] for code in sent}
        seen, mine = ".".join(sent[code] for code in sorted(sent)), {code: raw[code] for code in sent}
        settled = settle(seen, mine, before, keep=keep, joined=self.joined & sent.keys())
        return Settled({**self.before, **settled.values}, settled.clashing)

    def changes(self) -> dict[str, str]:
        """The answers that differ from what stood, as they are kept."""
        stored = {code: self._stored_answer(code) for code in self.asks}
        return {code: answer for code, answer in stored.items() if self._as_raw(code, answer) != self.before[code]}

    def _stored_answer(self, code: str) -> str:
        """An answer as it is kept."""
        value = self.cleaned_data[code]
        answer = "true" if value is True else "" if value is False else value
        return "\n".join(answer) if isinstance(answer, list) else str(answer)

    def versions(self) -> list[Version]:
        """What two people wrote differently."""
        return [Version("", self.asks[code].label, *self.both_in_words(code)) for code in self.clashing]

    def value_in_words(self, name: str, value: Raw) -> str:
        """An answer in words."""
        answer = "\n".join(value) if isinstance(value, tuple) else value
        if self.asks[name].kind == "people":
            names = dict(self.fields[name].choices)  # type: ignore[attr-defined]  # a choice
            answer = ", ".join(str(names.get(choice, choice)) for choice in self.asks[name].values(answer))
        return self.asks[name].in_words(answer) or "nothing"

    @property
    def can_keep_both(self) -> bool:
        """Whether every answer that clashes can hold both."""
        return all(can_hold_both(self.before[code], code in self.joined) for code in self.clashing)


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
