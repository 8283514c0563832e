"""One's own tour: when it ends, and what is due by then."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.accounts.access import member_of
from lodestar.accounts.actions import NoSuchEnd
from lodestar.accounts.forms import TourEnd
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import latest_tour
from lodestar.accounts.request_flow import page, submitted_or_draft
from lodestar.cases.actions.tours import end_tour

TOO_LONG = "A shift is 24 hours at most. Write a time within 24 hours of its start"


@page(Permission.SIGNED_IN)
def tour(request: HttpRequest) -> HttpResponse:
    """Names the end of the tour, or ends it now; what is due by its end moves with it."""
    member, now = member_of(request), timezone.now()
    form, status = TourEnd(now, submitted_or_draft(request)), 200
    if request.method == "POST":
        ends = now if "now" in request.POST else form.cleaned_data["ends"] if form.is_valid() else None
        try:
            if ends is not None:
                end_tour(by=member, at=now, to_at=ends)
                return redirect("tour")
        except NoSuchEnd:
            form.add_error("ends", TOO_LONG)
        status = 422
    running = latest_tour(member.user, now)
    context = {"tour": running, "is_over": running is not None and running.to_at <= now, "form": form, "now": now}
    return render(request, "accounts/tour.jinja", context, status=status)
