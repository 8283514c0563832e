"""Coarser words as they read where they are put: a noun, before one, or a plural, with the article that the sentence wants.

English is told by the words on either side alone, so that what is proposed can be wrong; it is shown whole before it is taken.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_WORD = re.compile(r"\s+([\w’'-]+)")
_BEFORE = re.compile(r"(?<![\w’'-])([\w’'-]++)\s++$")
_ARTICLE = re.compile(r"\b(an?|the)\s+$", re.IGNORECASE)
_AS_A_PERSON = re.compile(r"\b(?:as|is|was|be|become|became)\s+(?:an?\s+)?$", re.IGNORECASE)
# Words after which no noun has begun: what stands before them is a noun itself.
_NO_NOUN = """
a about above across after against aged all alone also always among an and are around as at away be because been before
behind below beside between both but by came can could did do does during each for forced found from gave goes got had
has have he held her here him his i in into is it kept knew left like lived lives living made may met might must near
never next no not now of off on once only opposite or our out outside over owned paid past picked rang run said saw says
seen she should since slept so some speaking spoke still than that the their them then there they this through to told
took towards under until up used was washed we went were when where which while who whom whose will with within without
worked working works would yesterday you your
"""
_WANTS_ONE = "as at behind beside by from in inside into is near of on opposite outside over past to was with"
_SAID_OF = "am are be been being both is seemed was were"
_SPOKEN = "speak speaking speaks spoke spoken understands understood"
NO_NOUN, WANTS_ONE, SAID_OF, SPOKEN = (frozenset(told.split()) for told in (_NO_NOUN, _WANTS_ONE, _SAID_OF, _SPOKEN))
_MANY = re.compile(
    r"\b(?:the|these|those|other|some|several|many|few|more|all|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+$",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"\b(?:one|another|this|that|every|each|an?)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Forms:
    """One thing told more coarsely: as a noun, several of it, and before another noun; `person` who does it, where the word may
    mean that; `is_many` where what was typed is a plural, `is_mass` where it takes no article."""

    one: str
    many: str = ""
    before: str = ""
    person: str = ""
    is_many: bool = False
    is_mass: bool = False


FOREIGN = Forms("foreign national", "foreign nationals", "foreign")
OF_THE_UK = Forms("UK national", "UK nationals", "UK")
UK = frozenset({"british", "english", "scottish", "welsh", "northern irish"})


def nationality(forms: Forms, before: str, after: str) -> str:
    """What stands for a nationality between what is before and after it."""
    last = _found(_BEFORE, before)
    if last in SPOKEN or (last == "in" and not _is_before_a_noun(after)):
        return "a foreign language" if forms is FOREIGN else "a language of the UK"
    if _is_before_a_noun(after) or _joins_another(after):
        return _with_article(forms.before, before)
    if last in SAID_OF:
        return "from the UK" if forms is OF_THE_UK else "from abroad"
    is_whose = after.startswith(("'s", "’s"))
    if forms.is_many or (_MANY.search(before) and not _SINGLE.search(before) and not is_whose):
        return _cased(forms.many, before)
    return _with_article(forms.one, before, is_wanted=True)


def town(region: str, before: str, after: str) -> str:
    """What stands for a town: one of its region, or local where it says what kind of thing the next one is."""
    if _is_before_a_noun(after) and not after.startswith(("'", "’", ",")):
        return _with_article("local", before)
    return _cased(f"a town in {region}", before)


def trade(forms: Forms, before: str, after: str) -> str:
    """What stands for a place of work or what is done there."""
    if forms.person and _AS_A_PERSON.search(before):
        return _with_article(forms.person, before, is_wanted=True)
    if forms.is_mass:
        return _cased(forms.one, before)
    if forms.is_many:
        return _cased(forms.many, before)
    is_wanted = not _is_before_a_noun(after) and (_found(_BEFORE, before) in WANTS_ONE or not before.strip())
    return _with_article(forms.one, before, is_wanted=is_wanted)


def put(text: str, start: int, end: int, phrase: str) -> str:
    """The text with the phrase in its place; an article that the phrase brings is said once, and so is that it is a town."""
    before, after = text[:start], text[end:]
    if phrase[:2].lower() in ("a ", "an"):
        before = re.sub(r"\b(?:the\s+)?(?:town|city|village)\s+of\s+$", "", before, flags=re.IGNORECASE)
        before = _ARTICLE.sub("", before)
    return f"{before}{phrase}{after}"


def forms_of(row: Mapping[str, str]) -> Forms:
    """How a row of the list reads."""
    return Forms(
        one=row["coarser"],
        many=row.get("coarser_many", ""),
        person=row.get("person", ""),
        is_mass=row.get("is_mass", "") == "yes",
    )


def _is_before_a_noun(after: str) -> bool:
    """Whether the next word, with nothing but a space between, can be the noun that this one goes with."""
    match = _WORD.match(after)
    return match is not None and "\n" not in match[0] and match[1].lower() not in NO_NOUN and not match[1].isdigit()


def _joins_another(after: str) -> bool:
    """Whether two kinds share the noun that follows: Polish and Latvian women."""
    match = re.match(r"(?:,| and| or)\s+[A-Z][\w-]+(\s+.*)", after, re.DOTALL)
    return match is not None and _is_before_a_noun(match[1])


def _with_article(words: str, before: str, *, is_wanted: bool = False) -> str:
    """The words, with a or an where that stands before them already or is wanted and nothing like it does."""
    article = _ARTICLE.search(before)
    if article and article[1].lower() == "the":
        return words
    if article:
        told = f"{_a_or_an(words)} {words}"
        return told[:1].upper() + told[1:] if article[1][0].isupper() else told
    if is_wanted and (_found(_BEFORE, before) in WANTS_ONE or _is_at_a_beginning(before)):
        return _cased(f"{_a_or_an(words)} {words}", before)
    return _cased(words, before)


def _a_or_an(words: str) -> str:
    return "an" if words[0].lower() in "aeio" else "a"


def _cased(words: str, before: str) -> str:
    """With a capital where a sentence begins."""
    article = _ARTICLE.search(before)
    begins = _is_at_a_beginning(before[: article.start()] if article and words.startswith("a ") else before)
    return words[:1].upper() + words[1:] if begins else words


def _is_at_a_beginning(before: str) -> bool:
    """Whether a sentence or a line begins after these words, perhaps with a quotation mark or a bracket."""
    words = before.rstrip()
    if words.endswith(("(", "“", '"')):
        words = words[:-1].rstrip()
    return not words or words.endswith((".", "!", "?")) or "\n" in before[len(words) :]


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1].lower() if match else ""
