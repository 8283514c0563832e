"""What would go to the Home Office, exactly: page by page to be copied, and of a notification without a name looked through."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.design.when import on
from lodestar.referrals import access, actions, queries
from lodestar.referrals.forms import MOST, LookedThrough
from lodestar.referrals.presenters import preview as words
from lodestar.referrals.presenters.writing import caption, name_of
from lodestar.referrals.rules.coarser import coarser, key
from lodestar.referrals.rules.outgoing import ROOM, WARN_AT, size


@page(Permission.REFERRAL_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """Everything that would go as it stands. What is said of places and words is kept for this referral alone."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    viewed = request.method != "POST"
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now = timezone.now()
    sheet = queries.sheet_of(writing)
    going = queries.going(sheet, on(now))
    form = LookedThrough(going, typed(request))
    if request.method != "POST":
        return _shown(request, sheet, going, form)
    if not form.is_valid():
        return _shown(request, sheet, going, form, status=422)
    said = form.said()
    if said:
        actions.say_what_stays(by=member, at=now, writing=writing, places=said)
    chosen = [pointer for pointer in going.pointers if key(pointer) in form.cleaned_data["coarser"]]
    if chosen:
        answers = coarser(sheet.version, sheet.told, chosen)
        actions.write_answers(by=member, at=now, writing=writing, answers=answers, rows=sheet.rows)
    return redirect("writing-preview", writing.id)


def _shown(
    request: HttpRequest, sheet: queries.Sheet, going: queries.Going, form: LookedThrough, *, status: int = 200
) -> HttpResponse:
    form.fields["coarser"].choices = words.coarser_choices(sheet, going.pointers[:MOST])  # type: ignore[attr-defined]  # a choice
    context: dict[str, Any] = {
        "writing": sheet.writing,
        "person": sheet.person,
        "caption": caption(sheet),
        "name": name_of(sheet),
        "is_anonymous": going.is_anonymous,
        "unsettled": bool(sheet.unsettled),
        "window": words.window(going.leaves, words.number(request.GET.get("from", ""))),
        "gaps": words.gaps(sheet, going),
        "kept_back": words.kept_back(sheet, going),
        "looked": words.to_look_at(sheet, form.unsaid, form),
        "read": words.to_look_at(sheet, form.read, form),
        "left": form.left,
        "together": words.together(going),
        "form": form,
        "kb": words.kilobytes(going),
        "room": ROOM // 1000,
        "is_near": size(going.leaves) >= WARN_AT,
    }
    return render(request, "referrals/writing_preview.jinja", context, status=status)


@page(Permission.REFERRAL_RECORD)
@require_safe
def page_text(request: HttpRequest, writing_id: UUID, page: str) -> HttpResponse:
    """One page of the form as plain text, as it would go: what Copy opens where no script runs."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=True)
    going = queries.going(queries.sheet_of(writing), on(timezone.now()))
    leaf = next((leaf for leaf in going.leaves if leaf.page.code == page), None)
    if leaf is None:
        raise Http404
    return HttpResponse(f"{words.page_text(leaf)}\n", content_type="text/plain; charset=utf-8")
