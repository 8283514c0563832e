"""What would go, taken along as a file: a tagged PDF, or for Word."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lodestar.accounts.door import page
from lodestar.accounts.permissions import Permission
from lodestar.design.when import on
from lodestar.documents.description import NotMade
from lodestar.documents.made import KINDS, made
from lodestar.referrals import access, actions, queries
from lodestar.referrals.presenters.pack import MARKING, pack


@page(Permission.REFERRAL_RECORD)
@require_safe
def pack_file(request: HttpRequest, writing_id: UUID, kind: str) -> HttpResponse:
    """The pack as it would go now, to be saved. Its name tells nothing of whom it is about, and taking it is written down.
    Where texts wait to be checked before they leave, it leads there."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    if kind not in KINDS:
        raise Http404
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=True)
    now = timezone.now()
    sheet = queries.sheet_of(writing)
    going = queries.going(sheet, on(now))
    if not going.is_clear:
        return redirect("writing-check", writing.id)
    is_made_up = settings.ENV != "production" and request.session.get("not_real")
    marking = f"NOT REAL DATA, {MARKING}" if is_made_up else MARKING
    try:
        content = made(pack(going.leaves, version=sheet.version, day=on(now), marking=marking), kind)
    except NotMade as fault:
        return render(request, "referrals/writing_pack_busy.jinja", {"writing": writing, "why": fault}, status=503)
    actions.pack_taken(by=member, at=now, writing=writing, kind=kind)
    return HttpResponse(
        content,
        content_type=KINDS[kind].media_type,
        headers={
            "Content-Disposition": f'attachment; filename="pack-{on(now).isoformat()}.{kind}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
