"""Recording that somebody was arrested, arrived in custody or was released."""

from datetime import datetime

from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.rules import custody_facts
from lodestar.platform.accounts.access import Member


def record_custody(*, by: Member, at: datetime, person: Person, kind: str, version: int) -> Person:
    """Records what happened at `at`, of the kinds of `casework/cases/rules.py`. A release ends what the custody desk sees of the
    person; without a release plan it is recorded all the same, and the plan is late from then. Raises ConcurrentEdit."""
    facts = custody_facts(kind, at, None if person.released_at else person.held_from)
    changed = {name: value for name, value in facts.items() if value != getattr(person, name)}
    return change_person(by=by, at=at, person=person, version=version, facts=changed)
