"""What several apps' rules share: the settings in force, ages, and what can be read in the facts. Pure; no clock, no Django."""

from lodestar.cases.rules.ages import AgeReading as AgeReading
from lodestar.cases.rules.ages import is_birthday_known as is_birthday_known
from lodestar.cases.rules.ages import treat_as as treat_as
from lodestar.cases.rules.encounter_reading import OWN_DECISIONS as OWN_DECISIONS
from lodestar.cases.rules.encounter_reading import CaseRule as CaseRule
from lodestar.cases.rules.encounter_reading import Decision as Decision
from lodestar.cases.rules.encounter_reading import PersonReading as PersonReading
from lodestar.cases.rules.encounter_reading import Reading as Reading
from lodestar.cases.rules.encounter_reading import Rule as Rule
from lodestar.cases.rules.encounter_reading import owed_by_rules as owed_by_rules
from lodestar.cases.rules.encounter_reading import reading as reading
from lodestar.cases.rules.happened_without import ADDRESS_TOLD as ADDRESS_TOLD
from lodestar.cases.rules.happened_without import heard_of as heard_of
from lodestar.cases.rules.happened_without import owed_looks_at_addresses as owed_looks_at_addresses
from lodestar.cases.rules.settings import SHIPPED as SHIPPED
from lodestar.cases.rules.settings import CannotSet as CannotSet
from lodestar.cases.rules.settings import SettingRow as SettingRow
from lodestar.cases.rules.settings import Settings as Settings
from lodestar.cases.rules.settings import every_setting as every_setting
from lodestar.cases.rules.settings import for_tenant as for_tenant
from lodestar.cases.rules.settings import is_ahead as is_ahead
from lodestar.cases.rules.settings import labelled_on as labelled_on
from lodestar.cases.rules.settings import value_of as value_of
