"""A referral in a text file, read into what the quality coach is given: headings are the form's, whatever else is narrative."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache

from lodestar.kernel.reference_lists import rows_on
from lodestar.referrals.rules.coach import NARRATIVE, Referral, is_looked_at

LONGEST = 2_000_000  # bytes: more than the whole form with every answer as long as the form allows

_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LETTERS = re.compile(r"\w")
_BEFORE, _AFTER = " \t#>*_.)(-0123456789", " \t#*_:?."
_SAYS = {"yes": "child", "no": "adult"}
_AGE = re.compile(
    r"\b(?:aged? (?:of )?|was |is )?(\d{1,2})[ -]years?[ -]olds?\b|\baged? (?:of )?(\d{1,2})\b", re.IGNORECASE
)
_CHILD = re.compile(
    r"\bchild(?:ren)?['’]?s? services\b|\bfoster|\btreated as (?:a )?child\b|\byoung person\b|\bICTG\b", re.IGNORECASE
)
_NAME_PAGE = "pv-name-referral"
_AGE_PAGE = "pv-under-age"


class NoReferral(ValueError):
    """The file holds no text; `str` says so in one sentence."""


def referral_from(content: bytes, day: date) -> Referral:
    """The referral that a file holds, with the pages of the form as they are on a day. Raises NoReferral.

    A heading is a title of the form alone on its line, or any line that ends in a colon or begins with `#`; one that is not
    of the form is read as narrative. A title may be followed by a colon and its answer on the same line.
    """
    pages = _pages(_text(content), day)
    if not any(_LETTERS.search(text) for text in pages.values()):
        raise NoReferral("There is no text in it.")
    names = tuple(name for name in pages.get(_NAME_PAGE, "").splitlines() if name.strip())
    return Referral(pages=pages, day=day, treat_as=_treat_as(pages), names=names)


def _text(content: bytes) -> str:
    if len(content) > LONGEST:
        raise NoReferral(f"It is longer than the whole form can be ({LONGEST // 1_000_000} MB).")
    encoding = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise NoReferral("It is cut off, or no plain text. Save it as UTF-8.") from None
        text = content.decode("cp1252", errors="replace")  # what Word saves as plain text
    if any(unicodedata.category(letter) == "Cc" and letter not in "\t\n\r\f\v\x85" for letter in set(text)):
        raise NoReferral("It is no plain text. Save it as text (.txt) first.")
    if "\ufffd" in text:
        raise NoReferral("It is no plain text in an encoding that is known here. Save it as UTF-8.")
    return "\n".join(text.splitlines())


def _pages(text: str, day: date) -> dict[str, str]:
    """The text under each page of the form; what stands twice is put together."""
    headings = _headings(day)
    found: dict[str, list[str]] = {}
    page = NARRATIVE
    for line in text.split("\n"):
        title, colon, rest = line.partition(":")
        if (whole := headings.get(_plain(line))) is not None:
            page = whole
            found.setdefault(page, [])
        elif colon and rest.strip() and (begun := headings.get(_plain(title))) is not None:
            page = begun
            found.setdefault(page, []).append(rest)
        elif _is_heading(line) and not _is_waiting(found, page, day):
            page = NARRATIVE
            found.setdefault(page, []).append(line)
        else:
            found.setdefault(page, []).append(line)
    return {name: "\n".join(lines).strip() for name, lines in found.items() if name or "".join(lines).strip()}


def _is_waiting(found: Mapping[str, list[str]], page: str, day: date) -> bool:
    """Whether a page of the account has its heading and no text yet: what follows is a heading within it."""
    return bool(page) and is_looked_at(page, day) and not "".join(found[page]).strip()


def _is_heading(line: str) -> bool:
    return line.rstrip().endswith(":") or line.lstrip().startswith("#")


@cache
def _headings(day: date) -> Mapping[str, str]:
    """Every heading of the form, plainly written, and its page."""
    rows = rows_on("referrals", "coach_pages", day)
    return {_plain(head): row["code"] for row in rows for head in (row["title"], *row["headings"])}


def _plain(line: str) -> str:
    """A heading without what editors put around it: numbers, marks, capitals, kinds of apostrophes."""
    bare = line[:300].casefold().replace("’", "'").replace("(optional)", "")
    return " ".join(bare.lstrip(_BEFORE).rstrip(_AFTER).split())


def _treat_as(pages: Mapping[str, str]) -> str:
    """Child or adult as the form says; else by an age in the text, or by who looks after a child; else not known."""
    if _AGE_PAGE in pages:
        first = re.match(r"\W*(\w+)(.*)", pages[_AGE_PAGE])
        return (
            "not_known"
            if first is None or first[2].strip().startswith("sure")
            else _SAYS.get(first[1].casefold(), "not_known")
        )
    text = "\n".join(pages.values())
    ages = [int(found[1] or found[2]) for found in _AGE.finditer(text)]
    if _CHILD.search(text):
        return "child"
    return "not_known" if not ages else "child" if max(ages) < 18 else "adult"
