"""What a letter says, without whose it is: without the names below it, whom it went to, and numbers that ring at one desk."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

MOST_SIGNED = 15  # lines after a closing: what is longer is more of the letter
MOST_ADDRESSED = 50  # lines of addresses below their header
_ADDRESS = re.compile(r"<?(?:mailto:)?(?<![\w.+'-])[\w.+'-]++@[\w-]+(?:\.[\w-]+)+>?")
_NO_DAY = r"(?<![\d+])(?!(?:0[1-9]|[12]\d|3[01])[ -](?:0[1-9]|1[0-2])[ -](?:19|20)\d\d(?!\d))"
_BEFORE = _NO_DAY + r"(?:(?:\+|00)44[ -]?\(?0?\)?[ -]?|\(?0)"
_MOBILE = re.compile(_BEFORE + r"7(?:[ ()-]{0,2}\d){8,9}(?!\d)")
# A control room has such a number as well as a desk: only what stands by a name, or is said to be somebody's own, is left out.
_DESK = re.compile(_BEFORE + r"[127](?:[ ()-]{0,2}\d){8,9}(?!\d)")
_OWN = re.compile(r"\b(?:direct|mobile|ddi)\b", re.IGNORECASE)
_HEADER = re.compile(r"^[> \t*]*(From|To|Cc|Bcc|Reply-To|Sent|Date|Subject)[ \t]?[*]?:", re.IGNORECASE)
_OF_PEOPLE = frozenset({"from", "to", "cc", "bcc", "reply-to"})
_MORE_OF_THEM = re.compile(r"^[> \t]*+(?<=[ \t])\S+@")
_QUOTED = re.compile(r"^[> \t*]*(?:(?:From|Sent|Subject)[ \t]?[*]?:|-{3,}[ \t]?[A-Za-z])")
_RULE = re.compile(r"^[> \t]*(?:-{5,}|_{5,})\s*$")
_CLOSINGS = frozenset(
    {"--", "thanks", "many thanks", "with thanks", "yours sincerely", "yours faithfully"}
    | {" ".join(part for part in (how, what) if part) for how in ("", "kind", "kindest", "best", "warm", "warmest", "with kind",
       "with best") for what in ("regards", "wishes")}
)  # fmt: skip
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s+\w")
_BULLET = re.compile(r"[•▪●◦*–-]\s+\w")
_ENDS = tuple(".!?:;")
_SMALL = frozenset({"and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})  # in names and posts, too
FEWEST_WORDS = 2  # others in small letters, of a sentence
LONGEST_HEADING = 90  # characters


class Marks(NamedTuple):
    """What is known of the lines of a letter by their places: which begin a part of it, head one, or are of a list."""

    begins: Collection[int] = ()
    headings: Collection[int] = ()
    items: Collection[int] = ()


def letter_of_nobody(lines: Sequence[str], marks: Marks | None = None) -> list[tuple[int, str]]:
    """The lines of a letter that are kept, each with its place. A letter that is quoted in it begins anew: what was forwarded
    stands below the name of whoever sent it on."""
    starts = [0, *(place for place in range(1, len(lines)) if _begins(lines, place)), len(lines)]
    gone: set[int] = {place for place in range(len(lines)) if _is_of_people(lines, place)}
    near: set[int] = set()
    for start, end in pairwise(starts):
        last = max((place + 1 for place in range(start, end) if lines[place].strip(" \t>")), default=start)
        closings = [place for place in range(start, last) if lines[place].strip(" \t>,.!").lower() in _CLOSINGS]
        near.update(*(range(place, min(place + MOST_SIGNED + 1, end)) for place in closings))
        if closings:
            gone.update(_signed(lines, closings[-1], last, marks or Marks()))
    return [(place, line_of_nobody(line, is_near=place in near)) for place, line in enumerate(lines) if place not in gone]


def line_of_nobody(text: str, *, is_near: bool = False) -> str:
    """A line without e-mail addresses and numbers of one person; `is_near`: it stands below a closing."""
    numbers = _DESK if is_near or _OWN.search(text) else _MOBILE
    return numbers.sub("[number left out]", _ADDRESS.sub("[address left out]", text))


def _signed(lines: Sequence[str], closing: int, last: int, marks: Marks) -> Iterable[int]:
    """The places from a closing on that say who signs. A letter may go on below: with a list or what is headed it is more of
    the letter from there to its end, with a sentence for that paragraph. Where nothing says so and it is long, all of it is."""
    until = min(closing + MOST_SIGNED + 1, last)
    places = [place for place in range(closing + 1, until) if _bare(lines[place])]
    kept: set[int] = set()
    for place, before in zip(places, [closing, *places], strict=False):
        paragraph = _sentences(lines, place, last, marks)
        is_headed = before not in (closing, places[0]) and _heads(lines, before, marks)
        if _is_item(lines, place, marks) or (paragraph and is_headed):
            until = before if is_headed else place
            return [one for one in range(closing, until) if one not in kept]
        kept.update(paragraph)
    if until < last:
        return range(closing, min(kept, default=closing))
    return [one for one in range(closing, last) if one not in kept]


def _bare(line: str) -> str:
    return line.strip(" \t>")


def _is_item(lines: Sequence[str], place: int, marks: Marks) -> bool:
    line = _bare(lines[place])
    is_listed = place in marks.items or bool(_NUMBERED.match(line))
    return is_listed or (bool(_BULLET.match(line)) and _small_words(line) >= FEWEST_WORDS)


def _heads(lines: Sequence[str], place: int, marks: Marks) -> bool:
    """Whether a line may be a heading, and is no name or post with capitals."""
    line = _bare(lines[place])
    if place in marks.headings:
        return True
    is_short = len(line) <= LONGEST_HEADING and not any(each in ",@" or each.isdigit() for each in line)
    return is_short and _starts(lines, place, marks) and _small_words(line) > 0


def _sentences(lines: Sequence[str], place: int, last: int, marks: Marks) -> range:
    """The lines of the paragraph that begins here, where it is one of sentences."""
    if not _starts(lines, place, marks) or _small_words(lines[place]) < FEWEST_WORDS:
        return range(0)
    end = next((one for one in range(place + 1, last) if not _bare(lines[one]) or one in marks.begins), last)
    return range(place, end) if _bare(lines[end - 1]).rstrip(")”’\"'").endswith(_ENDS) else range(0)


def _starts(lines: Sequence[str], place: int, marks: Marks) -> bool:
    return place in marks.begins or not _bare(lines[place - 1])


def _small_words(line: str) -> int:
    """How many words stand in small letters that are in no name or post."""
    words = (word.strip(".,;:!?()“”‘’\"'") for word in line.split())
    return sum(word.isalpha() and word[0].islower() and word not in _SMALL for word in words)


def _begins(lines: Sequence[str], place: int) -> bool:
    """Whether a letter that is quoted begins here. A rule alone may stand in the middle of a name and its house."""
    line = lines[place]
    if _RULE.match(line):
        return any(_HEADER.match(each) for each in lines[place + 1 : place + 3])
    return bool(_QUOTED.match(line)) or line.rstrip(" \t*").endswith("wrote:")


def _is_of_people(lines: Sequence[str], place: int) -> bool:
    """Whether a line says whom a letter that is quoted was from or to. A sentence may begin as one does."""
    line = lines[place]
    if line.rstrip(" \t*").endswith("wrote:") and ("@" in line or line.lstrip("> \t*").startswith("On ")):
        return True
    for _ in range(MOST_ADDRESSED):
        if place and _MORE_OF_THEM.match(lines[place]):
            place -= 1
    found = _HEADER.match(lines[place])
    if found is None or found[1].lower() not in _OF_PEOPLE:
        return False
    beside = [*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2]]
    return "@" in lines[place] or any(_HEADER.match(each) or _MORE_OF_THEM.match(each) for each in beside)
