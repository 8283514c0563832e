"""What a referral that is written or was sent says of a crime: when, where, signs, control and who did it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lodestar.casework.referral_forms.rules.made import CONTROL, DESCRIBED, EXPLOITERS, PLACES, WHEN, WHERE, WHO, Linked, made

TREATED = "how-they-were-treated"
# Which answers go to which field of the crime record; of how they were treated only what was ticked.
_FIELDS = {
    "happened": (WHEN, f"{WHEN}-multiple"),
    "where_it_happened": (
        f"{WHERE}-uk-city", f"{WHERE}-other-uk-other-location",
        f"{WHERE}-overseas-country", f"{WHERE}-other-overseas-other-location",
    ),
    "signs": ("modern-slavery-indicators-details",),
    "suspects": (WHO,),
}  # fmt: skip
LISTED = (CONTROL, DESCRIBED, EXPLOITERS, PLACES)
ASKED = (*LISTED, *(code for codes in _FIELDS.values() for code in codes))


@dataclass(frozen=True)
class ReferralSaid:
    """The latest answers of one person's referral, by question. `at` is when the last of them was written, `sent_at` when it was
    sent, None for a draft or what was written since."""

    answers: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    at: datetime | None = None
    sent_at: datetime | None = None


def crime_fields(said: ReferralSaid, linked: Iterable[Linked]) -> dict[str, str]:
    """What the referral says for each field of the crime record, as far as it says anything."""
    if not said.version:
        return {}
    proposed = made(said.answers, linked, {}, said.version)
    texts = {**proposed, **{code: words for code, words in said.answers.items() if words}}
    values = {name: "\n".join(texts[code] for code in codes if code in texts) for name, codes in _FIELDS.items()}
    values["threats"] = proposed.get(TREATED, "")
    return {name: words for name, words in values.items() if words}
