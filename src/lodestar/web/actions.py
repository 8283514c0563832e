"""Writes of the shell to the audit log: searches for a person or a case, and papers that could not be made."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lodestar.information_governance.access_alerts.queries import OWN_NAME
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit, audited
from lodestar.platform.audit.queries import PAPER_REFUSED
from lodestar.platform.tenancy.tenant_transaction import within

LONGEST_SUBJECT = 60  # characters


def record_search(
    *, by: Member, at: datetime, kind: str, is_own_name: bool, people: Iterable[UUID], cases: Iterable[UUID]
) -> None:
    """Writes down that somebody searched for a person or a case: what kind of thing they typed, and the people and cases they
    were shown, never what they typed. `is_own_name`: they typed a name of their own, of which professional standards is told
    whatever was shown (practice, harm F3). One event, with the people; one more for each further case."""
    shown = sorted(cases)
    with audited():
        subject = f"{kind}, {OWN_NAME}" if is_own_name else kind
        audit("cases.searched", by=by, at=at, case=shown[0] if shown else None, people=sorted(people), subject=subject)
        for case in shown[1:]:
            audit("cases.searched", by=by, at=at, case=case, subject=kind)


def record_paper_refusal(*, by: Member, at: datetime, page: str) -> None:
    """Record that a page could not make its paper: the administrator's first page and `./lodestar check` name it. Its own
    transaction, since that of the page is undone."""
    with within(by.tenant):
        audit(PAPER_REFUSED, by=by, at=at, subject=page[:LONGEST_SUBJECT])
