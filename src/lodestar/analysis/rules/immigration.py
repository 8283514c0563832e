"""Which recorded acts are immigration offences, and when somebody was treated as an offender for one. Pure.

The Acts and words are the list `analysis/reference/immigration_acts.toml`. Helping others to enter is not among them: it is
what exploiters do.
"""

import re
from functools import lru_cache

from lodestar.analysis.rules.facts import Offence
from lodestar.kernel.reference_lists import reference_list

# Stages at which somebody is dealt with as an offender. A stop, an interview by appointment and no further action tell
# nothing of it: how somebody came there is not recorded.
TREATED = frozenset(
    {
        "arrest", "interview", "bail_or_remand", "out_of_court_disposal", "charge_decision", "charged", "hearing",
        "convicted", "appeal",
    }
)  # fmt: skip
_SPACES = re.compile(r"\s+")
_SECTION = re.compile(r"(?:s|ss|section|sections)?\.?\s*(\d+[a-z]*)")


def treated_for(offence: Offence) -> bool:
    """Whether somebody was arrested for, or further dealt with for, an immigration offence."""
    return offence.stage in TREATED and is_immigration(offence.act, offence.section, offence.title)


@lru_cache(maxsize=1024)
def is_immigration(act: str, section: str, title: str) -> bool:
    """Whether an act as it was written is an immigration offence: by the Act and its section, or by the words of its title."""
    named, told, number = _plain(act), _plain(f"{act} {title}"), _SECTION.match(_plain(section))
    for row in reference_list("analysis", "immigration_acts").rows:
        if number is not None and number[1] in row["sections"] and named.startswith(_plain(row["act"])):
            return True
        if re.search(row["words"], told):
            return True
    return False


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.casefold()).strip()
