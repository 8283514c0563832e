"""`POST /api/v1/assess`: another system of the force asks the rules; one encounter in, one answer out, nothing kept. `POST
/api/v1/concerns`: it hands over a first report, as an encounter or as one row of a table."""

from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from lodestar.exchange.assess.queries import answer_in_force
from lodestar.exchange.assess.rules import reference_of, unread
from lodestar.exchange.imports.actions.concern_import import import_rows
from lodestar.exchange.imports.actions.earlier_reports import WasLetGo
from lodestar.exchange.imports.actions.encounter_import import import_concern, import_key, refuse_empty, refuse_times
from lodestar.exchange.imports.import_files import (
    LET_GO,
    MADE,
    REFUSED,
    STOOD,
    WHY_NOT_KEPT,
    Cells,
    RowRejected,
    is_of_the_database,
    object_cells,
    tried,
)
from lodestar.exchange.imports.import_rows import concern_row
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import ApiToken
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.tables.mappings import decided_headings
from lodestar.platform.tables.rules import template_of
from lodestar.platform.tenancy.tenant_transaction import is_away
from lodestar.platform.text.strict_json import read_json
from lodestar.platform.tokens.api import by_token

Told = tuple[int, dict[str, Any]]
HANDED_OVER = "recognition.concern_handed_over"
MOST_TRIES = 1  # more; each may wait five seconds, and another system waits for the answer


@by_token(Permission.ASSESS_BY_TOKEN)
def assess(body: bytes, token: ApiToken) -> Told:
    """The answer, or with 422 every fault and its path. The log says that it was asked, and by which token."""
    audit("assess.asked", by=token.made_by_id, role="token", at=timezone.now(), subject=str(token.id))
    try:
        value = read_json(body)
    except UnicodeDecodeError:
        return _refused(None, "is not text in UTF-8")
    except ValueError as fault:
        return _refused(None, f"is not JSON: {fault}")
    try:
        return 200, answer_in_force(read_encounter(value))
    except FormErrors as faults:
        return 422, unread(value, faults)


@by_token(Permission.CONCERN_BY_TOKEN, Permission.CONCERN_RECORD)
def concerns(body: bytes, token: ApiToken, member: Member) -> Told:
    """201 with the case that was made, 200 where it stood already or was added to; 422 with every fault, and for what was let
    go; 503 where others keep the database busy. Sent again it changes nothing. The log says that it came by a token, and by
    which."""
    audit(HANDED_OVER, by=member.user, role="token", at=timezone.now(), subject=str(token.id))
    try:
        value = read_json(body)
    except UnicodeDecodeError:
        return _refused(None, "is not text in UTF-8")
    except ValueError as fault:
        return _refused(None, f"is not JSON: {fault}")
    try:
        template = template_of("concerns")
        cells = object_cells(value, template, {**decided_headings("concerns"), **template.names})
        # Done again, as a command does it, where somebody wrote the same meanwhile or others keep the database busy.
        return tried(lambda: _encounter(member, value) if cells is None else _row(member, cells), MOST_TRIES)
    except FormErrors as faults:
        return 422, unread(value, faults)
    except RowRejected as fault:
        return _refused(reference_of(value, "incident_ref"), str(fault), fault.path)
    except WasLetGo as gone:
        return _refused(reference_of(value), str(gone))
    except (DatabaseError, ValueError) as error:
        if is_away(error) or is_of_the_database(error):
            raise
        return _refused(reference_of(value), WHY_NOT_KEPT)


@transaction.atomic  # what cannot be kept is undone, and the rest of the answer still written
def _encounter(member: Member, value: object) -> Told:
    encounter = read_encounter(value)
    refuse_empty(encounter)
    refuse_times(encounter, timezone.now())
    sent = value if isinstance(value, dict) else {}
    made = import_concern(by=member, at=encounter.encountered_at, encounter=encounter, key=import_key(encounter, sent))
    return _done(encounter.reference, made.reference, MADE if made.is_new else STOOD, [])


@transaction.atomic  # as above
def _row(member: Member, cells: tuple[Cells, Cells]) -> Told:
    now = timezone.now()
    row = concern_row(*cells, now, is_object=True)
    (taken,) = import_rows(by=member, at=now, rows=[row])
    if taken.what in (LET_GO, REFUSED):
        return _refused(row.incident or None, taken.notes[0])
    return _done(row.incident or None, taken.reference, taken.what, [*row.notes, *taken.notes])


def _done(reference: str | None, case: str, what: str, notes: list[str]) -> Told:
    answer = {"reference": reference, "case": case or None, "became": what, "notes": notes}
    return (201 if what == MADE else 200), answer


def _refused(reference: str | None, words: str, path: str = "") -> Told:
    return 422, {"reference": reference, "errors": [{"path": path, "message": words}]}
