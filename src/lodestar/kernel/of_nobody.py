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
LONGEST_NAME, LONGEST_POST = 4, 6  # words
_RANK = (
    r"(?:D(?:C|S|I|Sgt|Insp|CI|Supt|CS|SU)|PC|PCSO|PS|Sgt|Insp|Supt|Chief|Sergeant|Inspector|Constable|Detective|Superintendent)"
)
_HOUSE = r"(?i:helpline|unit|team|service|desk|room|centre|office|army|police|council)"
_SIGNS = re.compile(
    r"\b(?i:on behalf of|sent (?:from|by)|my (?:working|usual|days|hours|absence|direct|mobile|pronouns)|working (?:days|hours)|"
    r"this (?:e-?mail|message|communication)|legally privileged|intended recipients?|intended (?:only |solely )?for|in error|"
    r"(?:before|when) (?:you )?print\w*|disclaimer|views expressed)\b|"
    rf"\b{_RANK}\s(?:{_RANK}\s)?[A-Z]|"
    rf"\b(?i:contact|ring|call|ask(?: for)?|speak to|e-?mail)\s(?:[a-z]+\s)?[A-Z][a-z]+\s(?!{_HOUSE}\b)[A-Z][\w'’-]++"
    rf"(?!\s(?:[A-Z]\w++\s){{0,3}}{_HOUSE}\b)"
)
_POST = re.compile(
    r"\b(?i:sergeant|inspector|constable|superintendent|detective|commander|commissioner|pcso|co-?ordinator|manager|leads?|leading|"
    r"head|officer|analyst|advis[eo]r|director|secretary|assistant|deputy|specialist|practitioner|champion)\b"
)
_OF_MANY = re.compile(r"(?<!\d)(?:0[38]\d\d|10[15]|11[126]|999)(?!\d)")  # begins a number that many answer


class Marks(NamedTuple):
    """What is known of the lines of a letter by their places: which begin a paragraph of it, head one, or are of a list, and at
    which a part of it begins that was sent by itself."""

    begins: Collection[int] = ()
    headings: Collection[int] = ()
    items: Collection[int] = ()
    parts: Collection[int] = ()


def letter_of_nobody(lines: Sequence[str], marks: Marks | None = None) -> list[tuple[int, str]]:
    """The lines of a letter that are kept, each with its place. A letter that is quoted in it begins anew: what was forwarded
    stands below the name of whoever sent it on. So does a part, but a name may stand in the one after a closing."""
    marks = marks or Marks()
    begun = {place for place in range(1, len(lines)) if _begins(lines, place)}
    starts = [0, *sorted(begun | {place for place in marks.parts if place}), len(lines)]
    gone: set[int] = {place for place in range(len(lines)) if _is_of_people(lines, place)}
    near: set[int] = set()
    is_below = False  # a part whose closing ended it
    for start, end in pairwise(starts):
        last = max((place + 1 for place in range(start, end) if _bare(lines[place])), default=start)
        closings = [place for place in range(start, last) if lines[place].strip(" \t>,.!").lower() in _CLOSINGS]
        if is_below and start not in begun:
            below = range(start, min(start + MOST_SIGNED, closings[0] if closings else last))
            near.update(below)
            gone.update(place for place in below if _is_of_somebody(lines[place]))
        near.update(*(range(place, min(place + MOST_SIGNED + 1, end)) for place in closings))
        signed = set(_signed(lines, closings[-1], last, marks)) if closings else set[int]()
        gone.update(signed)
        is_below = last - 1 in signed or (last == start and is_below)
    return [(place, line_of_nobody(line, is_near=place in near)) for place, line in enumerate(lines) if place not in gone]


def line_of_nobody(text: str, *, is_near: bool = False) -> str:
    """A line without e-mail addresses and numbers of one person; `is_near`: it stands below a closing."""
    numbers = _DESK if is_near or _OWN.search(text) else _MOBILE
    return numbers.sub("[number left out]", _ADDRESS.sub("[address left out]", text))


def _signed(lines: Sequence[str], closing: int, last: int, marks: Marks) -> Iterable[int]:
    """The places from a closing on that say who signs: all, but where it is long or goes on as no name does, with a list or with
    what is headed. What follows there is more of the letter, but for lines that name somebody."""
    until = min(closing + MOST_SIGNED + 1, last)
    places = [place for place in range(closing + 1, until) if _bare(lines[place])]
    in_list = () if closing in marks.items else marks.items  # a whole letter may stand in one
    listed = marks._replace(items=in_list)
    for before, place in zip([closing, *places], places, strict=False):
        is_headed = before != closing and _heads(lines, before, listed, is_first=before == places[0])
        if (is_headed and _goes_on(lines, before, place, last, listed)) or _is_first_of_several(lines, place, last):
            begins = before if is_headed else place
            named = (one for one in range(begins, until) if _names(lines, one, listed))
            return [*range(closing, begins), *named]
    if last - closing <= MOST_SIGNED + 1:
        return range(closing, last)
    return range(closing, next((place for place in places if _sentences(lines, place, last, marks)), closing))


def _bare(line: str) -> str:
    return line.strip(" \t>")


def _goes_on(lines: Sequence[str], heading: int, place: int, last: int, marks: Marks) -> bool:
    """Whether below a heading a list begins; below one that a page says is one, and that is no name, also a paragraph."""
    if _is_item(lines, place, marks):
        return True
    is_said = heading in marks.headings and _small_words(lines[heading]) > 0
    return is_said and bool(_sentences(lines, place, last, marks))


def _is_item(lines: Sequence[str], place: int, marks: Marks) -> bool:
    """Whether a line is of a list, and of nobody."""
    line = _bare(lines[place])
    is_listed = place in marks.items or bool(_NUMBERED.match(line)) or bool(_BULLET.match(line))
    is_post = bool(_POST.search(line)) and len(line.split()) <= LONGEST_POST
    return is_listed and _small_words(line) > 0 and not is_post and not _SIGNS.search(line)


def _is_first_of_several(lines: Sequence[str], place: int, last: int) -> bool:
    """Whether a list begins here that counts what is to be done."""
    one, two = lines[place].strip(" \t>("), lines[min(place + 1, last - 1)].strip(" \t>(")
    is_counted = one.startswith("1") and two.startswith("2") and bool(_NUMBERED.match(two))
    return is_counted and _is_item(lines, place, Marks()) and not _SIGNS.search(two)


def _heads(lines: Sequence[str], place: int, marks: Marks, *, is_first: bool) -> bool:
    """Whether a line may be a heading, and is no name or post; directly below a closing only one that a page says is one."""
    line = _bare(lines[place])
    if _SIGNS.search(line) or _POST.search(line):
        return False
    if place in marks.headings:
        return not is_first or _small_words(line) > 0
    is_short = len(line) <= LONGEST_HEADING and not any(each in ",@|" or each.isdigit() for each in line)
    return is_short and not is_first and _starts(lines, place, marks) and _small_words(line) > 0


def _names(lines: Sequence[str], place: int, marks: Marks) -> bool:
    """Whether a line of what goes on below a name names somebody all the same: a list and a heading say what to do."""
    line = _bare(lines[place])
    is_of_letter = place in marks.headings or place in marks.items or bool(_NUMBERED.match(line) or _BULLET.match(line))
    return bool(_SIGNS.search(line)) if is_of_letter else _is_of_somebody(line)


def _is_of_somebody(line: str) -> bool:
    """Whether a line says who somebody is, and nothing else; or what stands below every letter of theirs."""
    words = _bare(line).split()
    if not words or _SIGNS.search(line):
        return bool(words)
    if _OF_MANY.search(line) or ":" in line:
        return False
    is_post = bool(_POST.search(line)) and not _bare(line).endswith((".", "?", "!"))
    return is_post or (_small_words(line) == 0 and (1 < len(words) <= LONGEST_NAME or any(each.isdigit() for each in line)))


def _sentences(lines: Sequence[str], place: int, last: int, marks: Marks) -> range:
    """The lines of the paragraph that begins here, where it is one of sentences about nobody."""
    if not _starts(lines, place, marks) or _small_words(lines[place]) < FEWEST_WORDS:
        return range(0)
    end = next((one for one in range(place + 1, last) if not _bare(lines[one]) or one in marks.begins), last)
    if any(_SIGNS.search(line) for line in lines[place:end]):
        return range(0)
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
