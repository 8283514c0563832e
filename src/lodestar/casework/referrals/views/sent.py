"""What comes after a referral was written: that the rest of it was sent, and which answers become facts of the case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.referral_forms.presenters import window_of
from lodestar.casework.referrals import access
from lodestar.casework.referrals.actions import add_answers_to_case, rest_sent
from lodestar.casework.referrals.forms import Rest
from lodestar.casework.referrals.forms.facts import AnswersToFacts
from lodestar.casework.referrals.models import ReferralDraft
from lodestar.casework.referrals.presenters.outgoing import only
from lodestar.casework.referrals.presenters.sent import NAMES, when_words
from lodestar.casework.referrals.presenters.writing import caption
from lodestar.casework.referrals.queries.outgoing import facts_for_the_case, submission_on
from lodestar.casework.referrals.queries.writing import sheet_of, went, written_since
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import on
from lodestar.platform.tenancy.concurrent_edit import retry_from_reading


@page(Permission.REFERRAL_RECORD)
def rest(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """What has been written since it went, page by page as it would go, and the form for having sent it."""
    member = member_of(request)
    viewed = request.method != "POST"
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now, sent_referrals = timezone.now(), went(writing)
    if not sent_referrals:
        return redirect("person-referral", writing.person_id)  # what it completes is recorded first
    sheet, form = sheet_of(writing), Rest(submitted_or_draft(request), auto_id="%s")
    codes = written_since(sheet, sent_referrals)
    going = submission_on(sheet, on(now))
    if request.method == "POST" and form.is_valid() and not going.is_clear:
        form.add_error("how", "Some text must be checked before sending: check it under what would be sent")
    if request.method == "POST" and form.is_valid():
        at, typed_words = at_and_words(form.cleaned_data["rest_at"], now)
        sent = [code for code in codes if sheet.written_at(code) <= at]
        rest_sent(by=member, at=at, referral=sent_referrals[-1], codes=sent, words=typed_words, how=form.cleaned_data["how"])
        return redirect("writing", writing.id)
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": caption(sheet),
        "gone": f"{NAMES[sent_referrals[-1].route]}, {when_words(sent_referrals[-1], now)}",
        "window": window_of(only(sheet, going, codes)),
        "form": form,
    }
    return render(request, "referrals/writing_rest.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.REFERRAL_RECORD)
def facts(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """The answers written here that the case does not hold: the writer ticks which become facts of it."""
    writing = access.writing_for(member_of(request), writing_id, Permission.REFERRAL_RECORD, viewed=request.method != "POST")
    return retry_from_reading(lambda: _facts(request, writing))


def _facts(request: HttpRequest, writing: ReferralDraft) -> HttpResponse:
    member, sheet = member_of(request), sheet_of(writing)
    reference = "" if sheet.read.facts.earlier_referral else sheet.own.get("pv-ho-reference-type", "")
    has_several = len(sheet.read.facts.exploitation) > 1
    form = AnswersToFacts(facts_for_the_case(sheet), reference, has_several, submitted_or_draft(request))
    if request.method == "POST" and form.is_valid():
        add_answers_to_case(
            by=member, at=timezone.now(), person=writing.person, facts=form.ticked(), more=form.more(),
            earlier=form.earlier_referral(),
        )  # fmt: skip
        return redirect("writing-preview", writing.id)
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": caption(sheet),
        "items": [(fact, form[name]) for name, fact in form.facts.items()],
        "has_several": has_several,
        "form": form,
    }
    return render(request, "referrals/writing_facts.jinja", context, status=422 if request.method == "POST" else 200)
