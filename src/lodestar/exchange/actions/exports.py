"""A case given out as HTCDS: its purpose and its recipient in the log."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.cases.actions import record_purpose_changes, tell_in_a_file
from lodestar.cases.models import Case
from lodestar.cases.rules import disclosures
from lodestar.cases.rules.disclosures import IMMIGRATION, use_in_effect
from lodestar.exchange.queries import exports as queries
from lodestar.kernel.days import london_date
from lodestar.record import actions as record
from lodestar.record.models import Event


def export_case(
    *, by: Member, at: datetime, case: Case, people: Sequence[UUID], kind: str, recipient: str, reason: str, use: str,
    crossing: str = "",
) -> Event:  # fmt: skip
    """Writes down that these people of a case are given out as HTCDS, in which form, to whom, what for and why; and, where that
    is outside the purpose it was recorded for, that crossing with its own reason. Raises NotApproved where it would tell
    immigration of somebody, whatever purpose was chosen, and a detective inspector has not approved that."""
    going = list(case.people.filter(id__in=people))
    use = use_in_effect(use, recipient, london_date(at))
    if use == IMMIGRATION:
        tell_in_a_file(by=by, at=at, case=case, people=going, recipient=recipient)
    elif disclosures.purpose_changes(disclosures.CASE_FILE, use):
        record_purpose_changes(
            by=by, at=at, people=going, recorded_for=disclosures.CASE_FILE, use=use,
            recipient=recipient, power=reason, reason=crossing,
        )  # fmt: skip
    return record.append(
        queries.EXPORTED, by=by, at=at, case=case.id, people=list(people), subject=kind, fields=["htcds", f"for_{use}"],
        recipient=recipient, reason=reason,
    )  # fmt: skip


def export_taken(*, by: Member, at: datetime, export: Event) -> None:
    """Writes down that the file of an export was fetched."""
    record.append(
        "exchange.file_taken", by=by, at=at, case=export.case, people=export.people, subject=str(export.id),
        recipient=export.recipient,
    )  # fmt: skip
