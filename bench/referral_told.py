"""What is answered in the journeys of `bench/referral`: the shortest that the Home Office's form takes, by question; and how
its own form did when it was walked with such answers (UKHomeOffice/modern-slavery, 54dfce7f, April 2026)."""

TITLES = {
    "adult": "An adult who agrees",
    "dtn": "An adult who says no: Duty to Notify",
    "cooperating": "An adult who says no to the referral, is named, and would help the police",
    "child": "A child",
    "second": "A second victim of the same operation",
    "unprepared": "An adult who agrees, from an unprepared case of the demo",
}
# pages of questions, fields shown, clicks, inputs typed or picked, submit to next page in ms: median, most
_ADULT = (49, 107, 124, 36, 195, 765)
THEIRS = {
    "adult": _ADULT,
    "dtn": (37, 75, 94, 27, 231, 853),
    "cooperating": (39, 86, 101, 30, 235, 1347),
    "child": (45, 96, 115, 37, 202, 1074),
    "second": _ADULT,  # it has no help for a second: the whole is written again
    "unprepared": _ADULT,
}

_EVERYBODY = {
    "pv-under-age-at-time-of-exploitation": "no",
    "still-in-exploitative-situation": "no",
    "how-why-did-they-leave-the-situation": "Ran to a shop.",
    "when-last-contact": "within-the-last-week",
    "details-last-contact": "A call.",
    "future-exploitation-concerns": "no",
    "current-pv-location-uk-city": "Lincoln",
    "current-pv-location-uk-region": "Lincolnshire",
    "does-pv-need-support": "yes",
    "authorities-cooperation": "no",
    "fr-details-first-name": "Hanna",
    "fr-details-last-name": "Brandreth",
    "fr-details-role": "Constable",
    "fr-details-phone": "01632 960001",
    "fr-alternative-contact": "team@example.police.uk",
    "reference": "1",
    "user-organisation": "Lincolnshire Police",
    "fr-location": "england",
    "is-this-the-first-chance-to-report": "yes",
    "where-how-interview-carried-out": "At the station, alone.",
    "how-did-the-exploitation-start": "A man offered work.",
    "what-were-they-required-to-do": "Washed cars.",
    "how-they-were-treated": "Shouted at.",
    "living-conditions": "A caravan.",
    "were-they-taken-somewhere-by-their-exploiter": "no",
    "potential-victim-exploitative-situation-multiple": "no",
    "when-did-the-exploitation-take-place": "March 2026",
    "where-exploitation-happened": "uk",
    "where-exploitation-happened-uk-city": "Lincoln",
    "types-of-exploitation": "types-of-exploitation-forced-to-work",
    "modern-slavery-indicators": "no",
    "who-exploited-pv": "A man called Skip.",
    "exploiters-location": "no",
    "any-other-pvs": "not-sure",
    "professional-insight": "They were controlled.",
    "evidence-of-dishonesty": "no",
    "pv-name-first-name": "Rareș",
    "pv-name-last-name": "Munteanu",
    "pv-gender": "male",
    "pv-nationality": "Romanian",
    "birthplace": "Iași",
    "family": "A sister.",
    "education": "Not known.",
    "employment-history": "Farm work.",
    "does-pv-have-children": "no",
    "pv-interpreter-requirements": "no",
    "pv-other-help-with-communication": "no",
    "pv-ho-reference": "no",
    "reported-to-police": "no",
    "are-others-involved": "no",
    "pv-phone-number": "yes",
    "pv-phone-number-yes": "07911 123456",
    "who-contact": "potential-victim",
    "pv-contact-details": "email",
    "pv-contact-details-email-input": "rares@example.org",
    "pv-contact-details-email-check": "on",
    "refuse-nrm": "",
    "local-authority-contacted-about-child-local-authority-name": "Lincolnshire County Council",
    "local-authority-contacted-about-child-local-authority-phone": "01632 960002",
    "local-authority-contacted-about-child-local-authority-email": "team@example.gov.uk",
    "local-authority-contacted-about-child-local-authority-first-name": "Kit",
    "local-authority-contacted-about-child-local-authority-last-name": "Vale",
}
_ONLY_IF_WANTED = ("details-last-contact", "refuse-nrm")  # the form lets them be blank


def told_of(journey: str) -> dict[str, str]:
    """The answers of a journey, by question."""
    told = {code: words for code, words in _EVERYBODY.items() if code not in _ONLY_IF_WANTED}
    if journey == "cooperating":
        told["authorities-cooperation"] = "yes"
    if journey == "second":
        told |= {"pv-name-first-name": "Bela", "pv-name-last-name": "Nagy", "pv-nationality": "Hungarian"}
    if journey == "unprepared":
        told |= {"user-organisation": "Suffolk Constabulary", "pv-interpreter-requirements-language": "Romanian"}
    return told
