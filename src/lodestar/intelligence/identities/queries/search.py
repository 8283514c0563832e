"""People by a name, a telephone number or an address, of those whom whoever asks may know of.

The same statements are asked, word for word, whether anybody is filed under what is sought, and whoever may see them.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from lodestar.casework.cases.models import Person
from lodestar.intelligence.identities.queries import hashed
from lodestar.intelligence.identities.rules.blind_index import Mark, sought_by_name
from lodestar.intelligence.identities.rules.match_reasons import Described
from lodestar.intelligence.identities.rules.name_search import NameFit, name_fit
from lodestar.platform.text.sorting import sort_key

MOST_FILED = 5000  # looked at, of this force, whoever may see them
COMPARED = 300  # names laid beside the one sought: those written so, then those whose index keys tell most
FILED = "select person_id from identities_people_filed(%s::bigint[], %s::int[], %s)"


def _filed(marks: Sequence[Mark], rows: QuerySet[Person]) -> list[tuple[UUID, str, str]]:
    """Of these people those filed under any of the marks, with their names as written and as sorted, who shares most first."""
    with connection.cursor() as cursor:
        cursor.execute(FILED, [hashed(marks), [mark.weight for mark in marks], MOST_FILED])
        order = {person: place for place, (person,) in enumerate(cursor.fetchall())}
    seen = rows.filter(id__in=RawSQL("select unnest(%s::uuid[])", [list(order)])).values_list("id", "name", "sort_key")
    return sorted(seen, key=lambda row: order[row[0]])


def people_called(rows: QuerySet[Person], name: str, most: int) -> list[tuple[UUID, NameFit]]:
    """Of these people those of a name, or with it as a part of theirs, who fits best first."""
    sought = Described(names=(name,))
    filed = _filed(sought_by_name(sought.name_variants), rows)
    typed = _words(sort_key(name))
    filed.sort(key=lambda row: not typed <= _words(row[2]))
    return compared(sought, [(person, called) for person, called, _ in filed[:COMPARED]])[:most]


def _words(filed_name: str) -> set[str]:
    return set(filed_name.partition("\t")[0].split())


def compared(sought: Described, named: Sequence[tuple[UUID, str]]) -> list[tuple[UUID, NameFit]]:
    """Those of these people whose name is the one sought, who fits best first."""
    fits = [(person, fit) for person, name in named if (fit := name_fit(sought, Described(names=(name,))))]
    return sorted(fits, key=lambda row: (row[1], row[0]))


def people_reached(rows: QuerySet[Person], words: str, most: int) -> list[UUID]:
    """Of these people those of whom this telephone number, or this address, is held."""
    sought = Described(phones=(words,), addresses=(words,))
    marks = [*(Mark("phone", tail) for tail in sorted(sought.tails)), *(Mark("house", house) for house in sorted(sought.houses))]
    return [person for person, *_ in _filed(marks, rows)][:most]
