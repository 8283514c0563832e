"""What the coach is given: a referral as data, with the facts of its case. Who calls it decides what of it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lodestar.kernel.reference_lists import rows_on

NARRATIVE = ""  # the name of the page for what stands under no heading of the form
LOOKED_AT = ("account", "beside", "choice")  # the parts of a referral in which an account may stand


@dataclass(frozen=True)
class File:
    """A document of evidence: what it is, in words, and the date it was made, as written; either may be empty."""

    description: str
    dated: str


@dataclass(frozen=True)
class Referral:
    """A referral on a day. `pages`: the text under each page of the form that was shown, by the form's own name of the page.

    `treat_as` is child, adult or not_known. `seen` are the signs recorded in the case, each as the phrases that tell it;
    `names` those of the person, in any script; `files` the evidence that goes with it; `others` the texts of other
    referrals, which are compared and never named. What the case does not hold is left empty.
    """

    pages: Mapping[str, str]
    day: date
    treat_as: str = "not_known"
    seen: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    others: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def parts_on(day: date) -> Mapping[str, str]:
    """What each page of the form is to the coach on a day: account, beside, choice or particulars."""
    return {row["code"]: row["part"] for row in rows_on("referrals", "coach_pages", day)}


def is_looked_at(page: str, day: date) -> bool:
    """Whether an account may stand on a page: the narrative, and every page that does not ask for particulars."""
    return parts_on(day).get(page, "account") in LOOKED_AT
