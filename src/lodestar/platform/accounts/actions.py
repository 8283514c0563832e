"""Writes about people who sign in: drafts, submissions, tours, duty; and about the tokens of other systems."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from math import ceil
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Case, F, Q, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict

from lodestar.platform.accounts.access import secret_hash, token_text
from lodestar.platform.accounts.models import ApiToken, Draft, ForceIdentity, Membership, RotaEntry, Shift, Submission, Unit, User
from lodestar.platform.accounts.permissions import TOKEN_PERMISSIONS, Permission
from lodestar.platform.accounts.queries import BETWEEN_TOURS, last_day_possible, latest_tour, requests_a_minute
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.sealing import is_vouched, vouch
from lodestar.platform.tenancy.tenant_transaction import current_tenant, hold

TOUR = timedelta(hours=9)
LONGEST_TOUR = timedelta(hours=24)
TOKEN_MINUTE = timedelta(minutes=1)
FILES = "files_sent"  # in a draft: what the files were called that came with it, of which nothing else is kept
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "submission_key", "form_path", "form_of", FILES})
LONGEST_NAME = 120  # characters of the name of a file
DRAFTS_EACH = 50  # the oldest go first; nobody writes fifty forms at once


def keep_draft(*, user: UUID, path: str, key: UUID, typed: QueryDict, files: Sequence[str] = ()) -> bool:
    """Keeps what was typed, and what the `files` were called that came with it. The same form sent again replaces it. Nothing
    typed and no file, nothing kept. Whether it was."""
    values = {name: typed.getlist(name) for name in typed if name not in NOT_KEPT}
    if not files and not any(any(part.strip() for part in parts) for parts in values.values()):
        return False
    content = values | ({FILES: [name[:LONGEST_NAME] for name in files]} if files else {})
    draft = Draft(user_id=user, key=key, path=path, typed=json.dumps(content, ensure_ascii=False), saved_at=timezone.now())
    once, newer = ["tenant", "user", "key"], ["path", "typed", "saved_at"]
    # One statement: the same form sent twice at once must not trip over itself.
    Draft.objects.bulk_create([draft], update_conflicts=True, unique_fields=once, update_fields=newer)
    newest = Draft.objects.filter(user_id=user).order_by("-saved_at", "-id").values("id")[:DRAFTS_EACH]
    Draft.objects.filter(user_id=user).exclude(id__in=newest).delete()
    return True


def draft_values(draft: Draft) -> QueryDict:
    """What was typed, as a form would send it."""
    values = QueryDict(mutable=True)
    for name, parts in json.loads(str(draft.typed)).items():
        if name != FILES:
            values.setlist(name, parts)
    return values


def draft_files(draft: Draft) -> list[str]:
    """What the files were called that came with it and are not kept."""
    return [str(name) for name in json.loads(str(draft.typed)).get(FILES, [])]


def drop_draft(*, user: UUID, key: UUID) -> None:
    """Forgets a draft: what it held is recorded now, or its writer does not want it."""
    Draft.objects.filter(user_id=user, key=key).delete()


def fingerprint(typed: QueryDict, files: MultiValueDict[str, Any]) -> str:
    """Tells one form sent from another, by its text and by what its files hold, without saying what it was: a hash with the
    server's own key."""
    sent = sorted((name, typed.getlist(name)) for name in typed if name not in NOT_KEPT)
    more = sorted((name, [_content(file) for file in some]) for name, some in files.lists())
    return salted_hmac("submission", json.dumps([sent, more]), algorithm="sha256").hexdigest()


def _content(file: Any) -> str:
    """What a file holds, as a hash. Whoever reads it next begins where it stood."""
    stood, digest = file.tell(), sha256()
    for part in file.chunks():
        digest.update(part)
    file.seek(stood)
    return digest.hexdigest()


def first_result(*, user: UUID, key: UUID) -> Submission | None:
    """The form with this key as it was accepted first, with where it led; None when it never was."""
    return Submission.objects.filter(user_id=user, key=key).first()


_CLAIM = """insert into accounts_submission (id, tenant, user_id, key, location, sent, accepted_at)
values (%s, %s, %s, %s, '', %s, %s) on conflict do nothing"""


def claim_submission(*, user: UUID, key: UUID, sent: str) -> Submission | None:
    """Takes the key for this transaction; None when it is taken. A second try at the same moment waits for the first."""
    row = Submission(user_id=user, key=key, location="", sent=sent, accepted_at=timezone.now())
    with connection.cursor() as cursor:  # one statement, which also says whether it took the key
        cursor.execute(_CLAIM, [row.id, row.tenant, user, key, sent, row.accepted_at])
        return row if cursor.rowcount else None


def settle_submission(submission: Submission, *, location: str) -> None:
    """Keeps the result for repeats, and drops the draft in the same transaction."""
    Submission.objects.filter(id=submission.id).update(location=location[:300])
    drop_draft(user=submission.user_id, key=submission.key)


def _hold_tours(user: UUID) -> None:
    """Nobody else begins a tour of this person until the transaction ends: two begun at once would not know of each other."""
    hold(f"tours of {user} in {current_tenant()}")


def begin_tour(*, user: UUID, at: datetime) -> Shift:
    """The tour under way, or a new one of nine hours when the last sign-in lies six hours or more behind."""
    _hold_tours(user)
    last = Shift.objects.filter(user_id=user).order_by("-from_at").first()
    if last and (at < last.to_at or (at - last.to_at < BETWEEN_TOURS and at - last.from_at < TOUR + BETWEEN_TOURS)):
        return last
    return Shift.objects.create(user_id=user, from_at=at, to_at=at + TOUR)


def on_tour(*, user: UUID, at: datetime) -> Shift:
    """The tour under way; where none is, one that begins at `at`: whoever records is at work, whatever end they named. Its row is
    locked, so that a case recorded and another end named at one moment come one after the other."""
    _hold_tours(user)
    running = Shift.objects.select_for_update().filter(user_id=user, from_at__lte=at, to_at__gt=at)
    return running.order_by("-from_at").first() or Shift.objects.create(user_id=user, from_at=at, to_at=at + TOUR)


class NoSuchEnd(ValueError):
    """A tour ends after it begins and at most a day later, and not before now."""


def end_tour_at(*, by: Any, at: datetime, to_at: datetime) -> tuple[datetime, datetime]:
    """The end that the officer names, at `at`, for the tour under way, or for the last one when it has ended since.

    Returns from when until when the cases were recorded whose times move with it; the caller reckons those
    (`casework/ledger/actions.py`). Raises NoSuchEnd for an end that lies before now or more than a day after the beginning.
    """
    last = latest_tour(by.user, at)
    tour = Shift.objects.select_for_update().get(id=last.id) if last else on_tour(user=by.user, at=at)
    if not at <= to_at <= tour.from_at + LONGEST_TOUR or to_at <= tour.from_at:
        raise NoSuchEnd
    Shift.objects.filter(id=tour.id).update(to_at=to_at)
    audit("accounts.tour_end_named", by=by, at=at, subject=str(tour.id), fields=["to_at"])
    return tour.from_at, max(tour.to_at, to_at)


def set_duty(*, by: Any, at: datetime, unit: Unit, user: UUID, post: str, from_at: datetime, to_at: datetime) -> RotaEntry:
    """Says who is on duty as what for a unit, from and to an instant."""
    duty = RotaEntry.objects.create(unit=unit, user_id=user, post=post, from_at=from_at, to_at=to_at)
    audit("accounts.duty_set", by=by, at=at, subject=str(duty.id), fields=["post", "user"])
    return duty


def end_duty(*, by: Any, at: datetime, duty: RotaEntry) -> None:
    """Ends a duty at `at`; one that has not begun is taken out. What is past stays as it was."""
    if duty.from_at >= at:
        RotaEntry.objects.filter(id=duty.id).delete()
    elif duty.to_at > at:
        RotaEntry.objects.filter(id=duty.id).update(to_at=at)
    audit("accounts.duty_ended", by=by, at=at, subject=str(duty.id), fields=["to_at"])


def signed_in(*, by: Any, at: datetime, how: str = "") -> None:
    """Writes down that a person came to work for this tenant, by which way in, and begins their tour."""
    begin_tour(user=by.user, at=at)
    audit("accounts.signed_in", by=by, at=at, subject=how)


def signed_out(*, by: Any, at: datetime) -> None:
    """Writes down that a person signed out."""
    audit("accounts.signed_out", by=by, at=at)


def make_token(*, by: Any, at: datetime, token: UUID, name: str, permission: Permission, last_day: date) -> str | None:
    """Makes a token for another system and returns its text, which nobody can be shown again.

    `token` is its id, made by the form; None when a token of that id was made before.
    Raises ValueError for a permission that no token can hold, and for a last day later than the force allows.
    """
    if permission not in TOKEN_PERMISSIONS:
        raise ValueError(f"no token can carry {permission}")
    if last_day > last_day_possible(timezone.localdate(at)):
        raise ValueError(f"no token is good until {last_day}")
    secret = token_urlsafe(32)
    hashed = secret_hash(secret)
    row = ApiToken(
        id=token, name=name, permission=permission, secret_hash=hashed, made_at=at, made_by_id=by.user, last_day=last_day
    )
    ApiToken.objects.bulk_create([row], ignore_conflicts=True)
    if not ApiToken.objects.filter(id=token, secret_hash=row.secret_hash).exists():
        return None
    audit("accounts.token_made", by=by, at=at, subject=str(token), fields=["permission", "last_day"])
    return token_text(row.tenant, token, secret)


def revoke_token(*, by: Any, at: datetime, token: UUID) -> bool:
    """Ends a token at once. Whether there was one to end."""
    ended = ApiToken.objects.filter(id=token, revoked_at__isnull=True).update(revoked_at=at, revoked_by_id=by.user)
    if ended:
        audit("accounts.token_revoked", by=by, at=at, subject=str(token))
    return bool(ended)


def token_used(token: ApiToken, *, at: datetime) -> int:
    """Counts one request of a token in the minute that began with `last_used_at`. 0, or the seconds until the next is answered,
    where the minute is full: then nothing is counted. One statement, so that requests at once are all counted."""
    row = ApiToken.objects.filter(id=token.id)
    begun = Q(last_used_at__gt=at - TOKEN_MINUTE)
    counted = row.filter(~begun | Q(last_used_at__isnull=True) | Q(uses__lt=requests_a_minute(timezone.localdate(at)))).update(
        uses=Case(When(begun, then=F("uses") + 1), default=1), last_used_at=Case(When(begun, then=F("last_used_at")), default=at)
    )
    if counted:
        return 0
    began = row.values_list("last_used_at", flat=True).get() or at
    return max(1, ceil((began + TOKEN_MINUTE - at).total_seconds()))


class UnableToApprove(ValueError):
    """The person, or the name, stands in another account of the force's own sign-in. The message says which."""


def approve_identity(*, by: Any, at: datetime, user: UUID, account_name: str) -> ForceIdentity:
    """Says by which name a colleague is known to the force's own sign-in. Their first sign-in by it binds the account.

    Raises UnableToApprove.
    """
    current_identities = ForceIdentity.objects.select_related("user").filter(ended_at__isnull=True)
    if current_identities.filter(user_id=user).exists():
        raise UnableToApprove("They already have a force sign-in account: end that first")
    other = current_identities.filter(named=account_name).first()
    if other is not None:
        raise UnableToApprove(f"That name is {other.user.name}’s: end that first")
    row = ForceIdentity(user_id=user, named=account_name, approved_at=at, approved_by_id=by.user)
    row.vouched = vouch(settings.FIELD_KEYS, *row.vouched_parts())
    row.save(force_insert=True)
    audit("accounts.force_sign_in_approved", by=by, at=at, subject=str(row.id), fields=["named", "user"])
    return row


def end_identity(*, by: Any, at: datetime, identity: UUID) -> bool:
    """Nobody comes in by this account of the force's own sign-in any more; whose it was is signed out wherever they are. Whether
    there was one to end."""
    row = ForceIdentity.objects.select_for_update().filter(id=identity, ended_at__isnull=True).first()
    if row is None:
        return False
    row.ended_at, row.ended_by_id = at, by.user
    row.save(update_fields=["ended_at", "ended_by"])
    audit("accounts.force_sign_in_ended", by=by, at=at, subject=str(identity))
    sign_out_everywhere(by=by.user, role=by.role, at=at, user=row.user_id)
    return True


def sign_out_everywhere(*, by: UUID, role: str, at: datetime, user: UUID) -> None:
    """Ends every session of a person at once. Their name, password and digits are not touched."""
    User.objects.filter(id=user).update(signed_out_at=timezone.now())
    audit("accounts.signed_out_everywhere", by=by, role=role, at=at, subject=str(user))


def end_member(*, by: UUID, at: datetime, username: str, today: date) -> bool:
    """Ends somebody's place in the force, their account of its own sign-in, their sessions; who has no other place is
    disabled. Whether they had a place here."""
    here = current_tenant()  # said by name: the owner, who runs this, sees every force's rows
    places = Membership.objects.filter(tenant=here, user__username=username).exclude(to_date__lt=today)
    rows = list(places.select_related("user"))
    if not rows:
        return False
    last = today - timedelta(days=1)
    was_here = Membership.objects.filter(tenant=here, user__username=username, from_date__lt=today).exists()
    for row in rows:
        if row.from_date > today or (row.from_date == today and was_here):
            row.delete()  # a change that does not come; the row before it says when they left
            continue
        row.from_date, row.to_date = min(row.from_date, last), last
        row.save(update_fields=["from_date", "to_date"])
        audit("accounts.member_ended", by=by, role="", at=at, subject=str(row.id))
    user = rows[0].user_id
    for identity in ForceIdentity.objects.filter(tenant=here, user_id=user, ended_at__isnull=True):
        ForceIdentity.objects.filter(id=identity.id).update(ended_at=at, ended_by_id=user)
        audit("accounts.force_sign_in_ended", by=by, role="", at=at, subject=str(identity.id))
    sign_out_everywhere(by=by, role="", at=at, user=user)
    return True


def bind_identity(*, by: UUID, at: datetime, identity: UUID, issuer: str, subject: str) -> bool:
    """Binds the provider's subject to an account that was approved, at its first use. Whether it is bound: two at once are
    one, and a subject that is another's, or an account that was ended meanwhile, is not."""
    if ForceIdentity.objects.filter(issuer=issuer, subject=subject, ended_at__isnull=True).exists():
        return False
    row = ForceIdentity.objects.filter(id=identity, user_id=by, bound_at__isnull=True, ended_at__isnull=True).first()
    if row is None or not is_vouched(settings.FIELD_KEYS, row.vouched, *row.vouched_parts()):
        return False
    row.issuer, row.subject, row.bound_at = issuer, subject, at
    unbound = ForceIdentity.objects.filter(id=identity, bound_at__isnull=True, ended_at__isnull=True)
    vouched = vouch(settings.FIELD_KEYS, *row.vouched_parts())
    if not unbound.update(issuer=issuer, subject=subject, bound_at=at, vouched=vouched):
        return False
    audit("accounts.force_sign_in_bound", by=by, role="", at=at, subject=str(identity), fields=["subject"])
    return True


def turned_away(*, by: UUID, at: datetime, why: str) -> None:
    """Writes down that the force's own sign-in named somebody who may not come in here. Nobody is named: `why` is a code."""
    audit("accounts.force_sign_in_refused", by=by, role="", at=at, subject=why)


class UserNameTaken(ValueError):
    """Somebody signs in with this name already."""


def make_member(
    *, by: UUID, at: datetime, username: str, name: str, password: str, unit: Unit, role: str
) -> tuple[Membership, str]:
    """Makes somebody who can sign in, with their place in the force of this transaction from the day of `at`.

    Returns the place, and the secret of their code generator, which nobody is told again. Raises UserNameTaken.
    """
    if User.objects.filter(username=username).exists():
        raise UserNameTaken(username)
    user = User.objects.create(username=username, name=name, password=make_password(password))
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    place = Membership.objects.create(user=user, unit=unit, roles=[role], from_date=timezone.localdate(at))
    audit("accounts.member_made", by=by, role="command", at=at, subject=str(place.id), fields=["roles", "unit", "user"])
    return place, secret


def renew_proofs(*, by: UUID, at: datetime, user: User, password: str) -> str:
    """Gives somebody of the force of this transaction another password and code generator; what they signed in with before,
    and their sessions, ends. Returns the secret of the generator, which nobody is told again."""
    sign_out_everywhere(by=by, role="command", at=at, user=user.id)
    User.objects.filter(id=user.id).update(password=make_password(password))
    Authenticator.objects.filter(user=user).delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    audit("accounts.proofs_renewed", by=by, role="command", at=at, subject=str(user.id))
    return secret
