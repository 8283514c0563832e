"""For what something about a person was recorded, for what it is used, and when the one does not cover the other.

What police hold to help somebody is held under the UK GDPR; what they hold to investigate, under part 3 of the Data Protection
Act 2018, whose section 36 lets it serve another purpose only where the law allows that. Going from the one to the other is a
disclosure, even where it stays in the same building.
"""

from collections.abc import Iterable

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
    "support": ("cases.SafeAddress", "cases.SafeAddressViewer", "cases.AddressTelling", "support.Offer"),
    "safeguarding": (
        "cases.ConsentAnswer", "cases.DutyAnswer", "cases.Obligation", "referrals.Pairing", "referrals.PairingSettled",
        "referrals.Referral", "referrals.Writing",
    ),
    "law_enforcement": (
        "cases.AllegedOffence", "cases.Crossing", "cases.EarlierReferral", "cases.Exploitation", "cases.FirstAccount",
        "cases.IdentityLink", "cases.ImmigrationDisclosure",
        "cases.Match", "cases.MatchAlert", "cases.PersonMarks", "cases.PersonVersion", "cases.RedactionDecision",
        "investigations.Crime", "keeping.Kept", "keeping.ReviewDue", "recognition.BeliefDecision", "recognition.MetBefore",
        "recognition.Note", "recognition.RowTakenIn", "recognition.SignSeen", "section45.FirstAnswer",
    ),
}  # fmt: skip
ADDRESS = ("support",)  # for what a safe address is recorded
CASE_FILE = ("safeguarding", "law_enforcement")  # for what that is recorded which goes to a partner's system


def is_crossing(recorded_for: str, use: str) -> bool:
    """Whether using what was recorded for the one is a use outside that purpose. What is not known is covered by nothing."""
    return use not in COVERED.get(recorded_for, frozenset())


def crossings(recorded_for: Iterable[str], use: str) -> tuple[str, ...]:
    """Of several purposes for which something was recorded, those that do not cover the use, in a fixed order."""
    told = set(recorded_for)
    return tuple(one for one in RECORDED_FOR if one in told and is_crossing(one, use))
