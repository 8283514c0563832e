"""Which recorded acts are immigration offences. Pure.

The Acts and words are the list `casework/section45/reference/immigration_acts.toml`. Helping others to enter is not among them:
it is what exploiters do.
"""

import re
from functools import lru_cache

from lodestar.platform.text.reference_lists import reference_list

_SPACES = re.compile(r"\s+")
_SECTION = re.compile(r"(?:s|ss|section|sections)?\.?\s*(\d+[a-z]*)")


@lru_cache(maxsize=1024)
def is_immigration(act: str, section: str, title: str) -> bool:
    """Whether an act as it was written is an immigration offence: by the Act and its section, or by the words of its title."""
    act_text, full_text, number = _plain(act), _plain(f"{act} {title}"), _SECTION.match(_plain(section))
    for row in reference_list("section45", "immigration_acts").rows:
        if number is not None and number[1] in row["sections"] and act_text.startswith(_plain(row["act"])):
            return True
        if re.search(row["words"], full_text):
            return True
    return False


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.casefold()).strip()
