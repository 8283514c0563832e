"""The short question of section 45 of the Modern Slavery Act 2015; what a person is suspected of, and what came of it; and the
full record of one offence, read, written, and looked at by a second person.

An outcome is authorised with the full record alone; one that has come is always recorded."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_offence, record_offence
from lodestar.casework.cases.access import or_404, person_for
from lodestar.casework.cases.models import AllegedOffence, Person
from lodestar.casework.cases.presenters import DO_NOT_ASK, person_heading, videos
from lodestar.casework.cases.queries import first_accounts
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.section45 import access, actions, presenters, queries
from lodestar.casework.section45.forms import Change, FirstQuestion, Offence, Outcome, Record, Sign
from lodestar.casework.section45.models import FirstAnswer, FullRecord
from lodestar.casework.section45.rules.record import asked_of, may_countersign
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import moment, on
from lodestar.platform.reference.rules import WHERE, offences_on
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.fingerprint import fingerprint

ASK_AFTER = timedelta(minutes=30)  # practice: later than this after the event the time it happened is asked
SHOWN = 5
ONCE = attrgetter("by_id", "recorded_at", "answer", "why")  # one answer may stand at several stages


@page(Permission.SECTION45_ANSWER)
def first_question(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One question for a person and all offences together, answered by the officer for themselves."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.SECTION45_ANSWER, viewed=request.method != "POST")
    form = FirstQuestion(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, form.cleaned_data["at"]
        actions.answer_open_questions(
            by=member, at=at.at if at else timezone.now(), person=person, answer=given["answer"], why=given["why"]
        )
        return redirect(f"/cases/{person.case.reference}/do-now#{queries.CODE}")
    now, case = timezone.now(), person.case
    context = person_heading(person) | {
        "form": form,
        "asks_time": now - case.encountered_at > ASK_AFTER,
        "told": presenters.recipients_words(queries.people_to_inform(person, now), case.sealed, member.user),
        "acts": queries.suspected_of(person),
        "words": presenters,
        "earlier": {ONCE(row): row for row in queries.answers_of(person)[:SHOWN]}.values(),
        "user": member.user,
        "now": now,
    }
    return render(request, "section45/first_question.jinja", context, status=422 if request.method == "POST" else 200)


WRITTEN = ("title", "act", "section", "particulars", "on_from", "on_to", "where", "stage")


def _columns(cleaned: dict[str, Any]) -> dict[str, str]:
    """The columns of an act, from what a form says: what was done once ended on the day on which it began."""
    return {name: cleaned[name] for name in WRITTEN} | {"on_to": cleaned["on_to"] or cleaned["on_from"]}


@page(Permission.OFFENCE_RECORD)
def offences(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is recorded, each with its stage, its record and its outcomes; and the form for another act."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.OFFENCE_RECORD, viewed=request.method != "POST")
    day = on(person.case.encountered_at)
    listed = [(listed_offence.code, listed_offence.words) for listed_offence in offences_on(day)]
    form = Offence(listed, submitted_or_draft(request), auto_id="%s", initial={"where": WHERE.get(person.case.nation, "")})
    if request.method == "POST" and form.is_valid():
        row = record_offence(by=member, at=timezone.now(), person=person, facts=_facts(form.cleaned_data, person))
        return redirect("person-offence", person.id, row.id)
    rows, now = list(queries.suspected_of(person)), timezone.now()
    ids = [row.id for row in rows]
    listed_lines = presenters.offence_lines(
        rows, queries.owed_for(person), queries.latest_records(ids), queries.outcomes_of(ids), now
    )
    context = person_heading(person) | {"listed": listed_lines, "form": form, "now": now}
    return render(request, "section45/offences.jinja", context, status=422 if request.method == "POST" else 200)


def _facts(cleaned: dict[str, Any], person: Person) -> dict[str, str]:
    """The columns of the act. What was picked is named as the list of the day names it."""
    listed = offences_on(on(person.case.encountered_at))
    picked = next((listed_offence for listed_offence in listed if listed_offence.code == cleaned["pick"]), None)
    as_listed = {"act": picked.act, "section": picked.section, "title": picked.title} if picked else {}
    return _columns(cleaned) | as_listed


@page(Permission.OFFENCE_RECORD)
def offence(request: HttpRequest, person_id: UUID, offence_id: UUID) -> HttpResponse:
    """The offence as it is recorded, its outcomes, and two forms: what came of it, and what is put right."""
    viewed, may = request.method != "POST", Permission.OFFENCE_RECORD
    asked = _Asked(request, *access.offences_for(member_of(request), person_id, offence_id, may, viewed=viewed))
    if viewed:
        return asked.render_page()
    return asked.changed() if "change" in request.POST else asked.came()


class _Asked:
    """One request about one offence."""

    def __init__(self, request: HttpRequest, row: AllegedOffence, all_of: list[AllegedOffence], place: int) -> None:
        self.request, self.row, self.all_of, self.place = request, row, all_of, place
        self.member = member_of(request)
        self.now = timezone.now()
        sent = submitted_or_draft(request)
        is_change = sent is not None and "change" in sent
        self.outcome = Outcome(None if is_change else sent, auto_id="%s")
        self.change = Change(sent if is_change else None, auto_id="c-%s", initial=self._recorded_values())
        self.waits = queries.waits_for_nrm(row.person)
        self.note = ""
        self.seen = sent.get("version", "") if sent is not None and is_change else self._version

    def _recorded_values(self) -> dict[str, str]:
        written = {name: getattr(self.row, name) for name in WRITTEN}
        return written | {"on_to": "" if self.row.on_to == self.row.on_from else self.row.on_to}

    @property
    def _version(self) -> str:
        return fingerprint([getattr(self.row, name) for name in WRITTEN])

    def came(self) -> HttpResponse:
        """Records an outcome; refuses to authorise one while the full record is open."""
        form = self.outcome
        if not form.is_valid():
            return self.render_page()
        at, words = at_and_words(form.cleaned_data.pop("at"), self.now)
        details: dict[str, Any] = {"by": self.member, "at": at, "offence": self.row, "words": words, **form.cleaned_data}
        try:
            if "happened" in self.request.POST:
                actions.record_happened_without(**details)
            else:
                actions.record_outcome(**details, waits_for_nrm=self.waits)
        except actions.RecordOpen:
            self.note = "open"
        except actions.IncompleteDecision as not_yet:
            form.add_error(None, dict(not_yet.lacking))
        else:
            return redirect("person-offence", self.row.person_id, self.row.id)
        return self.render_page()

    def changed(self) -> HttpResponse:
        """Puts right what is written of the act, or moves it on. Another's change meanwhile is shown beside one's own."""
        form = self.change
        if not form.is_valid():
            return self.render_page()
        if self.seen != self._version:
            self.note = "meanwhile"
            return self.render_page()
        cleaned = form.cleaned_data
        facts = _columns(cleaned) | {"stage": cleaned["stage"] or self.row.stage}
        changed = {name: value for name, value in facts.items() if value != getattr(self.row, name)}
        try:
            if changed:
                change_offence(by=self.member, at=self.now, person=self.row.person, offence=self.row, facts=changed)
        except ConcurrentEdit:  # the page with the act as it says now; where it was taken off the person there is nothing here
            ids = self.row.person_id, self.row.id
            self.row, self.all_of, self.place = access.offences_for(self.member, *ids, Permission.OFFENCE_RECORD, viewed=False)
            self.note = "meanwhile"
            return self.render_page()
        return redirect("person-offence", self.row.person_id, self.row.id)

    def render_page(self) -> HttpResponse:
        """The page."""
        person = self.row.person
        owed = queries.owed_for(person)
        own = owed.get((queries.RECORD, str(self.row.id)))
        ids = [self.row.id]
        (listed,) = presenters.offence_lines([self.row], owed, queries.latest_records(ids), queries.outcomes_of(ids), self.now)
        context = person_heading(person) | {
            "listed": listed,
            "user": self.member.user,
            "now": self.now,
            "place": self.place,
            "is_open": own is not None and own.state == "open",
            "waits": self.waits,
            "is_question_open": any(row.state == "open" for row in queries.questions_of(person)),
            "may_record": self.member.may(Permission.SECTION45_RECORD),
            "may_countersign": self.member.may(Permission.SECTION45_COUNTERSIGN),
            "outcome": self.outcome,
            "change": self.change,
            "version": self._version if self.note == "meanwhile" else self.seen,
            "note": self.note,
            "theirs": presenters.theirs(self._recorded_values(), self.change) if self.note == "meanwhile" else (),
        }
        return render(self.request, "section45/offence.jinja", context, status=422 if self.request.method == "POST" else 200)


ANSWERS_SHOWN = 3


@page(Permission.SECTION45_RECORD)
def full_record(request: HttpRequest, person_id: UUID, offence_id: UUID) -> HttpResponse:
    """Part by part, with what points each way. A conclusion is the investigator's, never the system's."""
    deciding = _Deciding(request, person_id, offence_id, Permission.SECTION45_RECORD)
    return deciding.posted() if request.method == "POST" else deciding.render_page()


class _OfRecord:
    """One request about the record of one offence: the offence as the rules read it, its versions, how the record stands."""

    def __init__(self, request: HttpRequest, person: UUID, offence: UUID, permission: Permission) -> None:
        self.request, self.member, self.now, self.note = request, member_of(request), timezone.now(), ""
        viewed = request.method != "POST"
        self.offence, self.all_of, self.place = access.offences_for(self.member, person, offence, permission, viewed=viewed)
        self.act = or_404(queries.act_of(self.offence, self.all_of))
        self.asked = asked_of(self.act)

    @cached_property
    def records(self) -> list[FullRecord]:
        """The versions, read once and only where the page is shown."""
        return queries.records_of(self.offence)

    @cached_property
    def turns(self) -> list[ObligationEvent]:
        """When the record came to be owed, and each time it was owed again."""
        return queries.turns_of(self.offence)

    @property
    def owed(self) -> Obligation | None:
        """What stands in the ledger for the record."""
        obligation = self.turns[-1].obligation if self.turns else None
        return obligation if obligation and obligation.state != "not_owed" else None

    @cached_property
    def items(self) -> list[queries.CaseItem]:
        """What the parts can rest on, and what may have opened the record again."""
        return queries.items_of(self.offence.person.case)

    @cached_property
    def record_status(self) -> queries.RecordStatus:
        """How the record stands."""
        return queries.record_status_of(self.records[-1] if self.records else None, self.owed)

    def context(self, answers: Sequence[FirstAnswer] = ()) -> dict[str, Any]:
        """What both pages show."""
        person, user, now = self.offence.person, self.member.user, self.now
        shown = self.records[-1] if self.records else None
        opened_by = [(event, queries.reopened_by(event, self.offence, self.items, self.records)) for event in self.turns]
        return person_heading(person) | {
            "offence": self.offence,
            "place": self.place,
            "about": presenters.about(self.offence, self.act, queries.decisions_about(person), bool(self.asked.limbs), now),
            "act": self.act,
            "stands": self.record_status,
            "status": presenters.status(self.record_status, now),
            "shown": shown,
            "elements": list(shown.elements.all()) if shown else [],
            "signatures": list(shown.countersignatures.all()) if shown else [],
            "links_of": lambda element: map(presenters.evidence_words, queries.linked_to(element, self.items)),
            "words": presenters,
            "user": user,
            "now": now,
            "turns": presenters.turns(opened_by, self.records, answers, user, now),
        }


class _Deciding(_OfRecord):
    """The record that is written."""

    def __init__(self, request: HttpRequest, *which: Any) -> None:
        super().__init__(request, *which)
        sent = submitted_or_draft(request)
        self.evidence = queries.evidence_among(self.items)
        initial = presenters.as_typed(self.records[-1:], self.evidence) if sent is None else None
        self.form = Record(self.asked, self.evidence, sent, initial=initial)
        self.shows_theirs = False
        self.seen = version_seen(sent)
        self.rested_on = sent.get("rests_on") if sent is not None else None

    def posted(self) -> HttpResponse:
        """Takes what was written to the action, and what is lacking back to the form."""
        form, seen, rests_on = self.form, self.seen or 0, self.rested_on or ""
        if not form.is_valid():
            return self.render_page()
        try:
            actions.decide(
                by=self.member, at=self.now, offence=self.offence, act=self.act, answers=form.cleaned_data, seen=seen,
                rests_on=rests_on,
            )  # fmt: skip
        except actions.IncompleteDecision as not_yet:
            form.add_error(None, dict(not_yet.lacking))
        except ConcurrentEdit as meanwhile:
            self.note, self.shows_theirs, self.seen = self._concurrent_edit_note(meanwhile.theirs), True, None  # told now
        except actions.FactsChanged:
            self.rested_on = None
            self.note = (
                "What this rests on changed while you were writing: look at the head of the page. Nothing is lost. "
                "If what you wrote is still right, send it again."
            )
        else:
            return redirect("section45-record", self.offence.person_id, self.offence.id)
        return self.render_page()

    def _concurrent_edit_note(self, theirs: FullRecord) -> str:
        return (
            f"{theirs.decided_by.name} decided a version {moment(theirs.recorded_at, self.now)}, while you were writing. "
            "It is below, with what you wrote after it. Nothing is lost. If yours is still right, send it again."
        )

    def render_page(self) -> HttpResponse:
        """The page: the form where the record is to be written, else the record as it stands."""
        person = self.offence.person
        context = self.context(list(queries.answers_of(person)[:ANSWERS_SHOWN])) | {
            "videos": videos(first_accounts([person.id])),
            "do_not_ask": DO_NOT_ASK,
            "asked": self.asked,
            "evidence": [presenters.evidence_words(item) for item in self.evidence],
            "form": self.form,
            "is_form": bool(self.form.is_bound or self.record_status.is_to_write or self.request.GET.get("again")),
            "version": len(self.records) if self.seen is None else self.seen,
            "rests_on": (self.owed.rests_on if self.owed else "") if self.rested_on is None else self.rested_on,
            "shows_theirs": self.shows_theirs,
            "note": self.note,
        }
        return render(self.request, "section45/record.jinja", context, status=422 if self.request.method == "POST" else 200)


CHANGED = (
    "What it was based on has changed since it was decided, so you cannot agree to it. Send it back for review on "
    "the current facts."
)


@page(Permission.SECTION45_COUNTERSIGN)
def countersign(request: HttpRequest, person_id: UUID, offence_id: UUID) -> HttpResponse:
    """Read it whole, then agree or send it back with a reason. Whoever decided any version of it takes no part here."""
    signing = _Signing(request, person_id, offence_id, Permission.SECTION45_COUNTERSIGN)
    return signing.posted() if request.method == "POST" else signing.render_page()


class _Signing(_OfRecord):
    """The latest version, read by a second person."""

    def __init__(self, request: HttpRequest, *which: Any) -> None:
        super().__init__(request, *which)
        sent = submitted_or_draft(request)
        self.form = Sign(sent, auto_id="%s")
        self.read = sent.get("record") if sent is not None else None

    @property
    def _took_part(self) -> bool:
        return not may_countersign(self.member.user, frozenset(row.decided_by_id for row in self.records))

    def posted(self) -> HttpResponse:
        """Takes the answer to the action."""
        form = self.form
        if not form.is_valid():
            return self.render_page()
        cleaned = form.cleaned_data
        version = or_404(next((row for row in queries.versions_of(self.offence) if row.id == cleaned["record"]), None))
        version.offence = self.offence
        try:
            actions.countersign(by=self.member, at=self.now, version=version, kind=cleaned["kind"], reason=cleaned["reason"])
        except actions.IncompleteDecision as not_yet:
            form.add_error(None, dict(not_yet.lacking))
        except actions.TookPart:
            self.note = "You decided a version of this record, so another supervisor must countersign."
        except actions.FactsChanged:
            self.note = CHANGED
        except ConcurrentEdit as meanwhile:
            self.note, self.read = self._concurrent_edit_note(meanwhile.theirs), None  # told now
        else:
            return redirect("section45-countersign", self.offence.person_id, self.offence.id)
        return self.render_page()

    def _concurrent_edit_note(self, theirs: FullRecord) -> str:
        shown = self.records[-1]
        signed = next(iter(shown.countersignatures.all()), None)
        if signed is not None:
            return f"{signed.by.name} answered it while you were reading. The answer is below."
        return f"{theirs.decided_by.name} decided another version while you were reading. It is below: read that one."

    def render_page(self) -> HttpResponse:
        """The record as it was decided, and the question, where it waits for this supervisor."""
        is_asked = self.record_status.state == "waiting" and not self._took_part
        latest = self.records[-1].id if self.records else ""
        context = self.context() | {
            "form": self.form,
            "is_asked": is_asked,
            "took_part": self._took_part,
            "record": next((row.id for row in self.records if str(row.id) == self.read), latest),
            "note": self.note or (CHANGED if is_asked and self.record_status.has_changed else ""),
        }
        return render(self.request, "section45/countersign.jinja", context, status=422 if self.request.method == "POST" else 200)
