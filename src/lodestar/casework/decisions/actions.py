"""Filing what came of a referral, and where it is by that. Each write locks its case, adds a row, writes one event."""

import hashlib
import logging
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from lodestar.casework.case_files.actions.case import NO_ROOM, store
from lodestar.casework.cases.models import Person
from lodestar.casework.decisions.models import Decision, Letter, LetterFiled
from lodestar.casework.decisions.queries.decisions import decisions_of, named_in, pairing_of, seen_of, side_of
from lodestar.casework.decisions.rules import may_be_references
from lodestar.casework.ledger import ledger
from lodestar.casework.referrals.actions import logged
from lodestar.casework.referrals.models import Pairing, PairingSettled, Referral, ReferralStatus
from lodestar.casework.referrals.rules import decision_state
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.mail import MOST_TEXT, Mail, NotAMail
from lodestar.platform.notices.actions import notify
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import one_line, several_lines

FROM_HERE = ("info_sent", "rec_asked")  # sent to the Home Office, and no decision of it


def moves(referral: Referral) -> None:
    """Something came of a referral: where it stands is worked out from all that did."""
    rows = list(Decision.objects.filter(referral=referral))
    replaced = {row.replaces_id for row in rows}
    state = decision_state(referral.route, [row for row in rows if row.id not in replaced])
    ReferralStatus.objects.filter(referral=referral).update(**state)


def file_decision(
    *, by: Member, at: datetime, referral: Referral, kind: str, decided_on: date, seen: int, notice_on: date | None = None,
    replaces: Decision | None = None, **more: Any,
) -> Decision:  # fmt: skip
    """Files what came of an NRM referral, known since `at`: a decision of the competent authority, what it asks for or
    answers, or what was sent to it or asked of it.

    The clocks run from `decided_on`, `notice_on` and `answer_by`, days in London. `more` are `answer_by`, where further
    information is asked for, and `ground`, one of GROUNDS, of the kinds that have one. `replaces` is one that was recorded by
    mistake; it no longer counts and stays to be read. The same kind and days again are the same row. Raises ConcurrentEdit when
    there are more decisions than the `seen` that the writer had before them.
    """
    case, columns = referral.person.case_id, {"kind": kind, "decided_on": decided_on, "notice_on": notice_on, **more}
    with ledger.acting_on(case, by=by.user, at=at, code="referrals.decided") as (locked,):
        earlier = decisions_of(referral)
        existing = _same(earlier, kind, decided_on, notice_on) if replaces is None else None
        if existing:
            return existing
        if len(earlier) > seen:
            raise ConcurrentEdit(earlier[-1])
        filing = {"filed_at": timezone.now(), "filed_by_id": by.user}
        row = Decision.objects.create(referral=referral, number=len(earlier) + 1, replaces=replaces, **columns, **filing)
        moves(referral)
        names = ["kind", "decided_on", *(name for name in ("notice_on", "answer_by", "ground", "replaces") if getattr(row, name))]
        logged(code="referrals.decided", row=row, about=referral.person, by=by, at=at, fields=names)
        if kind not in FROM_HERE:
            to, person = locked.owner_id or locked.interim_owner_id, referral.person_id
            notify(to=[to], kind="home_office_decision", by=by, at=row.filed_at, case=case, person=person)
    return row


def _same(earlier: list[Decision], kind: str, decided_on: date, notice_on: date | None) -> Decision | None:
    replaced = {row.replaces_id for row in earlier}
    key = (kind, decided_on, notice_on)
    standing = (row for row in earlier if row.id not in replaced)
    return next((row for row in standing if (row.kind, row.decided_on, row.notice_on) == key), None)


_LOG = logging.getLogger(__name__)


def keep_letter(*, by: Member, at: datetime, mail: Mail, kind: str, content: bytes = b"") -> Letter:
    """Keeps a letter and files it to the referral whose reference stands in it; where none does, or several do, it waits for
    the coordinator. `content` are the bytes of a mail file, kept encrypted as they are; without them it was pasted.

    What names only a referral in a case that the writer may not know of is filed there for its owners, and waits here like any
    other: nobody can tell. The same letter from the same hand again is the same row. Raises NotAMail when there is no room.
    """
    words = several_lines(mail.words)[:MOST_TEXT]
    digest = hashlib.sha256(content or f"{mail.title}\n{words}".encode()).hexdigest()
    existing = Letter.objects.filter(added_by=by.user, digest=digest).first()
    if existing:
        return existing
    referral_ids = named_in(may_be_references(f"{mail.title}\n{words}"))
    seen = seen_of(by, referral_ids)
    row = Letter.objects.create(
        kind=kind,
        how="mail" if content else "pasted",
        title=one_line(mail.title)[:200],
        words=words,
        notes=mail.notes,
        dated=mail.dated,
        digest=digest,
        sha256=_stored(by, content),
        waits=len(seen) != 1,
        added_at=timezone.now(),
        added_by_id=by.user,
    )
    audit("referrals.letter_kept", by=by, at=at, subject=str(row.id))
    if len(seen) == 1:
        _file(row, seen[0], "itself", by, at)
    elif not seen and len(referral_ids) == 1:
        _file(row, Referral.objects.select_related("person__case").get(id=referral_ids[0]), "itself", by, at)
    return row


def _stored(by: Member, content: bytes) -> str:
    if not content:
        return ""
    try:
        return store().put(by.tenant, content)
    except OSError as error:
        _LOG.error("a mail could not be kept: %s", error.strerror)
        raise NotAMail(NO_ROOM) from None


def file_letter(*, by: Member, at: datetime, letter: Letter, referral: Referral, kind: str = "") -> LetterFiled:
    """Files a letter by hand to a referral that the filer sees; it waits no more. Twice to the same is once. `kind` is what the
    filer says that it is."""
    row = _file(letter, referral, "by_hand", by, at)
    letter.kind = kind or letter.kind
    letter.waits = False
    letter.save(update_fields=["kind", "waits"])
    return row


def put_letter_aside(*, by: Member, at: datetime, letter: Letter, reason: str) -> LetterFiled:
    """Puts a letter aside that belongs to no referral here, with why; it waits no more and stays to be read."""
    why = several_lines(reason)[:400]
    row = LetterFiled.objects.create(letter=letter, how="aside", reason=why, filed_at=timezone.now(), filed_by_id=by.user)
    letter.waits = False
    letter.save(update_fields=["waits"])
    audit("referrals.letter_put_aside", by=by, at=at, subject=str(letter.id), fields=["reason"])
    return row


def _file(letter: Letter, referral: Referral, how: str, by: Member, at: datetime) -> LetterFiled:
    filing = {"how": how, "filed_at": timezone.now(), "filed_by_id": by.user}
    row, is_new = LetterFiled.objects.get_or_create(letter=letter, referral=referral, defaults=filing)
    if is_new:
        logged(code="referrals.letter_filed", row=letter, about=referral.person, by=by, at=at, fields=["referral"])
    return row


def settle_pairing(*, by: Member, at: datetime, person: Person, side: str, reason: str) -> PairingSettled:
    """Says why the one is there without the other (`side`, one of SIDES). A later reason stands beside the earlier; the same
    words of the same person again are the same row. Raises ConcurrentEdit when that is not how it stands."""
    reason = several_lines(reason)[:1000]
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="referrals.pairing_settled"):
        if side_of(pairing_of(person.id)) != side:
            raise ConcurrentEdit
        latest = PairingSettled.objects.filter(person=person, side=side).order_by("-settled_at", "-id").first()
        if latest is not None and (latest.reason, latest.settled_by_id) == (reason, by.user):
            return latest
        row = PairingSettled.objects.create(
            person=person, side=side, reason=reason, settled_at=timezone.now(), settled_by_id=by.user
        )
        Pairing.objects.filter(person=person).update(settled=True)
        logged(code="referrals.pairing_settled", row=row, about=person, by=by, at=at, fields=["reason"])
    return row
