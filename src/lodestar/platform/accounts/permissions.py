"""What a person may do: permissions, and the roles that hold them, as the list that the policy owner reviews has them
(`reference/roles.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lodestar.platform.text.reference_lists import reference_list


class Permission(StrEnum):
    """Each URL declares one; a role holds some."""

    SIGNED_IN = "signed_in"  # any member
    CONCERN_RECORD = "concern_record"
    CASE_VIEW = "case_view"
    DUTY_ANSWER = "duty_answer"
    CONSENT_RECORD = "consent_record"
    SECTION45_ANSWER = "section45_answer"
    SECTION45_RECORD = "section45_record"
    SECTION45_COUNTERSIGN = "section45_countersign"
    OFFENCE_RECORD = "offence_record"
    REFERRAL_RECORD = "referral_record"
    REFERRAL_REVIEW = "referral_review"  # looking over a referral that somebody else writes
    REFERRALS_COORDINATE = "referrals_coordinate"
    CRIME_RECORD = "crime_record"
    BELIEF_DECIDE = "belief_decide"
    CASE_ALLOCATE = "case_allocate"
    CUSTODY_DESK = "custody_desk"  # everybody arrested or held in the force, sealed cases apart
    ALLOCATION_AUTHORISE = "allocation_authorise"
    INVESTIGATION_REVIEW = "investigation_review"
    INVESTIGATION_VIEW = "investigation_view"  # plan, decision log, exhibits, accounts
    INVESTIGATION_RECORD = "investigation_record"  # these, and suspects, orders, what the CPS says
    CASE_CLOSE = "case_close"  # besides, the rank of detective inspector
    MATERIAL_DECIDE = "material_decide"  # third-party material about a victim; besides, an inspector's rank
    CPS_SUMMARY = "cps_summary"  # what section 45 showed, given out for prosecution
    PROMISE_RECORD = "promise_record"  # what a victim was promised, and what came of it
    HAND_ON = "hand_on"
    HAND_ON_TAKE = "hand_on_take"
    CASE_GIVE = "case_give"
    CASE_SEAL = "case_seal"
    PEOPLE_LINK = "people_link"  # of a sealed case its named owners link, whatever their role
    OPERATION_NAME = "operation_name"
    ADDRESS_RECORD = "address_record"
    ADDRESS_VIEW = "address_view"
    ADDRESS_NAME_VIEWERS = "address_name_viewers"  # of cases that are not one's own
    ADDRESS_TELL_DECIDE = "address_tell_decide"  # besides, the rank of detective inspector
    IMMIGRATION_TELL = "immigration_tell"  # proposing that they are told, and recording that they were
    IMMIGRATION_DECIDE = "immigration_decide"  # besides, the rank of detective inspector
    FILE_ADD = "file_add"
    FILE_VIEW = "file_view"
    TEAM_WORK_VIEW = "team_work_view"
    UNIT_WORK_VIEW = "unit_work_view"
    DUTY_ROSTER_SET = "duty_roster_set"
    RULE_VIEW = "rule_view"
    RULE_CALL_WRONG = "rule_call_wrong"
    RULE_ANSWER = "rule_answer"
    RULE_CONFIRM = "rule_confirm"
    LOG_VIEW = "log_view"
    ALERT_SETTLE = "alert_settle"  # what professional standards is to ask about
    EMERGENCY_ACCESS = "emergency_access"
    ASSESS = "assess"
    ASSESS_BY_TOKEN = "assess_by_token"  # held by tokens of other systems, never by a person
    CONCERN_BY_TOKEN = "concern_by_token"  # the same; who it records as has the right to record, besides
    SETTING_PROPOSE = "setting_propose"
    SETTING_APPROVE = "setting_approve"
    SETTINGS_FILE = "settings_file"  # all settings in one file; of what is read in, each part wants its own permission besides
    CONTACTS_SET = "contacts_set"  # the force's own numbers to ring
    TOKEN_MANAGE = "token_manage"
    FORCE_SIGN_IN_APPROVE = "force_sign_in_approve"  # who may come in by the force's own sign-in
    STAFF_MANAGE = "staff_manage"  # asking that people are added, changed, moved, locked, ended
    STAFF_APPROVE = "staff_approve"  # ranks, roles and skills that another administrator asked for
    GUIDANCE_READ = "guidance_read"
    GUIDANCE_EDIT = "guidance_edit"  # drafts, what is published, the thesaurus, facts that no longer hold
    LEAFLET_FILE = "leaflet_file"
    FIGURE_VIEW = "figure_view"  # the six failings over a period, of the unit or the force, and the cases behind each number
    DEEP_DIVE_DRAW = "deep_dive_draw"  # drawing a sample, giving it to reviewers, settling disputes, actions
    DEEP_DIVE_REVIEW = "deep_dive_review"  # reviewing the cases one was given, without addresses, contact and support
    TRAINING_MANAGE = "training_manage"  # courses, who attended, questions, what each role must have
    TRAINING_COVERAGE = "training_coverage"  # who has which training, by role, unit and shift
    OVERSIGHT_VIEW = "oversight_view"  # requirements, the plan, recommendations and what was answered; no case
    REQUIREMENT_EDIT = "requirement_edit"  # requirements, and what evidence is linked to each
    PLAN_EDIT = "plan_edit"  # items of the plan of whoever owns them
    RECOMMENDATION_EDIT = "recommendation_edit"  # reports, recommendations and their status
    RECOMMENDATION_VERIFY = "recommendation_verify"  # that one is complete; never by its owner
    RESPONSE_WRITE = "response_write"  # drafts of a response to a report
    RESPONSE_APPROVE = "response_approve"  # for the chief constable
    RESPONSE_COMMENT = "response_comment"  # for the local policing body: its comments and letter, and publishing
    BOARD_VIEW = "board_view"  # the meetings of the boards that one is a member of: agenda, pack, minutes
    BOARD_MANAGE = "board_manage"  # boards, members, meetings, packs, minutes, actions
    PEER_REVIEW_MANAGE = "peer_review_manage"
    PEER_REVIEW_DO = "peer_review_do"  # the peer review one was asked for: its sample, without addresses, contact and support
    COMMISSIONING_VIEW = "commissioning_view"  # the published gaps in victims' support, as counts, and questions about them
    COMMISSIONING_ASK = "commissioning_ask"  # for the local policing body: questions to the force, decisions, follow-up
    COMMISSIONING_ANSWER = "commissioning_answer"  # for the force: publishing a quarter, answers, what the tables rest on
    EXPORT = "export"  # people of a case by name, and numbers, to others
    GIVE_OUT = "give_out"  # packs and sheets of a case for the force's own other systems
    PACK_ORDER_SET = "pack_order_set"  # the order in which the force's crime system asks
    KEEPING_REVIEW = "keeping_review"  # whether what is held about people is still needed
    KEEPING_DECIDE = "keeping_decide"  # the same of one: of a sealed case its named owners decide it, whatever their role
    BREACH_RECORD = "breach_record"  # the register of breaches
    SUBJECT_REQUEST = "subject_request"  # what people ask about themselves
    HOLD_SET = "hold_set"  # legal holds
    TAKE_IN = "take_in"  # cases from a file of another body's system
    PROMPT_ANSWER = "prompt_answer"  # whether somebody in earlier records could be a possible victim, when one is asked
    PROMPTS_VIEW = "prompts_view"  # everybody's such questions, and what earlier records came in
    SERVICES_VIEW = "services_view"  # services that help, and who can take a person tonight
    SERVICES_EDIT = "services_edit"
    PLACE_ASK = "place_ask"  # asking for a place of safety, and recording what was offered and taken
    SUPPORT_VIEW = "support_view"  # needs, referrals to services, what was offered: for support alone
    SUPPORT_RECORD = "support_record"
    SUPPORT_GIVE = "support_give"  # giving people to a navigator, and taking that back
    SUPPORT_USE = "support_use"  # seeing support records for another purpose, with a reason that is recorded
    PARTNERS_EDIT = "partners_edit"
    ENTITY_RECORD = "entity_record"  # places and organisations that cases have in common
    RECORDS_TAKE_IN = "records_take_in"  # earlier records of custody, missing, stops, addresses and calls


class Reach(StrEnum):
    """Which unsealed cases a role sees beside those its holder opened or was given. Sealed ones are named owners' only."""

    GIVEN = "given"
    HELD = "held"  # of other cases only who is arrested or held now, and only for the permissions of AT_THE_DESK
    UNIT = "unit"
    TENANT = "tenant"
    NOTHING = "nothing"


# By rank, whatever else somebody may do: whose authority a disclosure wants.
DETECTIVE_INSPECTORS = frozenset({"detective_inspector", "detective_chief_inspector", "detective_superintendent"})
DUTY_INSPECTOR = "duty_inspector"  # owed by whoever is of an inspector's rank, where they see the case


@dataclass(frozen=True)
class Role:
    """A role: its code, what it is called, one sentence saying what it may do, and what that is."""

    code: str
    name: str
    sentence: str
    reach: Reach
    permissions: frozenset[Permission]
    owes: tuple[str, ...] = ()  # the `owed_by` values this role answers for
    database: str = ""  # the lesser database role as which the pages of its holders run, whatever other roles they have


_LIST = reference_list("accounts", "roles")
_GROUPS = {name: frozenset(map(Permission, codes)) for name, codes in _LIST.header["groups"].items()}
# What the custody desk may do for somebody arrested or held in a case that it was not given.
AT_THE_DESK = _GROUPS["everyone"] | _GROUPS["custody_desk"]


def _granted(row: Mapping[str, Any]) -> frozenset[Permission]:
    """What a row of the list gives. Raises ValueError for a permission, KeyError for a group, that is none."""
    groups = _GROUPS["everyone"].union(*(_GROUPS[name] for name in row.get("groups", ())))
    return groups.union(map(Permission, row.get("permissions", ()))) - frozenset(map(Permission, row.get("without", ())))


def _role(row: Mapping[str, Any]) -> Role:
    owes, database = tuple(row.get("owes", ())), row.get("database", "")
    return Role(row["code"], row["name"], row["sentence"], Reach(row["reach"]), _granted(row), owes, database)


ROLES: dict[str, Role] = {row["code"]: _role(row) for row in _LIST.rows}
TOKEN_PERMISSIONS = (Permission.ASSESS_BY_TOKEN, Permission.CONCERN_BY_TOKEN)  # what a token of another system can hold


def permissions_of(roles: list[str]) -> frozenset[Permission]:
    """All that these roles may do; a role no longer in the code gives nothing."""
    return frozenset().union(*(ROLES[role].permissions for role in roles if role in ROLES))
