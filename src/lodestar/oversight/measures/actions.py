"""What is written down of the figure: that a list of cases was shown, that a file was taken along and why; and what is kept of
cases, so that a page need not judge each anew."""

from datetime import datetime

from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.oversight.measures.access import TAKEN
from lodestar.oversight.measures.models import CaseVerdict
from lodestar.oversight.measures.queries import reading as kept
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.audit.models import Event


def list_shown(*, by: Member, at: datetime, code: str, verdict: str) -> None:
    """Writes down that the cases behind one number were shown."""
    audit("analysis.cases_listed", by=by, at=at, subject=f"{code} {verdict}")


def take(*, by: Member, at: datetime, what: str, reason: str) -> Event:
    """Writes down that a figure, or the list behind one number, is taken along as a file, and why. `what` is the address it is
    made from again: the period, the instant, and which number."""
    return audit(TAKEN, by=by, at=at, subject=what, fields=["csv"], reason=reason)


def file_taken(*, by: Member, at: datetime, taken: Event) -> None:
    """Writes down that the file was fetched."""
    audit("analysis.file_taken", by=by, at=at, subject=str(taken.id))


def keep(*, at: datetime, most: int) -> int:
    """Keeps what is said of the first cases of which nothing is kept that holds, and returns how many they were. Nobody does it,
    and nothing of it is anybody's: it is what their rows say already.

    Cases that an action has in hand are left to the next time. The instant from which a row holds is taken when its case is
    locked: by then whatever was recorded before it is there to be read.
    """
    waiting = kept.without_stored_verdicts(at, most)
    locked = Case.objects.select_for_update(skip_locked=True, no_key=True).filter(id__in=waiting).order_by("id")
    cases = list(locked.values_list("id", flat=True))
    if cases:
        rows = kept.recalculate(cases, timezone.now())
        CaseVerdict.objects.filter(case__in=cases).delete()
        CaseVerdict.objects.bulk_create(rows.values())
    return len(cases)
