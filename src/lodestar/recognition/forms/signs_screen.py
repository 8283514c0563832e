"""The third screen as it is drawn: signs of one group, or what a search found. Nothing is ticked for anyone."""

from collections import Counter
from collections.abc import Container, Sequence
from typing import Any
from uuid import UUID

from django import forms

from lodestar.cases.models import Person
from lodestar.kernel.clash import marks
from lodestar.recognition.forms.fields import one_of, some_of
from lodestar.recognition.forms.signs_sent import BELIEFS, EVERYBODY, SCENE, Recorded, SignsSent
from lodestar.recognition.rules import Sign

__all__ = ["Recorded", "SignsScreen"]

TAKEN = {"drugs": "Drugs", "cash": "Cash", "phone": "Phone"}
LONGEST = 22  # characters of a name beside a tick
BELIEF_HINT = "You do not need to be certain. “May be” is enough."


class SignsScreen(SignsSent):
    """The ticks of this page. After a search, `found` are the signs that it brought."""

    def __init__(self, recorded: Recorded, **page: Any) -> None:
        super().__init__(recorded, **page)
        self.found: list[Sign] = []
        self.is_search = False

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
            drawn.fields[name] = some_of(f"About {self.recorded.names[person.id]}", _listed(about, "person"))
            drawn.initial[name] = [code for code, whose in self.mine if whose == person.id]
        else:
            for sign in about:
                self._draw(drawn, sign)

    def _draw(self, drawn: forms.Form, sign: Sign) -> None:
        name = f"s-{sign.code}"
        choices = [(SCENE, "Seen here")] if sign.about == "scene" else self._people()
        drawn.fields[name] = some_of(sign.sentence, choices)
        ticks = self.recorded.ticks if sign.code in self._newly_found else self.mine
        drawn.initial[name] = [str(whose) if whose else SCENE for code, whose in ticks if code == sign.code]

    def _each(self) -> list[tuple[str, str]]:
        short = {person.id: _short(self.recorded.names[person.id], LONGEST) for person in self.here}
        alike = {words for words, count in Counter(short.values()).items() if count > 1}
        return [(str(person.id), _told_apart(person, short[person.id], alike)) for person in self.here]

    def _people(self) -> list[tuple[str, str]]:
        found = self._each()
        count = len(self.everybody)
        if count < 2:
            return found
        if count < len(self.recorded.people):
            return [*found, (EVERYBODY, "Everyone not exploiting others")]
        return [*found, (EVERYBODY, "Both" if count == 2 else f"All {count}")]

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
            name = self.recorded.names[self.everybody[0].id]
            asked = (
                f"Do you think {name} may be a victim?"
                if len(self.everybody) == 1
                else "Do you think they may be victims?"
            )
            drawn.fields["belief"] = one_of(asked, BELIEFS, help_text=BELIEF_HINT)
            drawn.initial["belief"] = self.sent.get("belief") or next(iter(self.theirs.values()))
        if len(self.everybody) > 1:
            for person in self.here:
                number = str(person.number)
                if number in self.theirs:
                    drawn.fields[f"b-{number}"] = one_of(self.recorded.names[person.id], BELIEFS)
                    standing = "" if self.is_one_answer else self.theirs[number]
                    drawn.initial[f"b-{number}"] = self.sent.get(f"b-{number}") or standing

    @property
    def found_here(self) -> list[Sign]:
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
        first = {"from": str(self.recorded.people.index(self.here[0]) + 1)} if self.here else {}
        if self.data is not None:
            sent = first | {name: str(self.data.get(name, "")) for name in ("was", "z", "beliefs")}
            return sent | {"was": " ".join([sent["was"], *self._tokens(self._newly_found, here)]).strip()}
        taken = [f"{thing}.{person.number}" for person in self.here for thing in person.seized]
        was = self._tokens({sign.code for sign in self.of_group}, here)
        return first | {"was": " ".join(was), "z": " ".join(taken), "beliefs": marks(self.theirs)}

    def _tokens(self, codes: set[str], here: set[UUID]) -> list[str]:
        numbers = {person.id: person.number for person in self.recorded.people}
        return sorted(
            f"{code}.{numbers[whose] if whose else 0}"
            for code, whose in self.recorded.ticks
            if code in codes and (whose is None or whose in here)
        )

    @property
    def shown(self) -> str:
        """The answers that a colleague gave, as the choice between two versions is shown."""
        return marks(self.theirs)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _told_apart(person: Person, short: str, alike: Container[str]) -> str:
    """What stands beside a tick. Names that are alike once they are cut are told apart by number."""
    number = f" ({person.number})"
    return f"{_short(short, LONGEST - len(number))}{number}" if short in alike else short


def _listed(signs: Sequence[Sign], about: str) -> list[tuple[str, str]]:
    return [(sign.code, sign.sentence) for sign in signs if sign.about == about]
