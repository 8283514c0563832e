"""What several apps' rules share: the settings in force, ages, and what can be read in the facts. Pure; no clock, no
Django."""

from lodestar.cases.rules.ages import AgeReading, is_birthday_known, treat_as
from lodestar.cases.rules.happened_without import ADDRESS_TOLD, heard_of, owed_looks_at_addresses
from lodestar.cases.rules.readings import (
    OWN_DECISIONS,
    CaseRule,
    Decision,
    PersonReading,
    Reading,
    Rule,
    owed_by_rules,
    own_areas,
    reading,
)
from lodestar.cases.rules.settings import (
    SHIPPED,
    CannotSet,
    SettingRow,
    Settings,
    every_setting,
    for_tenant,
    is_ahead,
    labelled_on,
    value_of,
)

__all__ = [
    "ADDRESS_TOLD",
    "OWN_DECISIONS",
    "SHIPPED",
    "AgeReading",
    "CannotSet",
    "CaseRule",
    "Decision",
    "PersonReading",
    "Reading",
    "Rule",
    "SettingRow",
    "Settings",
    "every_setting",
    "for_tenant",
    "heard_of",
    "is_ahead",
    "is_birthday_known",
    "labelled_on",
    "owed_by_rules",
    "owed_looks_at_addresses",
    "own_areas",
    "reading",
    "treat_as",
    "value_of",
]  # fmt: skip
