"""Recording reports, recommendations and what became of each, and the steps of the answer to a report. None looks at a clock."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from lodestar.oversight.recommendations import access, queries, rules
from lodestar.oversight.recommendations.models import Recommendation, Report, ReportStep
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.queries import users_at_work
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import move
from lodestar.platform.tables.template_rows import LookedAt, look_at, template_rows
from lodestar.platform.tables.values import Unreadable
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import one_line
from lodestar.platform.time.days import end_of_day, london_date, start_of_day

GIVEN, CLAIMED, NEXT = "recommendation_given", "recommendation_claimed", "report_step_next"  # kinds of notices


class Refused(ValueError):
    """What was asked cannot be done: `code` says why, `str` the same in words."""

    def __init__(self, code: str) -> None:
        super().__init__(rules.REFUSALS[code])
        self.code = code


def record_report(*, by: Member, at: datetime, published_on: date, report: Report | None = None, **facts: Any) -> Report:
    """Records a report by its columns, or corrects one. Raises Refused: `title` where another has this title, `to_come`, and
    `before_report` where a step of its answer would be before it."""
    row = report or Report(recorded_at=at, recorded_by_id=by.user)
    if published_on > london_date(at):
        raise Refused("to_come")
    if any(step.happened_on < published_on for step in queries.steps_of(row)):
        raise Refused("before_report")
    for name, value in (facts | {"published_on": published_on}).items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused("title") from None
    row.recommendations.update(asked_at=start_of_day(published_on))
    _set_next(row)
    audit("recommendations.report_recorded", by=by, at=at, subject=str(row.id), fields=["published_on", *facts])
    return row


def record_recommendations(
    *, by: Member, at: datetime, report: Report, rows: Iterable[Mapping[str, Any]]
) -> list[Recommendation]:  # fmt: skip
    """Records recommendations of a report, each by its columns, for who records them to review: what needs an answer by the last
    of the 56 days, where that is not over. Raises Refused (`number`) where the report has this number and letter."""
    last, new = rules.last_day(report.published_on), []
    same = {"report": report, "owner_id": by.user, "state": rules.AWAITING, "asked_at": start_of_day(report.published_on),
            "recorded_at": at, "recorded_by_id": by.user}  # fmt: skip
    for facts in rows:
        is_due = report.has_clock and last >= london_date(at) and rules.needs_answer(facts["addressees"])
        due = {"due_at": end_of_day(last), "original_due_on": last} if is_due else {}
        new.append(Recommendation(**same, **due, **facts))
    try:
        with transaction.atomic():
            Recommendation.objects.bulk_create(new)
    except IntegrityError:
        raise Refused("number") from None
    audit("recommendations.recorded", by=by, at=at, subject=str(report.id), fields=[row.code for row in new])
    return new


def read_recommendations(content: bytes, report: Report) -> LookedAt:
    """What a table holds for a report: a recommendation that is recorded with other words is rejected. Raises NotRead for one
    that cannot be read as a whole. Writes nothing."""
    recorded = {row.code: one_line(row.text) for row in queries.recommendations_of(report)}

    def read(cells: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
        facts = {name: cells.get(name, "") for name in ("number", "letter", "text")} | {"source": cells.get("found_in", "")}
        to = [code.strip() for code in cells.get("addressees", "").split(";") if code.strip()]
        code, faults = facts["number"] + facts["letter"], rules.faults_of(facts, to)
        if recorded.get(code, facts["text"]) != facts["text"]:
            faults.append("recorded with other words: correct it there")
        if faults:
            raise Unreadable("; ".join(faults))
        is_verified = cells.get("verified", "").lower() == "yes"
        return code, {**facts, "addressees": to, "is_verified": is_verified}

    return look_at(content, template_rows(content, rules.APP), {*recorded}, read)


def take_in(*, by: Member, at: datetime, code: str) -> Report:
    """Takes a report of the shipped list with its recommendations into the register. Raises KeyError for a code that is none, and
    Refused (`title`) where it is there."""
    listed = {row["code"]: row for row in rules.listed()}[code]
    facts = {name: listed[name] for name in ("title", "body", "published_on", "source", "is_verified")}
    report = record_report(by=by, at=at, **facts)
    rows = ({**row, "text": listed["stem"] * bool(row["letter"]) + row["text"]} for row in listed["recommendations"])
    record_recommendations(by=by, at=at, report=report, rows=rows)
    return report


def move_recommendation(
    *, by: Member, at: datetime, row: Recommendation, to: str, seen: int, reason: str = "", because: str = "",
    due_on: date | None = None, **columns: Any,
) -> None:  # fmt: skip
    """Records a status with the authority who said so (`reason`), and the action or why there is none. Raises Refused: `may_not`
    (see `access.moves_for`), `no_reason` where it is claimed, verified, reopened or put off without a note, `no_action` where it
    is rejected without saying why, or has an action and why there is none, `before_report`; MoveNotAllowed; ConcurrentEdit."""
    if to not in access.moves_for(by, row):
        raise Refused("may_not")
    if london_date(at) < row.report.published_on:
        raise Refused("before_report")
    before = london_date(row.due_at) if row.due_at else None
    is_put_off = due_on is not None and before is not None and due_on > before
    if not because and (is_put_off or (to == rules.REOPENED != row.state) or to in (rules.CLAIMED, rules.VERIFIED)):
        raise Refused("no_reason")
    action, why_none = columns.get("action", row.action), columns.get("no_action", row.no_action)
    if (to == rules.REJECTED and not why_none) or (action and why_none):
        raise Refused("no_action")
    if due_on is not None and due_on != before:
        columns |= {"due_at": end_of_day(due_on), "original_due_on": row.original_due_on or due_on}
        because = f"By {due_on:%d/%m/%Y}{f', was {before:%d/%m/%Y}' if before else ''}. {because}".strip()
    claimed = by.user if to == rules.CLAIMED else row.claimed_by_id if to == rules.VERIFIED else None
    columns |= {"claimed_by_id": claimed, "verified_by_id": by.user if to == rules.VERIFIED else None}
    if to == rules.VERIFIED and columns.get("owner_id", row.owner_id) == by.user:
        raise Refused("may_not")
    move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
    if "owner_id" in columns:
        notify(to=[columns["owner_id"]], kind=GIVEN, by=by, at=at, subject=str(row.id))
    if to == rules.CLAIMED:
        notify(to=users_at_work(access.VERIFY) - {row.owner_id}, kind=CLAIMED, by=by, at=at, subject=str(row.id))


def change_recommendation(*, by: Member, at: datetime, row: Recommendation, seen: int, **columns: Any) -> None:
    """Corrects the words of a recommendation, or says which `requirement` it is, as a person chose. Raises Refused (`number`) and
    ConcurrentEdit."""
    try:
        with transaction.atomic():
            if not Recommendation.objects.filter(id=row.id, version=seen).update(version=seen + 1, **columns):
                raise ConcurrentEdit(row)
    except IntegrityError:
        raise Refused("number") from None
    audit("recommendations.changed", by=by, at=at, subject=str(row.id), fields=columns)


def record_step(
    *, by: Member, at: datetime, report: Report, step: str, happened_on: date, note: str = "", url: str = "",
    answer_by: date | None = None,
) -> ReportStep:  # fmt: skip
    """Records a step of the answer to a report on its day; who takes the next is told. Raises Refused: `may_not`, `answer_by` and
    `url` where an invitation has no day by which, or a publication no address; and as `rules.refusal_of`: a step dated before the
    report itself, as a reply of 16 June 2020 to a report of 26 May 2021 is, is `before_report`."""
    report = Report.objects.select_for_update().get(id=report.id)
    done = {row.step: row.happened_on for row in queries.steps_of(report)}
    refusal = "" if step in access.steps_recorded_by(by) else "may_not"
    refusal = refusal or rules.refusal_of(step, happened_on, report.published_on, london_date(at), done)
    if step == "invited_chief" and (answer_by is None or answer_by < happened_on):
        refusal = refusal or "answer_by"
    if refusal or (step == "published" and not url):
        raise Refused(refusal or "url")
    row = ReportStep.objects.create(
        report=report, step=step, happened_on=happened_on, note=note, url=url, recorded_at=at, recorded_by_id=by.user,
        answer_by=answer_by if step == "invited_chief" else None,
    )  # fmt: skip
    audit("recommendations.step_recorded", by=by, at=at, subject=str(report.id), fields=[step])
    if following := _set_next(report):
        notify(to=users_at_work(access.recorder_of(following)), kind=NEXT, by=by, at=at, subject=str(report.id))
    return row


def withdraw_step(*, by: Member, at: datetime, step: ReportStep, why: str) -> None:
    """Withdraws a step that was recorded wrongly, by a row that says why; the step stays readable. Raises ConcurrentEdit."""
    columns = {name: getattr(step, name) for name in ("report", "step", "happened_on", "answer_by", "url")}
    try:
        with transaction.atomic():
            ReportStep.objects.create(**columns, note=why, withdraws=step, recorded_at=at, recorded_by_id=by.user)
    except IntegrityError:
        raise ConcurrentEdit(step) from None
    audit("recommendations.step_withdrawn", by=by, at=at, subject=str(step.report_id), fields=[step.step])
    _set_next(step.report)


def _set_next(report: Report) -> str:
    """Keeps what the answer to a report waits for and by when: comments of the chief officer by the day of the invitation, all
    else by the last day of the 56."""
    steps = queries.steps_of(report) if report.has_clock else []
    step = rules.next_step(row.step for row in steps) if report.has_clock else ""
    invited = (row.answer_by for row in steps if step == "chief_comments" and row.answer_by)
    next_at = end_of_day(next(invited, rules.last_day(report.published_on))) if step else None
    Report.objects.filter(id=report.id).update(next_step=step, next_at=next_at)
    report.next_step, report.next_at = step, next_at
    return step
