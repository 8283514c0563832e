"""What came of a referral: what was decided, and what follows; and letters of the competent authority: keeping one, reading
one, and saying where one belongs."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_files.actions.case_files import store
from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.decisions import actions
from lodestar.casework.decisions.access import letter_for
from lodestar.casework.decisions.forms import Decided, NewLetter, WhereItBelongs
from lodestar.casework.decisions.models import Decision, Letter
from lodestar.casework.decisions.queries import decisions as queries
from lodestar.casework.decisions.rules import is_evidence_at_trial
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referrals import access
from lodestar.casework.referrals.models import Referral
from lodestar.casework.referrals.presenters.sent import when_words
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import moment, on
from lodestar.platform.files.mail import NotAMail
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.paging import Place, place


@page(Permission.REFERRAL_RECORD)
def decision(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One short form: which decision, its day, the day of its notice."""
    member = member_of(request)
    viewed = request.method != "POST"
    referral = access.nrm_referral_for(member, referral_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now, rows = timezone.now(), queries.decisions_of(referral)
    form = Decided(rows, submitted_or_draft(request))
    if request.method != "POST" or not form.is_valid():
        return _render_decision_page(request, referral, rows, form)
    answers = form.cleaned_data
    try:
        actions.file_decision(
            by=member,
            at=now,
            referral=referral,
            kind=answers["kind"],
            decided_on=answers["decided_on"] or min(on(now), answers["notice_on"] or on(now)),
            notice_on=answers["notice_on"],
            **form.ground_and_deadline(),
            seen=version_seen(request.POST) or 0,
            replaces=next((row for row in rows if str(row.id) == answers["replaces"]), None),
        )
    except ConcurrentEdit as meanwhile:
        return _render_decision_page(request, referral, queries.decisions_of(referral), form, theirs=meanwhile.theirs)
    return redirect("referral-decision", referral.id)


def _render_decision_page(
    request: HttpRequest, referral: Referral, rows: list[Decision], form: Decided, *, theirs: Decision | None = None
) -> HttpResponse:
    member, now, person = member_of(request), timezone.now(), referral.person
    note, seen = "", version_seen(submitted_or_draft(request))
    if theirs is not None:
        note = (
            f"{theirs.filed_by.name} filed one {moment(theirs.filed_at, now)}, while you were writing: see below. "
            "Nothing is lost. If yours is a different one, file it again."
        )
    context = person_heading(person) | {
        "sent": when_words(referral, now),
        "is_ours": referral.direction == "made_by_us",
        "is_child": read_now(person).is_child,
        "filed": list(reversed(rows)),
        "replaced": {row.replaces_id for row in rows},
        "user": member.user,
        "version": len(rows) if note or seen is None else seen,
        "letters": queries.letters_of(referral),
        "is_evidence": is_evidence_at_trial,
        "now": now,
        "follows": queries.following(person),
        "form": form,
        "note": note,
    }
    return render(request, "decisions/decision.jinja", context, status=422 if request.method == "POST" else 200)


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
        "waiting": rows[:EACH],
        "is_evidence": is_evidence_at_trial,
        "now": timezone.now(),
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
        "letter": letter_row,
        "is_evidence": is_evidence_at_trial,
        "now": now,
        "filed": queries.filings_of(member, letter_row),
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
def letter_file(request: HttpRequest, letter_id: UUID) -> HttpResponse:
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
