"""Named reads of what was said to be wrong, and of who confirmed a rule."""

from uuid import UUID

from django.db.models import Q, QuerySet

from lodestar.cases.models import Remark, RuleConfirmation
from lodestar.kernel.paging import Place


def remarks_on(code: str, most: int) -> list[Remark]:
    """What was said of a rule, the latest first."""
    rows = Remark.objects.select_related("said_by", "answered_by").filter(rule=code)
    return list(rows.order_by("-said_at", "id")[:most])


def said_by(user: UUID, most: int) -> list[Remark]:
    """What somebody said themselves, the latest first."""
    rows = Remark.objects.select_related("said_by", "answered_by").filter(said_by_id=user)
    return list(rows.order_by("-said_at", "id")[:most])


def waiting(most: int, after: Place | None = None) -> list[Remark]:
    """What nobody has answered, the longest waiting first."""
    rows: QuerySet[Remark] = Remark.objects.select_related("said_by").filter(answered_at__isnull=True)
    if after is not None and after.at is not None:
        rows = rows.filter(said_at__gte=after.at).filter(Q(said_at__gt=after.at) | Q(id__gt=after.id))
    return list(rows.order_by("said_at", "id")[:most])


def how_many_wait() -> int:
    """How many remarks nobody has answered; above 1,000 they are not counted on."""
    return Remark.objects.filter(answered_at__isnull=True)[:1001].count()


def remark_by_id(remark: UUID) -> Remark | None:
    """A remark by its id."""
    return Remark.objects.select_related("said_by", "answered_by").filter(id=remark).first()


def confirmations_of(code: str, most: int) -> list[RuleConfirmation]:
    """The confirmations of a rule in this force, the latest first."""
    rows = RuleConfirmation.objects.select_related("confirmed_by").filter(rule=code)
    return list(rows.order_by("-confirmed_at", "id")[:most])
