"""What editors of the library work on, each with the right to it."""

from uuid import UUID

from django.http import Http404

from lodestar.knowledge.library.access import may_edit
from lodestar.knowledge.library.models import StaleFact
from lodestar.knowledge.search.models import Search, SearchFeedback, ThesaurusEntry
from lodestar.platform.accounts.access import Member, one_or_404


def asked_for(member: Member, asked: UUID) -> Search | SearchFeedback:
    """A search without an answer, or a saying that a document did not answer, for an editor to deal with; Http404 otherwise."""
    if not may_edit(member):
        raise Http404
    waits = {"id": asked, "dealt_with_at__isnull": True}
    search = Search.objects.filter(has_answer=False, **waits).first()
    return search or one_or_404(SearchFeedback.objects.filter(**waits))


def entry_for(member: Member, entry: UUID) -> ThesaurusEntry:
    """An entry of the thesaurus, for an editor; Http404 otherwise."""
    rows = ThesaurusEntry.objects.select_related("changed_by").filter(id=entry)
    return one_or_404(rows if may_edit(member) else rows.none())


def fact_for(member: Member, fact: UUID) -> StaleFact:
    """A fact that no longer holds, for an editor; Http404 otherwise."""
    rows = StaleFact.objects.select_related("changed_by").filter(id=fact)
    return one_or_404(rows if may_edit(member) else rows.none())
