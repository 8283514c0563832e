"""What a screen of signs said: ticks made and taken back, what was taken from whom, beliefs answered. It decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django import forms
from django.http import QueryDict

from lodestar.cases.models import Case, Person
from lodestar.kernel.clash import Raw, Settled, marks, settle
from lodestar.kernel.facts import SEIZED
from lodestar.recognition.forms.fields import Line, Words
from lodestar.recognition.forms.rows import Version
from lodestar.recognition.rules import Sign

BELIEFS = [
    ("reasonable_grounds", "Yes, I have reasonable grounds"),
    ("signs_only", "Signs only: my sergeant decides"),
    ("none", "No reasonable grounds recorded yet"),
]
EVERYBODY = "all"
SCENE = "scene"

Tick = tuple[str, UUID | None]


@dataclass(frozen=True)
class Recorded:
    """What stands before the form is drawn or read: all people of the case, ticks, and what somebody answered of each."""

    case: Case
    people: Sequence[Person]
    names: Mapping[UUID, str]
    ticks: frozenset[Tick]
    answers: Mapping[UUID, str]  # belief of each person as a person answered it, empty where nobody has


@dataclass(frozen=True)
class Answered:
    """What one sent form says, put together with what stands now."""

    seen: frozenset[Tick]
    taken_back: frozenset[Tick]
    seized: Mapping[UUID, list[str]]
    beliefs: Mapping[UUID, str]
    clashing: tuple[str, ...] = field(default=())


class TailForm(forms.Form):
    """What is typed on the screen."""

    words = Words(
        "Anything else, in your words", 4000, help_text="As they said it, or as you saw it. It is kept as it is."
    )
    q = Line("Not here? Find it in your own words", 300)


class SignsSent:
    """One screen of signs as it was sent, or as it stands. `here` are the people with ticks on it, `signs` the list by code."""

    def __init__(
        self,
        recorded: Recorded,
        *,
        here: Sequence[Person],
        signs: Mapping[str, Sign],
        group: str,
        data: QueryDict | None = None,
    ) -> None:
        self.recorded, self.here, self.signs, self.group, self.data = recorded, here, signs, group, data
        self.sent = data if data is not None else QueryDict()
        self.of_group = [sign for sign in signs.values() if sign.group == group]
        self.tail = TailForm(data, auto_id="%s", use_required_attribute=False)

    @cached_property
    def _ids(self) -> dict[str, UUID]:
        return {str(person.id): person.id for person in self.recorded.people}

    @cached_property
    def mine(self) -> frozenset[Tick]:
        """The ticks that the form sent; of a form not sent yet, those that stand."""
        if self.data is None:
            return self.recorded.ticks
        found: set[Tick] = {(code, None) for code in self.data.getlist(SCENE)}
        for name in self.data:
            kind, _, rest = str(name).partition("-")
            if kind == "s":
                found |= {(rest, one) for sent in self.data.getlist(name) for one in self._meant(sent)}
            elif kind == "about" and rest in self._ids:
                found |= {(code, self._ids[rest]) for code in self.data.getlist(name)}
        return frozenset(tick for tick in found if tick[0] in self.signs)

    def _meant(self, sent: str) -> list[UUID | None]:
        """Whom a tick is about: the scene, everybody who may be used, or the person whose id it carries."""
        if sent == SCENE:
            return [None]
        if sent == EVERYBODY:
            return [person.id for person in self.everybody]
        return [self._ids[sent]] if sent in self._ids else []

    @cached_property
    def _was(self) -> frozenset[Tick]:
        """The ticks that stood on the page as it was drawn: what is among them and not sent was taken back."""
        numbers: dict[str, UUID | None] = {str(person.number): person.id for person in self.recorded.people}
        numbers["0"] = None
        pairs = (token.rpartition(".") for token in str(self.sent.get("was", "")).split())
        return frozenset((code, numbers[number]) for code, _, number in pairs if number in numbers)

    def _taken_from(self, person: Person, prefix: str = "z") -> set[str]:
        return {thing for thing in SEIZED if str(person.id) in self.sent.getlist(f"{prefix}-{thing}")}

    def seized(self) -> dict[UUID, list[str]]:
        """What is now recorded as taken from each person of whom something was ticked or unticked."""
        found = {}
        was = set(str(self.sent.get("z", "")).split())
        for person in self.recorded.people:
            before = {thing for thing in SEIZED if f"{thing}.{person.number}" in was}
            sent = self._taken_from(person)
            now = (set(person.seized) | (sent - before)) - (before - sent)
            if now != set(person.seized):
                found[person.id] = [thing for thing in SEIZED if thing in now]
        return found

    @cached_property
    def everybody(self) -> list[Person]:
        """Those whom a tick for all is about: not who is there only because they may be using others."""
        return [person for person in self.recorded.people if set(person.roles) != {"exploiter"}]

    @cached_property
    def theirs(self) -> dict[str, Raw]:
        """What was answered of each person, by number."""
        return {str(person.number): self.recorded.answers.get(person.id, "") for person in self.everybody}

    @property
    def is_one_answer(self) -> bool:
        """Whether one answer does for all: nobody was answered differently from the others."""
        return len(set(self.theirs.values())) <= 1

    def my_beliefs(self) -> dict[str, Raw]:
        """What this form answers of each person: the answer of their own, else the one for all who have a sign or are used."""
        for_all = _known(self.sent.get("belief", ""))
        with_sign = {person for _, person in self.mine | (self.recorded.ticks - self._was)}
        found: dict[str, Raw] = {}
        for person in self.everybody:
            own, alone = _known(self.sent.get(f"b-{person.number}", "")), len(self.everybody) == 1
            is_meant = alone or person.id in with_sign or "possible_victim" in person.roles
            found[str(person.number)] = own or (for_all if is_meant and for_all else "")
        return {number: answer or self.theirs[number] for number, answer in found.items()}

    @cached_property
    def beliefs(self) -> Settled:
        """Answers on belief, put together with those given meanwhile."""
        keep = self.sent.get("keep", "") if self.sent.get("shown", "") == marks(self.theirs) else ""
        return settle(self.sent.get("beliefs", ""), self.my_beliefs(), self.theirs, keep=str(keep))

    def answered(self) -> Answered:
        """All that the form says and that is not so recorded yet."""
        by_number = {str(person.number): person for person in self.everybody}
        changed = {
            by_number[number].id: str(belief)
            for number, belief in self.beliefs.values.items()
            if belief and belief != self.theirs[number]
        }
        return Answered(
            seen=self.mine - self._was,
            taken_back=self._was - self.mine,
            seized=self.seized(),
            beliefs=changed,
            clashing=self.beliefs.clashing,
        )

    def versions(self) -> list[Version]:
        """What two people answered differently."""
        names = {str(person.number): self.recorded.names[person.id] for person in self.everybody}
        labels, mine = dict(BELIEFS), self.my_beliefs()
        return [
            Version(names[number], "May they be a victim?", labels[str(mine[number])], labels[str(self.theirs[number])])
            for number in self.beliefs.clashing
        ]


def _known(answer: str) -> str:
    return answer if answer in dict(BELIEFS) else ""
