"""Writing down what somebody needs, what is arranged for them, and that support records are opened for another purpose."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.actions import record_purpose_changes
from lodestar.casework.ledger import ledger
from lodestar.casework.needs.models import BridgeEntry, Need, NeedsAssessment, SupportUse
from lodestar.casework.needs.queries import bridge_of, moments_owed, records_about, stage_at
from lodestar.casework.needs.rules import LEVELS, MET, UNMET, found_in, kind_of, reason_from, words
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.questionnaires.rules import Answers
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.registers.actions import move


def record_assessment(
    *, by: Member, at: datetime, person: Person, version: str = "", answers: Answers | None = None, provider: str = ""
) -> NeedsAssessment:
    """Records an assessment made at `at`: ours with its answers, or that of a `provider`, which is not repeated. The needs that
    are listed follow from it, unless a later one asked about them. Raises ValueError where it says neither what nor who."""
    if not (answers or provider):
        raise ValueError("neither answers nor a provider")
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="support.needs_assessed"):
        rows = NeedsAssessment.objects.filter(person=person).order_by("-assessed_at", "-id")
        latest, closes = rows.first(), moments_owed(person, at)
        row = NeedsAssessment.objects.create(
            person=person, kind=kind_of(latest is None, closes), stage=stage_at(person, at), provider=provider, closes=closes,
            version=version if answers else "", answers=json.dumps(answers, ensure_ascii=False) if answers else "",
            assessed_at=at, recorded_at=timezone.now(), recorded_by_id=by.user,
        )  # fmt: skip
        if answers:
            _follow(by, at, row, answers, but=_asked_later(person, at))
        find_reasons(by=by, at=at, person=person)
        audit(
            "support.needs_assessed", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
            recipient=provider,
        )  # fmt: skip
    return row


def _asked_later(person: Person, at: datetime) -> set[str]:
    """The domains about which an assessment after this moment asked."""
    rows = NeedsAssessment.objects.filter(person=person, assessed_at__gt=at)
    return {
        answer.domain for row in rows if str(row.answers)
        for answer in found_in(json.loads(str(row.answers)), need_domains()) if answer.level
    }  # fmt: skip


def _follow(by: Member, at: datetime, row: NeedsAssessment, answers: Answers, but: Collection[str]) -> None:
    """Brings the needs to what was found of each domain, `but` for these; one of a domain that was not asked about stays."""
    open_needs = {need.domain: need for need in Need.objects.filter(person=row.person_id, state=UNMET)}
    new, changed = list[Need](), list[Need]()
    for answer in found_in(answers, need_domains()):
        need = open_needs.get(answer.domain)
        if answer.domain in but:
            continue
        if answer.level not in LEVELS:
            if answer.level and need is not None:
                need.person = row.person
                move(by=by, at=at, row=need, to=MET, seen=need.version, because="No need at an assessment", met_at=at)
            continue
        if need is None:
            need = Need(
                person=row.person, domain=answer.domain, since=at, state=UNMET, owner_id=by.user, recorded_at=row.recorded_at,
                recorded_by_id=by.user, version=0,
            )  # fmt: skip
        (changed if need.version else new).append(need)
        need.level, need.wish, need.stage, need.version = answer.level, answer.wish, row.stage, need.version + 1
        need.provider = answer.provider or need.provider  # who offered before did, though it is not said again
    Need.objects.bulk_create(new)
    Need.objects.bulk_update(changed, ["level", "wish", "stage", "provider", "version"])


def move_need(
    *, by: Member, at: datetime, row: Need, to: str, seen: int, reason: str = "", because: str = "", **columns: Any
) -> None:  # fmt: skip
    """Records that a need is met, or for which reason it is not, as a person says: no record changes that. Raises as `move`."""
    columns |= {"met_at": at if to == MET else None, "unmet_reason": reason, "reason_source": "", "reason_row": None}
    move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)


SINCE = timedelta(hours=72)  # an assessment comes this long after what it finds, at most


def find_reasons(*, by: Member | None, at: datetime, person: Person) -> int:
    """Gives each unmet need of a person the reason that a record says, with that record; what a person said stays. How many
    got one."""
    needs = Need.objects.filter(Q(unmet_reason="") | ~Q(reason_source=""), person=person, state=UNMET)
    records = records_about(person) if needs else ()
    number = 0
    for need in needs:
        found = reason_from(records, need.domain, need.wish, need.since - SINCE)
        if found and (found[0], found[1].row) != (need.unmet_reason, need.reason_row):
            reason, record = found
            need.person = person
            columns: dict[str, Any] = {"unmet_reason": reason, "reason_source": record.source, "reason_row": record.row}
            move(by=by, at=at, row=need, to=UNMET, seen=need.version, reason=reason, **columns)
            number += 1
    return number


def arrange_first_days(*, by: Member, at: datetime, person: Person, arranged: Mapping[tuple[int, str], str]) -> int:
    """Records what of the first five days is arranged otherwise than before, by day and part: how many entries that were."""
    before, now = bridge_of(person), timezone.now()
    changed = {place: said for place, said in arranged.items() if said != before.get(place, "")}
    BridgeEntry.objects.bulk_create(
        BridgeEntry(person=person, day=day, part=part, arranged=said, recorded_at=now, recorded_by_id=by.user)
        for (day, part), said in changed.items()
    )
    if changed:
        audit(
            "support.first_days_arranged", by=by, at=at, case=person.case_id, people=[person.id],
            fields=sorted({part for _, part in changed}),
        )  # fmt: skip
    return len(changed)


def record_support_use(*, by: Member, at: datetime, person: Person, used_for: str, power: str, reason: str) -> SupportUse:
    """Opens the support records of a person to `by`, and to nobody else, for a day: a change of purpose that says by what power
    and why. The advisors and the owner of the case are given notice of it."""
    use = words("use", "as")[used_for]
    row = SupportUse.objects.create(
        person=person, used_for=used_for, power=power, reason=reason, recorded_at=timezone.now(), recorded_by_id=by.user
    )
    record_purpose_changes(
        by=by, at=at, people=[person], recorded_for=["support"], use=use, recipient=by.name, power=power,
        reason=reason,
    )  # fmt: skip
    audit(
        "support.use_recorded", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
        fields=[f"for_{use}"], recipient=by.name, power=power,
    )  # fmt: skip
    advisors = at_work(Permission.SUPPORT_RECORD).filter(roles__contains=["advisor"]).values_list("user_id", flat=True)
    owner = person.case.owner_id or person.case.interim_owner_id
    notify(to={*advisors, owner}, kind="support_used", by=by, at=at, case=person.case_id, person=person.id)
    return row
