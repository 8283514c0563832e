"""The full record of one offence: read where it stands, written where it is wanted, and looked at by a second person."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import or_404
from lodestar.casework.cases.presenters import DO_NOT_ASK, person_heading, videos
from lodestar.casework.cases.queries import first_accounts
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.section45 import access, actions, presenters, queries
from lodestar.casework.section45.forms import Record, Sign
from lodestar.casework.section45.models import FirstAnswer, FullRecord
from lodestar.casework.section45.queries import RecordStatus, act_of
from lodestar.casework.section45.rules.record import asked_of, may_countersign
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.when import moment
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

KEPT = ("settled_why", "duress", "self_defence", "public_interest", "abuse_of_process", "law_note", "asked_whom",
        "their_answer", "missing", "before")  # fmt: skip
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
        self.act = or_404(act_of(self.offence, self.all_of))
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
    def record_status(self) -> RecordStatus:
        """How the record stands."""
        return queries.record_status_of(self.records[-1] if self.records else None, self.owed)

    @property
    def reopenings(self) -> list[tuple[ObligationEvent, queries.CaseItem | None]]:
        """Each turn with what brought it, where that is a charge, plea, hearing, decision or account."""
        return [(event, queries.reopened_by(event, self.offence, self.items, self.records)) for event in self.turns]

    def context(self, answers: Sequence[FirstAnswer] = ()) -> dict[str, Any]:
        """What both pages show."""
        person, user, now = self.offence.person, self.member.user, self.now
        return person_heading(person) | {
            "offence": self.offence,
            "place": self.place,
            "about": presenters.about(self.offence, self.act, queries.decisions_about(person), bool(self.asked.limbs), now),
            "why": self.act.why,
            "authority": self.act.authority,
            "stands": self.record_status,
            "status": presenters.status(self.record_status, now),
            "shown": presenters.shown_record(self.records[-1], self.items, user, now) if self.records else None,
            "turns": presenters.turns(self.reopenings, self.records, answers, user, now),
        }


class _Deciding(_OfRecord):
    """The record that is written."""

    def __init__(self, request: HttpRequest, *which: Any) -> None:
        super().__init__(request, *which)
        sent = submitted_or_draft(request)
        self.evidence = queries.evidence_among(self.items)
        self.form = Record(self.asked, self.evidence, sent, initial=self._initial() if sent is None else None)
        self.shows_theirs = False
        self.seen = version_seen(sent)
        self.rested_on = sent.get("rests_on") if sent is not None else None

    @property
    def _rests_on(self) -> str:
        return self.owed.rests_on if self.owed else ""

    def _initial(self) -> dict[str, str]:
        """What was written before stays written; what to make of it is asked anew."""
        if not self.records:
            return {}
        latest = self.records[-1]
        initial = {name: getattr(latest, name) for name in KEPT}
        numbers = {item.code: str(number) for number, item in enumerate(self.evidence, 1)}
        for element in latest.elements.all():
            linked = [numbers[item.code] for item in queries.linked_to(element, self.evidence)]
            initial[f"{element.test}_{element.number}_evidence"] = ", ".join(linked)
            initial[f"{element.test}_{element.number}_for"] = element.evidence_for
            initial[f"{element.test}_{element.number}_against"] = element.evidence_against
        return initial

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
            "rests_on": self._rests_on if self.rested_on is None else self.rested_on,
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
