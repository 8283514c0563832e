"""Which case may leave as a file: one that the member sees and nobody has sealed."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404

from lodestar.casework.cases.access import case_for, people_of, person_for, visible_cases
from lodestar.casework.cases.models import Case, Person
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission


def case_to_export(member: Member, reference: str) -> Case | None:
    """The unsealed case of this reference that the member sees; None for any other, which look the same."""
    return visible_cases(member).filter(reference=reference, sealed=False).first()


def exported_case(member: Member, case: UUID | None) -> Case:
    """The case of an export, while the member still sees it and nobody has sealed it; Http404 otherwise."""
    rows = visible_cases(member).filter(sealed=False)
    return one_or_404(rows.filter(id=case) if case else rows.none())


def chosen(case: Case, numbers: Sequence[int]) -> list[Person]:
    """The people of the case with these numbers, or all of them where none is named."""
    return [person for person in people_of(case) if not numbers or person.number in numbers]


def person_to_give_out(member: Member, person: UUID, *, viewed: bool = False) -> Person:
    """A possible victim of a case that the member sees and whose crime record they may make; Http404 otherwise. Of a sealed case
    none is made: its named owners are told so. `viewed` writes the showing into the log."""
    victim = person_for(member, person, Permission.GIVE_OUT, viewed=viewed)
    if "possible_victim" not in victim.roles:
        raise Http404
    return victim


def case_to_give_out(member: Member, reference: str, *, viewed: bool = False) -> Case:
    """A case that the member sees and of which they may make what other systems of the force need; Http404 otherwise. `viewed`
    writes the showing into the log."""
    return case_for(member, reference, Permission.GIVE_OUT, viewed=viewed)
