"""What of the first hour may have been kept beside the video. Pure.

`golden_hour_evidence` closes by a list of what was kept, with the video's reference (College of Policing APP, police
responders): the reference alone does not close it. That nothing more was there to keep is an answer too.
"""

from collections.abc import Collection

KEPT = {
    "signs_of_control": "Signs of control",
    "rooms": "Rooms",
    "phones": "Phones",
    "papers": "Papers",
    "others_looked_for": "Other victims were looked for",
    "nothing_more": "Nothing more was there to keep",
}


def is_a_list(codes: Collection[str], more: str) -> bool:
    """Whether something is said of what was kept, so that with the video's reference it closes what is owed."""
    return bool(codes) or bool(more.strip())


def evidence_summary(codes: Collection[str], more: str = "") -> str:
    """What was kept, as one reads it: `Phones, papers; a rota from the wall`. Empty where nothing is said."""
    labels = [words for code, words in KEPT.items() if code in codes]
    text = ", ".join(words if place == 0 else f"{words[0].lower()}{words[1:]}" for place, words in enumerate(labels))
    return "; ".join(part for part in (text, more.strip()) if part)
