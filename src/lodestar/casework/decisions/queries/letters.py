"""Named reads of letters of the competent authority, and of the referrals whose references they name."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from lodestar.casework.cases.access import visible
from lodestar.casework.decisions.models import Letter, LetterFiled
from lodestar.casework.referrals.models import Referral, ReferralReference
from lodestar.casework.referrals.rules import found_by
from lodestar.platform.accounts.access import Member
from lodestar.platform.text.paging import Place

MOST_NAMED = 20  # referrals that one letter can name before it is nobody's in particular


def named_in(references: Iterable[str]) -> list[UUID]:
    """The referrals whose reference, as it was last written, is one of these. A mistaken one names nothing."""
    asked = list(references)
    rows = list(ReferralReference.objects.filter(found_by__in=asked).values_list("referral", flat=True)[:MOST_NAMED])
    standing: dict[UUID, str] = {}
    for row in ReferralReference.objects.filter(referral__in=rows).order_by("recorded_at", "id"):
        standing[row.referral_id] = row.found_by
    return [referral for referral, written in standing.items() if written in set(asked)]


def seen_of(member: Member, referrals: Iterable[UUID]) -> list[Referral]:
    """Those of these referrals whose cases the member sees."""
    rows = Referral.objects.select_related("person__case").filter(visible(member, "person__case__"), id__in=list(referrals))
    return list(rows.order_by("sent_at", "id"))


def referrals_written(member: Member, words: str) -> list[Referral]:
    """The referrals that somebody means by a reference, or by the number of a case; of those the member sees."""
    case = Q(person__case__reference=words.strip().upper(), route="nrm")
    rows = Referral.objects.select_related("person__case").filter(visible(member, "person__case__"))
    return list(rows.filter(Q(id__in=named_in([found_by(words)])) | case).order_by("sent_at", "id")[:MOST_NAMED])


def waiting(most: int, after: Place | None) -> list[Letter]:
    """What nobody has filed, the latest first, after a place."""
    rows = Letter.objects.select_related("added_by").filter(waits=True)
    if after is not None and after.at is not None:
        rows = rows.filter(added_at__lte=after.at).filter(Q(added_at__lt=after.at) | Q(id__lt=after.id))
    return list(rows.order_by("-added_at", "-id")[:most])


def letters_of(referral: Referral) -> list[Letter]:
    """The letters filed to a referral, the latest first."""
    rows = LetterFiled.objects.select_related("letter").filter(referral=referral).order_by("-filed_at", "-id")
    return [row.letter for row in rows]


def filings_of(member: Member, letter: Letter) -> list[LetterFiled]:
    """Where a letter was filed, of what the member sees; and that it was put aside."""
    rows = LetterFiled.objects.select_related("referral__person__case", "filed_by").filter(letter=letter)
    return list(rows.filter(Q(referral__isnull=True) | visible(member, "referral__person__case__")).order_by("filed_at", "id"))
