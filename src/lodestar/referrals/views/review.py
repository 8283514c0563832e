"""Somebody else looks a referral over. It is offered by the force's setting, it is advice, and nothing ever waits for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.design.when import on
from lodestar.referrals import access, actions, queries
from lodestar.referrals.forms import Review
from lodestar.referrals.presenters import coach as coaching
from lodestar.referrals.presenters import preview as words
from lodestar.referrals.presenters.review import said
from lodestar.referrals.presenters.writing import caption, name_of, writers
from lodestar.referrals.rules.coach import checks


@page(Permission.REFERRAL_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """The referral as it would go, what could be clearer, and what was said of it."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    viewed = request.method != "POST"
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_REVIEW, viewed=viewed)
    now, form = timezone.now(), Review(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        actions.look_over(by=member, at=now, writing=writing, comment=form.cleaned_data["comment"])
        return redirect("writing-review", writing.id)
    sheet = queries.sheet_of(writing)
    read = queries.for_the_coach(sheet, on(now))
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": caption(sheet),
        "name": name_of(sheet),
        "is_offered": queries.is_review_offered(on(now)),
        "window": words.window(sheet.goes(on(now)), words.number(request.GET.get("from", ""))),
        "coach": coaching.coach(checks(read), read.seen, ()),
        "writers": writers(sheet, member.user),
        "said": said(queries.looked_over(writing), now),
        "form": form,
    }
    return render(request, "referrals/writing_review.jinja", context, status=422 if request.method == "POST" else 200)
