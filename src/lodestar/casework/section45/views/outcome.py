"""The short question of section 45 of the Modern Slavery Act 2015; what a person is suspected of; and what came of it.

An outcome is authorised with the full record alone; one that has come is always recorded."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_offence, record_offence
from lodestar.casework.cases.access import person_for
from lodestar.casework.cases.models import AllegedOffence, Person
from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.section45 import access, actions, presenters, queries
from lodestar.casework.section45.forms import Change, FirstQuestion, Offence, Outcome
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import on
from lodestar.platform.reference.rules import WHERE, offences_on
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.fingerprint import fingerprint

ASK_AFTER = timedelta(minutes=30)  # practice: later than this after the event the time it happened is asked
SHOWN = 5


@page(Permission.SECTION45_ANSWER)
def first_question(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One question for a person and all offences together, answered by the officer for themselves."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.SECTION45_ANSWER, viewed=request.method != "POST")
    form = FirstQuestion(submitted_or_draft(request), auto_id="%s")
    if request.method != "POST" or not form.is_valid():
        return _question_page(request, person, form)
    given = form.cleaned_data["at"]
    actions.answer_open_questions(
        by=member, at=given.at if given else timezone.now(), person=person, answer=form.cleaned_data["answer"],
        why=form.cleaned_data["why"],
    )  # fmt: skip
    return redirect(f"/cases/{person.case.reference}/do-now#{queries.CODE}")


def _question_page(request: HttpRequest, person: Person, form: FirstQuestion) -> HttpResponse:
    member = member_of(request)
    now, case = timezone.now(), person.case
    context = person_heading(person) | {
        "form": form,
        "asks_time": now - case.encountered_at > ASK_AFTER,
        "told": presenters.recipients_words(queries.people_to_inform(person, now), case.sealed, member.user),
        "acts": presenters.acts(queries.suspected_of(person), now),
        "earlier": presenters.earlier(queries.answers_of(person)[:SHOWN], member.user, now),
    }
    return render(request, "section45/first_question.jinja", context, status=422 if request.method == "POST" else 200)


COLUMNS = ("act", "section", "title", "particulars", "on_from", "where", "stage")


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
    rows = list(queries.suspected_of(person))
    ids = [row.id for row in rows]
    listed_lines = presenters.offence_lines(
        rows, queries.owed_for(person), queries.latest_records(ids), queries.outcomes_of(ids), member.user, timezone.now()
    )
    context = person_heading(person) | {"listed": listed_lines, "form": form}
    return render(request, "section45/offences.jinja", context, status=422 if request.method == "POST" else 200)


def _facts(cleaned: dict[str, Any], person: Person) -> dict[str, str]:
    """The columns of the act. What was picked is named as the list of the day names it."""
    facts = {name: cleaned[name] for name in COLUMNS} | {"on_to": cleaned["on_to"] or cleaned["on_from"]}
    listed = offences_on(on(person.case.encountered_at))
    picked = next((listed_offence for listed_offence in listed if listed_offence.code == cleaned["pick"]), None)
    if picked is not None:
        facts |= {"act": picked.act, "section": picked.section, "title": picked.title}
    return facts


WRITTEN = ("title", "act", "section", "particulars", "on_from", "on_to", "where", "stage")


@page(Permission.OFFENCE_RECORD)
def offence(request: HttpRequest, person_id: UUID, offence_id: UUID) -> HttpResponse:
    """The offence as it is recorded, its outcomes, and two forms: what came of it, and what is put right."""
    member = member_of(request)
    viewed = request.method != "POST"
    row, all_of, place = access.offences_for(member, person_id, offence_id, Permission.OFFENCE_RECORD, viewed=viewed)
    asked = _Asked(request, row, all_of, place)
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
        facts = {name: cleaned[name] for name in WRITTEN} | {"on_to": cleaned["on_to"] or cleaned["on_from"]}
        facts["stage"] = cleaned["stage"] or self.row.stage
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
        (listed,) = presenters.offence_lines(
            [self.row], owed, queries.latest_records(ids), queries.outcomes_of(ids), self.member.user, self.now
        )
        context = person_heading(person) | {
            "listed": listed,
            "place": self.place,
            "is_open": own is not None and own.state == "open",
            "waits": self.waits,
            "is_question_open": any(row.state == "open" for row in queries.questions_of(person)),
            "may_record": self.member.may(Permission.SECTION45_RECORD),
            "may_countersign": self.member.may(Permission.SECTION45_COUNTERSIGN),
            "outcome": self.outcome,
            "codes": presenters.codes_of(on(self.now)),
            "change": self.change,
            "version": self._version if self.note == "meanwhile" else self.seen,
            "note": self.note,
            "theirs": presenters.theirs(self._recorded_values(), self.change, self.now) if self.note == "meanwhile" else (),
        }
        return render(self.request, "section45/offence.jinja", context, status=422 if self.request.method == "POST" else 200)
