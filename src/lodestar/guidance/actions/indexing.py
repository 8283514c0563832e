"""What search reads of a version: made when it is published, taken away when it no longer is."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from lodestar.guidance.models import Meaning, Passage, Posting, Term, Version
from lodestar.guidance.queries.in_use import document_of
from lodestar.guidance.rules.index import index
from lodestar.guidance.rules.passages import Piece
from lodestar.guidance.rules.words import LONGEST, stem

AT_ONCE = 2_000
# A word's counts are those of its term in the versions that are published.
COUNT_ALL = """
update guidance_term t set passages = p.passages, versions = p.versions
from (select term, sum(spread) passages, count(*) versions from guidance_posting group by term) p where p.term = t.term
and (t.passages, t.versions) is distinct from (p.passages, p.versions)
"""
# Term by term: left to itself the database may read all that the library holds for each of them.
COUNT_OF = """
update guidance_term t set passages = p.passages, versions = p.versions
from guidance_posting mine
cross join lateral (select sum(o.spread) passages, count(*) versions from guidance_posting o
                    where o.term = mine.term) p
where mine.version_id = %s and t.term = mine.term
"""
COUNT_LESS = """
update guidance_term t set passages = greatest(0, t.passages - p.spread), versions = greatest(0, t.versions - 1)
from guidance_posting p where p.version_id = %s and p.term = t.term
"""


def index_version(version: Version, *, count: bool = True) -> set[str]:
    """Makes what search reads of a version, and returns its words as they are spelt. With `count` off the caller counts the terms
    when it has made many."""
    rows = Passage.objects.filter(version=version).order_by("number").values_list("page", "heading", "text")
    document = document_of(version)
    posted, spelt = index([Piece(*row) for row in rows], document.title, document.file_name)
    Posting.objects.bulk_create(
        (
            Posting(version=version, term=term, best=one.best, spread=one.spread, places=one.places)
            for term, one in posted.items()
        ),
        batch_size=AT_ONCE,
    )
    Term.objects.bulk_create(
        (Term(word=word, term=stem(word), passages=0, versions=0) for word in spelt if len(word) <= LONGEST),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
    if count:
        with connection.cursor() as cursor:
            cursor.execute(COUNT_OF, [version.id])
    return set(spelt)


def index_again(version: UUID) -> tuple[int, set[str]]:
    """Makes anew what search reads of a version from its passages as they are kept, which stay: how many there are, and its words
    as they are spelt; none where it is no longer published. The caller settles the terms when it has made all."""
    rows = Version.objects.select_for_update(of=("self",)).select_related("document")
    found = rows.filter(id=version, state="published").first()
    if found is None:
        return 0, set()
    Posting.objects.filter(version=found).delete()
    return found.passages, index_version(found, count=False)


def settle_terms(spelt: Collection[str], versions: Collection[UUID]) -> bool:
    """Where all of the library was indexed anew, which is these versions, and these are its words: leaves no posting of what is
    not published and no word that stands nowhere, gives each word the term that it has now, and counts. False, and nothing is
    changed, where another was published meanwhile: its words would go."""
    with connection.cursor() as cursor:
        cursor.execute("lock table guidance_term in share row exclusive mode")  # who publishes waits, who searches does not
    if Version.objects.filter(state="published").exclude(id__in=versions).exists():
        return False
    Posting.objects.exclude(version__state="published").delete()
    listed = Term.objects.in_bulk()
    Term.objects.filter(id__in=[row.id for row in listed.values() if row.word not in spelt]).delete()
    changed = [row for row in listed.values() if row.word in spelt and row.term != stem(row.word)]
    for row in changed:
        row.term = stem(row.word)
    Term.objects.bulk_update(changed, ["term"], batch_size=AT_ONCE)
    count_terms()
    return True


def count_terms() -> None:
    """Counts every term of the library anew."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ALL)


def unindex_version(version: Version) -> None:
    """Takes away what search reads of a version."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_LESS, [version.id])
    Posting.objects.filter(version=version).delete()
    Meaning.objects.filter(version=version).delete()
