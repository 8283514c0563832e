"""Recording what went to the Home Office, its reference and what completed it.

Each write locks its case, adds rows, writes one event, recalculates.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.case_files.actions import people as people_actions
from lodestar.casework.cases.access import people_of
from lodestar.casework.cases.models import EarlierReferral, Exploitation, Person
from lodestar.casework.cases.people_listeners import compare_people
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.queries.facts import answer_at, parts_of
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referral_forms.rules.coach import checks
from lodestar.casework.referral_forms.rules.made import CaseFact
from lodestar.casework.referral_forms.rules.route import Route, in_line, route_of
from lodestar.casework.referrals import models
from lodestar.casework.referrals.queries.outgoing import for_the_coach, submission_on
from lodestar.casework.referrals.queries.prefilled import Already
from lodestar.casework.referrals.queries.writing import last_written, sheet_of, writing_of
from lodestar.casework.referrals.rules import decision_state, found_by
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.models import TenantModel
from lodestar.platform.text.ids import new_id
from lodestar.platform.text.text_normalise import one_line
from lodestar.platform.time.days import london_date

GIVEN: dict[str, Any] = {"recipient": "Home Office", "power": "Modern Slavery Act 2015 s52"}
MOST_CRIMES = 20  # numbers of one person that go with a referral


class LikeOneRecorded(Exception):
    """One of the same kind is recorded for this person, and nobody has said yet that this is another: `theirs`."""

    def __init__(self, theirs: models.Referral) -> None:
        super().__init__("like one recorded")
        self.theirs = theirs


class NotChecked(Exception):
    """Texts of what is written here without a name wait to be checked before they leave: `writing` is what they are of."""

    def __init__(self, writing: models.ReferralDraft) -> None:
        super().__init__("texts not checked")
        self.writing = writing


class NotTheRoute(Exception):
    """What was sent is not what the facts call for, and nobody has said yet that it has really gone."""

    def __init__(self, facts_say: Route) -> None:
        super().__init__("not the route of the facts")
        self.facts_say = facts_say


def record_referral(
    *,
    by: Member,
    at: datetime,
    person: Person,
    route: str,
    direction: str,
    seen: int,
    reference: str = "",
    as_it_happened: bool = False,
    another: bool = False,
    crimes: Sequence[str] = (),
    details: Mapping[str, Any] | None = None,
) -> models.Referral:
    """Records that a referral (nrm) or notification (dtn) about this person was sent at `at`.

    What is not the route of the facts raises NotTheRoute until it is told `as_it_happened`; then it is recorded like everything
    that has happened, kept as out of line, opens an overdue obligation at once, and is counted. What another body sent is judged
    by nobody here. `told` holds sent_words, sent_by, confirmation, gaps and identity_checked where they are known, `crimes` their
    crime numbers. What we sent points at the answer about referral that was theirs at `at`, and at what was written here, with
    the checks open in it. Raises NotChecked while texts of a notification without a name wait to be checked, Meanwhile when there
    are more rows than the `seen` that the writer had before them, and LikeOneRecorded until it is told that this is `another`.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="referrals.sent") as (case,):
        people, parts = people_of(case), parts_of([case.id])
        number, read = _next_number(person, route, direction, seen, another=another), read_now(person, people, parts)
        facts_say, ours = route_of(read), direction == "made_by_us"
        is_out_of_line = ours and not in_line(facts_say, route)
        if is_out_of_line and not as_it_happened:
            raise NotTheRoute(facts_say)
        row = models.Referral.objects.create(
            person=person,
            number=number,
            route=route,
            direction=direction,
            sent_at=at,
            facts_said=facts_say.code,
            out_of_line=is_out_of_line,
            **_rests_on(person, at, route, Already(read, parts.talks, crimes), is_ours=ours),
            crime_reference=", ".join(list(dict.fromkeys(crimes))[:MOST_CRIMES]),
            recorded_at=timezone.now(),
            recorded_by_id=by.user,
            **(details or {}),
        )
        begins(row)
        if reference.strip():
            _add_reference(row, reference, by)
        _log_sent(row, by, [name for name, value in (details or {}).items() if value])
    return row


def _rests_on(person: Person, at: datetime, route: str, already: Already, *, is_ours: bool) -> dict[str, Any]:
    """The answer that what went at `at` rests on, or why there is none, and what we wrote. A child's rests on none
    (statutory guidance 2020, 5.43), and what another body sent on the answer that they hold."""
    if not is_ours:
        return {"no_consent": "theirs"}
    is_child = already.read.is_child
    consent_answer = None if is_child else answer_at(person.id, already.talks, at)
    why_none = "" if consent_answer else "child" if is_child else "none_held"
    return {"consent": consent_answer, "no_consent": why_none, **_draft_and_open_checks(person, at, route, already)}


def _draft_and_open_checks(person: Person, at: datetime, route: str, already: Already) -> dict[str, Any]:
    """What was written here of what went, and which checks of the form are open in it."""
    writing = last_written(person)
    if writing is None:
        return {}
    sheet = sheet_of(writing, already)
    if route == "dtn" and not submission_on(sheet, london_date(at)).is_clear:
        raise NotChecked(writing)
    coach_referral = for_the_coach(sheet, london_date(at))
    return {"writing": writing, "open_checks": [check.code for check in checks(coach_referral) if check.is_open]}


def logged(
    *, code: str, row: TenantModel, about: Person, by: Member, at: datetime, fields: Sequence[str] = (),
    others: Sequence[UUID] = (), **more: Any,
) -> None:  # fmt: skip
    """Writes an event of the log: of which row, in whose case, with what of it; `more` is to whom and by which power."""
    audit(
        code, by=by, at=at, case=about.case_id, people=list(dict.fromkeys([about.id, *others])),
        subject=str(row.id), fields=fields, **more,
    )  # fmt: skip


def _log_sent(row: models.Referral, by: Member, detail_fields: list[str]) -> None:
    """What we sent is a disclosure to the Home Office; what another body sent is something we were told."""
    pointers = [name for name in ("consent", "crime_reference", "writing") if getattr(row, name)]
    fields = ["route", "sent_at", *pointers, *detail_fields]
    if row.direction == "made_by_us":
        logged(code="referrals.sent", row=row, about=row.person, by=by, at=row.sent_at, fields=fields, **GIVEN)
    else:
        logged(code="referrals.received", row=row, about=row.person, by=by, at=row.sent_at, fields=fields)


def _next_number(person: Person, route: str, direction: str, seen: int, *, another: bool) -> int:
    """The number of the next row of this person, when nothing stands in its way."""
    earlier = list(models.Referral.objects.select_related("recorded_by").filter(person=person).order_by("number"))
    if len(earlier) > seen:
        raise ConcurrentEdit(earlier[-1])
    alike = [row for row in earlier if (row.route, row.direction) == (route, direction)]
    if alike and not another:
        raise LikeOneRecorded(alike[-1])
    return len(earlier) + 1


def add_reference(*, by: Member, at: datetime, referral: models.Referral, reference: str) -> models.ReferralReference:
    """Adds the reference that came later, or puts a mistaken one right; what it said before stays."""
    about = referral.person
    with ledger.acting_on(about.case_id, by=by.user, at=at, code="referrals.reference_added"):
        row = _add_reference(referral, reference, by)
        logged(code="referrals.reference_added", row=referral, about=about, by=by, at=at, fields=["reference"])
    return row


def _add_reference(referral: models.Referral, reference: str, by: Member) -> models.ReferralReference:
    written = one_line(reference)[:80]
    return models.ReferralReference.objects.create(
        referral=referral, reference=written, found_by=found_by(written), recorded_at=timezone.now(), recorded_by_id=by.user
    )


def rest_sent(
    *, by: Member, at: datetime, referral: models.Referral, codes: Sequence[str], words: str = "", how: str = ""
) -> models.SupplementaryInformation:
    """Records that supplementary information on this referral was sent at `at`: how, and which answers it held. It
    discharges that the rest is owed."""
    case = referral.person.case_id
    with ledger.acting_on(case, by=by.user, at=at, code="referrals.rest_sent"):
        row = models.SupplementaryInformation.objects.create(
            referral=referral,
            sent_at=at,
            sent_words=words,
            how=how,
            codes=list(codes),
            recorded_at=timezone.now(),
            recorded_by_id=by.user,
        )
        logged(code="referrals.rest_sent", row=row, about=referral.person, by=by, at=at, fields=codes, **GIVEN)
    return row


def begins(referral: models.Referral) -> None:
    """A referral or notification was recorded: it stands somewhere, and its person has one."""
    models.ReferralStatus.objects.create(
        referral=referral,
        direction=referral.direction,
        unit_id=referral.person.case.unit_id,
        sent_at=referral.sent_at,
        state=decision_state(referral.route, ())["state"],
        open_checks=referral.open_checks if referral.writing_id else None,
    )
    _pair(referral.person, referral_at=referral.sent_at)


def crime_recorded(person: Person, at: datetime) -> None:
    """A crime of this person has a number. Why there was none until now settles nothing any more."""
    models.Pairing.objects.filter(person=person, crime_at__isnull=True).update(settled=False)
    _pair(person, crime_at=at)


def no_crime_needed(person: Person) -> None:
    """Somebody said why this person's referral needs no crime, whether it was sent already or is to be sent."""
    if not models.Pairing.objects.filter(person=person, crime_at__isnull=False).exists():
        _pair(person, settled=True)


def _pair(person: Person, **columns: Any) -> None:
    row = models.Pairing(person=person, **columns)
    unique = ["tenant", "person"]
    models.Pairing.objects.bulk_create([row], update_conflicts=True, unique_fields=unique, update_fields=list(columns))


def begin_writing(*, by: Member, at: datetime, person: Person, version: str) -> models.ReferralDraft:
    """Begins to write about this person on a version of the form; what was begun before is gone on with."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="referrals.writing_begun"):
        standing = writing_of(person, version)
        if standing is not None:
            return standing
        row = models.ReferralDraft.objects.create(person=person, form_version=version, begun_at=at, begun_by_id=by.user)
        logged(code="referrals.writing_begun", row=row, about=row.person, by=by, at=at)
    return row


def write_answers(
    *,
    by: Member,
    at: datetime,
    writing: models.ReferralDraft,
    answers: Mapping[str, str],
    rows: int,
    taken_from: Sequence[Person] = (),
) -> None:
    """Adds these answers, by question; what stood before stays to be read. `rows` is how many the writer's were compared
    with: raises ConcurrentEdit where there are more by now. `taken_from` are the people whose referrals they were read in
    and taken from, one by one."""
    with ledger.acting_on(writing.person.case_id, by=by.user, at=at, code="referrals.answers_written"):
        numbers = list(models.Answer.objects.filter(writing=writing).values_list("code", "number"))
        if len(numbers) != rows:
            raise ConcurrentEdit
        last = dict(sorted(numbers, key=lambda pair: pair[1]))
        models.Answer.objects.bulk_create(
            models.Answer(
                writing=writing, code=code, number=last.get(code, 0) + 1, words=words, written_at=at, written_by_id=by.user
            )
            for code, words in answers.items()
        )
        code = "referrals.common_taken" if taken_from else "referrals.answers_written"
        others = [person.id for person in taken_from]
        logged(code=code, row=writing, about=writing.person, by=by, at=at, fields=list(answers), others=others)


def add_answers_to_case(
    *, by: Member, at: datetime, person: Person, facts: Sequence[CaseFact], more: Mapping[str, Any], earlier: Mapping[str, Any]
) -> None:
    """Records answers of a referral that its writer confirmed as facts of the case, each through the action that a page of the
    case uses. `more` are columns of the exploitation that the form does not ask for, `earlier` an earlier referral."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed") as (case,):
        columns = {name: value for fact in facts if fact.target == "exploitation" for name, value in fact.columns.items()}
        kinds = [fact.columns["type"] for fact in facts if fact.target == "kind"]
        _record_exploitation(by, at, person, {**columns, **more}, kinds)
        if of_person := {name: value for fact in facts if fact.target == "person" for name, value in fact.columns.items()}:
            now = Person.objects.get(id=person.id)
            people_actions.learn_of_person(by=by, at=at, person=now, version=now.version, facts=of_person)
        roles = {UUID(fact.columns["id"]): {"roles": fact.columns["roles"]} for fact in facts if fact.target == "exploiter"}
        if others := Person.objects.filter(case=case, id__in=roles).order_by("id"):
            people_actions.change_people(
                by=by, at=at, case_id=case.id, changes=[(row.id, row.version, roles[row.id]) for row in others]
            )
        if new := [(new_id(), fact.columns) for fact in facts if fact.target == "new_person"]:
            compare_people(by=by, at=at, case=case, people=people_actions.add_people(by=by, at=at, case=case, people=new))
        if earlier:
            people_actions.record_rows(model=EarlierReferral, by=by, at=at, case=case, rows=[(person, earlier)])


def _record_exploitation(by: Member, at: datetime, person: Person, columns: Mapping[str, Any], kinds: Sequence[str]) -> None:
    """Completes the one exploitation that is recorded, or records the first; each further kind is one of its own."""
    rows, further = list(Exploitation.objects.select_related("person").filter(person=person)), list(kinds)
    if not rows and (columns or kinds):
        kind = further.pop(0) if further else "unknown"
        people_actions.record_exploitation(by=by, at=at, person=person, facts={"type": kind, **columns})
    elif len(rows) == 1:
        of_kind = {"type": further.pop(0)} if further and rows[0].type == "unknown" else {}
        if facts := {**columns, **of_kind}:
            people_actions.change_exploitation(by=by, at=at, exploitation=rows[0], facts=facts)
    elif columns:
        raise ConcurrentEdit  # which of several it is about, nobody can tell
    for kind in further:
        people_actions.record_exploitation(by=by, at=at, person=person, facts={"type": kind})


def look_over(*, by: Member, at: datetime, writing: models.ReferralDraft, comment: str) -> None:
    """Keeps what somebody saw on looking a referral over. It changes nothing of it, and nothing waits for it."""
    with ledger.acting_on(writing.person.case_id, by=by.user, at=at, code="referrals.looked_over"):
        models.Review.objects.create(writing=writing, comment=comment, said_at=at, said_by_id=by.user)
        logged(code="referrals.looked_over", row=writing, about=writing.person, by=by, at=at)


def text_compared(*, by: Member, at: datetime, writing: models.ReferralDraft) -> None:
    """Writes down that the text was compared with that of other referrals: a combination, whatever came of it. Neither
    the others nor what was found are kept."""
    logged(code="referrals.compared", row=writing, about=writing.person, by=by, at=at)


def pack_taken(*, by: Member, at: datetime, writing: models.ReferralDraft, kind: str) -> None:
    """Writes down that what would go was taken along as a file of this kind (pdf or docx). The file is not kept."""
    logged(code="referrals.pack_taken", row=writing, about=writing.person, by=by, at=at, fields=[kind])
