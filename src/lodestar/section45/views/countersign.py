"""The second person's look at a full record."""

from functools import cached_property
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.models import AllegedOffence, Obligation
from lodestar.cases.presenters.people import with_age
from lodestar.design.when import on
from lodestar.section45 import access, actions, presenters, queries
from lodestar.section45.forms import Sign
from lodestar.section45.models import FullRecord
from lodestar.section45.queries import Stands, act_of
from lodestar.section45.rules import ActReading
from lodestar.section45.rules.record import asked_of, may_countersign

CHANGED = (
    "What it was based on has changed since it was decided, so you cannot agree to it. Send it back for review on "
    "the current facts."
)


@page(Permission.SECTION45_COUNTERSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def countersign(request: HttpRequest, person_id: UUID, offence_id: UUID) -> HttpResponse:
    """Read it whole, then agree or send it back with a reason. Whoever decided any version of it takes no part here."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    viewed = request.method != "POST"
    offence, all_of = access.offences_for(member, person_id, offence_id, Permission.SECTION45_COUNTERSIGN, viewed=viewed)
    act = act_of(offence, all_of)
    if act is None:
        raise Http404
    asked = _Asked(request, offence, all_of, act)
    return asked.shown() if viewed else asked.signed()


class _Asked:
    """One request about the latest version of one record."""

    def __init__(
        self, request: HttpRequest, offence: AllegedOffence, all_of: list[AllegedOffence], act: ActReading
    ) -> None:
        self.request, self.offence, self.all_of, self.act = request, offence, all_of, act
        self.member = request.member  # type: ignore[attr-defined]  # put there by the door
        self.now = timezone.now()
        sent = typed(request)
        self.form = Sign(sent, auto_id="%s")
        self.note = ""
        self.read = sent.get("record") if sent is not None else None

    @cached_property
    def records(self) -> list[FullRecord]:
        """The versions, read once and only where the page is shown."""
        return queries.records_of(self.offence)

    @cached_property
    def owed(self) -> Obligation | None:
        """What stands in the ledger for the record."""
        return queries.owed_for(self.offence.person).get((queries.RECORD, str(self.offence.id)))

    @cached_property
    def stands(self) -> Stands:
        """How the record stands."""
        return queries.stands_of(self.records[-1] if self.records else None, self.owed)

    @property
    def _took_part(self) -> bool:
        return not may_countersign(self.member.user, frozenset(row.decided_by_id for row in self.records))

    def signed(self) -> HttpResponse:
        """Takes the answer to the action."""
        form = self.form
        if not form.is_valid():
            return self.shown(422)
        told = form.cleaned_data
        version = next((row for row in queries.versions_of(self.offence) if row.id == told["record"]), None)
        if version is None:
            raise Http404
        version.offence = self.offence
        try:
            actions.countersign(by=self.member, at=self.now, version=version, kind=told["kind"], reason=told["reason"])
        except actions.NotYet as not_yet:
            for name, words in not_yet.lacking.items():
                form.add_error(name, words)
        except actions.TookPart:
            self.note = "You decided a version of this record, so another supervisor must countersign."
        except actions.FactsChanged:
            self.note = CHANGED
        except actions.Meanwhile as meanwhile:
            self.note, self.read = self._meanwhile(meanwhile.theirs), None  # told now
        else:
            return redirect("section45-countersign", self.offence.person_id, self.offence.id)
        return self.shown(422)

    def _meanwhile(self, theirs: FullRecord) -> str:
        shown = self.records[-1]
        signed = next(iter(shown.countersignatures.all()), None)
        if signed is not None:
            return f"{signed.by.name} answered it while you were reading. The answer is below."
        return f"{theirs.decided_by.name} decided another version while you were reading. It is below: read that one."

    def shown(self, status: int = 200) -> HttpResponse:
        """The record as it was decided, and the question, where it waits for this supervisor."""
        person, case = self.offence.person, self.offence.person.case
        latest = self.records[-1] if self.records else None
        is_asked = self.stands.state == "waiting" and not self._took_part
        context = {
            "person": person,
            "case": case,
            "who": with_age(person, on(case.encountered_at)),
            "offence": self.offence,
            "place": self.all_of.index(self.offence) + 1,
            "of": len(self.all_of),
            "about": presenters.about(
                self.offence, self.act, queries.decisions_about(person), bool(asked_of(self.act).limbs), self.now
            ),
            "why": self.act.why,
            "authority": self.act.authority,
            "form": self.form,
            "is_asked": is_asked,
            "took_part": self._took_part,
            "record": next((row.id for row in self.records if str(row.id) == self.read), latest.id if latest else ""),
            "stands": self.stands,
            "status": presenters.status(self.stands, self.now),
            "shown": presenters.shown_record(latest, self.member.user, self.now) if latest else None,
            "turns": presenters.turns(queries.turns_of(self.owed), self.records, (), self.member.user, self.now),
            "note": self.note or (CHANGED if is_asked and self.stands.has_changed else ""),
        }
        return render(self.request, "section45/countersign.jinja", context, status=status)
