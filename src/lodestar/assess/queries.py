"""What the rules answer for the force of this transaction, with the settings it has agreed to."""

from typing import Any

from lodestar.assess.rules import answer, unread
from lodestar.cases.queries.settings import settings_in_force
from lodestar.cases.rules import Settings, labelled_on
from lodestar.kernel.days import london_date
from lodestar.kernel.encounter_form import read_encounter
from lodestar.kernel.facts import Encounter
from lodestar.kernel.form_values import FormErrors
from lodestar.tenancy.tenant_transaction import current_tenant


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
