"""What the rules answer for the force of this transaction, with the settings it has agreed to."""

from typing import Any
from uuid import UUID

from lodestar.exchange.assess.models import Remark, RuleConfirmation
from lodestar.exchange.assess.rules import answer
from lodestar.platform.design.words import MOST_COUNTED
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.settings import labelled_on
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.time.days import london_date


def answer_in_force(encounter: Encounter) -> dict[str, Any]:
    """The answer of `assess` with the force's settings, labelled by the newest change that holds on the day of the encounter;
    `shipped` without one."""
    day = london_date(encounter.encountered_at)
    return answer(encounter, labelled_on(current_tenant() or "", settings_in_force(), day))


def remarks(most: int, **of: str | UUID) -> list[Remark]:
    """What was said of a `rule`, or by somebody (`said_by`), the latest first."""
    rows = Remark.objects.select_related("said_by", "answered_by").filter(**of)
    return list(rows.order_by("-said_at", "id")[:most])


def waiting(most: int) -> list[Remark]:
    """What nobody has answered, the longest waiting first; the next come up as these are answered."""
    rows = Remark.objects.select_related("said_by").filter(answered_at__isnull=True)
    return list(rows.order_by("said_at", "id")[:most])


def how_many_wait() -> int:
    """How many remarks nobody has answered; counted as far as lists count."""
    return Remark.objects.filter(answered_at__isnull=True)[: MOST_COUNTED + 1].count()


def remark_by_id(remark: UUID) -> Remark | None:
    """A remark by its id."""
    return Remark.objects.select_related("said_by", "answered_by").filter(id=remark).first()


def confirmation_of(code: str) -> RuleConfirmation | None:
    """The latest confirmation of a rule in this force."""
    return RuleConfirmation.objects.select_related("confirmed_by").filter(rule=code).order_by("-confirmed_at", "id").first()
