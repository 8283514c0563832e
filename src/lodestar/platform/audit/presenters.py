"""Events of the log in sentences. Who acted is named; the people they acted about are ids."""

from lodestar.platform.audit.codes import CODES
from lodestar.platform.audit.models import Event

FIELDS = {
    "act": "what they are suspected of",
    "age_basis": "how the age is known",
    "age_max": "age",
    "alive": "whether they are alive",
    "allegedoffence": "what they are suspected of",
    "because": "the reason",
    "belief": "whether there are reasonable grounds",
    "age_min": "age",
    "at_words": "when it was",
    "birth_date": "date of birth",
    "british": "nationality as it bears on the referral",
    "by_whom": "who did it",
    "care_and_support_needs": "whether they need care and support",
    "consent": "the answer it rests on",
    "contact": "how to contact them",
    "contact_again": "whether they may be contacted again",
    "contact_lost": "whether contact with them is lost",
    "contact_lost_at": "whether contact with them is lost",
    "controller_there": "whether someone there may control them",
    "crime_reference": "the crime number",
    "description": "their description",
    "diplomat": "whether a diplomat is involved",
    "earlierreferral": "an earlier referral",
    "encountered_as": "when it was",
    "encountered_at": "when it was",
    "deaths": "how many have died",
    "exploitation": "the kind of exploitation",
    "firstaccount": "the video of their first account",
    "found_after_missing": "whether they were found after being missing",
    "for_immigration": "used for immigration",
    "for_investigation": "used for an investigation",
    "for_other": "used for something else",
    "for_prosecution": "used for a prosecution",
    "for_safeguarding": "used to keep someone from harm",
    "for_support": "used to help them",
    "from_law_enforcement": "recorded for an investigation",
    "from_safeguarding": "recorded to keep them from harm",
    "from_support": "recorded to help them",
    "helpers": "who came to help them",
    "held_from": "arrest",
    "in_custody_from": "arrival in custody",
    "released_at": "release from custody",
    "interpreter": "the interpreter",
    "language": "their language",
    "links_abroad": "whether it has links abroad",
    "may_be_named": "whether they may be named",
    "wants_support": "whether they want the support",
    "police_may_contact": "whether the police may contact them",
    "refusal_reason": "why they said no",
    "name": "name",
    "nation": "which nation of the UK it was in",
    "nrm": "their answer about the NRM",
    "needs": "what they need first",
    "organised_group": "whether an organised group is behind it",
    "out_of_danger": "whether they are out of danger",
    "owner_id": "the case owner",
    "particulars": "what exactly they are suspected of",
    "people_out_of_force": "whether people live outside the force",
    "place": "the place",
    "police_areas": "police areas",
    "privacy_notice": "the Privacy Information Notice",
    "privacy_notice_language": "its language",
    "roles": "their part in the case",
    "said": "what was explained to them",
    "sort_key": "name",
    "spoke_alone": "whether they were alone",
    "stage": "how far the case against them has gone",
    "seized": "what was taken from them",
    "threats": "threats",
    "title": "what they are suspected of",
    "wants_time": "whether they want time",
    "what": "what was found",
    "way_custody": "by a custody routine",
    "way_file": "by a file",
    "way_joint_visit": "by a joint visit",
    "way_other": "another way",
    "way_status_check": "by a check of their status",
    "way_told": "in words",
    "words": "words as they were said",
    "would_change": "what would change it",
}
MOST_FIELDS = 6
ON_THE_FORM = "answers on the Home Office’s form"  # its own field names say nothing to a reader


def sentence(event: Event) -> str:
    """What was done: `recorded a person`. A code that is declared no more is shown as it is."""
    return CODES[event.code][1] if event.code in CODES else event.code.replace("_", " ").replace(".", ": ")


def capital(words: str) -> str:
    """The words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def changed_words(event: Event) -> str:
    """What of a case or a person it changed, in people's words: a column that has none in `FIELDS` is not named."""
    names = (name.partition("_")[0] if name.startswith("exploitation_") else name for name in event.fields)
    return ", ".join(dict.fromkeys(FIELDS[name] for name in names if name in FIELDS))


def fields_words(event: Event) -> str:
    """Which parts of a record it touched, by name and never by value."""
    names = list(dict.fromkeys(FIELDS.get(name, ON_THE_FORM if "-" in name else name.replace("_", " ")) for name in event.fields))
    more = len(names) - MOST_FIELDS
    return ", ".join(names[:MOST_FIELDS]) + (f" and {more} more" if more > 0 else "")
