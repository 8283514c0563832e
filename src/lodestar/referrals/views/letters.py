"""Letters of the competent authority: keeping one, reading one, and saying where one belongs."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.actions.safe_addresses import store
from lodestar.design.files import to_save
from lodestar.kernel.mail import NotAMail
from lodestar.kernel.paging import Place, place
from lodestar.referrals import access, actions
from lodestar.referrals.forms.sent import NewLetter, WhereItBelongs
from lodestar.referrals.models import Letter
from lodestar.referrals.presenters import letters as words
from lodestar.referrals.queries import sent as queries

EACH = 25
NONE = "You cannot see anything with this reference. Check it, or put the letter aside"
SEVERAL = "This fits more than one referral. Write the reference of the one it belongs to"


@page(Permission.REFERRALS_COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """What came and did not file itself, and one more."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    if request.method != "POST":
        return _letters(request, NewLetter(typed(request), auto_id="%s"))
    form = NewLetter(request.POST, request.FILES, auto_id="%s")
    if form.is_valid():
        try:
            kept = actions.keep_letter(
                by=member, at=timezone.now(), mail=form.letter(), kind=form.cleaned_data["kind"], content=form.content
            )
            return redirect("letter", kept.id)
        except NotAMail as refusal:
            form.add_error("mail", str(refusal))
    return _letters(request, form, status=422)


def _letters(request: HttpRequest, form: NewLetter, status: int = 200) -> HttpResponse:
    now = timezone.now()
    after = place(request.GET.get("after", ""))
    rows = queries.waiting(EACH + 1, after)
    context = {
        "form": form,
        "waiting": words.listed(rows[:EACH], now),
        "after": Place(rows[EACH - 1].added_at, rows[EACH - 1].id).mark() if len(rows) > EACH else "",
        "is_first": after is None,
    }
    return render(request, "referrals/letters.jinja", context, status=status)


@page(Permission.REFERRAL_RECORD)
@require_safe
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter: its words, what it is, and where it was filed."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    found = access.letter_for(member, letter_id, Permission.REFERRAL_RECORD, viewed=True)
    return render(request, "referrals/letter.jinja", _shown(member, found))


def _shown(member: Member, found: Letter) -> dict[str, object]:
    now = timezone.now()
    return {
        "letter": words.whole(found, now),
        "filed": words.filed(queries.filings_of(member, found), now),
        "may_file": member.may(Permission.REFERRALS_COORDINATE),
    }


@page(Permission.REFERRAL_RECORD)
@require_safe
def mail(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The mail as it came, to be saved and opened elsewhere: nothing in it runs here."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    found = access.letter_for(member, letter_id, Permission.REFERRAL_RECORD, viewed=True)
    try:
        content = store().get(found.tenant, found.sha256) if found.sha256 else b""
    except FileNotFoundError:
        content = b""
    if not content:
        raise Http404
    return to_save(content, f"letter-{str(found.id)[-4:]}.eml", "application/octet-stream")


@page(Permission.REFERRALS_COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def file_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """To which referral a letter belongs, by its reference or the case's number; or that it is none of ours, and why."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    viewed = request.method != "POST"
    found = access.letter_for(member, letter_id, Permission.REFERRALS_COORDINATE, viewed=viewed)
    form = WhereItBelongs(typed(request), auto_id="%s", initial={"kind": found.kind})
    if request.method == "POST" and form.is_valid() and _filed(member, found, form):
        return redirect("letter", found.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/letter_file.jinja", _shown(member, found) | {"form": form}, status=status)


def _filed(member: Member, found: Letter, form: WhereItBelongs) -> bool:
    told, now = form.cleaned_data, timezone.now()
    if told["belongs"] == "aside":
        actions.put_letter_aside(by=member, at=now, letter=found, reason=told["reason"])
        return True
    meant = queries.referrals_written(member, told["reference"])
    if len(meant) != 1:
        form.add_error("reference", SEVERAL if meant else NONE)
        return False
    actions.file_letter(by=member, at=now, letter=found, referral=meant[0], kind=told["kind"])
    return True
