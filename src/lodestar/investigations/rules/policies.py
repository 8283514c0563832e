"""Which dated allocation policies an owner's skills meet, and how long a detective inspector's authority lasts."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from lodestar.kernel.reference_lists import rows_on

AUTHORITY_HOURS = 24  # a detective inspector's authority lasts so long (force policy)
FLOOR = "app"  # the policy below which Lodestar authorises nothing by itself


def policies(day: date) -> tuple[Mapping[str, Any], ...]:
    """The allocation policies that hold on a day, the force's and APP's apart: code, name, words, skills, under_pip2."""
    return rows_on("investigations", "allocation_policies", day)


def policies_met(skills: Collection[str], day: date, *, under_pip2: bool = False) -> tuple[str, ...]:
    """The codes of the policies that an owner with these skills meets on a day. `under_pip2`: a PIP2 detective supervises
    them."""
    met = []
    for policy in policies(day):
        counting = set(policy["skills"]) & set(skills)
        if not under_pip2:
            counting -= set(policy["under_pip2"])
        if counting:
            met.append(policy["code"])
    return tuple(met)


def is_pip2(skills: Collection[str], day: date) -> bool:
    """Whether somebody with these skills may be given the case on a day without anybody's authority: PIP2 or higher."""
    return FLOOR in policies_met(skills, day)


def highest(skills: Collection[str]) -> str:
    """The highest of these skills by the order of the profession; empty when none counts."""
    order = ("trainee_detective", "pip2", "pip3", "pip4")
    return max((skill for skill in skills if skill in order), key=order.index, default="")
