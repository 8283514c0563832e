"""What somebody typed into the search box, as the different things that it may be. Pure.

A crime number and a Home Office reference have no one shape, so every search looks for both. A name has letters and no digit.
Whose work is single cases searches by no address: nobody asks Lodestar who sleeps in a house (the force's policy on safe places).
"""

from dataclasses import dataclass

from lodestar.casework.referrals.rules import found_by
from lodestar.platform.names.contact_normalisation import addresses, telephones
from lodestar.platform.names.names import parts_of
from lodestar.platform.text.text_normalise import one_line

LONGEST = 120
NAME, NUMBER, TELEPHONE, ADDRESS = "name", "number", "telephone", "address"
NO_REFERENCE = "-"  # is none: letters and digits make one
_OPERATION = ("operation ", "op ", "op. ")


@dataclass(frozen=True)
class Query:
    """One search. `kind` is what it looks like and all that the log says of it."""

    words: str
    kind: str

    @property
    def case_reference(self) -> str:
        """As a case would be called, in capitals without a space."""
        return "".join(self.words.upper().split())

    @property
    def crime_number(self) -> str:
        """As a crime number is kept."""
        return self.words.upper()[:40]

    @property
    def nrm_reference(self) -> str:
        """As a reference of the Home Office is known again."""
        return found_by(self.words) or NO_REFERENCE

    @property
    def operation(self) -> tuple[str, str]:
        """As an operation may be called, without and with the word before its name."""
        plain = self.words.casefold()
        name = next((self.words[len(word) :].strip() for word in _OPERATION if plain.startswith(word)), self.words)
        return name, f"Operation {name}"


def read_query(typed: str, *, by_address: bool) -> Query:
    """What a search is for. `by_address`: whether the searcher may look for an address."""
    words = one_line(typed)[:LONGEST]
    if telephones(words):
        return Query(words, TELEPHONE)
    if addresses(words):
        return Query(words, ADDRESS if by_address else NUMBER)
    is_name = not any(map(str.isdigit, words)) and bool(parts_of(words))
    return Query(words, NAME if is_name else NUMBER)
