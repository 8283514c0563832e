"""After the first screen is saved, and only where somebody is found: people who may have been met before."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.access import Member
from lodestar.accounts.door import page
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import on_duty
from lodestar.cases.access import match_of_concern, may_link, people_shown
from lodestar.cases.actions.identities import UnableToLink, link_people
from lodestar.cases.actions.met_before import say_of_match
from lodestar.cases.models import Case, Match
from lodestar.cases.presenters.met_before import alike, quotes
from lodestar.cases.queries.met_before import told_in
from lodestar.journeys.views.recording import id_of, member_of, signs_at
from lodestar.recognition.access import concern_for
from lodestar.recognition.presenters.screens import coordinator
from lodestar.reference.queries import contacts_on

WAYS_ON = {
    "safe": ("/record/{}/safe", "Continue: are they safe right now?"),
    "more": ("/record/{}/who?more=1", "Continue: the other people"),
    "stop": ("/my-work", "Stop here"),
    "who": ("/record/{}/who", "Continue: who is there"),
    "now": ("/cases/{1}/do-now#establish_age", "Continue: what to do now"),
    "duties": ("/cases/{1}/do-now", "Continue: what to do now"),
    "case": ("/cases/{1}", "Continue: the case"),
}
OF_EVERYBODY = ("now", "case")  # whose Back leads there too, also of who records no concerns


@page(Permission.DUTY_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def met(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Whom the recorder may see is shown with what is alike; of whom they may not there is a code to quote. Nothing of a
    sealed case is ever here. Whoever learns an age or an address later is led here as well, and from the page of a case that
    came to them with somebody alike."""
    member, now = member_of(request), timezone.now()
    case = concern_for(member, case_id, Permission.DUTY_ANSWER, viewed=request.method != "POST")
    if request.method == "POST":
        _say(request, member, case)
        return redirect(request.get_full_path())
    seen, codes = told_in(case, member)
    people_shown(member, [match.other_id for match in seen if match.other_id], case=case)
    back, onward, words = _way_on(request, case)
    duty = on_duty("coordinator", now, case.unit_id)
    context = {
        "case": case,
        "seen": [alike(match, now) for match in seen],
        "quotes": quotes(codes),
        "coordinator": duty.user.name if duty else "",
        "rings": coordinator(contacts_on(timezone.localdate(now)), duty.user.name if duty else ""),
        "may_link": {match.id for match in seen if _may_link(member, match)},
        "back": back,
        "onward": onward,
        "onward_words": words,
    }
    return render(request, "cases/met.jinja", context)


def _way_on(request: HttpRequest, case: Case) -> tuple[str, str, str]:
    """Where Back and the way on lead, and what the way on is called."""
    then, whose = request.GET.get("then", ""), id_of(request.GET.get("who", ""))
    if then == "person" and whose is not None:
        return f"/people/{whose}", f"/people/{whose}", "Continue: the person"
    if then not in OF_EVERYBODY and not member_of(request).may(Permission.CONCERN_RECORD):
        then = "now"  # the recording screens are not theirs
    more = signs_at(case, then)
    onward, words = (more, "Continue: the signs") if more else WAYS_ON.get(then, WAYS_ON["safe"])
    onward = onward.format(case.id, case.reference)
    if then in OF_EVERYBODY:
        return onward, onward, words
    return signs_at(case, request.GET.get("from", "")) or f"/record/{case.id}/who", onward, words


def _may_link(member: Member, match: Match) -> bool:
    return match.other is not None and may_link(member, match.person.case, match.other.case)


def _say(request: HttpRequest, member: Member, case: Case) -> None:
    """The recorder says whether they are the same: who may link does; of others the coordinator reads it."""
    now = timezone.now()
    same, other = id_of(request.POST.get("same", "")), id_of(request.POST.get("other", ""))
    wanted = same or other
    if wanted is None:
        return
    match = match_of_concern(member, case, wanted)
    links = _may_link(member, match)
    if same is not None and links:
        try:
            link_people(by=member, at=now, match=match, reasons=match.reasons, words="" if match.reasons else "Seen again.")
        except UnableToLink:
            return  # sealed a moment ago: the page that follows does not show them any more
    else:
        kind = "seems_same" if same else "not_same" if links else "seems_other"
        say_of_match(by=member, at=now, match=match, kind=kind)
