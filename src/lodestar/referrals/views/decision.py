"""Filing what came of a referral: decisions, what is asked for, what was sent; and what follows from it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed, version_seen
from lodestar.accounts.permissions import Permission
from lodestar.cases.presenters.people import with_age
from lodestar.design.when import moment, on
from lodestar.referrals import access, actions, queries
from lodestar.referrals.forms import Decided
from lodestar.referrals.models import Decision, Referral
from lodestar.referrals.presenters import decided as words
from lodestar.referrals.presenters import letters
from lodestar.referrals.presenters.sent import when_words
from lodestar.referrals.queries.letters import letters_of


@page(Permission.REFERRAL_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One short form: which decision, its day, the day of its notice."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    viewed = request.method != "POST"
    referral = access.nrm_referral_for(member, referral_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now, rows = timezone.now(), queries.decisions_of(referral)
    form = Decided(words.to_put_right(rows, now), typed(request))
    if request.method != "POST":
        return _shown(request, referral, rows, form)
    if not form.is_valid():
        return _shown(request, referral, rows, form, status=422)
    told = form.cleaned_data
    try:
        actions.file_decision(
            by=member,
            at=now,
            referral=referral,
            kind=told["kind"],
            decided_on=told["decided_on"] or min(on(now), told["notice_on"] or on(now)),
            notice_on=told["notice_on"],
            **form.told(),
            seen=version_seen(request.POST) or 0,
            replaces=next((row for row in rows if str(row.id) == told["replaces"]), None),
        )
    except actions.DecidedMeanwhile as meanwhile:
        rows = queries.decisions_of(referral)
        return _shown(request, referral, rows, form, status=422, theirs=meanwhile.theirs)
    return redirect("referral-decision", referral.id)


def _shown(
    request: HttpRequest,
    referral: Referral,
    rows: list[Decision],
    form: Decided,
    *,
    status: int = 200,
    theirs: Decision | None = None,
) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    now, person = timezone.now(), referral.person
    note, seen = "", version_seen(typed(request))
    if theirs is not None:
        note = (
            f"{theirs.filed_by.name} filed one {moment(theirs.filed_at, now)}, while you were writing: see below. "
            "Nothing is lost. If yours is a different one, file it again."
        )
    context = {
        "person": person,
        "case": person.case,
        "who": with_age(person, on(person.case.encountered_at)),
        "sent": when_words(referral, now),
        "is_ours": referral.direction == "made_by_us",
        "hints": words.hints(is_child=queries.read_now(person).is_child),
        "filed": words.filed(rows, member.user, now),
        "version": len(rows) if note or seen is None else seen,
        "letters": letters.listed(letters_of(referral), now),
        "follows": words.follows(queries.following(person), now),
        "form": form,
        "note": note,
    }
    return render(request, "referrals/decision.jinja", context, status=status)
