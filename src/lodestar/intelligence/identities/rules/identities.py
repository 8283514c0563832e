"""Somebody who is being recorded may have been recorded before: what whoever records them is told, which codes are quoted,
who may link, and which records are one human. Pure.

What is told has three outcomes (the force's policy on need-to-know; Data Protection Act 2018 section 62 for the log): whoever
may see the other record is shown it; whoever may not is given a code to quote to the coordinator; of a sealed case, and
where nothing is alike, nothing is told, and both look the same.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from lodestar.intelligence.identities.rules.blind_index import Mark, marks_of
from lodestar.intelligence.identities.rules.match_reasons import Code, Described, is_match, match_reasons
from lodestar.platform.text.reference_lists import reference_list

SHOWN = "shown"  # whoever records them may see the other record
RING = "ring"  # they may not: a code to quote
SEALED = "sealed"  # nothing is told; the named owners are alerted
QUIET = "quiet"  # a code that is not shown any more tonight: kept, and the coordinator is alerted
BATCH = "batch"  # nothing is told to whoever recorded them: found among all records
OUTCOMES = (SHOWN, RING, SEALED, QUIET, BATCH)

# A night with thirty people in one house is real; a hundred codes to one officer are somebody who looks for a person.
MOST_CODES = 30
CODES_WITHIN = timedelta(hours=12)

# Read out by telephone at night: nothing that sounds or looks like another, and no vowel, so that no word comes of it.
CODE_LETTERS = "CDFHJKMNPQRTVWXY23467"
CODE_LENGTH = 4

Record = TypeVar("Record", bound=Hashable)


def outcome(*, may_see: bool, is_sealed: bool, is_elsewhere: bool, codes_lately: int) -> str:
    """What becomes of one likeness. `may_see`: whether the writer may see the other record; `is_elsewhere`: it is another
    force's, of which nobody here may see anything; `codes_lately`: how many codes the writer was given within CODES_WITHIN."""
    if may_see and not is_elsewhere:
        return SHOWN
    if is_sealed:
        return SEALED
    return RING if codes_lately < MOST_CODES else QUIET


def code_from(number: int) -> str:
    """The code of four signs that a random number gives. The same number gives the same code."""
    signs = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_LETTERS))
        signs.append(CODE_LETTERS[place])
    return "".join(signs)


def code_typed(words: str) -> str:
    """A code as somebody types what they heard: capitals, without spaces, hyphens or stops."""
    return "".join(sign for sign in words.upper() if sign.isalnum())[:8]


def may_link(*, links_people: bool, sealed: Sequence[bool], named_owner_flags: Sequence[bool]) -> bool:
    """Whether somebody may say that two records are one human. `links_people`: their role does (the coordinator's);
    `sealed`, `named`: of each of the two cases whether it is sealed and whether they are a named owner of it.

    The people of a sealed case are linked by its named owners alone, whatever their role.
    """
    if any(sealed):
        return all(is_named for is_sealed, is_named in zip(sealed, named_owner_flags, strict=True) if is_sealed)
    return links_people


def groups(links: Iterable[tuple[Record, Record]]) -> list[frozenset[Record]]:
    """Which records are one human by these links: a chain of links is one group, and without one of them it falls apart."""
    beside: dict[Record, set[Record]] = defaultdict(set)
    for record, other in links:
        beside[record].add(other)
        beside[other].add(record)
    record_groups: list[frozenset[Record]] = []
    seen: set[Record] = set()
    for start in beside:
        if start in seen:
            continue
        group, todo = {start}, [start]
        while todo:
            new = beside[todo.pop()] - group
            group |= new
            todo += new
        seen |= group
        record_groups.append(frozenset(group))
    return record_groups


def group_of(record: Record, links: Iterable[tuple[Record, Record]]) -> frozenset[Record]:
    """The records that are one human with this one, itself among them."""
    return next((group for group in groups(links) if record in group), frozenset({record}))


LIKELY = 0.05  # by a reckoning that takes births, names and telephones as independent, which they are not: no probability
MOST_SHARE = 80  # a mark that more people have puts nobody together (`queries.py` reads as many of each)
TWICE = 0.02  # how many of a force's records are of somebody who is recorded before, before anything is looked at: judgement
_PUTS_NOBODY_TOGETHER = ("one",)  # a mark of one word of a name

Row = dict[str, Any]


Scored = Sequence[tuple[str, str, float]]
Scorer = Callable[..., Scored]  # `kernel.linker.scored_pairs`


@dataclass(frozen=True)
class Recorded:
    """Somebody as they are recorded now: in which case, whether that is sealed, and what they are known by."""

    id: UUID
    case: UUID
    is_sealed: bool
    description: Described


@dataclass(frozen=True)
class Pair:
    """Two people who may be one, and why."""

    person: UUID
    other: UUID
    reasons: tuple[Code, ...]


def likely_pairs(people: Iterable[Recorded], scorer: Scorer) -> list[Pair]:
    """The pairs of people of two cases that are worth a look, the likeliest first; `scorer` says of rows which pairs may be
    one. Those of whom neither is in a sealed case are looked for among themselves alone, so that they are the same pairs
    whoever is in a sealed case."""
    people_by_id = {str(recorded.id): recorded for recorded in people}
    marked = {person: marks_of(recorded.description) for person, recorded in people_by_id.items()}
    openly = {person: recorded for person, recorded in people_by_id.items() if not recorded.is_sealed}
    id_pairs = list(_scored(openly, marked, scorer))
    if len(openly) < len(people_by_id):
        id_pairs += [
            pair for pair in _scored(people_by_id, marked, scorer) if any(people_by_id[person_id].is_sealed for person_id in pair)
        ]
    pairs = [
        (people_by_id[person_id], people_by_id[other])
        for person_id, other in id_pairs
        if people_by_id[person_id].case != people_by_id[other].case
    ]
    compared_pairs = [
        Pair(recorded.id, other.id, match_reasons(recorded.description, other.description)) for recorded, other in pairs
    ]
    return [pair for pair in compared_pairs if is_match(pair.reasons)]


def _scored(people: Mapping[str, Recorded], marked: Mapping[str, frozenset[Mark]], scorer: Scorer) -> list[tuple[str, str]]:
    rows = rows_of({person: recorded.description for person, recorded in people.items()}, marked)
    return [(person_id, other) for person_id, other, _ in scorer(rows, settings_for(len(rows)), likely=LIKELY)]


def rows_of(people: Mapping[str, Described], marked: Mapping[str, frozenset[Mark]]) -> list[Row]:
    """A row of each person, by id: what they are compared by, and the marks (`keys`) by which pairs are put together at all.
    `marked` are everybody's marks. What is not known of somebody is None, which speaks neither way."""
    shared = Counter(mark for person in people for mark in marked[person])
    return [_row(person, description, marked[person], shared) for person, description in people.items()]


def _row(person: str, description: Described, marks: frozenset[Mark], shared: Mapping[Mark, int]) -> Row:
    values_by_kind: dict[str, list[str]] = {}
    keys = []
    for mark in sorted(marks, key=lambda mark: (mark.kind, mark.value)):
        values_by_kind.setdefault(mark.kind, []).append(mark.value)
        if mark.kind not in _PUTS_NOBODY_TOGETHER and 1 < shared[mark] <= MOST_SHARE:
            keys.append(f"{mark.kind} {mark.value}")
    birth = description.birth
    return {
        "id": person,
        "keys": keys,
        "spelt": next(iter(values_by_kind.get("whole", values_by_kind.get("voiced", ()))), None),
        "sounds": values_by_kind.get("voiced"),
        "letters": values_by_kind.get("narrow"),
        "roughly": values_by_kind.get("name"),
        "words": sorted({value.rpartition(" ")[0] for value in values_by_kind.get("one", ())}) or None,
        "born": birth.text if birth and birth.is_day else None,
        "first_year": birth.first if birth else None,
        "last_year": birth.last if birth else None,
        "phones": sorted(description.tails) or None,
        "houses": sorted(description.houses) or None,
        "sex": description.sex or None,
    }


def settings_for(people: int) -> dict[str, Any]:
    """Splink's settings for so many people, with the fixed values."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": min(0.5, 2 * TWICE / max(people - 1, 1)),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.keys = r.keys", "arrays_to_explode": ["keys"], "sql_dialect": "duckdb"}
        ],
        "comparisons": _comparisons(),
        "retain_intermediate_calculation_columns": False,
        "retain_matching_columns": False,
        "sql_dialect": "duckdb",
    }


def _comparisons() -> list[dict[str, Any]]:
    """Of each comparison its levels, as `linkage.toml` has them."""
    rows = groupby(reference_list("identities", "linkage").rows, key=lambda row: row["comparison"])
    return [{"output_column_name": name, "comparison_levels": list(map(_level, levels))} for name, levels in rows]


def _level(row: Mapping[str, Any]) -> dict[str, Any]:
    condition = "ELSE" if row["condition"] == "else" else row["condition"]
    level: dict[str, Any] = {"label_for_charts": row["agrees"], "sql_condition": condition}
    if "m" not in row:
        return {**level, "is_null_level": True}
    level |= {"m_probability": row["m"], "u_probability": row["u"]}
    return {**level, "tf_adjustment_column": row["rare"], "tf_adjustment_weight": 1.0} if "rare" in row else level
