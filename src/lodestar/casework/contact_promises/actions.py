"""Recording what was promised to people and what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.contact_promises.queries import pauses_of
from lodestar.casework.contact_promises.rules import GIVEN, PAUSE, RELEASE, ROWS, after_pause, next_time
from lodestar.casework.ledger import ledger
from lodestar.casework.safe_addresses.actions import contact_made
from lodestar.casework.service_referrals.actions import WE_WENT_TO_THEM
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import move


def make_promise(
    *, by: Member, at: datetime, people: Sequence[Person], kind: str, by_when: datetime, owner: UUID | None = None, **facts: Any
) -> list[Promise]:  # fmt: skip
    """Records what was promised to people of one case, to be done by `by_when` by `owner` (who has notice) or the member.
    A pause moves what falls into it, promised before or after; what a release makes due waits for no pause."""
    pauses, now, owner = pauses_of(people, at) if kind not in (PAUSE, RELEASE) else {}, timezone.now(), owner or by.user
    rows = []
    for person in people:
        pause = pauses.get(person.id)
        due = after_pause(by_when, pause.promised_at, pause.by_when) if pause else by_when
        rows.append(
            Promise(
                person=person, state="open", kind=kind, owner_id=owner, by_when=due, due_at=None if kind == PAUSE else due,
                promised_by_id=by.user, promised_at=at, recorded_at=now, recorded_by_id=by.user, **facts,
            )
        )  # fmt: skip
        for row in Promise.objects.filter(person=person, state="open", due_at__range=(at, by_when)) if kind == PAUSE else ():
            later = after_pause(row.by_when, at, by_when)
            if row.kind != RELEASE:
                move(by=by, at=at, row=row, to="open", seen=row.version, because="Paused", due_at=later, by_when=later)
    Promise.objects.bulk_create(rows)
    if rows:
        about = rows[0].logged() | {"people": [row.person_id for row in rows]}
        audit("promises.made", by=by, at=at, fields=["kind", *sorted(facts)], **about)
        to = [] if kind == RELEASE else [owner]  # who releases gives notice of it
        notify(to=to, kind=GIVEN, by=by, at=at, case=about["case"], person=rows[0].person_id, subject=str(rows[0].id))
    return rows


def move_promise(
    *, by: Member, at: datetime, row: Promise, to: str, seen: int, reason: str = "", because: str = "", without: str = "",
    **columns: Any,
) -> None:  # fmt: skip
    """Records what came of a promise; of one with a rhythm the next begins when it is done. Raises MoveNotAllowed, ConcurrentEdit
    and, where it was done by going to the person, no rule allows it and `without` does not say why, NoContactRule."""
    with ledger.acting_on(row.person.case_id, by=by.user, at=at, code="promises.moved"):
        if to == "done" and columns.get("done_how", "") in WE_WENT_TO_THEM and "contacts" in ROWS[row.kind]:
            contact_made(by=by, at=at, people=[row.person], code=f"promise_{row.kind}", without=without)
        columns |= {"done_at": at} if to == "done" else {}
        move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
        again = next_time(row.rhythm, at) if to == "done" else None
        if again:
            facts = {name: getattr(row, name) for name in ("words", "rhythm", "way")}
            make_promise(by=by, at=at, people=[row.person], kind=row.kind, by_when=again, owner=row.owner_id, **facts)
