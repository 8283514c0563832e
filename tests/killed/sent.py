"""A form well filled in for every address that takes one. A new address without an entry here fails a test."""

import hashlib
import json
from dataclasses import asdict

from django.core.files.uploadedfile import SimpleUploadedFile

from lodestar.casework.ledger.models import Handover
from lodestar.platform.accounts.models import Draft
from lodestar.platform.settings.settings_file import FORMAT
from tests.access.world import PNG
from tests.factories.cases import a_disclosure
from tests.factories.full_records import answers
from tests.factories.keeping import is_known
from tests.killed import scenes
from tests.killed.html_forms import HtmlForm
from tests.killed.scenes import MARK, Scene
from tests.killed.sent_form import Sent, Typed
from tests.killed.sent_oversight import OVERSIGHT_FORMS

RECORDS = b"custody_ref,happened_at,name,narrative\nCU 1,2025-02-03,Ana,The boss has her passport.\n"

PEOPLE = b"username,name,unit\r\nmarmalade,PC Marmalade,Nowhere\r\n"


def the_first_offer(scene: Scene, form: HtmlForm) -> Typed:
    return {next(name for name in form.choices if name.startswith("take-")): "on"}


def kept_with_a_reason(scene: Scene, form: HtmlForm) -> Typed:
    kept = {name: values for name, values in form.choices.items() if name.startswith("k-")}
    return kept | {name.replace("k-", "r-"): f"{MARK} is somebody else" for name in kept}


def the_draft(scene: Scene, form: HtmlForm) -> Typed:
    return {"forget": str(Draft.objects.filter(user_id=scene.member.user).values_list("key", flat=True)[0])}


def the_hand_on(scene: Scene, form: HtmlForm) -> Typed:
    return {"take": str(Handover.objects.filter(obligation__case=scene.case).values_list("id", flat=True)[0])}


def a_photograph(scene: Scene, form: HtmlForm) -> Typed:
    return {"what": f"{MARK} wall", "paper": SimpleUploadedFile("other.png", PNG, "image/png")}


def a_text(scene: Scene, form: HtmlForm) -> Typed:
    return {"title": f"{MARK} guide", "file": SimpleUploadedFile("guide.txt", b"Ring the sergeant first.", "text/plain")}


FORMS: dict[str, Sent] = {
    "drafts": Sent("frontline", the_draft, before=scenes.a_draft, writes=False),
    "tour": Sent("frontline", {"ends": "2359"}),
    "wrong": Sent("frontline", {"wrong": f"{MARK}: the number has changed"}),
    "rule-wrong": Sent("frontline", {"wrong": f"{MARK}: the time is too short"}, page="rule"),
    "wrong-answer": Sent("coordinator", {"answer": f"{MARK}: it is put right"}),
    "morning-list": Sent("coordinator", the_hand_on, before=scenes.handed_on, writes=False),
    "rule-confirm": Sent("policy_owner", {"source_read": f"{MARK}: the guidance, chapter 5"}),
    "force-sign-ins": Sent("administrator", lambda s, f: {"username": s.member.username, "named": f"{MARK}@force.example"}),
    "force-sign-in-end": Sent("administrator", page="force-sign-ins", writes=False),
    "staff-add": Sent(
        "administrator",
        lambda s, f: {"username": "marmalade", "name": f"{MARK} Brandreth", "unit": str(s.member.unit), "reason": "New"},
    ),
    "staff-change": Sent("administrator", {"name": f"{MARK} Brandreth"}),
    "staff-units": Sent("administrator", {"name": f"{MARK} team"}),
    "staff-unit": Sent("administrator", {"name": f"{MARK} team"}),
    "staff-request": Sent("administrator", {"approved": "yes", "because": f"{MARK} said so"}, before=scenes.asked_of_staff),
    "staff-people-waiting": Sent(
        "administrator",
        lambda s, f: {"approved": "yes", "because": f"{MARK} said so", "request": str(s.where["request"])},
        before=scenes.people_asked_for,
    ),
    "staff-import": Sent(
        "administrator",
        lambda _, __: {"file": SimpleUploadedFile("people.csv", PEOPLE), "looked_at": hashlib.sha256(PEOPLE).hexdigest()},
        writes=False,
    ),
    "training-attend": Sent("frontline", lambda s, f: {"code": scenes.session_code(s)}),
    "training-read": Sent("frontline", writes=False),
    "training-check": Sent("frontline", lambda s, f: {name: values[0] for name, values in f.choices.items()}, writes=False),
    "training-course-add": Sent("training", {"kind": "seminar", "title": f"{MARK} seminar", "covers": ["b"]}),
    "training-course-change": Sent("training", {"kind": "seminar", "title": f"{MARK} seminar"}),
    "training-course": Sent("training", {"for_role": "custody", "from_day": "1 March 2090", "within_days": "30"}),
    "training-session-plan": Sent("training", {"first_day": "1 March 2090", "place": f"{MARK} House"}),
    "training-session": Sent("training", {"partner_name": f"{MARK} Vane", "organisation": "Fen Refuge Trust"}),
    "training-file": Sent("training", lambda _, __: scenes.who_came(), writes=False),
    "training-withdraw": Sent("training", {"reason": f"{MARK} was not there"}),
    "training-question-add": Sent("training", scenes.TRAINING_QUESTION),
    "training-question": Sent("training", scenes.TRAINING_QUESTION),
    "leave": Sent("frontline", lambda s, f: {"first_day": "1 March 2090", "last_day": "2 March 2090"}),
    "leave-withdraw": Sent("frontline", page="leave", writes=False),
    "new-seen": Sent("frontline", page="new", writes=False),
    "new-mail": Sent("frontline", {"do": "off"}, page="account", writes=False),
    "token-revoke": Sent("administrator", page="tokens"),
    "duty-roster": Sent(
        "supervisor", lambda s, f: {"post": "supervisor", "person": str(s.member.membership), "begins": "now", "ends": "2300"}
    ),
    "duty-end": Sent("supervisor", page="duty-roster", writes=False),
    "case-do-now": Sent("frontline", {"make_safe_done": "1", "make_safe_said": f"{MARK} is with us"}),
    "person-more": Sent("frontline", {"alive": "yes", "british": "no", "threats": "family_abroad"}, writes=False),
    "person-missing": Sent("frontline", {"at": "0100", "by_whom": f"{MARK} control room", "reference": "M 12"}),
    "person-custody": Sent("frontline", {"kind": "arrived", "at": "0100"}),
    "person-exploitation": Sent("frontline", {"type": "labour", "from_date": "2025", "locality": f"{MARK} farm"}),
    "person-earlier-referral": Sent("frontline", {"route": "nrm", "by": f"{MARK} Refuge", "same_events": "yes"}),
    "case-more": Sent("frontline", {"organised_group": "yes", "deaths": "1"}),
    "case-what-happened": Sent("frontline", {"kind": "closing_proposed", "note": f"{MARK}: nothing left"}),
    "person-age": Sent("frontline", {"age_min": "16", "age_max": "17", "age_basis": "stated"}),
    "record-who": Sent("frontline", {"what": f"{MARK} and two lads", "next": "safe"}),
    "record-met": Sent("frontline", lambda s, f: {"same": str(s.where["match_id"])}, writes=False),
    "match": Sent("coordinator", {"do": "link", "reasons": ["looks"], "words": f"{MARK} is her sister’s name"}),
    "alert": Sent("frontline", {"did": f"I rang {MARK}"}),
    "record-safe": Sent("frontline", {"p1-danger": "no", "controller": "no", "next": "signs"}, writes=False),
    "record-signs": Sent("frontline", {"words": f"{MARK} said he owes them", "next": "done"}),
    "case-hand-on": Sent("frontline", {"hand": "all", "known": f"{MARK} street"}),
    "case-files": Sent("frontline", a_photograph),
    "case-children": Sent(
        "frontline", {"c1-said": ["told_what_happens"], "c1-wants": f"{MARK} must not know"}, before=scenes.a_child
    ),
    "person-consent": Sent(
        "frontline",
        {"said": ["home_office_decides", "police_are_told"], "alone": "yes", "interpreter": "not_needed", "answer": "yes"}
        | {"named": "yes", "capacity": "true", "there": f"{MARK}, a nurse"},
    ),
    "person-services": Sent(
        "advisor",
        lambda s, f: {"service": f.choices["service"][0], "what": f"{MARK} needs a room", "agreed": "not_asked"},
        query="?domain=accommodation",
    ),
    "service-referral": Sent("advisor", {"to": "waiting", "because": f"{MARK} is third in the list"}),
    "exhibit": Sent("investigator", {"purpose": "review"}, writes=False),
    "person-account": Sent("investigator", {"purpose": "review"}, writes=False),
    "case-exhibit-add": Sent("investigator", {"reference": "RF/9", "kind": "physical", "what": f"{MARK} rope"}),
    "exhibit-move": Sent("investigator", {"holder": f"{MARK}", "where": "The store", "why": "As filed"}),
    "exhibit-correct": Sent("investigator", {"words": f"{MARK} rope, two pieces"}),
    "person-account-ask": Sent("investigator", {"line": "financial", "reason": f"{MARK} card"}),
    "person-account-add": Sent("investigator", {"way": "notes", "words": f"{MARK} took the card"}),
    "case-plan-write": Sent(
        "investigator", lambda s, form: {name: "pursue" for name in form.choices if name.endswith("-line")} | {"aim": MARK}
    ),
    "line-of-enquiry-move": Sent("investigator", {"to": "done", "reason": "nothing", "because": f"{MARK} knew nothing"}),
    "case-decision-add": Sent("investigator", {"decision": f"{MARK} is not arrested", "reason": "No grounds"}),
    "case-unused-add": Sent("investigator", {"what": f"{MARK} complained", "where": "Log 4411"}),
    "unused-item-move": Sent("investigator", {"to": "no", "because": f"{MARK} saw nothing"}),
    "person-material": Sent(
        "investigator",
        lambda s, form: (
            {"kind": "health", "who": f"{MARK} House", "what": "Notes", "line": form.choices["line"][1]}
            | {"reason": "Injuries", "notice": "given"}
        ),
    ),
    "material-request": Sent("detective_inspector", {"approved": "yes", "because": f"{MARK} House holds it"}),
    "material-request-sent": Sent("investigator", {"sent_at": "0100"}),
    "person-place": Sent("frontline", {"asked_at": "0100"}),
    "place-request": Sent("frontline", {"to": "offered", "kind": "council", "because": f"{MARK} rang the council"}),
    "person-offers": Sent("frontline", {"how": "they_came", "outcome": "no", "said": f"{MARK} is still there"}),
    "person-support-record": Sent("advisor", {"kind": "began", "who": f"{MARK} house", "words": "A room"}),
    "person-support-give": Sent("advisor", lambda scene, form: {"to": scene.colleague("navigator")}, writes=False),
    "person-promises": Sent("advisor", {"kind": "call_back", "words": f"{MARK} asked for it", "by_when": "tomorrow"}),
    "promise": Sent("advisor", {"to": "stopped", "reason": "they_asked", "because": f"{MARK} asked for it"}),
    "case-suspects": Sent(
        "investigator", lambda scene, form: {"person": str(scene.where["person_id"])}, before=scenes.an_exploiter, writes=False
    ),
    "suspect": Sent("investigator", {"to": "traced", "because": f"{MARK} Street"}),
    "suspect-release": Sent("investigator", writes=False),
    "unmet-need": Sent("advisor", {"to": "unmet", "reason": "full", "because": f"{MARK} House has no room"}),
    "person-needs-assess": Sent("advisor", {"legal_level": "high", "legal_words": f"{MARK} wants a lawyer"}),
    "person-bridge": Sent("advisor", {"d0-meals": f"{MARK} brings it", "d2-sleep": "refuge"}),
    "person-support-use": Sent("investigator", {"used_for": "court", "agreed": "on", "reason": f"{MARK} asked us to"}),
    "leaflet-file": Sent(
        "coordinator", {"text": f"# {MARK}\n\nTekst", "checked_by": "A. Nowak, interpreter", "checked_on": "1 March 2026"}
    ),
    "exports-htcds": Sent(
        "coordinator",
        lambda s, f: {
            "reference": s.case.reference,
            "recipient": f"{MARK} House",
            "reason": "They asked",
            "use": "support",
            "form": "csv",
        },
    ),
    "measures-totals": Sent(
        "coordinator", {"file": SimpleUploadedFile("totals.csv", b"month,crimes\r\n2026-01,4\r\n")}, writes=False
    ),
    "exports-numbers": Sent(
        "coordinator", {"kind": "return", "period": "2026-03", "recipient": f"{MARK} House", "reason": "Monthly"}
    ),
    "files-in": Sent(
        "coordinator",
        lambda _, __: {
            "kind": "custody",
            "file": SimpleUploadedFile("custody.csv", RECORDS),
            "looked_at": hashlib.sha256(b"custody\n" + RECORDS).hexdigest(),
        },
        writes=False,
    ),
    "files-in-headings": Sent("coordinator", {"column_0": "age"}, before=scenes.a_heading),
    "person-section45-question": Sent("frontline", {"answer": "cannot_rule_out", "why": f"{MARK} was with him"}),
    "section45-record": Sent("investigator", answers(reason=f"{MARK} collects him"), before=scenes.a_young_suspect),
    "section45-countersign": Sent(
        "supervisor", lambda s, f: {"kind": f.choices["kind"][0], "reason": f"{MARK}: I agree"}, before=scenes.a_record
    ),
    "case-cps-entry": Sent("investigator", {"who": MARK, "words": f"{MARK} is seen again"}),
    "section45-cps-summary-check": Sent("investigator", kept_with_a_reason, before=scenes.a_record_to_check),
    "person-offences": Sent("frontline", {"pick": "possession", "particulars": f"{MARK}'s wraps", "stage": "arrest"}),
    "person-offence": Sent("frontline", {"kind": "charge", "reason": f"{MARK}", "happened": "1"}),
    "person-referral": Sent(
        "frontline",
        {"route": "nrm", "another": "on", "as_it_happened": "on", "reference": "NRM-1", "confirmation": f"{MARK} received"},
    ),
    "case-out": Sent("frontline", {"incident_log": f"{MARK} 7", "intelligence": ""}),
    "person-crime-pack": Sent("frontline", before=scenes.texts_checked, writes=False),
    "crime-pack-order": Sent("coordinator", {"system": f"{MARK} CrimeBook", "order": "name: Surname\nborn: DOB"}),
    "letters": Sent("coordinator", {"kind": "decision", "words": f"{MARK}: we have made a decision in NRM-1"}, long=101_000),
    "person-reconciled": Sent("coordinator", {"reason": f"{MARK}'s crime is another force's"}, before=scenes.no_crime_yet),
    "letter-file": Sent("coordinator", {"belongs": "aside", "reason": f"{MARK} is another force's"}),
    "referral-decision": Sent("frontline", {"kind": "rg_positive"}),
    "person-writing": Sent("frontline", before=scenes.somebody_new, writes=False),
    "writing-section": Sent("frontline", {"what-were-they-required-to-do": f"{MARK} made them wash cars"}),
    "writing-answer": Sent("frontline", {"living-conditions": f"{MARK} slept in a van"}),
    "writing-common": Sent("frontline", the_first_offer, before=scenes.another_of_the_case, writes=False),
    "writing-facts": Sent("frontline", {"organised": "yes"}),
    "writing-rest": Sent("frontline", {"how": f"{MARK}, by e-mail"}, before=scenes.gone_already),
    "writing-review": Sent("coordinator", {"comment": f"{MARK}: when did it begin?"}),
    "writing-check": Sent("frontline", kept_with_a_reason, before=scenes.a_notification),
    "case-out-check": Sent("frontline", kept_with_a_reason, before=scenes.texts_to_check),
    "person-crime-pack-check": Sent("frontline", kept_with_a_reason, before=scenes.texts_to_check),
    "keeping-person": Sent(
        "data_protection",
        lambda s, f: {
            "does": "keep",
            "category": f.choices["category"][0],
            "until": "1 March 2035",
            "kept_for": "risk",
            "because": f"{MARK} is at risk",
        },
    ),
    "keeping-disposal": Sent("data_protection", {"decision": "refused", "answer": f"{MARK}: it is they"}),
    "request-new": Sent("data_protection", {"came": "letter", "kind": "copy", "who": f"{MARK}, by her solicitor"}),
    "subject-request": Sent("data_protection", {"step": "identity", "words": f"{MARK}: seen with her papers"}),
    "request-search": Sent("data_protection", {"names": MARK}, before=lambda s: is_known(s.where["request_id"])),
    "request-task": Sent("frontline", {"verdict": "other", "gives": MARK, "because": "", "seen": "0"}),
    "breach-new": Sent("data_protection", {"kind": "shown", "what": f"{MARK} got a letter of another"}),
    "breach": Sent("data_protection", {"step": "commissioner_told", "words": f"{MARK}: IC-1"}),
    "case-hold": Sent("coordinator", {"kind": "appeal", "because": f"{MARK} asks for leave"}),
    "case-hold-lift": Sent("coordinator", {"because": f"{MARK}: leave was refused"}, before=scenes.held),
    "person-crime": Sent("frontline", {"number": "37/12345/26"}),
    "person-first-account": Sent("frontline", {"reference": f"{MARK}-1", "kept": ["phones"]}),
    "person-contact": Sent("frontline", {"channel": "text", "to_use": f"{MARK} 07700 900123"}),
    "person-address": Sent("frontline", {"reason": f"{MARK} asks me to ring"}),
    "prompt": Sent("coordinator", {"answer": "no", "reason": f"{MARK} is their uncle"}),
    "person-address-viewers": Sent(
        "frontline", lambda s, f: {"other": s.members["coordinator"].username, "reason": f"{MARK} is taken there"}
    ),
    "person-address-told": Sent(
        "frontline", {"recipient": f"{MARK} House", "power": "Care Act 2014", "use": "safeguarding", "reason": "A bed"}
    ),
    "person-other-use": Sent(
        "frontline",
        {
            "recorded_for": "support",
            "use": "prosecution",
            "recipient": f"{MARK} House",
            "power": "An order of the court",
            "reason": "They asked",
        },
    ),
    "person-immigration": Sent("frontline", asdict(a_disclosure(recipient=f"{MARK} of the team"))),
    "case-immigration": Sent(
        "frontline",
        {"checked": ["told", "joint_visit", "status_check", "custody", "file", "other"], "note": f"{MARK}: asked custody"},
    ),
    "custody-list-row": Sent("coordinator", {"person": "nobody"}, writes=False),
    "immigration-one": Sent(
        "detective_inspector", {"approved": "yes", "because": f"{MARK}: less"}, before=scenes.proposed_by_another
    ),
    "address-telling": Sent(
        "detective_inspector", {"approved": "yes", "because": f"{MARK} House is known"}, before=scenes.asked_by_another
    ),
    "standards-addresses": Sent(
        "professional_standards",
        lambda s, f: {"username": s.members["frontline"].username, "address": f"{MARK}, 3 Mill Lane, LN1 1AA"},
    ),
    "standards-alert": Sent("professional_standards", {"outcome": "no_concern", "because": f"{MARK}: a cousin, told before"}),
    "person-belief": Sent("supervisor", {"belief": "none", "because": f"{MARK} is another", "would_change": "a name"}),
    "case-allocate": Sent(
        "crime_allocation",
        lambda s, f: {"owner": f.choices["owner"][0], "override": "other", "reason": f"{MARK} knows her"},
        before=scenes.a_detective,
    ),
    "case-conflicts": Sent(
        "crime_allocation", lambda s, f: {"somebody": s.members["investigator"].username, "reason": f"{MARK} is her aunt"}
    ),
    "case-authority": Sent("detective_inspector", lambda s, f: {"owner": f.choices["owner"][0], "reason": f"{MARK} cannot wait"}),
    "case-review": Sent("supervisor", {"directions": f"{MARK}: get the school's record by Friday"}),
    "case-status": Sent("investigator", {"status": "investigating", "why": f"{MARK} was found"}),
    "case-closing": Sent("investigator", {"scope": "case", "rationale": f"{MARK} cannot be found", "outcome_0": "18"}),
    "case-outcomes": Sent("investigator", {"code": "18", "why": f"{MARK} cannot be found", "happened": "on"}),
    "case-orders": Sent(
        "investigator", lambda s, f: {"order_kind": "stpo", "person": next(filter(None, f.choices["person"]))}, writes=False
    ),
    "order": Sent("investigator", {"to": "made", "because": f"{MARK} agreed to it"}),
    "order-breach": Sent("investigator", {"what_was_done": f"{MARK} was arrested", "victim_informed": "yes"}),
    "review": Sent("investigator", {"to": "not_possible", "reason": "no_contact", "because": f"{MARK} has moved"}),
    "case-seal": Sent("supervisor", lambda s, f: {"reason": f"{MARK} is an officer's aunt", "owners": f.choices["owners"][:2]}),
    "case-unseal": Sent("supervisor", {"reason": f"{MARK} has moved"}, before=scenes.sealed_by_another),
    "case-operation": Sent("supervisor", {"name": f"Operation {MARK}"}),
    "case-interim-owner": Sent("supervisor", lambda s, f: {"colleague": s.members["coordinator"].username}),
    "tasks-change": Sent("supervisor", {"kind": "remind", "reason": f"{MARK} is late"}, query="?line={obligation_id}"),
    "case-give": Sent("supervisor", lambda s, f: {"colleague": s.members["investigator"].username}),
    "emergency": Sent("frontline", {"reason": f"{MARK} is in danger"}, before=scenes.somebody_elses),
    "log": Sent(
        "data_protection", lambda s, f: {"purpose": "integrity", "about": "officer", "key": s.members["frontline"].username}
    ),
    "log-found": Sent("data_protection", {"use": "conduct", "recipient": f"{MARK}, who hears it"}),
    "guidance-add": Sent("guidance_editor", a_text),
    "guidance-stage": Sent("guidance_editor", {"withdraw": "1", "because": f"{MARK}: its number is wrong"}),
    "guidance-text": Sent("guidance_editor", {"text": f"{MARK}: ring before you visit"}, before=scenes.a_letter, long=410_000),
    "guidance-about": Sent("guidance_editor", {"title": f"{MARK} guide"}),
    "guidance-dealt": Sent("guidance_editor", {"done": f"{MARK}: a page is added"}),
    "guidance-words-new": Sent(
        "coordinator", {"says": MARK, "means": "arrest, custody", "group": "slang", "review_by": "1 March 2027"}
    ),
    "guidance-words-entry": Sent("coordinator", {"says": f"{MARK}, nick", "means": "arrest"}),
    "guidance-facts-new": Sent(
        "coordinator",
        {
            "called": "number",
            "says": "01632 960 111",
            "replaced_by": f"{MARK} 01632 960 112",
            "from_date": "1 March 2024",
            "source": "The list",
            "states_it": "Ring 01632 960 111.",
            "does_not": "Ring 999.",
            "review_by": "1 March 2027",
        },
    ),
    "guidance-facts-one": Sent("coordinator", {"replaced_by": f"{MARK} 01632 960 112"}),
    "guidance-newsletters-new": Sent("coordinator", {"title": f"{MARK} news", "intro": "A new page."}),
    "guidance-newsletters-wanted": Sent("frontline", page="guidance-newsletters", before=scenes.with_an_address, writes=False),
    "guidance-newsletter-send": Sent("coordinator", page="guidance-stage", before=scenes.an_approved_newsletter, writes=False),
    "guidance-understood": Sent("frontline", page="guidance-document", writes=False),
    "setting-propose": Sent(
        "policy_owner", {"value": "positive_rg", "from_date": "1 March 2027", "reason": f"{MARK}: the new policy"}
    ),
    "settings-file-take": Sent(
        "coordinator", {"text": json.dumps({"format": FORMAT, "contacts": [{"kind": "coroner", "telephone": "01632 960 400"}]})}
    ),
    "contacts": Sent("coordinator", writes=False),
    "contact": Sent("coordinator", {"telephone": "01632 960 400", "answers": "always", "note": f"Ask for {MARK}"}),
    "partner-new": Sent("coordinator", {"name": f"{MARK} Trust", "kind": "charity"}),
    "partner-edit": Sent("coordinator", {"name": f"{MARK} Trust", "kind": "charity"}),
    "partner-confirm": Sent("coordinator", page="partner", writes=False),
    "partner-part": Sent("coordinator", {"role": f"{MARK} desk", "telephone": "01632 960 401", "hours": "always"}),
    "entity-new": Sent("analyst", {"name": MARK, "kind": "farm", "address_line": "3 Fen Road, Ely", "postcode": "CB7 4ZZ"}),
    "entity-edit": Sent("analyst", {"name": MARK, "kind": "farm", "address_line": "3 Fen Road, Ely", "postcode": "CB7 4ZZ"}),
    "service-add": Sent("coordinator", {"name": f"{MARK} house"}),
    "service-edit": Sent("coordinator", {"name": f"{MARK} house", "hours": "always", "assured_on": "yesterday"}),
    "service-places": Sent("coordinator", {"places": "2", "said_by": f"{MARK}, duty manager"}),
    "services-file-take": Sent("coordinator", {"text": json.dumps({"id": "s9", "name": MARK, "status": "active"})}),
    "person-tonight": Sent("frontline", {"near": "52.6, 1.3", "together": MARK}),
    "setting-change": Sent("policy_owner", {"approved": "yes", "because": f"{MARK}: agreed"}, before=scenes.a_proposed_setting),
    **OVERSIGHT_FORMS,
}
