"""What only a page of its own may close: a decision, a number or a record stands behind it, and a tap has none of them."""

# Answered by what their own page records (consent, referral, crime, belief, question, allocation, review, full record),
# or a decision for which there is no page yet and which waits for it. *Not possible* may be said of them anywhere.
ONLY_ON_ITS_PAGE = frozenset(
    {
        "allocate_pip2_owner", "answer_further_information", "ask_the_other_jurisdiction", "confirm_consent_conditions",
        "decide_belief",
        "duress_and_public_interest", "explain_who_will_know", "hand_on_what_is_left",
        "immigration_disclosure_needs_approval", "law_of_the_time", "notify_home_office_without_identity", "offer_again_later",
        "reach_nrm_or_dtn", "record_crime", "record_incident_overseas", "record_reason_no_grounds", "refer_nrm",
        "schedule4_person_must_look", "section45_countersign", "section45_first_question", "section45_full_record",
        "supervise_investigation", "watch_reconsideration_reply",
    }
)  # fmt: skip
# What was looked at or directed closes with the words of who did it, and with nothing less: nobody waves it away.
ONLY_DONE_WITH_WORDS = frozenset(
    {
        "answer_directions", "coordinator_looks_at_happened_without", "inspector_looks_at_happened_without",
        "tell_decision_safely",
    }
)  # fmt: skip
# What is owed by one role and done by another, which alone has it and answers it: the force's list of who owes what keeps
# to the unit whose work it is.
DONE_BY = {
    "di_review_before_no_further_action": "detective_inspector",
    "immigration_disclosure_needs_approval": "detective_inspector",
}


def kinds_of(code: str) -> tuple[str, ...]:
    """Which answers a tap or the page of any one thing owed may give: `done`, `not_possible`, `not_needed`."""
    if code in ONLY_DONE_WITH_WORDS:
        return ("done", "not_possible")
    return ("not_possible",) if code in ONLY_ON_ITS_PAGE else ("done", "not_possible", "not_needed")


def wants_words(code: str, kind: str) -> bool:
    """Whether this answer to this code says nothing without a few words."""
    return kind != "done" or code in ONLY_DONE_WITH_WORDS
