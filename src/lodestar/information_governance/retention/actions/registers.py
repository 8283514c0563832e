"""The registers of breaches and of what people ask about themselves: written down, looked for, reviewed by whoever has the case.
A step is only ever added."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.information_governance.retention import models
from lodestar.information_governance.retention.queries import next_number
from lodestar.information_governance.retention.queries.requests import Sought, people_meant, request_status
from lodestar.information_governance.retention.rules import NEVER, CodedRefusal, TaskVerdict, against_step
from lodestar.intelligence.identities.queries import SimilarPerson
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.ids import new_id

# One statement however many are found, also for none: whoever looks is told nothing of a sealed case, by time either.
ASK = f"""
insert into "{models.RequestTask._meta.db_table}"
    (id, tenant, request_id, case_id, person, reasons, asked_at, recorded_at, asked_by_id)
select t.id, %(tenant)s, %(request)s, t.of, t.person, string_to_array(t.reasons, ' '), %(at)s, %(now)s, %(by)s
from unnest(%(ids)s::uuid[], %(cases)s::uuid[], %(people)s::uuid[], %(reasons)s::text[]) as t (id, of, person, reasons)
on conflict do nothing
"""


class EarlierStepMissing(CodedRefusal):
    """Something comes before this."""


def record_request(*, by: Member, at: datetime, kind: str, came: str, who: str, received_on: date) -> models.SubjectRequest:
    """Writes down what somebody asks about themselves."""
    row = models.SubjectRequest.objects.create(
        number=next_number(models.SubjectRequest), kind=kind, came=came, who=who, received_on=received_on,
        recorded_at=timezone.now(), recorded_by_id=by.user,
    )  # fmt: skip
    audit("keeping.request_recorded", by=by, at=at, subject=str(row.id))
    return row


def request_step(*, by: Member, at: datetime, request: models.SubjectRequest, kind: str, words: str) -> models.SubjectRequestStep:
    """Records what was done about a request. An answer is a disclosure to the person themselves."""
    row = models.SubjectRequestStep.objects.create(
        request=request, kind=kind, words=words, happened_at=at, recorded_at=timezone.now(), recorded_by_id=by.user
    )
    is_answer = kind == "answered"
    audit(
        "keeping.request_answered" if is_answer else "keeping.request_step", by=by, at=at, subject=str(request.id),
        fields=[kind], recipient="The person who asked" if is_answer else "",
        power="Data Protection Act 2018 sections 45 to 54" if is_answer else "",
    )  # fmt: skip
    return row


def search_request(*, by: Member, at: datetime, request: models.SubjectRequest, sought: Sought) -> models.RequestSearch:
    """Looks for whoever asks, and asks whoever has a case that may hold them to review it. Raises NotYet before it is certain
    who asks.

    Whoever looks is told nothing of a sealed case; its named owners have the task. The log names nobody of one either.
    """
    steps = list(models.SubjectRequestStep.objects.filter(request=request))
    codes = against_step("searched", request_status(request, steps), ())
    if codes:
        raise EarlierStepMissing(codes)
    now = timezone.now()
    row = models.RequestSearch.objects.create(
        request=request, sought=sought.to_json(), searched_at=at, recorded_at=now, recorded_by_id=by.user
    )
    found = people_meant(sought)
    _ask(by, at, request, found)
    if not any(step.kind == "searched" for step in steps):
        request_step(by=by, at=at, request=request, kind="searched", words=_by_what(sought))
    among = [*(one.case_id for one in found), request.id]  # of nobody the same is asked
    sealed = {*Case.objects.filter(id__in=among, sealed=True).values_list("id", flat=True)}
    audit(
        "keeping.request_searched", by=by, at=at, subject=str(request.id),
        people=sorted({one.person_id for one in found if one.case_id not in sealed}),
    )  # fmt: skip
    return row


def _ask(by: Member, at: datetime, request: models.SubjectRequest, found: Sequence[SimilarPerson]) -> None:
    values = {
        "tenant": current_tenant(), "request": request.id, "at": at, "now": timezone.now(), "by": by.user,
        "ids": [new_id() for _ in found], "cases": [one.case_id for one in found], "people": [one.person_id for one in found],
        "reasons": [" ".join(one.reasons) for one in found],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ASK, values)


def _by_what(sought: Sought) -> str:
    """The words of the step: by what, and never what."""
    terms = [("name", sought.names), ("birth", sought.born), ("telephone or address", sought.reach)]
    return "By " + ", ".join(what for what, text in terms if text)


def review_task(
    *, by: Member, at: datetime, task: models.RequestTask, seen: int, task_verdict: TaskVerdict
) -> models.RequestReview:
    """Records what whoever has the case says of it, after the `seen` that were said before. Raises ConcurrentEdit."""
    try:
        with transaction.atomic():
            row = models.RequestReview.objects.create(
                task=task, number=seen + 1, verdict=task_verdict.verdict, gives=task_verdict.gives,
                withheld=sorted(task_verdict.withheld),
                because=task_verdict.because, is_redacted=not set(NEVER) - set(task_verdict.ticked),
                carried=task_verdict.carried, reviewed_at=at,
                recorded_at=timezone.now(), reviewed_by_id=by.user,
            )  # fmt: skip
    except IntegrityError:
        raise ConcurrentEdit from None
    audit(
        "keeping.request_reviewed", by=by, at=at, case=task.case_id, people=[task.person], subject=str(task.id),
        fields=[task_verdict.verdict],
    )  # fmt: skip
    return row


# --- breaches --------------------------------------------------------------------------------------------------------


def record_breach(*, by: Member, at: datetime, kind: str, what: str, how_many: int | None, aware_at: datetime) -> models.Breach:
    """Writes a breach down. The clock began when the force knew of it, and not when it was written down."""
    row = models.Breach.objects.create(
        number=next_number(models.Breach), kind=kind, what=what, how_many=how_many, aware_at=aware_at, recorded_at=timezone.now(),
        recorded_by_id=by.user,
    )  # fmt: skip
    audit("keeping.breach_recorded", by=by, at=at, subject=str(row.id))
    return row


def breach_step(*, by: Member, at: datetime, breach: models.Breach, kind: str, words: str) -> models.BreachStep:
    """Records what was done about a breach, or decided not to be. Telling the Commissioner or people is a disclosure."""
    row = models.BreachStep.objects.create(
        breach=breach, kind=kind, words=words, happened_at=at, recorded_at=timezone.now(), recorded_by_id=by.user
    )
    recipient = {"commissioner_told": "Information Commissioner", "people_told": "The people it is about"}.get(kind, "")
    audit(
        "keeping.breach_told" if recipient else "keeping.breach_step", by=by, at=at, subject=str(breach.id), fields=[kind],
        recipient=recipient, power="Data Protection Act 2018 sections 67 and 68" if recipient else "",
    )  # fmt: skip
    return row
