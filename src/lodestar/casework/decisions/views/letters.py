"""Letters of the competent authority: keeping one, reading one, and saying where one belongs."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_files.actions.case_files import store
from lodestar.casework.decisions import actions
from lodestar.casework.decisions.access import letter_for
from lodestar.casework.decisions.forms import NewLetter, WhereItBelongs
from lodestar.casework.decisions.models import Letter
from lodestar.casework.decisions.presenters import letters as words
from lodestar.casework.decisions.queries import letters as queries
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.files import to_save
from lodestar.platform.files.mail import NotAMail
from lodestar.platform.text.paging import Place, place

EACH = 25
NONE = "You cannot see anything with this reference. Check it, or put the letter aside"
SEVERAL = "This fits more than one referral. Write the reference of the one it belongs to"


@page(Permission.REFERRALS_COORDINATE)
def letters(request: HttpRequest) -> HttpResponse:
    """What came and did not file itself, and one more."""
    member = member_of(request)
    form = NewLetter(submitted_or_draft(request), request.FILES or None, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        try:
            new_letter = actions.keep_letter(
                by=member, at=timezone.now(), mail=form.letter(), kind=form.cleaned_data["kind"], content=form.content
            )
            return redirect("letter", new_letter.id)
        except NotAMail as refusal:
            form.add_error("mail", str(refusal))
    after = place(request.GET.get("after", ""))
    rows = queries.waiting(EACH + 1, after)
    context = {
        "form": form,
        "waiting": words.listed(rows[:EACH], timezone.now()),
        "after": Place(rows[EACH - 1].added_at, rows[EACH - 1].id).mark() if len(rows) > EACH else "",
        "is_first": after is None,
    }
    return render(request, "decisions/letters.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.REFERRAL_RECORD, only="GET")
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter: its words, what it is, and where it was filed."""
    member = member_of(request)
    letter_row = letter_for(member, letter_id, Permission.REFERRAL_RECORD, viewed=True)
    return render(request, "decisions/letter.jinja", _letter_context(member, letter_row))


def _letter_context(member: Member, letter_row: Letter) -> dict[str, object]:
    now = timezone.now()
    return {
        "letter": words.letter_details(letter_row, now),
        "filed": [words.filed(row, now) for row in queries.filings_of(member, letter_row)],
        "may_file": member.may(Permission.REFERRALS_COORDINATE),
    }


@page(Permission.REFERRAL_RECORD, only="GET")
def mail(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The mail as it came, to be saved and opened elsewhere: nothing in it runs here."""
    member = member_of(request)
    letter_row = letter_for(member, letter_id, Permission.REFERRAL_RECORD, viewed=True)
    try:
        content = store().get(letter_row.tenant, letter_row.sha256) if letter_row.sha256 else b""
    except FileNotFoundError:
        content = b""
    if not content:
        raise Http404
    return to_save(content, f"letter-{str(letter_row.id)[-4:]}.eml", "application/octet-stream")


@page(Permission.REFERRALS_COORDINATE)
def file_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """To which referral a letter belongs, by its reference or the case's number; or that it is none of ours, and why."""
    member = member_of(request)
    viewed = request.method != "POST"
    letter_row = letter_for(member, letter_id, Permission.REFERRALS_COORDINATE, viewed=viewed)
    form = WhereItBelongs(submitted_or_draft(request), auto_id="%s", initial={"kind": letter_row.kind})
    if request.method == "POST" and form.is_valid() and _filed(member, letter_row, form):
        return redirect("letter", letter_row.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "decisions/letter_file.jinja", _letter_context(member, letter_row) | {"form": form}, status=status)


def _filed(member: Member, letter_row: Letter, form: WhereItBelongs) -> bool:
    answers, now = form.cleaned_data, timezone.now()
    if answers["belongs"] == "aside":
        actions.put_letter_aside(by=member, at=now, letter=letter_row, reason=answers["reason"])
        return True
    meant = queries.referrals_written(member, answers["reference"])
    if len(meant) != 1:
        form.add_error("reference", SEVERAL if meant else NONE)
        return False
    actions.file_letter(by=member, at=now, letter=letter_row, referral=meant[0], kind=answers["kind"])
    return True
