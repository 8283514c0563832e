"""Recording what a named person decided of texts before they leave."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lodestar.casework.ledger import ledger
from lodestar.casework.redaction.access import CheckedText, Subject, sha256_of
from lodestar.casework.redaction.models import RedactionDecision
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.names.highlighting import highlight, key_of, may_keep


class NotDecided(ValueError):
    """A text still holds a match that may never leave, or that nobody keeps with a reason."""


@dataclass(frozen=True)
class Decided:
    """One text as it is to leave: `kept` are the reasons of the matches that stay, by their keys."""

    checked: CheckedText
    text: str
    reasons_by_key: Mapping[str, str]


def record_redaction_decisions(
    *, by: Member, at: datetime, subject: Subject, use: str, decided: Sequence[Decided], keeps_text: bool = True
) -> None:
    """Records each decision by name, with the SHA-256 of the text that was read and of that which may leave. Raises NotDecided
    where one leaves a match open. `keeps_text` is false where the text itself is kept nowhere."""
    rows = [_row(decision, by, at, subject, use, keeps_text=keeps_text) for decision in decided]
    with ledger.acting_on(subject.case.id, by=by.user, at=at, code="cases.texts_decided"):
        RedactionDecision.objects.bulk_create(rows)
        audit(
            "cases.texts_decided", by=by, at=at, case=subject.case.id, subject=use,
            people=[subject.person.id] if subject.person else [], fields=[decision.checked.leaving.field for decision in decided],
        )  # fmt: skip


def _row(decision: Decided, by: Member, at: datetime, subject: Subject, use: str, *, keeps_text: bool) -> RedactionDecision:
    kept_matches = {}
    for match in highlight(decision.text, decision.checked.checked_against):
        how, reason = may_keep(match, use), decision.reasons_by_key.get(key_of(match), "").strip()
        if how == "never" or not reason:
            raise NotDecided(decision.checked.leaving.field)
        kept_matches[key_of(match)] = {
            "key": key_of(match), "kind": match.kind, "typed": match.typed, "is_not_them": how == "not_them", "reason": reason,
        }  # fmt: skip
    return RedactionDecision(
        case=subject.case,
        person=subject.person,
        use=use,
        field=decision.checked.leaving.field,
        source_sha256=sha256_of(decision.checked.leaving.text),
        text_sha256=sha256_of(decision.text),
        text=decision.text if keeps_text else "",
        kept=json.dumps([*kept_matches.values()], ensure_ascii=False),
        decided_at=at,
        decided_by_id=by.user,
    )
