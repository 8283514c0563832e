"""What came of a referral, which way it goes, and that the rest of it was sent."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.accounts.access import member_of
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import on_duty
from lodestar.accounts.request_flow import may_open, page, submitted_or_draft, version_seen
from lodestar.cases.access import person_for
from lodestar.cases.forms.fields import at_and_words
from lodestar.cases.presenters.people import with_age
from lodestar.cases.queries.consent import answers_of
from lodestar.design.when import moment, on
from lodestar.reference.queries import contacts_on
from lodestar.referrals import access, actions, queries
from lodestar.referrals.forms import Decided, Rest
from lodestar.referrals.models import Decision, Referral
from lodestar.referrals.presenters import letters
from lodestar.referrals.presenters import outgoing as preview
from lodestar.referrals.presenters import sent as words
from lodestar.referrals.presenters.route import describe_route
from lodestar.referrals.presenters.sent import NAMES, when_words
from lodestar.referrals.presenters.writing import caption
from lodestar.referrals.queries.sent import letters_of


@page(Permission.REFERRAL_RECORD)
def decision(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One short form: which decision, its day, the day of its notice."""
    member = member_of(request)
    viewed = request.method != "POST"
    referral = access.nrm_referral_for(member, referral_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now, rows = timezone.now(), queries.decisions_of(referral)
    form = Decided(words.to_put_right(rows, now), submitted_or_draft(request))
    if request.method != "POST":
        return _render_decision_page(request, referral, rows, form)
    if not form.is_valid():
        return _render_decision_page(request, referral, rows, form, status=422)
    answers = form.cleaned_data
    try:
        actions.file_decision(
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
    except actions.DecidedMeanwhile as meanwhile:
        rows = queries.decisions_of(referral)
        return _render_decision_page(request, referral, rows, form, status=422, theirs=meanwhile.theirs)
    return redirect("referral-decision", referral.id)


def _render_decision_page(
    request: HttpRequest,
    referral: Referral,
    rows: list[Decision],
    form: Decided,
    *,
    status: int = 200,
    theirs: Decision | None = None,
) -> HttpResponse:
    member = member_of(request)
    now, person = timezone.now(), referral.person
    note, seen = "", version_seen(submitted_or_draft(request))
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


RINGS = ("duty_coordinator", "slavery_helpline")


@page(Permission.CASE_VIEW, only="GET")
def route(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Shown when a talk was recorded, and to whoever asks what follows from it."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.CASE_VIEW, viewed=True)
    now = timezone.now()
    duty = on_duty("coordinator", now, person.case.unit_id)
    route_text = describe_route(
        queries.route_now(person),
        long_stop=queries.long_stop(person),
        talk=answers_of(person).first(),
        coordinator=duty.user.name if duty else "the coordinator",
        now=now,
    )
    context = {
        "person": person,
        "case": person.case,
        "who": with_age(person, on(person.case.encountered_at)),
        "route": route_text,
        "may_write": bool(route_text["onward"]) and may_open(member, reverse("person-writing", args=[person.id])),
        "may_ask": may_open(member, reverse("person-consent", args=[person.id])),
        "asks_age": queries.is_age_owed(person),
        "rings": [row for row in contacts_on(on(now)) if row["code"] in RINGS],
    }
    return render(request, "referrals/route.jinja", context)


@page(Permission.REFERRAL_RECORD)
def rest(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """What has been written since it went, page by page as it would go, and the form for having sent it."""
    member = member_of(request)
    viewed = request.method != "POST"
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now, sent_referrals = timezone.now(), queries.went(writing)
    if not sent_referrals:
        return redirect("person-referral", writing.person_id)  # what it completes is recorded first
    sheet, form = queries.sheet_of(writing), Rest(submitted_or_draft(request), auto_id="%s")
    codes = queries.written_since(sheet, sent_referrals)
    going = queries.submission_on(sheet, on(now))
    if request.method == "POST" and form.is_valid() and not going.is_clear:
        form.add_error("how", "Some text must be checked before sending: check it under what would be sent")
    if request.method == "POST" and form.is_valid():
        at, typed_words = at_and_words(form.cleaned_data["rest_at"], now)
        sent = [code for code in codes if sheet.written_at(code) <= at]
        actions.rest_sent(
            by=member, at=at, referral=sent_referrals[-1], codes=sent, words=typed_words, how=form.cleaned_data["how"]
        )
        return redirect("writing", writing.id)
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": caption(sheet),
        "gone": f"{NAMES[sent_referrals[-1].route]}, {when_words(sent_referrals[-1], now)}",
        "window": preview.window_of(preview.only(sheet, going, codes)),
        "form": form,
    }
    return render(request, "referrals/writing_rest.jinja", context, status=422 if request.method == "POST" else 200)
