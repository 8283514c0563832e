"""The words of a question as the library has them: which it knows, and what a slip may be for."""

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cache

from django.db import connection

from lodestar.guidance.models import Term
from lodestar.guidance.queries.kept import thesaurus
from lodestar.guidance.rules.words import stem, told

LIKEST = 3
ALIKE = 0.8  # from here on a word may be a slip for another, by difflib
SHORTEST = 5  # letters of a word that may be a slip
LONGEST = 60  # letters of a word that anybody types: the database measures no slips in one of more than 255
# Words that begin alike, for each that the library does not have: those as a whole or by their stem a few letters away.
LIKE = f"""
select asked.word, other.word, other.term
from unnest(%s::text[], %s::text[]) asked(word, term)
cross join lateral (
  select t.word, t.term from guidance_term t
  where t.word >= left(asked.word, 1) and t.word < left(asked.word, 1) || chr(1114111) and t.passages > 0
    and (levenshtein_less_equal(left(t.word, {LONGEST}), asked.word, 3) <= 3
         or levenshtein_less_equal(left(t.term, {LONGEST}), asked.term, 3) <= 3)
  order by levenshtein_less_equal(left(t.word, {LONGEST}), asked.word, 3), t.versions desc, t.word limit %s) other
"""
READ = 90  # of those


def known_of(question: str) -> tuple[frozenset[str], frozenset[str]]:
    """Of a question the terms that the library has, and those of its words that stand in the library as they are spelt."""
    asked = set(told(question))
    rows = Term.objects.filter(term__in={stem(word) for word in asked}, versions__gt=0).values_list("term", "word")
    found = list(rows)
    return frozenset(term for term, _ in found), frozenset(word for _, word in found) & asked


def mender(known: frozenset[str], question: str) -> Callable[[str], Mapping[str, float]]:
    """Of a word of the question that nobody knows, those of the library that it may be a slip for, each with how like it is. All
    such words are looked for at once, when the first is asked for."""

    def may_be_a_slip(word: str) -> bool:
        term = stem(word)
        if term in known or word.isdigit() or term in thesaurus().known:
            return False
        return SHORTEST <= len(word) <= LONGEST

    @cache
    def of_library() -> Mapping[str, list[str]]:
        sought = sorted({word for word in told(question) if may_be_a_slip(word)})
        found: dict[str, list[str]] = {word: [] for word in sought}
        with connection.cursor() as cursor:
            cursor.execute(LIKE, [sought, [stem(word) for word in sought], READ])
            for word, other, term in cursor.fetchall():
                found[word] += [other, term] if stem(term) == term else [other]
        return found

    def mend(word: str) -> Mapping[str, float]:
        if not may_be_a_slip(word):
            return {}
        of_thesaurus = [one for one in thesaurus().known if one[:1] == word[0]]
        among = [*of_library().get(word, ()), *(one for one in of_thesaurus if stem(one) == one)]
        likeness = {one: SequenceMatcher(None, one, word).ratio() for one in get_close_matches(word, among, LIKEST, ALIKE)}
        return {one: like for one, like in likeness.items() if like == max(likeness.values())}

    return mend
