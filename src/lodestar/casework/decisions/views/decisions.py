"""What came of a referral: what was decided, and what follows."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.decisions.actions import file_decision
from lodestar.casework.decisions.forms import Decided
from lodestar.casework.decisions.models import Decision
from lodestar.casework.decisions.presenters import decisions as words
from lodestar.casework.decisions.presenters import letters
from lodestar.casework.decisions.queries.decisions import decisions_of, following
from lodestar.casework.decisions.queries.letters import letters_of
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referrals import access
from lodestar.casework.referrals.models import Referral
from lodestar.casework.referrals.presenters.sent import when_words
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.when import moment, on
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit


@page(Permission.REFERRAL_RECORD)
def decision(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One short form: which decision, its day, the day of its notice."""
    member = member_of(request)
    viewed = request.method != "POST"
    referral = access.nrm_referral_for(member, referral_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now, rows = timezone.now(), decisions_of(referral)
    form = Decided(words.to_put_right(rows, now), submitted_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        return _render_decision_page(request, referral, rows, form)
    answers = form.cleaned_data
    try:
        file_decision(
            by=member,
            at=now,
            referral=referral,
            kind=answers["kind"],
            decided_on=answers["decided_on"] or min(on(now), answers["notice_on"] or on(now)),
            notice_on=answers["notice_on"],
            **form.ground_and_deadline(),
            seen=version_seen(request.POST) or 0,
            replaces=next((row for row in rows if str(row.id) == answers["replaces"]), None),
        )
    except ConcurrentEdit as meanwhile:
        return _render_decision_page(request, referral, decisions_of(referral), form, theirs=meanwhile.theirs)
    return redirect("referral-decision", referral.id)


def _render_decision_page(
    request: HttpRequest, referral: Referral, rows: list[Decision], form: Decided, *, theirs: Decision | None = None
) -> HttpResponse:
    member, now, person = member_of(request), timezone.now(), referral.person
    note, seen = "", version_seen(submitted_or_draft(request))
    if theirs is not None:
        note = (
            f"{theirs.filed_by.name} filed one {moment(theirs.filed_at, now)}, while you were writing: see below. "
            "Nothing is lost. If yours is a different one, file it again."
        )
    context = person_heading(person) | {
        "sent": when_words(referral, now),
        "is_ours": referral.direction == "made_by_us",
        "hints": words.hints(is_child=read_now(person).is_child),
        "filed": words.filed(rows, member.user, now),
        "version": len(rows) if note or seen is None else seen,
        "letters": letters.listed(letters_of(referral), now),
        "follows": words.follows(following(person), now),
        "form": form,
        "note": note,
    }
    return render(request, "decisions/decision.jinja", context, status=422 if request.method == "POST" else 200)
