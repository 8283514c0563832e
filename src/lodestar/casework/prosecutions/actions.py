"""Recording what passed with the CPS and in court, and giving out the summary of section 45 for prosecution."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_offence
from lodestar.casework.cases.models import AllegedOffence, Case
from lodestar.casework.disclosures.actions import record_purpose_changes
from lodestar.casework.disclosures.rules import CASE_FILE, IMMIGRATION, use_in_effect
from lodestar.casework.ledger import ledger
from lodestar.casework.prosecutions.models import ProsecutionEntry
from lodestar.casework.prosecutions.queries import Summary
from lodestar.casework.prosecutions.rules import CONVICTION, POWER, SUMMARY, reply_by
from lodestar.casework.section45.queries import latest_records
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.time.days import london_date

USE = "prosecution"


class NotForProsecution(ValueError):
    """It would go to immigration, whom a detective inspector decides to tell, and never as a summary for the CPS."""


def record_entry(*, by: Member, at: datetime, case: Case, kind: str, facts: Mapping[str, Any]) -> ProsecutionEntry:
    """Records one thing that happened at `at`, whatever is open: it has happened. It is filed against the version of section 45
    that its offence has then; of a conviction the stage of the case against them follows. Of the facts `days` are the working
    days within which a reply is looked for, `task` the task to inform the CPS that it does."""
    columns = dict(facts)
    offence: AllegedOffence | None = columns.get("offence")
    task, days = columns.pop("task", None), columns.pop("days", None)
    if task:
        columns |= {"person": task.person, "moment": task.moment}
    elif offence or columns.get("decision"):
        columns["person"] = offence.person if offence else columns["decision"].referral.person
    with ledger.acting_on(case.id, by=by.user, at=at, code="prosecutions.recorded"):
        row = ProsecutionEntry.objects.create(
            **columns, case=case, kind=kind, at=at, record=latest_records([offence.id]).get(offence.id) if offence else None,
            reply_by=reply_by(kind, at, days), recorded_at=timezone.now(), by_id=by.user,
        )  # fmt: skip
        if kind == CONVICTION and offence and offence.stage not in ("convicted", "appeal"):
            act = AllegedOffence.objects.select_related("person__case").get(id=offence.id)
            change_offence(by=by, at=at, person=act.person, offence=act, facts={"stage": "convicted"})
        people = [row.person_id] if row.person_id else []
        audit("prosecutions.recorded", by=by, at=at, case=case.id, people=people, subject=str(row.id), fields=[kind, *columns])
    return row


def give_summary(*, by: Member, at: datetime, summary: Summary, recipient: str, reason: str, kind: str) -> ProsecutionEntry:
    """Writes down that the summary goes to whom and why, as a disclosure for prosecution; of decisions of the NRM, recorded to
    keep somebody safe, that is another purpose (Data Protection Act 2018 s36). Raises NotForProsecution."""
    if use_in_effect(USE, recipient, london_date(at)) == IMMIGRATION:
        raise NotForProsecution
    person, recipient, reason = summary.person, recipient[:120], reason[:400]
    parts = CASE_FILE if summary.decisions or summary.letters else ("law_enforcement",)
    given: dict[str, Any] = {"recipient": recipient, "power": POWER, "reason": reason}
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="prosecutions.summary_given"):
        facts = {"offence": summary.offence, "who": recipient, "words": reason}
        row = record_entry(by=by, at=at, case=person.case, kind=SUMMARY, facts=facts)
        record_purpose_changes(by=by, at=at, people=[person], recorded_for=parts, use=USE, **given)
        audit(
            "prosecutions.summary_given", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
            fields=[kind, f"for_{USE}"], **given,
        )  # fmt: skip
    return row
