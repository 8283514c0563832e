"""Recording what was read out and back, interpreters, what a plan says, its link, and feedback."""

from datetime import datetime
from uuid import uuid4

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.db.models.functions import Least

from lodestar.casework.cases.models import Person
from lodestar.casework.consent.actions import refuse_blocked
from lodestar.casework.ledger.actions import NoContactRule
from lodestar.casework.person_plans import models
from lodestar.casework.person_plans.access import allows
from lodestar.casework.person_plans.queries import situation_of
from lodestar.casework.person_plans.rules import (
    LINK_LIVES,
    MOST_TRIES,
    RANKS,
    REFUSALS,
    agreed_code,
    is_first_name,
    names_us,
    refusal_to_ask,
)
from lodestar.casework.redaction.access import LeavingText, Subject, check_texts
from lodestar.casework.safe_addresses.actions import contact_made
from lodestar.casework.safe_addresses.queries import contact_gate
from lodestar.casework.service_referrals.access import new_code
from lodestar.platform.accounts.access import Member, secret_hash
from lodestar.platform.audit.actions import audit
from lodestar.platform.registers.actions import OUTSIDE
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date

PERSON = "The person"
LINK, FEEDBACK = "plan_link", "plan_feedback"  # as what these contacts are looked at


class NotNow(ValueError):
    """Feedback is not asked of a person now; `str` says why."""


class NotNeutral(ValueError):
    """What the plan would say shows what it is about, or who or where somebody is: `str` says what to do."""


NOT_NEUTRAL = "The address of this system says whose it is: have an administrator set a neutral one for links"


def _log(code: str, by: Member, at: datetime, person: Person, subject: object = "", **more: object) -> None:
    audit(code, by=by, at=at, case=person.case_id, people=[person.id], subject=str(subject), **more)  # type: ignore[arg-type]  # as it takes them


def record_read_back(*, by: Member, at: datetime, person: Person, options: list[str], **facts: str) -> models.ReadBack:
    """Records that options were read out and what the person said of them. Raises InterpreterBlocked."""
    refuse_blocked(person, facts.get("job_number", ""))
    row = models.ReadBack.objects.create(person=person, options=options, recorded_at=at, recorded_by_id=by.user, **facts)
    _log("plans.read_back", by, at, person, row.id, fields=["options", "understood"])
    return row


def record_interpreter(*, by: Member, at: datetime, person: Person, **facts: str) -> models.InterpreterNeed:
    """Records which interpreter a person needs, and the booking. Raises InterpreterBlocked."""
    refuse_blocked(person, facts.get("job_number", ""))
    row = models.InterpreterNeed.objects.create(person=person, recorded_at=at, recorded_by_id=by.user, **facts)
    _log("plans.interpreter_recorded", by, at, person, row.id, fields=sorted(facts))
    return row


def block_interpreter(*, by: Member, at: datetime, person: Person, is_blocked: bool, **facts: str) -> models.InterpreterBlock:
    """Blocks an interpreter for one person, by the provider's job number and with a reason; or ends that."""
    row = models.InterpreterBlock.objects.create(
        person=person, is_blocked=is_blocked, recorded_at=at, recorded_by_id=by.user, **facts
    )
    _log("plans.interpreter_blocked", by, at, person, row.id, fields=["job_number", "is_blocked"])
    return row


def says_who(person: Person, text: str) -> bool:
    """Whether a text for the plan may say who or where somebody of the case is. The look is written down."""
    subject = Subject(person.case, person)
    return any(checked.matches for checked in check_texts(subject, "support", [LeavingText("shown_name", "Name", text)]))


def agree_plan(*, by: Member, at: datetime, person: Person, role: str, shown_name: str, shown_in: str) -> models.PersonPlan:
    """Records what a person agreed that their plan says of whom to ring: who records it, by role, and by a name or none.
    Raises NotNeutral for what is not the shape of one first name, a rank, a word of the police, or anything of the people of
    the case."""
    is_ours = shown_name.casefold() in RANKS or names_us(shown_name, by.tenant)
    if shown_name and (is_ours or not is_first_name(shown_name) or says_who(person, shown_name)):
        raise NotNeutral("Write a first name alone, of yourself: one word, without a rank")
    row = models.PersonPlan.objects.create(
        person=person, to_ring_id=by.user, role=role, shown_name=shown_name, language=shown_in, recorded_at=at,
        recorded_by_id=by.user,
    )  # fmt: skip
    _log("plans.agreed", by, at, person, row.id, fields=["role", "shown_name", "language"])
    return row


def paper_made(*, by: Member, at: datetime, person: Person, what: str) -> None:
    """Writes down that a plan, or the options, were put on paper for the person."""
    _log("plans.printed", by, at, person, what, recipient=PERSON)


def make_link(*, by: Member, at: datetime, person: Person, channel: str, code: str) -> str:
    """A new link to the plan in place of one that was there, opened with the code agreed face to face; its secret, which is kept
    nowhere. Raises NoContactRule where the contact rule does not allow the channel now: nothing sets that aside."""
    Person.objects.select_for_update().get(id=person.id)
    if not allows(contact_gate(person), channel):
        raise NoContactRule(LINK)
    models.PlanLink.objects.filter(person=person, ended_at__isnull=True).update(ended_at=Least(F("ends_at"), at))
    secret = new_code(person.tenant)
    row = models.PlanLink.objects.create(
        person=person, channel=channel, secret_hash=secret_hash(secret), code_hash=make_password(agreed_code(code)),
        ends_at=at + LINK_LIVES, recorded_at=at, recorded_by_id=by.user,
    )  # fmt: skip
    _log("plans.link_made", by, at, person, row.id, recipient=PERSON, fields=["channel"])
    return secret


def take_back_link(*, by: Member, at: datetime, person: Person) -> None:
    """Ends the link that may still be opened. Raises ConcurrentEdit where none is."""
    if not models.PlanLink.objects.filter(person=person, ended_at__isnull=True, ends_at__gt=at).update(ended_at=at):
        raise ConcurrentEdit(person)
    _log("plans.link_taken_back", by, at, person)


def open_link(*, by: None, at: datetime, link: models.PlanLink, typed: str) -> bool:
    """Spends a live link, by nobody who is signed in, where the code is the agreed one; counts a wrong one, of which the fifth
    ends it. Whether it opened."""
    row = models.PlanLink.objects.select_for_update().get(id=link.id)
    if row.ended_at is not None:
        return False
    is_right = check_password(agreed_code(typed), row.code_hash)
    row.tries += not is_right
    row.opened_at = at if is_right else None
    row.ended_at = at if is_right or row.tries >= MOST_TRIES else None
    row.save(update_fields=["tries", "opened_at", "ended_at"])
    code, to, person = "plans.link_opened" if is_right else "plans.link_wrong_code", PERSON if is_right else "", link.person
    audit(code, by=OUTSIDE, role="outside", at=at, case=person.case_id, people=[person.id], subject=str(row.id), recipient=to)
    return is_right


def record_feedback(
    *, by: Member, at: datetime, person: Person, knows: str, informed: str, paraphrase: str = "", they_came: str = ""
) -> None:
    """Records that a person was asked, and apart from that, for its month alone, what they said. Raises NotNow where it is not
    asked now, and NoContactRule where we went to them and no rule allows it."""
    Person.objects.select_for_update().get(id=person.id)
    if code := refusal_to_ask(situation_of(by, person, at), at):
        raise NotNow(REFUSALS[code])
    if they_came != "yes":
        contact_made(by=by, at=at, people=[person], code=FEEDBACK, without="")
    models.FeedbackAsked.objects.create(person=person, recorded_at=at, recorded_by_id=by.user)
    _log("plans.feedback_asked", by, at, person)
    month, its_id = london_date(at).replace(day=1), uuid4()  # of chance: ours hold the time
    models.FeedbackAnswer.objects.create(id=its_id, month=month, knows=knows, informed=informed, paraphrase=paraphrase)
