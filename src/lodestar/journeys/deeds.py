"""What writes in two or more apps: a crime number, a supervisor's decision, the end of a tour."""

from datetime import datetime

from lodestar.accounts import actions as accounts
from lodestar.accounts.access import Member
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import Case, Person
from lodestar.cases.people_listeners import compare_people
from lodestar.investigations import actions as investigations
from lodestar.investigations.models import Crime
from lodestar.recognition import actions
from lodestar.recognition.rules.signs import NONE
from lodestar.referrals import actions as referrals

SharedNumber = investigations.SharedNumber


def record_crime(
    *, by: Member, at: datetime, person: Person, kind: str, number: str = "", why_not: str = "", words: str = "",
    may_share: bool = False,
) -> Crime:  # fmt: skip
    """Records what `investigations.actions.record_crime` records, and in the same transaction that the person's referral has
    its crime, or needs none. The same number again changes nothing. Raises SharedNumber as it does."""
    code = "investigations.crime_recorded" if kind == "recorded" else "investigations.no_crime_number"
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        row = investigations.record_crime(
            by=by, at=at, person=person, kind=kind, number=number, why_not=why_not, words=words, may_share=may_share
        )
        if row.kind == "recorded":
            referrals.crime_recorded(person, row.at)
        elif row.kind == "not_needed":
            referrals.no_crime_needed(person)
    return row


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
        return comes_back and compare_people(by=by, at=at, case=person.case, people=[changed])


def end_tour(*, by: Member, at: datetime, to_at: datetime) -> None:
    """Names `to_at` as the end of the tour under way at `at`, and reckons afresh every case that the officer recorded in
    it: its times count from that end (`safety/queries.py`). Raises accounts.NoSuchEnd."""
    begun, until = accounts.end_tour_at(by=by, at=at, to_at=to_at)
    cases = Case.objects.filter(opened_by=by.user, recorded_at__gte=begun, recorded_at__lt=until)
    with ledger.acting_on(*cases.values_list("id", flat=True), by=by.user, at=at, code="accounts.tour_end_named"):
        pass  # the end is a fact of these cases: to reckon them is all there is to do
