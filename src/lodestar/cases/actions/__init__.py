"""The writes on a case and its people. Each locks its case, writes one event of the log, and reckons the ledger."""

from lodestar.cases.actions.accounts import record_first_account
from lodestar.cases.actions.case import (
    UnableToSeal,
    change_case,
    change_interim_owner,
    give_case,
    name_operation,
    open_case,
    seal_case,
    unseal_case,
    use_emergency_access,
)
from lodestar.cases.actions.corrections import change_offence, take_back_exploitations, take_back_offence
from lodestar.cases.actions.duties import NeedsWords, OnlyOnItsPage, answer_duty, hand_on, take_hand_on
from lodestar.cases.actions.met_before import compare_people
from lodestar.cases.actions.papers import UnableToAddFile, add_file, record_address, show_address
from lodestar.cases.actions.people import (
    StaleVersion,
    add_people,
    add_person,
    change_people,
    change_person,
    record_consent,
    record_earlier_referral,
    record_exploitation,
    record_exploitations,
    record_offence,
    record_offences,
)
from lodestar.cases.actions.settings import (
    Decided,
    NotAhead,
    SamePerson,
    approve_setting,
    propose_setting,
    refuse_setting,
)

__all__ = [
    "Decided", "NeedsWords", "NotAhead", "OnlyOnItsPage", "SamePerson", "StaleVersion", "UnableToAddFile", "UnableToSeal",
    "add_file",
    "add_people", "add_person", "answer_duty", "approve_setting", "change_case", "change_interim_owner", "change_offence",
    "change_people",
    "change_person", "compare_people", "give_case", "hand_on", "name_operation", "open_case", "propose_setting", "record_address",
    "record_consent", "record_earlier_referral", "record_exploitation", "record_exploitations", "record_first_account",
    "record_offence",
    "record_offences", "refuse_setting", "seal_case", "show_address", "take_back_exploitations",
    "take_back_offence", "take_hand_on", "unseal_case", "use_emergency_access",
]  # fmt: skip
