"""When a rule applies, in words for a reader, where the list says it in the names of facts."""

APPLIES = {
    "adult_safeguarding": "An adult who needs care and support, or whose capacity is lacking or in doubt",
    "answer_further_information": (
        "The competent authority asked for more about our referral. Where its letter names a day, that day counts"
    ),
    "appropriate_adult": (
        "A child or vulnerable adult (who needs care and support, or whose capacity is lacking or in doubt) in custody, "
        "arrested, or to be interviewed"
    ),
    "assess_capacity": "Capacity for this decision is in doubt",
    "ask_the_other_jurisdiction": "The act was done in Scotland, in Northern Ireland or abroad",
    "best_interests_decision": "Capacity for this decision is lacking, or in doubt until it is assessed",
    "child_told_and_heard": "A child who is to be referred to the NRM",
    "child_trafficking_guardian": (
        "A child who is to be referred or was before. A dated list says where the service is known to work"
    ),
    "confirm_consent_conditions": "An answer without a record of whether they were alone, or who interpreted",
    "consider_reconsideration": (
        "A negative decision, on our referral or on an earlier one that is not known to be about other events"
    ),
    "decide_belief": "Signs were seen, and there is no decision on reasonable grounds yet",
    "di_review_before_no_further_action": "No further action on a suspected act, or closing is proposed",
    "duress_and_public_interest": "Schedule 4 excludes the act",
    "establish_age": "Nothing recorded says whether they are under 18",
    "explain_home_office_role": (
        "A possible victim in immigration detention, in prison or at a port, or one who is not British"
    ),
    "law_of_the_time": "The act was before 31 July 2015, or may have been",
    "medical_and_basic_care_first": "They need medical care, food, mental health care or childcare, or are hurt",
    "mention_earlier_referral": "There is an earlier referral, and they are to be referred again",
    "missing_person_steps": "Contact is lost, or they were found after being missing; also a child newly accommodated",
    "notify_home_office_without_identity": "An adult who said no to the NRM: the Duty to Notify",
    "plan_before_support_ends": "A conclusive-grounds decision, positive or negative, on an earlier referral or on ours",
    "reach_nrm_or_dtn": "It is not decided yet whether to send a referral or a notification",
    "record_crime": (
        "A possible victim, unless all exploitation was overseas. It opens at once, whatever they answered; a setting moves "
        "the start of the clock, and nothing else"
    ),
    "record_reason_no_grounds": "A possible victim for whom no reasonable grounds are recorded, and after any such decision",
    "recovery_period_minimum": "A positive reasonable-grounds decision, on an earlier referral or on ours",
    "refer_nrm": "A child, or an adult who agreed: the NRM",
    "report_missing": "Contact is lost",
    "safe_place": "A safe place is needed, or an adult has answered about the NRM, or a child has reasonable grounds",
    "schedule4_person_must_look": "The record does not show whether Schedule 4 excludes the act",
    "section45_full_record": "Every suspected act for which section 45 of the Modern Slavery Act 2015 is considered",
    "see_alone_with_independent_interpreter": (
        "Any person with reasonable grounds or signs. Records of being alone and of the interpreter are its evidence"
    ),
    "send_supplementary_information": "There is new evidence, or the referral was sent with gaps marked",
    "separate_officers_for_victim_and_suspect": (
        "A possible victim who is also an exploiter, or suspected of an act on Schedule 4 or against another possible victim"
    ),
    "tell_competent_authority_and_referrer": "They were referred before",
    "tell_foreign_office_protocol": "The case involves a diplomat\u2019s household",
    "tell_decision_safely": "A negative decision, a disqualification or a revoked decision on our referral",
    "turning_18_consent": "A child who is to be referred or was before",
    "watch_reconsideration_reply": "A reconsideration of a decision on our referral was asked for",
}
