"""Writing a response, freezing it at each step, publishing and correcting it. None looks at a clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.recommendations.actions import record_step
from lodestar.oversight.recommendations.models import Recommendation, Report
from lodestar.oversight.recommendations.queries import steps_of
from lodestar.oversight.releases.actions import register_document
from lodestar.oversight.requirements.evidence import NONE, Reference, read_evidence
from lodestar.oversight.responses import queries
from lodestar.oversight.responses.models import Correction, Paragraph, Response, ResponseVersion
from lodestar.oversight.responses.rules import documents
from lodestar.oversight.responses.rules import paragraphs as rules
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import users_at_work
from lodestar.platform.audit.actions import audit
from lodestar.platform.documents.description import stored
from lodestar.platform.notices.actions import notify
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import london_date

NEXT, BACK = "response_next", "response_back"  # kinds of notices
WRITTEN_IN = {rules.FORCE: rules.DRAFT, rules.BODY: rules.APPROVED}


class Refused(ValueError):
    """What was asked cannot be done: `code` says why, `str` the same in words."""

    def __init__(self, code: str, more: str = "") -> None:
        super().__init__(f"{rules.REFUSALS[code]}{more}")
        self.code = code


def begin(*, by: Member, at: datetime, report: Report, period: Period) -> Response:
    """Begins the response to a report, with evidence of a period. Raises Refused where one was begun."""
    try:
        with transaction.atomic():
            row = Response.objects.create(report=report, first=period.first, last=period.last, begun_at=at, begun_by_id=by.user)
    except IntegrityError:
        raise Refused("begun") from None
    audit("responses.begun", by=by, at=at, subject=str(row.id))
    return row


def _period(response: Response) -> Period:
    return Period(response.first, response.last)


def write(
    *, by: Member, at: datetime, response: Response, side: str, recommendation: Recommendation | None, kind: str,
    words: str = "", references: Sequence[Reference] = (), role: str = "", due_on: date | None = None, position: int = 0,
    line: UUID | None = None, seen: int = 0,
) -> Paragraph:  # fmt: skip
    """Writes a paragraph, or with `line` its next revision after the one that was seen. Raises Refused for what its evidence does
    not allow, and ConcurrentEdit."""
    if response.state != WRITTEN_IN[side]:
        raise Refused("state")
    read = read_evidence(references, _period(response), at)
    states = [read[each].state if each in read else NONE for each in references]
    refusal = rules.refusal_of(kind, side, words, role, due_on is not None, [each for each, _ in references], states)
    if refusal:
        raise Refused(refusal)
    last = max((row.position for row in queries.paragraphs_at(response, at)), default=0)
    return _revise(
        by, at, Paragraph(
            response=response, recommendation=recommendation, line=line or new_id(), revision=seen + 1, side=side, kind=kind,
            words=words, references=[list(each) for each in references], role=role, due_on=due_on,
            position=position or last + 1, mark=rules.mark_of(kind, states), written_at=at, written_by_id=by.user,
        )
    )  # fmt: skip


def _revise(by: Member, at: datetime, row: Paragraph) -> Paragraph:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise ConcurrentEdit(row) from None
    audit("responses.written", by=by, at=at, subject=str(row.response_id), fields=[row.kind])
    return row


def remove(*, by: Member, at: datetime, paragraph: Paragraph, seen: int) -> None:
    """Removes a paragraph; what it said stays in its earlier revisions. Raises ConcurrentEdit."""
    if paragraph.response.state != WRITTEN_IN[paragraph.side]:
        raise Refused("state")
    names = ("response", "recommendation", "line", "side", "kind", "words", "references", "role", "due_on", "position", "mark")
    columns = {name: getattr(paragraph, name) for name in names}
    _revise(by, at, Paragraph(**columns, revision=seen + 1, is_removed=True, written_at=at, written_by_id=by.user))


def add_suggested(*, by: Member, at: datetime, response: Response, paragraphs: Iterable[Paragraph]) -> None:
    """Takes suggested paragraphs into the draft, as facts and gaps, after what is there. Raises Refused."""
    rows = list(paragraphs)
    if rows and response.state != rules.DRAFT:
        raise Refused("state")
    last = max((row.position for row in queries.paragraphs_at(response, at)), default=0)
    for place, row in enumerate(rows, last + 1):
        row.response, row.revision, row.position, row.written_at, row.written_by_id = response, 1, place, at, by.user
    Paragraph.objects.bulk_create(rows)
    audit("responses.written", by=by, at=at, subject=str(response.id), fields={row.kind for row in rows})


def _take_step(response: Response, before: str, after: str, **columns: Any) -> None:
    rows = Response.objects.filter(id=response.id, state=before)
    if not rows.update(state=after, version=F("version") + 1, **columns):
        raise Refused("state")
    response.refresh_from_db()


def _freeze(
    by: Member, at: datetime, response: Response, step: str, content: Mapping[str, Any], note: str = ""
) -> ResponseVersion:  # fmt: skip
    words = documents.status_words(step, at, content.get("publication"))
    whole = {**content, "step": step, "stored_at": at.isoformat(), "status": words}
    return ResponseVersion.objects.create(
        response=response, number=response.versions.count() + 1, step=step, content=whole, note=note, stored_at=at,
        documents={name: stored(make(whole)) for name, make in documents.MADE.items()}, stored_by_id=by.user,
    )  # fmt: skip


def _notify_next(by: Member, at: datetime, response: Response, who: Permission) -> None:
    notify(to=users_at_work(who), kind=NEXT, by=by, at=at, subject=str(response.id))


def _record(by: Member, at: datetime, response: Response, step: str, happened_on: date, url: str = "") -> None:
    """The step of the report, where nobody recorded it before."""
    if step not in {row.step for row in steps_of(response.report)}:
        record_step(by=by, at=at, report=response.report, step=step, happened_on=happened_on, url=url)


def _last_content(response: Response, at: datetime) -> dict[str, Any]:
    version = queries.version_at(response, at)
    if version is None:
        raise Refused("state")
    return dict(version.content)


def submit(*, by: Member, at: datetime, response: Response) -> ResponseVersion:
    """Submits a draft to the chief officer with its evidence as read now. Raises Refused (`lacking`) while a recommendation to
    the force has neither an action nor a reason for none, or records cannot tell what is assured."""
    content = queries.content_of(response.report, queries.paragraphs_at(response, at), _period(response), at)
    if missing := rules.lacking(content, rules.FORCE):
        raise Refused("lacking", f": {', '.join(missing)}")
    _take_step(response, rules.DRAFT, rules.SUBMITTED, submitted_by_id=by.user)
    audit("responses.submitted", by=by, at=at, subject=str(response.id))
    _notify_next(by, at, response, Permission.RESPONSE_APPROVE)
    return _freeze(by, at, response, rules.SUBMITTED, content)


def decide(*, by: Member, at: datetime, response: Response, approved: bool, note: str = "") -> ResponseVersion:
    """Approves what was submitted, as it was submitted, or sends it back with a reason. Raises Refused: `author` for whoever
    wrote any of it, `reason`."""
    if by.user in queries.writers_of(response):
        raise Refused("author")
    if not (approved or note):
        raise Refused("reason")
    content, after = _last_content(response, at), rules.APPROVED if approved else rules.DRAFT
    _take_step(response, rules.SUBMITTED, after, approved_by_id=by.user if approved else None)
    audit("responses.decided", by=by, at=at, subject=str(response.id), fields=[after], reason=note)
    if approved:
        _record(by, at, response, "chief_comments", london_date(at))
        _notify_next(by, at, response, Permission.RESPONSE_COMMENT)
    else:
        notify(to=filter(None, [response.submitted_by_id]), kind=BACK, by=by, at=at, subject=str(response.id))
    return _freeze(by, at, response, after, content, note)


def comment(*, by: Member, at: datetime, response: Response, letter: Mapping[str, str]) -> ResponseVersion:
    """Adds the comments and the letter of the local policing body to what the chief officer approved, whose evidence stays as it
    was read. Raises Refused (`lacking`) as `submit` does."""
    approved = _last_content(response, at)
    read_at = datetime.fromisoformat(approved["read_at"])
    written = queries.paragraphs_at(response, at)
    content = queries.content_of(response.report, written, _period(response), read_at, queries.known_of(approved))
    if missing := rules.lacking(content, rules.BODY):
        raise Refused("lacking", f": {', '.join(missing)}")
    _take_step(response, rules.APPROVED, rules.COMMENTED)
    audit("responses.commented", by=by, at=at, subject=str(response.id))
    _record(by, at, response, "policing_body_comments", london_date(at))
    return _freeze(by, at, response, rules.COMMENTED, content | {"letter": dict(letter)})


def publish(
    *, by: Member, at: datetime, response: Response, url: str, happened_on: date, copied: Sequence[str] = ()
) -> ResponseVersion:  # fmt: skip
    """Records where and when a response was published and who was sent a copy. Small numbers in it are hidden by the rule of
    releases, and what left is written into their register. Raises Refused, also of the steps of the report."""
    content, left = documents.for_publication(_last_content(response, at))
    _take_step(response, rules.COMMENTED, rules.PUBLISHED)
    for step in ("published", *copied):
        _record(by, at, response, step, happened_on, url if step == "published" else "")
    register_document(
        by=by, at=at, kind="response", key=str(response.id), title=response.report.title, rows=left,
        head=["Evidence", "As it left", "Small numbers hidden"], recipient="The public", reason=f"Published: {url}",
    )  # fmt: skip
    audit("responses.published", by=by, at=at, subject=str(response.id), recipient="The public", reason=url)
    _notify_next(by, at, response, Permission.RESPONSE_WRITE)
    publication = {"url": url, "happened_on": happened_on.isoformat(), "copied": list(copied)}
    return _freeze(by, at, response, rules.PUBLISHED, content | {"publication": publication})


def correct(*, by: Member, at: datetime, response: Response, part: str, words: str) -> Correction:
    """Adds a dated correction to a published response, whose published version stays as it is."""
    if response.state != rules.PUBLISHED:
        raise Refused("state")
    row = Correction.objects.create(response=response, part=part, words=words, corrected_at=at, corrected_by_id=by.user)
    audit("responses.corrected", by=by, at=at, subject=str(response.id), fields=[part])
    return row
