"""One offence: how far it has gone, and what came of it. An outcome is authorised with the full record alone; one that has
come is always recorded."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.actions import OffenceMeanwhile, change_offence
from lodestar.cases.forms.fields import at_and_words
from lodestar.cases.models import AllegedOffence
from lodestar.cases.presenters.people import with_age
from lodestar.design.when import on
from lodestar.kernel.fingerprint import fingerprint
from lodestar.section45 import access, actions, presenters, queries
from lodestar.section45.forms import Change, Outcome

WRITTEN = ("title", "act", "section", "particulars", "on_from", "on_to", "where", "stage")


@page(Permission.OFFENCE_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def offence(request: HttpRequest, person_id: UUID, offence_id: UUID) -> HttpResponse:
    """The offence as it is recorded, its outcomes, and two forms: what came of it, and what is put right."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    viewed = request.method != "POST"
    row, all_of = access.offences_for(member, person_id, offence_id, Permission.OFFENCE_RECORD, viewed=viewed)
    asked = _Asked(request, row, all_of)
    if viewed:
        return asked.shown()
    return asked.changed() if "change" in request.POST else asked.came()


class _Asked:
    """One request about one offence."""

    def __init__(self, request: HttpRequest, row: AllegedOffence, all_of: list[AllegedOffence]) -> None:
        self.request, self.row, self.all_of = request, row, all_of
        self.member = request.member  # type: ignore[attr-defined]  # put there by the door
        self.now = timezone.now()
        sent = typed(request)
        is_change = sent is not None and "change" in sent
        self.outcome = Outcome(None if is_change else sent, auto_id="%s")
        self.change = Change(sent if is_change else None, auto_id="c-%s", initial=self._written())
        self.waits = queries.waits_for_nrm(row.person)
        self.note = ""
        self.seen = sent.get("version", "") if sent is not None and is_change else self._version

    def _written(self) -> dict[str, str]:
        written = {name: getattr(self.row, name) for name in WRITTEN}
        return written | {"on_to": "" if self.row.on_to == self.row.on_from else self.row.on_to}

    @property
    def _version(self) -> str:
        return fingerprint([getattr(self.row, name) for name in WRITTEN])

    def came(self) -> HttpResponse:
        """Records an outcome; refuses to authorise one while the full record is open."""
        form = self.outcome
        if not form.is_valid():
            return self.shown(422)
        at, words = at_and_words(form.cleaned_data["at"], self.now)
        told: dict[str, Any] = {
            "by": self.member,
            "at": at,
            "offence": self.row,
            "kind": form.cleaned_data["kind"],
            "words": words,
            "reason": form.cleaned_data["reason"],
        }
        try:
            if "happened" in self.request.POST:
                actions.record_happened_without(**told)
            else:
                actions.record_outcome(**told, waits_for_nrm=self.waits)
        except actions.RecordOpen:
            self.note = "open"
        except actions.NotYet as not_yet:
            for name, lacking in not_yet.lacking.items():
                form.add_error(name, lacking)
        else:
            return redirect("person-offence", self.row.person_id, self.row.id)
        return self.shown(422)

    def changed(self) -> HttpResponse:
        """Puts right what is written of the act, or moves it on. Another's change meanwhile is shown beside one's own."""
        form = self.change
        if not form.is_valid():
            return self.shown(422)
        if self.seen != self._version:
            self.note = "meanwhile"
            return self.shown(422)
        told = form.cleaned_data
        facts = {name: told[name] for name in WRITTEN} | {"on_to": told["on_to"] or told["on_from"]}
        facts["stage"] = told["stage"] or self.row.stage
        changed = {name: value for name, value in facts.items() if value != getattr(self.row, name)}
        try:
            if changed:
                change_offence(by=self.member, at=self.now, person=self.row.person, offence=self.row, facts=changed)
        except OffenceMeanwhile:
            return self._meanwhile()
        return redirect("person-offence", self.row.person_id, self.row.id)

    def _meanwhile(self) -> HttpResponse:
        """The page with the act as it says now. Where it was taken off the person there is nothing here."""
        ids = self.row.person_id, self.row.id
        self.row, self.all_of = access.offences_for(self.member, *ids, Permission.OFFENCE_RECORD, viewed=False)
        self.note = "meanwhile"
        return self.shown(422)

    def shown(self, status: int = 200) -> HttpResponse:
        """The page."""
        person, case = self.row.person, self.row.person.case
        owed = queries.owed_for(person)
        own = owed.get((queries.RECORD, str(self.row.id)))
        ids = [self.row.id]
        (listed,) = presenters.listed(
            [self.row], owed, queries.latest_records(ids), queries.outcomes_of(ids), self.member.user, self.now
        )
        context = {
            "person": person,
            "case": case,
            "who": with_age(person, on(case.encountered_at)),
            "listed": listed,
            "place": self.all_of.index(self.row) + 1,
            "of": len(self.all_of),
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
            "theirs": presenters.theirs(self._written(), self.change, self.now) if self.note == "meanwhile" else (),
        }
        return render(self.request, "section45/offence.jinja", context, status=status)
