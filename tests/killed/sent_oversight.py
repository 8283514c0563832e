"""Forms of oversight, well filled in."""

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.killed import scenes
from tests.killed.scenes import MARK
from tests.killed.sent_form import Sent

PLANNED = {"title": "Brief them", "domain": "training", "four_p": "protect", "due_on": "1 March 2090"}
TABLE = b"number,addressees,text\r\nR1,college,Update the guidance\r\n"
REPORT = {
    "body": "HMICFRS", "published_on": "2 March 2026", "source": "https://r.example", "has_clock": "yes", "is_verified": "no",
}  # fmt: skip
ADDRESSED = {"addressees": ["college"], "text_verified": "no"}


def a_table():
    return {"file": SimpleUploadedFile("r.csv", TABLE), "looked_at": hashlib.sha256(TABLE).hexdigest()}


PUBLISHED = {"url": f"https://{MARK}.example", "happened_on": "9 March 2026", "copied": ["copied_hmicfrs"]}
CORRECTED = {"what_part": "R4", "correction": f"{MARK} began in May"}

OVERSIGHT_FORMS = {
    # deep dives
    "deep-dive-new": Sent("coordinator", lambda s, f: {"quarter": f.choices["quarter"][1], "reason": f"{MARK} is away"}),
    "deep-dive-close": Sent("coordinator", before=scenes.an_empty_deep_dive, writes=False),
    "deep-dive-give": Sent("coordinator", scenes.second_reviewer, before=scenes.a_deep_dive, writes=False),
    "deep-dive-dispute": Sent("coordinator", {"counts": "met", "grounds": f"{MARK} wrote it"}, before=scenes.a_deep_dive),
    "deep-dive-finding-new": Sent(
        "coordinator", lambda s, f: {"topic": "B3", "words": f"{MARK} briefs them", "owner": s.member.username}
    ),
    "deep-dive-finding": Sent("frontline", {"to": "done", "because": f"{MARK} briefed them"}),
    "deep-dive-case": Sent("reviewer", writes=False),
    "deep-dive-section": Sent("reviewer", {"a2-answer": "partly", "a2-note": f"{MARK} knew", "a2-evidence": "Review 1"}),
    "deep-dive-conflict": Sent("reviewer", {"why": f"{MARK} is her cousin"}),
    "deep-dive-result": Sent("frontline", {"question": "A2", "because": f"{MARK} wrote it"}, before=scenes.a_deep_dive),
    # requirements and the plan
    "requirement-standards": Sent("coordinator", {"standard": "statute"}, writes=False),
    "requirement-file": Sent("coordinator", lambda s, f: scenes.own_requirements(), writes=False),
    "requirement-link": Sent("coordinator", {"evidence_key": "dtn-made", "reason": f"{MARK} counts them"}),
    "requirement-unlink": Sent("coordinator", {"grounds": f"{MARK} counts them elsewhere"}),
    "plan-new": Sent("coordinator", lambda s, f: {**PLANNED, "title": f"{MARK} briefs them", "owner": s.member.username}),
    "plan-item": Sent("frontline", {"to": "complete", "because": f"{MARK} briefed them"}),
    "plan-change": Sent("frontline", {**PLANNED, "reason": f"{MARK} asked for it"}),
    "plan-milestone-new": Sent("frontline", {"step": f"{MARK} is briefed", "step_due_on": "1 March 2090"}),
    "plan-milestone": Sent("frontline", {"step": f"{MARK} is briefed", "step_due_on": "1 March 2090", "shown_by": "No trainer"}),
    # recommendations
    "reports": Sent("coordinator", {"take": "hidden_victims"}, writes=False),
    "report-new": Sent("coordinator", {"title": MARK, **REPORT}),
    "report-change": Sent("coordinator", {"title": MARK, **REPORT}),
    "recommendation-new": Sent("coordinator", {"number": "R1", "text": f"{MARK} asks", **ADDRESSED}),
    "recommendation-change": Sent("coordinator", {"number": "R9", "text": f"{MARK} asks", **ADDRESSED}),
    "recommendation-requirement": Sent("coordinator", writes=False),
    "recommendation": Sent("coordinator", {"to": "accepted", "reason": "force", "because": f"{MARK} said so"}),
    "report-step": Sent("policing_body", {"step": "policing_body_comments", "happened_on": "4 March 2026", "note": MARK}),
    "report-step-withdraw": Sent("coordinator", {"why": f"{MARK} had the wrong day"}),
    "recommendation-file": Sent("coordinator", lambda s, f: a_table(), writes=False),
    # responses
    "response-new": Sent("coordinator", scenes.a_report_to_answer, writes=False),
    "response-suggest": Sent("coordinator", writes=False),
    "response-paragraph-new": Sent("policing_body", {"kind": "gap", "words": f"{MARK} begins in March"}),
    "response-paragraph": Sent("policing_body", {"kind": "gap", "words": f"{MARK} begins in April"}),
    "response-submit": Sent("coordinator", before=scenes.response_at("draft"), writes=False),
    "response-approve": Sent("chief_officer", {"decision": "yes", "note": MARK}, before=scenes.response_at("submitted")),
    "response-comment": Sent("policing_body", {"closing": f"{MARK} will write again"}),
    "response-publish": Sent("policing_body", PUBLISHED, before=scenes.response_at("commented")),
    "response-correct": Sent("coordinator", CORRECTED, before=scenes.response_at("published")),
    # peer reviews
    "peer-review-new": Sent(
        "coordinator",
        {"remit": MARK, "asked_force": "Saltmere", "asked_name": "DCI Pell", "first": "1 March 2030", "last": "2 March 2030"},
    ),
    "peer-review-change": Sent("coordinator", {"remit": MARK}),
    "peer-review": Sent("coordinator", {"to": "not_held", "because": f"{MARK} is ill"}),
    "peer-review-sample": Sent(
        "coordinator",
        {"cases_from": "1 January 2020", "cases_to": "1 March 2030", "sample_size": "5"},
        before=scenes.a_planned_review,
    ),
    "peer-review-theme": Sent("peer_reviewer", {"remark": MARK}),
    "peer-review-finding-new": Sent("peer_reviewer", {"theme": "victims", "finding_kind": "area", "words": MARK}),
    "peer-review-finding": Sent("coordinator", {"to": "not_taken", "because": MARK}, before=scenes.a_reported_review),
    "peer-review-reword": Sent("peer_reviewer", {"words": MARK}, before=scenes.a_finding_of_their_own),
    "peer-review-take": Sent(
        "coordinator",
        lambda s, f: {
            "title": MARK,
            "domain": "victims",
            "four_p": "protect",
            "whose": s.member.username,
            "due_on": "1 March 2030",
        },
        before=scenes.a_reported_review,
    ),
    # boards
    "board-new": Sent("board_secretary", {"name": f"{MARK} board", "terms": "It looks at the plan"}),
    "board-terms": Sent("board_secretary", {"new_terms": f"{MARK} takes the chair"}),
    "board-member": Sent("board_secretary", {"outsider": MARK, "seat": "Chair", "chair": "no"}),
    "board-leave": Sent("board_secretary", lambda s, f: {"leaver": f.choices["leaver"][1], "last_day": "1 March 2090"}),
    "board-meeting-new": Sent("board_secretary", {"day": "1 March 2090", "time": "10:00", "venue": f"Room of {MARK}"}),
    "board-meeting-time": Sent("board_secretary", {"day": "2 March 2090", "time": "10:00", "venue": f"Room of {MARK}"}),
    "board-meeting-cancel": Sent("board_secretary", {"why": f"{MARK} is ill"}, before=scenes.a_meeting_to_come),
    "board-agenda": Sent("board_secretary", {"agenda": f"{MARK} reports"}),
    "board-paper-new": Sent("board_secretary", {"title": f"Note of {MARK}", "url": "https://example.org/note"}),
    "board-pack-new": Sent("board_secretary", {"as_at": "30 April 2026"}),
    "board-minutes": Sent("board_secretary", {"minutes": f"{MARK} reported"}),
    "board-decision": Sent("board_secretary", {"decided": f"{MARK} trains them"}),
    "board-action-new": Sent(
        "board_secretary", lambda s, f: {"action": f"{MARK} books", "owner": s.member.username, "due_on": "1 March 2090"}
    ),
    "board-action": Sent("frontline", {"to": "done", "because": f"{MARK} booked it"}),
    # gaps in support
    "commissioning-publish": Sent("coordinator", writes=False),
    "commissioning-district": Sent(
        "coordinator", lambda s, f: {"unit": next(filter(None, f.choices["unit"])), "ons_code": "X07000001", "name": MARK}
    ),
    "commissioning-cost": Sent("coordinator", {"domain": "legal", "pounds": "400", "source": f"{MARK}, price list of 2026"}),
    "commissioning-ask": Sent(
        "commissioning",
        lambda s, f: {"quarter": next(filter(None, f.choices["quarter"])), "asked_words": f"{MARK}: what stops it?"},
        before=scenes.a_published_quarter,
    ),
    "commissioning-question": Sent("coordinator", {"answered_words": f"{MARK}: there is no bed", "is_checked": "yes"}),
    # a person's own plan
    "person-options": Sent("frontline", {"understood": "yes", "words": f"{MARK} understood"}),
    "person-interpreter": Sent("frontline", {"dialect": f"{MARK}ic", "booking": "B-1"}),
    "person-interpreter-block": Sent(
        "frontline", {"job_number": "J-9", "for_them": "block", "reason": f"{MARK} knows the family"}
    ),
    "person-plan": Sent("advisor", {"role": "adviser", "shown_name": f"{MARK}", "shown_in": "english"}),
    "person-feedback": Sent(
        "advisor",
        {"knows": "yes", "informed": "no", "they_came": "yes", "paraphrase": f"{MARK} is content"},
        before=scenes.a_colleagues_person,
    ),
}
