"""What a second victim of the same case or operation starts from: shown answer by answer, and taken only where it is ticked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.referrals import access, actions, queries
from lodestar.referrals.forms import Common
from lodestar.referrals.presenters import beside as words
from lodestar.referrals.presenters.writing import caption, wanting


@page(Permission.REFERRAL_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def common(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """Answers of other referrals of the same case or operation that could hold here too."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    viewed = request.method != "POST"
    with access.recorded_together():
        writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=viewed)
        others = list(access.writings_beside(member, writing))
        access.shown_beside(member, others if viewed else ())
    sheet = queries.sheet_of(writing, along=queries.beside(writing.form_version, others, common=True))
    offers = queries.offered(sheet)
    some, left = words.at_once(offers)
    form = Common(some, typed(request))
    if request.method == "POST" and form.is_valid():
        taken = form.taken()
        if taken:
            actions.write_answers(
                by=member,
                at=timezone.now(),
                writing=writing,
                answers={one.ask.code: str(one.row.words) for one in taken},
                rows=sheet.rows,
                taken_from=[one.row.writing.person for one in taken],
            )
        first = next(iter(wanting(queries.sheet_of(writing))), None) if taken and not left else None
        return redirect("writing-section", writing.id, first.code) if first else redirect("writing", writing.id)
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": caption(sheet),
        "form": form,
        "items": words.items(form, sheet),
        "left": left,
    }
    return render(request, "referrals/writing_common.jinja", context)
