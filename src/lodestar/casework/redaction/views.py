"""The one page on which texts are checked before they leave; each app that lets texts out gives it its own address."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.redaction.access import CheckedText, Subject
from lodestar.casework.redaction.actions import record_redaction_decisions
from lodestar.casework.redaction.forms import TextsToCheck
from lodestar.casework.redaction.presenters import items
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.request_flow import submitted_or_draft
from lodestar.platform.names.highlighting import ANONYMOUS


def check_before_leaving(
    request: HttpRequest, subject: Subject, use: str, checked: Sequence[CheckedText], *, back: str, caption: str
) -> HttpResponse:
    """Shows the texts that are not clear, and records what is decided of them; on to `back` once nothing is open."""
    member, now = member_of(request), timezone.now()
    form = TextsToCheck(checked, submitted_or_draft(request))
    if request.method == "POST" and form.is_valid():
        record_redaction_decisions(by=member, at=now, subject=subject, use=use, decided=form.decided)
        return redirect(request.path if form.left else back)
    context = {
        "form": form,
        "items": items(form, member, subject),
        "checked": checked,
        "now": now,
        "back": back,
        "caption": caption,
        "is_anonymous": use == ANONYMOUS,
        "case": subject.case,
        "person": subject.person,
    }
    return render(request, "redaction/texts_to_check.jinja", context, status=422 if request.method == "POST" else 200)
