"""The short list of offences from which an officer picks, and what a pick records. It proves nothing about anyone."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lodestar.kernel.reference_lists import rows_on

STAGES = (("stop", "Stopped"), ("arrest", "Arrested"), ("voluntary_interview", "To be interviewed, not arrested"))
OTHER = "other"  # suspected of something that the list does not have, or that nobody has named yet
WHERE = {
    "england": "england_wales",
    "wales": "england_wales",
    "scotland": "scotland",
    "northern_ireland": "northern_ireland",
}


@dataclass(frozen=True)
class QuickOffence:
    """One offence of the list; `words` as an officer says it."""

    code: str
    words: str
    act: str
    section: str
    title: str


@lru_cache(maxsize=8)
def offences_on(day: date) -> tuple[QuickOffence, ...]:
    """The offences of the list on a day, in its order."""
    return tuple(
        QuickOffence(row["code"], row["words"], row["act"], row["section"], row["title"])
        for row in rows_on("recognition", "offences", day)
    )


def code_of(act: str, section: str, day: date) -> str:
    """The code of a recorded act on the list of a day; `other` for any that is not on it."""
    return next((offence.code for offence in offences_on(day) if (offence.act, offence.section) == (act, section)), OTHER)


def act_of(code: str, *, stage: str, day: date, nation: str, in_custody: bool) -> dict[str, str]:
    """The columns that a pick records: the act, done on the day they were met, and how far it has gone.

    Whoever is suspected was at least stopped, and in custody arrested: so the first question of section 45 of the Modern
    Slavery Act 2015 is asked even where nothing was picked.
    """
    picked = next((offence for offence in offences_on(day) if offence.code == code), None)
    return {
        "act": picked.act if picked else "",
        "section": picked.section if picked else "",
        "title": picked.title if picked else "",
        "on_from": day.isoformat() if picked else "",
        "on_to": day.isoformat() if picked else "",
        "where": WHERE.get(nation, ""),
        "stage": stage or ("arrest" if in_custody else "stop"),
    }
