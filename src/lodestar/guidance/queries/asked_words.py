"""The words of a question as the library has them: which it knows, what a slip may be for, and what is near each."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from django.db import connection

from lodestar.guidance.models import Term
from lodestar.guidance.queries.kept import near_words, thesaurus
from lodestar.guidance.rules.spelling import likest
from lodestar.guidance.rules.words import stem, told

LIKEST = 3
ALIKE = 0.4  # trigrams that two words share, from where on they look alike
SHORTEST = 5  # letters of a word whose look tells anything
ABSENT = 2.0  # how much more what is near a word counts where the library does not have the word itself
LONGEST = 60  # letters of a word that anybody types: the database measures no slips in one of more than 255
# Words that begin alike, for each that the library does not have: those as a whole or by their stem two slips away at most. The
# database counts two letters in each other's place as two, so that it is asked for one more; the rule counts them as one.
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

LOOKS_LIKE = """
select asked.word, other.term, other.alike
from unnest(%s::text[]) asked(word)
cross join lateral (select term, max(similarity(t.word, asked.word)) alike from guidance_term t
                    where t.word >= left(asked.word, 1) and t.word < left(asked.word, 1) || chr(1114111)
                      and t.passages > 0 and similarity(t.word, asked.word) > %s
                    group by term order by alike desc, term limit %s) other
"""


def known_of(question: str) -> tuple[frozenset[str], frozenset[str]]:
    """Of a question, and of what is near its words, the terms that the library has; and of its own words those that stand
    in the library as they are spelt."""
    asked = set(told(question))
    stems = {stem(word) for word in asked}
    sought = stems.union(*(near_words().get(term, ()) for term in stems))
    found = list(Term.objects.filter(term__in=sought, versions__gt=0).values_list("term", "word"))
    return frozenset(term for term, _ in found), frozenset(word for _, word in found) & asked


def mender(known: frozenset[str], question: str) -> Callable[[str], Mapping[str, float]]:
    """Of a word of the question that nobody knows, those of the library that it may be a slip for, each with how like it is. All
    such words are looked for at once, when the first is asked for."""

    def may_be_a_slip(word: str) -> bool:
        term = stem(word)
        if term in known or term in near_words() or word.isdigit() or term in thesaurus().known:
            return False
        return SHORTEST <= len(word) <= LONGEST

    @cache
    def of_library() -> Mapping[str, list[tuple[str, str]]]:
        sought = sorted({word for word in told(question) if may_be_a_slip(word)})
        found: dict[str, list[tuple[str, str]]] = {word: [] for word in sought}
        with connection.cursor() as cursor:
            cursor.execute(LIKE, [sought, [stem(word) for word in sought], READ])
            for word, other, term in cursor.fetchall():
                found[word].append((other, term))
        return found

    def mend(word: str) -> Mapping[str, float]:
        if not may_be_a_slip(word):
            return {}
        of_thesaurus = sorted((one, one) for one in thesaurus().known if one[:1] == word[0] and stem(one) == one)
        return likest((word, stem(word)), [*of_library().get(word, ()), *of_thesaurus], LIKEST)

    return mend


def nearby(known: frozenset[str]) -> Callable[[str], Mapping[str, float]]:
    """Of a word the terms near it in general English that the library has."""

    def near(word: str) -> Mapping[str, float]:
        times = 1.0 if stem(word) in known else ABSENT
        return {term: times * likeness for term, likeness in near_words().get(stem(word), {}).items() if term in known}

    return near


def looks_like(typed: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
    """Of words as typed the terms of the library that look like each, by the trigrams they share, with how much."""
    asked = [word for word in typed if len(word) >= SHORTEST and not word.isdigit()]
    found: dict[str, dict[str, float]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LOOKS_LIKE, [asked, ALIKE, LIKEST])
        for word, term, alike in cursor.fetchall():
            found.setdefault(word, {})[term] = alike
    return found
