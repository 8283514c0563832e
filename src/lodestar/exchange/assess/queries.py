"""What the rules answer for the force of this transaction, with the settings it has agreed to."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lodestar.exchange.assess.models import Remark, RuleConfirmation
from lodestar.exchange.assess.rules import answer, unread
from lodestar.platform.design.words import MOST_COUNTED
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.obligations.settings import Settings, labelled_on
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.paging import Place
from lodestar.platform.time.days import london_date


def settings_for(encounter: Encounter) -> Settings:
    """The force's settings, labelled by the newest change that holds on the day of the encounter; `shipped` without one."""
    return labelled_on(current_tenant() or "", settings_in_force(), london_date(encounter.encountered_at))


def answer_in_force(value: object) -> dict[str, Any]:
    """The answer of `assess` to a JSON value, with the force's settings; `{"reference", "errors"}` when it is no encounter."""
    try:
        encounter = read_encounter(value)
    except FormErrors as fault:
        return unread(value, fault)
    return answer(encounter, settings_for(encounter))


def remarks(most: int, **of: str | UUID) -> list[Remark]:
    """What was said of a `rule`, or by somebody (`said_by`), the latest first."""
    rows = Remark.objects.select_related("said_by", "answered_by").filter(**of)
    return list(rows.order_by("-said_at", "id")[:most])


def waiting(most: int, after: Place | None = None) -> list[Remark]:
    """What nobody has answered, the longest waiting first."""
    rows: QuerySet[Remark] = Remark.objects.select_related("said_by").filter(answered_at__isnull=True)
    if after is not None and after.at is not None:
        rows = rows.filter(said_at__gte=after.at).filter(Q(said_at__gt=after.at) | Q(id__gt=after.id))
    return list(rows.order_by("said_at", "id")[:most])


def how_many_wait() -> int:
    """How many remarks nobody has answered; counted as far as lists count."""
    return Remark.objects.filter(answered_at__isnull=True)[: MOST_COUNTED + 1].count()


def remark_by_id(remark: UUID) -> Remark | None:
    """A remark by its id."""
    return Remark.objects.select_related("said_by", "answered_by").filter(id=remark).first()


def confirmations_of(code: str, most: int) -> list[RuleConfirmation]:
    """The confirmations of a rule in this force, the latest first."""
    rows = RuleConfirmation.objects.select_related("confirmed_by").filter(rule=code)
    return list(rows.order_by("-confirmed_at", "id")[:most])
