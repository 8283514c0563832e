"""What a screen of signs said: ticks made and taken back, what was taken from whom, beliefs answered (it decides nothing); the
supervisor's decision on the signs listed; and the answer to a question that earlier records raise."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import labels
from lodestar.casework.concerns.actions import Tick
from lodestar.casework.concerns.forms.fields import Line, Version, Words, one_of, picked, some_of
from lodestar.casework.concerns.rules import Sign
from lodestar.platform.obligations.facts import SEIZED
from lodestar.platform.text.merge_edits import Raw, Settled, marks, settle

BELIEFS = [
    ("reasonable_grounds", "Yes, I have reasonable grounds"),
    ("signs_only", "Signs only: my sergeant decides"),
    ("none", "No reasonable grounds recorded yet"),
]
TAKEN = {"drugs": "Drugs", "cash": "Cash", "phone": "Phone"}
LONGEST = 22  # characters of a name beside a tick
BELIEF_HINT = "You do not need to be certain. “May be” is enough."
EVERYBODY = "all"
SCENE = "scene"


class TailForm(forms.Form):
    """What is typed on the screen."""

    words = Words("Anything else, in your words", 4000, help_text="As they said it, or as you saw it. It is kept as it is.")
    q = Line("Not here? Find it in your own words", 300)


class SignsSent:
    """One screen of signs as it was sent, or as it stands. `people` are all of the case, `ticks` and `answers` (the belief of
    each as a person answered it, empty where nobody has) what is recorded; `here` are the people with ticks on this page,
    `signs` the list by code."""

    def __init__(
        self, case: Case, people: Sequence[Person], ticks: Collection[Tick], answers: Mapping[UUID, str], *,
        here: Sequence[Person], signs: Mapping[str, Sign], group: str, data: QueryDict | None = None,
    ) -> None:  # fmt: skip
        self.case, self.people, self.ticks = case, people, frozenset(ticks)
        self.here, self.signs, self.group, self.data = here, signs, group, data
        self.sent = data if data is not None else QueryDict()
        self.names, self.ids = labels(people), {str(person.id): person.id for person in people}
        # Those whom a tick for all is about: not who is there only because they may be using others.
        self.everybody = [person for person in people if set(person.roles) != {"exploiter"}]
        self.theirs: dict[str, Raw] = {str(person.number): answers.get(person.id, "") for person in self.everybody}
        self.is_one_answer = len(set(self.theirs.values())) <= 1  # one does for all: nobody was answered differently
        self.of_group = [sign for sign in signs.values() if sign.group == group]
        self.tail = TailForm(data, auto_id="%s", use_required_attribute=False)

    @cached_property
    def mine(self) -> frozenset[Tick]:
        """The ticks that the form sent; of a form not sent yet, those that stand."""
        if self.data is None:
            return self.ticks
        ticks: set[Tick] = {(code, None) for code in self.data.getlist(SCENE)}
        for name in self.data:
            kind, _, rest = str(name).partition("-")
            if kind == "s":
                ticks |= {(rest, person_id) for sent in self.data.getlist(name) for person_id in self._meant(sent)}
            elif kind == "about" and rest in self.ids:
                ticks |= {(code, self.ids[rest]) for code in self.data.getlist(name)}
        return frozenset(tick for tick in ticks if tick[0] in self.signs)

    def _meant(self, sent: str) -> list[UUID | None]:
        """Whom a tick is about: the scene, everybody who may be used, or the person whose id it carries."""
        if sent == SCENE:
            return [None]
        if sent == EVERYBODY:
            return [person.id for person in self.everybody]
        return [self.ids[sent]] if sent in self.ids else []

    @cached_property
    def _was(self) -> frozenset[Tick]:
        """The ticks that stood on the page as it was drawn: what is among them and not sent was taken back."""
        numbers: dict[str, UUID | None] = {str(person.number): person.id for person in self.people}
        numbers["0"] = None
        pairs = (token.rpartition(".") for token in str(self.sent.get("was", "")).split())
        return frozenset((code, numbers[number]) for code, _, number in pairs if number in numbers)

    def _taken_from(self, person: Person) -> set[str]:
        return {thing for thing in SEIZED if str(person.id) in self.sent.getlist(f"z-{thing}")}

    def seized(self) -> dict[UUID, list[str]]:
        """What is now recorded as taken from each person of whom something was ticked or unticked."""
        changed = {}
        was = set(str(self.sent.get("z", "")).split())
        for person in self.people:
            before = {thing for thing in SEIZED if f"{thing}.{person.number}" in was}
            sent = self._taken_from(person)
            now = (set(person.seized) | (sent - before)) - (before - sent)
            if now != set(person.seized):
                changed[person.id] = [thing for thing in SEIZED if thing in now]
        return changed

    def my_beliefs(self) -> dict[str, Raw]:
        """What this form answers of each person: the answer of their own, else the one for all who have a sign or are used."""
        for_all = self._answered("belief")
        with_sign = {person for _, person in self.mine | (self.ticks - self._was)}
        answers: dict[str, Raw] = {}
        for person in self.everybody:
            own, alone = self._answered(f"b-{person.number}"), len(self.everybody) == 1
            is_meant = alone or person.id in with_sign or "possible_victim" in person.roles
            answers[str(person.number)] = own or (for_all if is_meant and for_all else "")
        return {number: answer or self.theirs[number] for number, answer in answers.items()}

    def _answered(self, name: str) -> str:
        answer = str(self.sent.get(name, ""))
        return answer if answer in dict(BELIEFS) else ""

    @cached_property
    def beliefs(self) -> Settled:
        """Answers on belief, put together with those given meanwhile."""
        keep = self.sent.get("keep", "") if self.sent.get("shown", "") == marks(self.theirs) else ""
        return settle(self.sent.get("beliefs", ""), self.my_beliefs(), self.theirs, keep=str(keep))

    def answered(self) -> dict[str, Any]:
        """All that the form says and that is not so recorded yet: ticks made and taken back, what was taken, beliefs."""
        by_number = {str(person.number): person for person in self.everybody}
        changed = {
            by_number[number].id: str(belief)
            for number, belief in self.beliefs.values.items()
            if belief and belief != self.theirs[number]
        }
        ticks = {"seen": self.mine - self._was, "taken_back": self._was - self.mine}
        return {**ticks, "seized": self.seized(), "beliefs": changed}

    def versions(self) -> list[Version]:
        """What two people answered differently."""
        names = {str(person.number): self.names[person.id] for person in self.everybody}
        labels, mine = dict(BELIEFS), self.my_beliefs()
        return [
            Version(names[number], "May they be a victim?", labels[str(mine[number])], labels[str(self.theirs[number])])
            for number in self.beliefs.clashing
        ]


class SignsScreen(SignsSent):
    """The ticks of this page as they are drawn. After a search, `found` are the signs that it brought."""

    found: Sequence[Sign] = ()
    is_search = False

    def form(self) -> forms.Form:
        """The ticks of this page, as they stand or as they were sent. After a search only what it brought is drawn."""
        drawn = forms.Form(auto_id="%s")
        if not self.is_search:
            self._draw_group(drawn)
        for sign in self.found_here:
            self._draw(drawn, sign)
        self._draw_seized(drawn)
        self._draw_beliefs(drawn)
        return drawn

    def _draw_group(self, drawn: forms.Form) -> None:
        drawn.fields[SCENE] = some_of("Here, about things and the place", _listed(self.of_group, "scene"))
        drawn.initial[SCENE] = [code for code, person in self.mine if person is None]
        about = [sign for sign in self.of_group if sign.about == "person"]
        if len(self.here) == 1:
            person = self.here[0]
            name = f"about-{person.id}"
            drawn.fields[name] = some_of(f"About {self.names[person.id]}", _listed(about, "person"))
            drawn.initial[name] = [code for code, whose in self.mine if whose == person.id]
        else:
            for sign in about:
                self._draw(drawn, sign)

    def _draw(self, drawn: forms.Form, sign: Sign) -> None:
        name = f"s-{sign.code}"
        choices = [(SCENE, "Seen here")] if sign.about == "scene" else self._people()
        drawn.fields[name] = some_of(sign.sentence, choices)
        ticks = self.ticks if sign.code in self._newly_found else self.mine
        drawn.initial[name] = [str(whose) if whose else SCENE for code, whose in ticks if code == sign.code]

    def _each(self) -> list[tuple[str, str]]:
        return [(str(person.id), _tick_label(person, self.names[person.id])) for person in self.here]

    def _people(self) -> list[tuple[str, str]]:
        choices = self._each()
        count = len(self.everybody)
        if count < 2:
            return choices
        if count < len(self.people):
            return [*choices, (EVERYBODY, "Everyone not exploiting others")]
        return [*choices, (EVERYBODY, "Both" if count == 2 else f"All {count}")]

    def _draw_seized(self, drawn: forms.Form) -> None:
        for thing, words in TAKEN.items():
            drawn.fields[f"z-{thing}"] = some_of(words, self._each())
            drawn.initial[f"z-{thing}"] = [
                str(person.id)
                for person in self.here
                if thing in (person.seized if self.data is None else self._taken_from(person))
            ]

    def _draw_beliefs(self, drawn: forms.Form) -> None:
        if self.everybody and self.is_one_answer:
            name = self.names[self.everybody[0].id]
            asked = f"Do you think {name} may be a victim?" if len(self.everybody) == 1 else "Do you think they may be victims?"
            drawn.fields["belief"] = one_of(asked, BELIEFS, help_text=BELIEF_HINT)
            drawn.initial["belief"] = self.sent.get("belief") or next(iter(self.theirs.values()))
        if len(self.everybody) > 1:
            for person in self.here:
                number = str(person.number)
                if number in self.theirs:
                    drawn.fields[f"b-{number}"] = one_of(self.names[person.id], BELIEFS)
                    standing = "" if self.is_one_answer else self.theirs[number]
                    drawn.initial[f"b-{number}"] = self.sent.get(f"b-{number}") or standing

    @property
    def found_here(self) -> Sequence[Sign]:
        """What is drawn beside the group: what a search brought, and without one what an earlier search had brought."""
        if self.is_search:
            return self.found
        of_group = {sign.code for sign in self.of_group}
        return [self.signs[code] for code in self._drawn_before() if code in self.signs and code not in of_group]

    @property
    def _newly_found(self) -> set[str]:
        """What was not on the page when it was sent: it is drawn as it is recorded."""
        drawn_before = {*self._drawn_before(), *(sign.code for sign in self.of_group)}
        return {sign.code for sign in self.found_here} - drawn_before

    def _drawn_before(self) -> list[str]:
        return [name[2:] for name in map(str, self.sent) if name.startswith("s-")]

    def carried(self) -> list[tuple[str, str]]:
        """Ticks that are not drawn after a search, and travel on as they were made."""
        if not self.is_search:
            return []
        drawn = {sign.code for sign in self.found_here}
        ticks = sorted((tick for tick in self.mine if tick[0] not in drawn), key=str)
        return [(f"s-{code}", str(whose) if whose else SCENE) for code, whose in ticks]

    def hidden(self) -> dict[str, str]:
        """What travels with the form: whose ticks it shows, and the ticks and answers that stood when each was drawn first. Words
        that were kept come back by an address that does not say whose."""
        here = {person.id for person in self.here}
        first = {"from": str(self.people.index(self.here[0]) + 1)} if self.here else {}
        if self.data is not None:
            sent = first | {name: str(self.data.get(name, "")) for name in ("was", "z", "beliefs")}
            return sent | {"was": " ".join([sent["was"], *self._tokens(self._newly_found, here)]).strip()}
        taken = [f"{thing}.{person.number}" for person in self.here for thing in person.seized]
        was = self._tokens({sign.code for sign in self.of_group}, here)
        return first | {"was": " ".join(was), "z": " ".join(taken), "beliefs": marks(self.theirs)}

    def _tokens(self, codes: set[str], here: set[UUID]) -> list[str]:
        numbers = {person.id: person.number for person in self.people}
        return sorted(
            f"{code}.{numbers[whose] if whose else 0}"
            for code, whose in self.ticks
            if code in codes and (whose is None or whose in here)
        )


def _tick_label(person: Person, name: str) -> str:
    """What stands beside a tick. A name that is cut is told from one that begins alike by its number."""
    number = f"… ({person.number})"
    return name if len(name) <= LONGEST else f"{name[: LONGEST - len(number)].rstrip()}{number}"


def _listed(signs: Sequence[Sign], about: str) -> list[tuple[str, str]]:
    return [(sign.code, sign.sentence) for sign in signs if sign.about == about]


DECISIONS = [("reasonable_grounds", "There are reasonable grounds"), ("none", "No reasonable grounds recorded yet")]
NOTHING_DECIDED = "Nothing is decided yet: choose an answer. What you wrote is still here"


class BeliefForm(forms.Form):
    """What is decided, why, and what would change it. A decision may be saved without its reason: then that stays owed."""

    belief = one_of("What do you decide?", DECISIONS)
    because = Words("Why", 2000, help_text="The facts you rely on: what they said and what was seen.")
    would_change = Words("What would change that?", 2000, help_text="Like a second account, or what a phone shows.")

    def clean(self) -> dict[str, Any]:
        """Without an answer there is nothing to save."""
        if "belief" not in self.errors and not self.cleaned_data.get("belief"):
            self.add_error("belief", NOTHING_DECIDED)
        return self.cleaned_data


ANSWERS = [
    ("yes", "Yes: open a concern with what the records say"),
    ("no", "No, as far as we know"),
    ("passed", "Someone else can answer it better"),
]
NOTHING_ANSWERED = "Nothing is answered yet: choose an answer. What you wrote is still here"
SAY_WHY = "Write why, in a few words. What you chose is still here"
ONE_COLLEAGUE = "Choose one colleague, from the list or by user name"


class AnswerForm(forms.Form):
    """Yes, no with a reason, or passed on to a named colleague with a reason."""

    answer = one_of("What do you answer?", ANSWERS)
    reason = Words("Why", 2000, help_text="Needed for a no, and when you pass it on. What you know that the records do not show")
    to = picked("If someone else: who?", [])
    other = Line("Or by user name", 80, help_text="As they sign in")

    def __init__(self, *arguments: Any, colleagues: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [("", "Choose one"), *((str(user), name) for user, name in colleagues)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """An answer; a reason for a no and for passing it on; and then to whom."""
        answers = self.cleaned_data
        answer = answers.get("answer", "")
        if "answer" not in self.errors and not answer:
            self.add_error("answer", NOTHING_ANSWERED)
        if answer in ("no", "passed") and "reason" not in self.errors and not answers.get("reason"):
            self.add_error("reason", SAY_WHY)
        if answer == "passed" and "to" not in self.errors and bool(answers.get("to")) == bool(answers.get("other")):
            self.add_error("to", ONE_COLLEAGUE)
        return answers
