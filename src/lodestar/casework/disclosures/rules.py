"""Uses of what is recorded, and telling Immigration Enforcement: by which ways, what for, by whose name, and how it stands. Pure.

Nothing goes without a detective inspector's reasoned approval, and *safeguarding* is no reason by itself. What has gone
already is a fact: a later decision says whether it was right, and takes nothing back. Whether a recipient is immigration is
told by the words of its name: the dated list `casework/disclosures/reference/immigration_recipients.toml`. Those who
decide on referrals, who advise and who judge have such words in their names and are not meant: their names are taken off first.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from lodestar.platform.obligations.obligation_status import Evidence
from lodestar.platform.text.reference_lists import rows_on

NEEDS_APPROVAL = "immigration_disclosure_needs_approval"
TOLD, PROPOSED = "immigration_disclosure", "immigration_disclosure_proposed"  # as the ledger knows them
WAYS = ("told", "joint_visit", "status_check", "custody", "file", "other")
PURPOSES = ("investigation", "harm", "law", "safeguarding", "enforcement")
IMMIGRATION = "immigration"  # the use of what is recorded that tells them, whatever the way
APPROVED_FOR = timedelta(hours=72)  # from the decision: whoever tells later asks again
AS_APPROVED, TOO_SOON, TOO_LATE, NOT_APPROVED = "as_approved", "too_soon", "too_late", "not_approved"


def is_no_reason(purposes: Iterable[str]) -> bool:
    """Whether nothing but keeping somebody safe is named, which is no reason to tell Immigration Enforcement."""
    return set(purposes) <= {"safeguarding"}


def approval_status(*, approved: bool | None, decided_at: datetime | None, when: datetime) -> str:
    """How a telling at `when` stands to the decision about it, whenever and by whomever it is written down: as it was approved,
    before it, after the approval had lapsed, or without one. A time is written to the minute, so that of the minute of the
    decision is taken for after it."""
    if not approved or decided_at is None:
        return NOT_APPROVED
    if when < decided_at.replace(second=0, microsecond=0):
        return TOO_SOON
    return AS_APPROVED if when < decided_at + APPROVED_FOR else TOO_LATE


def decision(row: str, person: str, event: tuple[str, datetime], decided_at: datetime, decided_by: str) -> Evidence:
    """What answers that a proposal, or a telling before anybody approved it, needs an approval: the decision, either way."""
    return Evidence(person, NEEDS_APPROVAL, "", moment_of(*event), "done", decided_at, "", decided_by, row)


def moment_of(event: str, at: datetime) -> str:
    """How the ledger tells one proposal or telling of a person from another: by its instant, which no two of them share."""
    return f"{'told' if event == TOLD else 'proposed'} {at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


USES = ("support", "safeguarding", "investigation", "prosecution", "immigration", "other")
RECORDED_FOR = ("support", "safeguarding", "law_enforcement")
# What each of them covers. Keeping somebody safe, and helping them, is covered by all; telling immigration by none.
COVERED: dict[str, frozenset[str]] = {
    "support": frozenset({"support", "safeguarding"}),
    "safeguarding": frozenset({"support", "safeguarding"}),
    "law_enforcement": frozenset({"support", "safeguarding", "investigation", "prosecution"}),
}
# Of every table that says something of a person. A test finds those that stand in none.
TABLES: dict[str, tuple[str, ...]] = {
    "support": (
        "disclosures.AddressDisclosure", "needs.BridgeEntry", "needs.Need", "needs.NeedsAssessment",
        "person_plans.FeedbackAsked", "person_plans.InterpreterBlock", "person_plans.InterpreterNeed", "person_plans.PersonPlan",
        "person_plans.PlanLink", "person_plans.ReadBack", "safe_addresses.ContactRule", "safe_addresses.ContactWithout",
        "safe_addresses.SafeAddress", "safe_addresses.SafeAddressViewer", "service_referrals.PlaceRequest",
        "service_referrals.ServiceReferral", "services.AvoidedArea", "services.PlaceSearch", "support.Offer",
        "support.SupportRecord", "support.SupportStage",
    ),
    "safeguarding": (
        "cases.ConsentAnswer", "ledger.ObligationAnswer", "ledger.Obligation", "referrals.Pairing", "referrals.PairingSettled",
        "referrals.Referral", "referrals.ReferralDraft",
    ),
    "law_enforcement": (
        "case_facts.CaseEvent", "cases.AllegedOffence", "disclosures.PurposeChange", "needs.SupportUse",
        "cases.EarlierReferral", "cases.Exploitation", "cases.FirstAccount", "enquiries.MaterialRequest",
        "evidence.Account", "evidence.AccountRequest", "evidence.Exhibit", "custody.ListedPerson",
        "identities.IdentityLink", "disclosures.ImmigrationDisclosure",
        "contact_promises.Promise", "suspects.Suspect",
        "identities.Match", "identities.MatchAlert", "identities.PersonIndexKey", "cases.PersonVersion",
        "redaction.RedactionDecision",
        "closures.ClosingRequest", "closures.RightToReview", "court_orders.CourtOrder",
        "investigations.Crime", "retention.RetentionDecision", "retention.ReviewDue", "concerns.BeliefDecision",
        "earlier_records.EarlierRecordMatch",
        "concerns.Note", "concerns.ImportedRow", "concerns.SignSeen", "section45.FirstAnswer",
        "prosecutions.ProsecutionEntry",
    ),
}  # fmt: skip
ADDRESS = ("support",)  # for what a safe address is recorded
CASE_FILE = ("safeguarding", "law_enforcement")  # for what that is recorded which goes to a partner's system


def is_purpose_change(recorded_for: str, use: str) -> bool:
    """Whether using what was recorded for the one is a use outside that purpose. What is not known is covered by nothing."""
    return use not in COVERED.get(recorded_for, frozenset())


def purpose_changes(recorded_for: Iterable[str], use: str) -> tuple[str, ...]:
    """Of several purposes for which something was recorded, those that do not cover the use, in a fixed order."""
    purposes = set(recorded_for)
    return tuple(purpose for purpose in RECORDED_FOR if purpose in purposes and is_purpose_change(purpose, use))


def use_in_effect(use: str, recipient: str, day: date) -> str:
    """What something is used for: deciding or enforcing immigration where the recipient is immigration, whatever was chosen."""
    return IMMIGRATION if names_immigration(recipient, day) else use


def names_immigration(recipient: str, day: date) -> bool:
    """Whether a recipient as it was written is immigration, or somebody there, by the list of that day. What is no letter or
    digit parts its words, and letters that stand alone beside each other are one word in capitals, as in U.K.V.I. and i.c.e."""
    apart, immigration_names, capitals = _listed(day)
    words = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", recipient).replace("&", " and ")).strip()
    words = re.sub(r"(?<!\S)\S(?: \S)+(?!\S)", lambda letters: letters[0].replace(" ", "").upper(), words)
    for name in apart:
        words = name.sub("|", words)  # no two words around it are beside each other
    return bool(immigration_names.search(words) or capitals.search(words))


@lru_cache(maxsize=64)  # days of facts may be any
def _listed(day: date) -> tuple[list[re.Pattern[str]], re.Pattern[str], re.Pattern[str]]:
    """The names to take off, the longest first; the names that are immigration; and the words that are in capitals alone."""
    rows = rows_on("disclosures", "immigration_recipients", day)
    apart, names, capitals = ([name for row in rows for name in row.get(key, ())] for key in ("apart", "words", "capitals"))
    apart.sort(key=lambda name: len(name.split()), reverse=True)
    return [_word_pattern([name], re.IGNORECASE) for name in apart], _word_pattern(names, re.IGNORECASE), _word_pattern(capitals)


def _word_pattern(names: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?!\S)", flags)
