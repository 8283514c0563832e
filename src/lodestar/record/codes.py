"""Every event code, with the sentence that a person reads. An event whose code is not here cannot be written."""

from lodestar.record.models import Operation

_C, _A, _V, _D, _X, _E = (
    Operation.COLLECTION,
    Operation.ALTERATION,
    Operation.CONSULTATION,
    Operation.DISCLOSURE,
    Operation.COMBINATION,
    Operation.ERASURE,
)

CODES: dict[str, tuple[Operation, str]] = {
    "accounts.signed_in": (_V, "signed in"),
    "accounts.signed_out": (_V, "signed out"),
    "accounts.duty_set": (_A, "set who is on duty"),
    "cases.opened": (_C, "opened a case"),
    "cases.changed": (_A, "changed what the case says"),
    "cases.viewed": (_V, "opened the case page"),
    "cases.sealed": (_A, "sealed the case"),
    "cases.unsealed": (_A, "unsealed the case"),
    "cases.given": (_A, "gave the case to a colleague"),
    "cases.operation_named": (_A, "put the case into an operation"),
    "cases.emergency_access": (_V, "used emergency access"),
    "cases.person_recorded": (_C, "recorded a person"),
    "cases.person_changed": (_A, "changed what is recorded of a person"),
    "cases.person_viewed": (_V, "opened a person's page"),
    "cases.people_listed": (_V, "saw a list of people"),
    "cases.consent_recorded": (_C, "recorded what the person answered"),
    "cases.address_recorded": (_C, "recorded a safe address"),
    "cases.address_viewed": (_V, "was shown a safe address"),
    "cases.file_added": (_C, "added a file"),
    "cases.file_viewed": (_V, "opened a file"),
    "cases.duty_answered": (_A, "answered what was owed"),
    "cases.handed_on": (_A, "handed on what was left"),
    "cases.hand_on_taken": (_A, "took over what was handed on"),
    "recognition.concern_recorded": (_C, "recorded a concern"),
    "recognition.signs_recorded": (_C, "recorded signs seen"),
    "recognition.belief_decided": (_A, "decided on reasonable grounds"),
    "section45.question_answered": (_C, "answered the section 45 question (Modern Slavery Act 2015)"),
    "referrals.sent": (_D, "recorded a referral as sent"),
    "investigations.crime_recorded": (_C, "recorded a crime number"),
    "investigations.allocated": (_A, "allocated the case"),
    "investigations.authority_given": (_A, "gave a detective inspector's authority"),
    "investigations.reviewed": (_A, "reviewed the investigation"),
    "record.searched": (_V, "looked into the log"),
    "rules.called_wrong": (_C, "said that a rule is wrong"),
}
