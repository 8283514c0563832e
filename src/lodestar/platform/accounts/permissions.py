"""What a person may do, as code: permissions, and the roles that hold them. The policy owner reviews this file."""

from dataclasses import dataclass
from enum import StrEnum


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


P = Permission
_EVERYONE = frozenset({P.SIGNED_IN, P.RULE_VIEW, P.RULE_CALL_WRONG, P.GUIDANCE_READ})
_CASE_WORK = _EVERYONE | {
    P.CONCERN_RECORD, P.CASE_VIEW, P.DUTY_ANSWER, P.CONSENT_RECORD, P.SECTION45_ANSWER, P.REFERRAL_RECORD,
    P.CRIME_RECORD, P.OFFENCE_RECORD, P.HAND_ON, P.ADDRESS_RECORD, P.ADDRESS_VIEW, P.FILE_ADD, P.FILE_VIEW,
    P.EMERGENCY_ACCESS, P.GIVE_OUT, P.PROMPT_ANSWER, P.IMMIGRATION_TELL, P.KEEPING_DECIDE, P.SERVICES_VIEW, P.PLACE_ASK,
}  # fmt: skip
_INVESTIGATION = frozenset({P.INVESTIGATION_VIEW, P.INVESTIGATION_RECORD, P.CPS_SUMMARY, P.PROMISE_RECORD})
_SUPPORT = frozenset({P.SERVICES_VIEW, P.SUPPORT_VIEW, P.SUPPORT_RECORD, P.PLACE_ASK})
# What the custody desk may do for somebody arrested or held in a case that it was not given.
AT_THE_DESK = _EVERYONE | {P.CUSTODY_DESK, P.CASE_VIEW, P.DUTY_ANSWER, P.SECTION45_ANSWER}
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


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "frontline", "Officer", "Records concerns and sees the cases they opened or were given.",
            Reach.GIVEN, _CASE_WORK, ("frontline",),
        ),
        Role(
            "custody", "Custody sergeant",
            "Looks after everyone arrested or in custody until release; sees other cases only if given them.",
            Reach.HELD, _CASE_WORK | {P.CUSTODY_DESK}, ("custody",),
        ),
        Role(
            "supervisor", "Supervisor", "Decides escalated tasks, reviews and countersigns for their unit.",
            Reach.UNIT,
            _CASE_WORK | {P.BELIEF_DECIDE, P.INVESTIGATION_REVIEW, P.SECTION45_COUNTERSIGN, P.CASE_GIVE, P.CASE_SEAL,
                          P.REFERRAL_REVIEW, P.TEAM_WORK_VIEW, P.UNIT_WORK_VIEW, P.DUTY_ROSTER_SET, P.OPERATION_NAME,
                          P.FIGURE_VIEW, P.INVESTIGATION_VIEW, P.PROMISE_RECORD},
            ("supervisor",),
        ),
        Role(
            "investigator", "Investigator", "Investigates the cases they own, without support notes.",
            Reach.GIVEN, _CASE_WORK - {P.PLACE_ASK} | _INVESTIGATION | {P.SECTION45_RECORD, P.SUPPORT_USE, P.ENTITY_RECORD},
            ("investigator",),
        ),
        Role(
            "crime_allocation", "Crime allocation", "Gives each case to a detective with the skill for it.",
            Reach.TENANT,
            _EVERYONE | {P.CASE_VIEW, P.DUTY_ANSWER, P.CASE_ALLOCATE, P.TEAM_WORK_VIEW, P.UNIT_WORK_VIEW, P.KEEPING_DECIDE},
            ("crime_allocation",),
        ),
        Role(
            "detective_inspector", "Detective inspector", "Gives reasoned authority that expires; reviews closures.",
            Reach.TENANT,
            _CASE_WORK - {P.PLACE_ASK} | _INVESTIGATION
            | {P.CASE_CLOSE, P.MATERIAL_DECIDE, P.ALLOCATION_AUTHORISE, P.ADDRESS_TELL_DECIDE, P.IMMIGRATION_DECIDE,
                          P.INVESTIGATION_REVIEW,
                          P.REFERRAL_REVIEW, P.TEAM_WORK_VIEW, P.UNIT_WORK_VIEW, P.FIGURE_VIEW, P.HOLD_SET,
                          P.SUPPORT_USE},
            (DUTY_INSPECTOR, "detective_inspector"),
        ),
        Role(
            "coordinator", "Coordinator", "Accepts the morning list, sends referrals, links duplicates and manages the rules.",
            Reach.TENANT,
            _CASE_WORK | _SUPPORT
            | {P.SUPPORT_GIVE, P.SERVICES_EDIT, P.PARTNERS_EDIT, P.ENTITY_RECORD, P.ADDRESS_NAME_VIEWERS,
                          P.HAND_ON_TAKE, P.CASE_GIVE, P.CASE_SEAL, P.TEAM_WORK_VIEW, P.UNIT_WORK_VIEW,
                          P.OPERATION_NAME, P.DUTY_ROSTER_SET, P.ASSESS, P.RULE_ANSWER, P.GUIDANCE_EDIT,
                          P.EXPORT, P.TAKE_IN, P.RECORDS_TAKE_IN, P.PROMPTS_VIEW, P.PACK_ORDER_SET, P.LEAFLET_FILE,
                          P.SETTINGS_FILE, P.CONTACTS_SET,
                          P.INVESTIGATION_VIEW, P.PROMISE_RECORD,
                          P.PEOPLE_LINK, P.REFERRALS_COORDINATE, P.REFERRAL_REVIEW, P.FIGURE_VIEW, P.HOLD_SET},
            ("coordinator",),
        ),
        Role(
            "analyst", "Intelligence and analyst",
            "Imports earlier records and asks about possible victims in them.",
            Reach.TENANT,
            _EVERYONE | {P.CONCERN_RECORD, P.CASE_VIEW, P.DUTY_ANSWER, P.ENTITY_RECORD,
                         P.RECORDS_TAKE_IN, P.PROMPT_ANSWER, P.PROMPTS_VIEW,
                         P.KEEPING_DECIDE},
            ("analyst",),
        ),
        Role(
            "advisor", "Modern slavery advisor", "Arranges support for victims and keeps offering it, in all cases of the force.",
            Reach.TENANT,
            _CASE_WORK | _SUPPORT
            | {P.SUPPORT_GIVE, P.SERVICES_EDIT, P.PARTNERS_EDIT, P.PROMISE_RECORD, P.REFERRAL_REVIEW, P.TEAM_WORK_VIEW,
               P.UNIT_WORK_VIEW},
            ("advisor",),
        ),
        Role(
            "victim_liaison", "Victim liaison officer",
            "Keeps victims informed in the cases they were given, in the agreed safe way.",
            Reach.GIVEN, _CASE_WORK | _SUPPORT | {P.PROMISE_RECORD}, ("victim_liaison",),
        ),
        Role(
            "navigator", "Victim navigator",
            "Helps the victims they were given and sees their support alone, nothing of the investigation.",
            Reach.GIVEN, _EVERYONE | _SUPPORT,
        ),
        Role(
            "crime_registrar", "Crime registrar", "Checks that every crime is recorded and counted as it should be.",
            Reach.TENANT, _EVERYONE | {P.CASE_VIEW, P.DUTY_ANSWER, P.CRIME_RECORD, P.TEAM_WORK_VIEW, P.UNIT_WORK_VIEW,
                                          P.KEEPING_DECIDE},
            ("crime_registrar",),
        ),
        Role(
            "data_protection", "Data protection",
            "Sees who has looked and why, not what they read; decides what is no longer needed.",
            Reach.NOTHING, _EVERYONE | {P.LOG_VIEW, P.KEEPING_REVIEW, P.KEEPING_DECIDE, P.BREACH_RECORD, P.SUBJECT_REQUEST},
        ),
        Role(
            "professional_standards", "Professional standards",
            "Sees the log and its alerts about members of staff, and no case.",
            Reach.NOTHING, _EVERYONE | {P.LOG_VIEW, P.ALERT_SETTLE},
        ),
        Role(
            "policy_owner", "Policy owner",
            "Confirms rules; proposes changes of the force's settings, and agrees to a colleague's.",
            Reach.NOTHING, _EVERYONE | {P.RULE_CONFIRM, P.SETTING_PROPOSE, P.SETTING_APPROVE, P.ASSESS, P.LEAFLET_FILE,
                                             P.PACK_ORDER_SET, P.SETTINGS_FILE},
        ),
        Role(
            "guidance_editor", "Guidance editor",
            "Manages the guidance library: adds, approves and withdraws; sees no case.",
            Reach.NOTHING, _EVERYONE | {P.GUIDANCE_EDIT},
        ),
        Role(
            "administrator", "Administrator",
            "Manages staff, their sign-in, numbers to ring and the tokens of other systems. Sees no case.",
            Reach.NOTHING, _EVERYONE | {P.TOKEN_MANAGE, P.FORCE_SIGN_IN_APPROVE, P.CONTACTS_SET, P.SETTINGS_FILE,
                                             P.STAFF_MANAGE, P.STAFF_APPROVE},
        ),
    )
}  # fmt: skip
TOKEN_PERMISSIONS = (Permission.ASSESS_BY_TOKEN, Permission.CONCERN_BY_TOKEN)  # what a token of another system can hold


def permissions_of(roles: list[str]) -> frozenset[Permission]:
    """All that these roles may do; a role no longer in the code gives nothing."""
    return frozenset().union(*(ROLES[role].permissions for role in roles if role in ROLES))
