"""What search reads of a version: made when it is published, taken away when it no longer is."""

from django.db import connection
from django.utils import timezone

from lodestar.knowledge.library.actions import mark_published
from lodestar.knowledge.library.models import Passage, Version
from lodestar.knowledge.library.queries.library import document_of
from lodestar.knowledge.library.rules.passages import Piece
from lodestar.knowledge.search.models import Posting, Search, Term
from lodestar.knowledge.search.rules.index import LONGEST, index, stem

AT_ONCE = 2_000
# A word's counts are those of its term in the versions that are published.
COUNT_ALL = """
update search_term t set passages = p.passages, versions = p.versions
from (select term, sum(spread) passages, count(*) versions from search_posting group by term) p where p.term = t.term
and (t.passages, t.versions) is distinct from (p.passages, p.versions)
"""
# Term by term: left to itself the database may read all that the library holds for each of them.
COUNT_OF = """
update search_term t set passages = p.passages, versions = p.versions
from search_posting mine
cross join lateral (select sum(o.spread) passages, count(*) versions from search_posting o
                    where o.term = mine.term) p
where mine.version_id = %s and t.term = mine.term
"""
COUNT_LESS = """
update search_term t set passages = greatest(0, t.passages - p.spread), versions = greatest(0, t.versions - 1)
from search_posting p where p.version_id = %s and p.term = t.term
"""


def index_version(version: Version, *, count: bool = True) -> None:
    """Makes what search reads of a version. With `count` off the caller counts the terms when it has made many."""
    rows = Passage.objects.filter(version=version).order_by("number").values_list("page", "heading", "text")
    document = document_of(version)
    posted, spelt = index([Piece(*row) for row in rows], document.title, document.file_name)
    Posting.objects.bulk_create(
        (
            Posting(version=version, term=term, best=posting.best, spread=posting.spread, places=posting.places)
            for term, posting in posted.items()
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


def index_anew() -> tuple[int, int]:
    """Makes anew what search reads of the whole library, from its passages as they are kept, and marks those by the facts of
    today; how many documents and passages. Until it is committed people search what was there, and who publishes waits."""
    with connection.cursor() as cursor:
        cursor.execute("lock table search_term in share row exclusive mode")
    mark_published()
    Posting.objects.all().delete()
    Term.objects.all().delete()
    versions = list(Version.objects.filter(state="published").select_related("document"))
    for version in versions:
        index_version(version, count=False)
    count_terms()
    return len(versions), sum(version.passages for version in versions)


def count_terms() -> None:
    """Counts every term of the library anew."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ALL)


def unindex_version(version: Version) -> None:
    """Takes away what search reads of a version."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_LESS, [version.id])
    Posting.objects.filter(version=version).delete()


def keep_search(*, words: list[str], dropped: int, result_count: int, has_answer: bool) -> Search:
    """Keeps that somebody looked for these words, which the caller has freed of all others."""
    return Search.objects.create(words=words, dropped=dropped, found=result_count, has_answer=has_answer, asked_at=timezone.now())


def say_none_answered(*, words: list[str], result_count: int) -> Search:
    """Somebody says that none of the results answered: one more search without a good answer, which the owner sees. The log has
    no line of it: one at the same moment would say who it was."""
    return keep_search(words=words, dropped=0, result_count=result_count, has_answer=False)
