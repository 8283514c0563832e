"""Keeping letters of the competent authority, and filing them: each to the referral whose reference stands in it."""

import hashlib
import logging
from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases.actions.case_files import NO_ROOM, store
from lodestar.kernel.mail import MOST_TEXT, Mail, NotAMail
from lodestar.kernel.text_normalise import one_line, several_lines
from lodestar.record import actions as record
from lodestar.referrals.actions.sent import logged
from lodestar.referrals.models.letters import Letter, LetterFiled
from lodestar.referrals.models.sent import Referral
from lodestar.referrals.queries.letters import named_in, seen_of
from lodestar.referrals.rules.letters import kind_of, may_be_references

_LOG = logging.getLogger(__name__)


def keep_letter(*, by: Member, at: datetime, mail: Mail, kind: str = "", content: bytes = b"") -> Letter:
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
    all_words = f"{mail.title}\n{words}"
    referral_ids = named_in(may_be_references(all_words))
    seen = seen_of(by, referral_ids)
    row = Letter(
        kind=kind or kind_of(all_words),
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
    row.save(force_insert=True)
    record.append("referrals.letter_kept", by=by.user, role=by.role, at=at, subject=str(row.id))
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
    row = LetterFiled(letter=letter, how="aside", reason=why, filed_at=timezone.now(), filed_by_id=by.user)
    row.save(force_insert=True)
    letter.waits = False
    letter.save(update_fields=["waits"])
    record.append("referrals.letter_put_aside", by=by.user, role=by.role, at=at, subject=str(letter.id), fields=["reason"])
    return row


def _file(letter: Letter, referral: Referral, how: str, by: Member, at: datetime) -> LetterFiled:
    existing = LetterFiled.objects.filter(letter=letter, referral=referral).first()
    if existing:
        return existing
    row = LetterFiled(letter=letter, referral=referral, how=how, filed_at=timezone.now(), filed_by_id=by.user)
    row.save(force_insert=True)
    logged(code="referrals.letter_filed", row=letter, about=referral.person, by=by, at=at, fields=["referral"])
    return row
