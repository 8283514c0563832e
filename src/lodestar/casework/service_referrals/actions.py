"""Referring a person to a service, what came of it, the link for the service; asking for a place and what became of that."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger import ledger
from lodestar.casework.needs.actions import find_reasons
from lodestar.casework.redaction.access import CheckedText, LeavingText, Subject, check_texts
from lodestar.casework.safe_addresses.actions import contact_made
from lodestar.casework.service_referrals.access import new_code
from lodestar.casework.service_referrals.models import PartnerLink, PlaceRequest, ServiceReferral
from lodestar.casework.service_referrals.rules import (
    ANSWERED,
    NEEDS_SERVICE,
    REFUSED,
    VICTIM_SERVICES,
    WHEN,
    answer_due,
    next_look,
    place_due,
)
from lodestar.casework.services.models import Service
from lodestar.platform.accounts.access import Member, secret_hash
from lodestar.platform.accounts.queries import set_number
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import OUTSIDE, move
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date

LINK_LIVES = timedelta(hours=72)
WE_WENT_TO_THEM = ("met", "call", "through")  # a contact, which the contact rule has to allow
MAIL_SECONDS = 20  # that the mail server is waited for
SUBJECT = "A request for your answer"
BODY = "You have been asked for an answer. Opening this page answers nothing: it has buttons.\n\n{address}\n\nIt ends {ends}.\n"


def make_referral(
    *, by: Member, at: datetime, person: Person, service: Service, facts: Mapping[str, Any], without: str = ""
) -> ServiceReferral:
    """Refers a person to a service at `at`; where they do not want it, that they were asked and said no. Raises NoContactRule
    where we went to them to ask, no rule allows it, and `without` does not say why."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="support.service_referred"):
        _asked(by, at, person, facts, without)
        due = answer_due(at, set_number("service_answer_days", london_date(at)))
        row = ServiceReferral.objects.create(
            person=person, service=service, state="made", owner_id=by.user, due_at=due, made_at=at, recorded_at=timezone.now(),
            recorded_by_id=by.user, **facts,
        )  # fmt: skip
        audit("support.service_referred", by=by, at=at, fields=sorted(facts), **row.logged())
        if facts["agreed"] == "no":
            _refuse(by, at, row)
    return row


def _asked(by: Member, at: datetime, person: Person, facts: Mapping[str, Any], without: str) -> None:
    """Passes the talk in which somebody was asked, where it was a contact that we made."""
    if facts["agreed"] != "not_asked" and facts["agreed_how"] in WE_WENT_TO_THEM:
        code = VICTIM_SERVICES if facts.get("is_victim_services") else NEEDS_SERVICE
        contact_made(by=by, at=at, people=[person], code=code, without=without)


def _refuse(by: Member, at: datetime, row: ServiceReferral) -> None:
    move(by=by, at=at, row=row, to="rejected", seen=row.version, reason=REFUSED, **_columns(row, "rejected", at, REFUSED))


def _columns(row: ServiceReferral, to: str, at: datetime, reason: str) -> dict[str, Any]:
    """What a move sets besides the state: its time, once, its reason or outcome, and when the owner looks again."""
    when = WHEN.get(to, "")
    columns: dict[str, Any] = {when: at} if when and getattr(row, when) is None else {}
    columns |= {"rejection": reason} if to == "rejected" else {"outcome": reason} if to == "ended" else {}
    return columns | {"due_at": next_look(to, at, set_number("service_chase_days", london_date(at)))}


def move_referral(
    *, by: Member | None, at: datetime, row: ServiceReferral, to: str, seen: int, reason: str = "", because: str = "",
    without: str = "", **columns: Any,
) -> None:  # fmt: skip
    """Records what came of a referral, and whether the person was asked now; by nobody where its service answers by a link. The
    link that waits for the answer ends with it. Raises MoveNotAllowed, ConcurrentEdit, and NoContactRule as `make_referral`."""
    with ledger.acting_on(row.person.case_id, by=by.user if by else OUTSIDE, at=at, code="support.service_referral_moved"):
        if by and columns.get("agreed_how"):
            _asked(by, at, row.person, columns | {"is_victim_services": row.is_victim_services}, without)
        columns |= _columns(row, to, at, reason)
        move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
        if to != "made":
            PartnerLink.objects.filter(referral=row, spent_at__isnull=True).update(spent_at=timezone.now())
        if to == "rejected":
            find_reasons(by=by, at=at, person=row.person)


# --- the link for the service --------------------------------------------------------------------------------------------------


def check_shown(row: ServiceReferral, texts: Mapping[str, str]) -> Sequence[CheckedText]:
    """Those texts for a partner in which something is that may say who or where somebody is."""
    leaving = [LeavingText(name, name, text) for name, text in texts.items()]
    checked = check_texts(Subject(row.person.case, row.person), "support", leaving)
    return [text for text in checked if text.matches]


def make_link(*, by: Member, at: datetime, row: ServiceReferral, what: str, languages: str, is_sent: bool) -> str:
    """A new link for the service to answer by, in place of one that was there; its code, which is kept nowhere. What the link
    will show is as it was checked. Raises ConcurrentEdit where the referral waits for no answer any more."""
    still = ServiceReferral.objects.filter(id=row.id, version=row.version, state="made", agreed="yes")
    if not still.update(what=what, languages=languages, version=row.version + 1):
        raise ConcurrentEdit(row)
    PartnerLink.objects.filter(referral=row, spent_at__isnull=True).update(spent_at=timezone.now())
    code = new_code(row.tenant)
    PartnerLink.objects.create(
        referral=row, secret_hash=secret_hash(code), made_at=at, made_by_id=by.user, ends_at=at + LINK_LIVES, sent=is_sent
    )
    audit("support.link_made", by=by, at=at, recipient=row.service.name, fields=["what", "languages"], **row.logged())
    return code


def send_link(*, to: str, address: str, ends: str) -> bool:
    """Sends a link to a service, with a subject and a sender that say nothing of whom or what it is about. Whether it went."""
    message = EmailMessage(SUBJECT, BODY.format(address=address, ends=ends), settings.MAIL_FROM, [to])
    try:
        return bool(get_connection(timeout=MAIL_SECONDS).send_messages([message]))
    except OSError:
        return False


def answer_by_link(*, by: Member | None, at: datetime, link: PartnerLink, accepted: bool, reason: str, who: str) -> None:
    """Records what a person of the service answered, spends their link and tells the owner. Raises ConcurrentEdit where the
    referral was answered or changed meanwhile."""
    row = link.referral
    if not PartnerLink.objects.filter(id=link.id, spent_at__isnull=True).update(spent_at=at):
        raise ConcurrentEdit(row)
    to = "accepted" if accepted else "rejected"
    move_referral(by=by, at=at, row=row, to=to, seen=row.version, reason="" if accepted else reason, because=who)
    case, person = row.person.case_id, row.person_id
    notify(to=[row.owner_id], kind=ANSWERED, by=by, at=at, case=case, person=person, subject=str(row.id))


# --- places of safety ------------------------------------------------------------------------------------------------------


def ask_for_place(*, by: Member, at: datetime, person: Person, service: Service | None = None) -> PlaceRequest:
    """Records that a place of safety was asked for, of a service where one is named."""
    due = place_due("asked", at, unsuitable=None)
    row = PlaceRequest.objects.create(
        person=person, state="asked", owner_id=by.user, due_at=due, asked_at=at, recorded_at=timezone.now(), service=service,
        kind="service" if service else "",
        recorded_by_id=by.user,
    )  # fmt: skip
    audit("support.place_asked", by=by, at=at, **row.logged())
    return row


def move_place(
    *, by: Member, at: datetime, row: PlaceRequest, to: str, seen: int, reason: str = "", because: str = "", **columns: Any
) -> None:
    """Records what became of a request for a place: offered, taken with its nights, refused, none found, left. Raises
    MoveNotAllowed and ConcurrentEdit."""
    with ledger.acting_on(row.person.case_id, by=by.user, at=at, code="support.place_moved"):
        day, unsuitable = london_date(at), columns.get("unsuitable", row.unsuitable)
        columns |= {"due_at": place_due(to, at, unsuitable=unsuitable)}
        if to != row.state:  # else it is only looked at again
            columns |= {f"{to}_at": at} if to in ("offered", "taken", "refused") else {}
            columns |= {"nights_from": day} if to == "taken" else {}
        columns |= {"nights_to": max(day, row.nights_from or day)} if to == "left" else {}
        move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
        if to in ("refused", "not_found"):
            find_reasons(by=by, at=at, person=row.person)
