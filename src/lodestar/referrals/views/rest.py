"""Send tonight, finish tomorrow: what was written after a referral went, and that it was sent as supplementary information."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.forms.when import at_and_words
from lodestar.design.when import on
from lodestar.referrals import access, actions, queries
from lodestar.referrals.forms import Rest
from lodestar.referrals.presenters import preview as words
from lodestar.referrals.presenters.sent import NAMES, when_words
from lodestar.referrals.presenters.writing import caption


@page(Permission.REFERRAL_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """What has been written since it went, page by page as it would go, and the form for having sent it."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    viewed = request.method != "POST"
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now, gone = timezone.now(), queries.went(writing)
    if not gone:
        return redirect("person-referral", writing.person_id)  # what it completes is recorded first
    sheet, form = queries.sheet_of(writing), Rest(typed(request), auto_id="%s")
    codes = queries.written_since(sheet, gone)
    going = queries.going(sheet, on(now))
    if request.method == "POST" and form.is_valid() and not going.is_clear:
        form.add_error("how", "Some text must be checked before sending: check it under what would be sent")
    if request.method == "POST" and form.is_valid():
        at, typed_words = at_and_words(form.cleaned_data["rest_at"], now)
        sent = [code for code in codes if sheet.written_at(code) <= at]
        actions.rest_sent(
            by=member, at=at, referral=gone[-1], codes=sent, words=typed_words, how=form.cleaned_data["how"]
        )
        return redirect("writing", writing.id)
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": caption(sheet),
        "gone": f"{NAMES[gone[-1].route]}, {when_words(gone[-1], now)}",
        "window": words.window_of(words.only(sheet, going, codes)),
        "form": form,
    }
    return render(request, "referrals/writing_rest.jinja", context, status=422 if request.method == "POST" else 200)
