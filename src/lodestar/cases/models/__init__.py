"""The rows of a case, by noun."""

from lodestar.cases.models.accounts import FirstAccount
from lodestar.cases.models.alerts import StaffAddress, StandardsAlert
from lodestar.cases.models.case import Case, CaseMember, CaseNumber, OperationGroup, SealOwner
from lodestar.cases.models.confirmations import RuleConfirmation
from lodestar.cases.models.crossings import Crossing
from lodestar.cases.models.disclosures import ImmigrationDisclosure
from lodestar.cases.models.leaflets import LeafletTranslation
from lodestar.cases.models.ledger import REFERRAL_CLOCKS, DutyAnswer, HandOn, Obligation, ObligationEvent
from lodestar.cases.models.marks import PersonMarks
from lodestar.cases.models.met_before import Identity, IdentityLink, Match, MatchAlert, MatchAnswer
from lodestar.cases.models.papers import AddressTelling, CaseFile, SafeAddress, SafeAddressViewer
from lodestar.cases.models.person import (
    AllegedOffence,
    ConsentAnswer,
    EarlierReferral,
    Exploitation,
    Person,
    PersonVersion,
)
from lodestar.cases.models.redaction import RedactionDecision
from lodestar.cases.models.remarks import Remark
from lodestar.cases.models.settings import SettingChange

__all__ = [
    "REFERRAL_CLOCKS",
    "AddressTelling",
    "AllegedOffence",
    "Case",
    "CaseFile",
    "CaseMember",
    "CaseNumber",
    "ConsentAnswer",
    "Crossing",
    "DutyAnswer",
    "EarlierReferral",
    "Exploitation",
    "FirstAccount",
    "HandOn",
    "Identity",
    "IdentityLink",
    "ImmigrationDisclosure",
    "LeafletTranslation",
    "Match",
    "MatchAlert",
    "MatchAnswer",
    "Obligation",
    "ObligationEvent",
    "OperationGroup",
    "Person",
    "PersonMarks",
    "PersonVersion",
    "RedactionDecision",
    "Remark",
    "RuleConfirmation",
    "SafeAddress",
    "SafeAddressViewer",
    "SealOwner",
    "SettingChange",
    "StaffAddress",
    "StandardsAlert",
]  # fmt: skip
