"""What editors of the library work on, each with the right to it."""

from typing import TypeVar
from uuid import UUID

from lodestar.knowledge.library.access import may_edit
from lodestar.knowledge.library.models import StaleFact
from lodestar.knowledge.search.models import Search, ThesaurusEntry
from lodestar.platform.accounts.access import Member, one_or_404

Row = TypeVar("Row", ThesaurusEntry, StaleFact)


def asked_for(member: Member, asked: UUID) -> Search:
    """A search without an answer, for an editor to deal with; Http404 otherwise."""
    rows = Search.objects.filter(id=asked, has_answer=False, dealt_with_at__isnull=True)
    return one_or_404(rows if may_edit(member) else rows.none())


def row_for(member: Member, model: type[Row], row: UUID) -> Row:
    """An entry of the thesaurus, or a fact that no longer holds, for an editor; Http404 otherwise."""
    rows = model.objects.select_related("changed_by").filter(id=row)
    return one_or_404(rows if may_edit(member) else rows.none())
