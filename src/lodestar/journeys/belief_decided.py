"""A supervisor decides on the signs listed: reasonable grounds, or none recorded yet. A named person, never a count."""

from datetime import datetime

from lodestar.accounts.access import Member
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import Person
from lodestar.recognition import actions
from lodestar.recognition.rules.signs import NONE


def decide_belief(
    *, by: Member, at: datetime, person: Person, version: int, belief: str, because: str = "", would_change: str = ""
) -> bool:
    """Records the decision with its reason, and what would change it. Certainty is not needed (Modern Slavery Act 2015
    s52(1)); without a reason *no grounds yet* leaves the reason owed. Of whom there were no grounds before nobody was told of:
    they are compared now. Whether anything of that is to be told to the decider.

    `version` is that of the person the decider had before them. Raises cases.StaleVersion.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="recognition.belief_decided"):
        is_new = person.belief != belief
        comes_back = person.belief == NONE != belief
        changed = cases.change_person(by=by, at=at, person=person, version=version, facts={"belief": belief})
        actions.record_beliefs(
            by=by,
            at=at,
            case=person.case,
            beliefs={person.id: belief},
            how="decided" if is_new else "recorded",
            because=because,
            would_change=would_change,
        )
        return comes_back and cases.compare_people(by=by, at=at, case=person.case, people=[changed])
