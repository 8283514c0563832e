"""What came of a referral and letters of the competent authority; the register, and referrals beside crimes."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.case_files.actions.case import store
from lodestar.casework.cases.access import people_shown, person_for
from lodestar.casework.cases.presenters import label, person_heading
from lodestar.casework.decisions import actions
from lodestar.casework.decisions import presenters as words
from lodestar.casework.decisions.access import letter_for
from lodestar.casework.decisions.actions import settle_pairing
from lodestar.casework.decisions.forms import Decided, NewLetter, Settled
from lodestar.casework.decisions.models import LETTERS as LETTER_KINDS
from lodestar.casework.decisions.models import Decision, Letter
from lodestar.casework.decisions.queries import decisions as filings
from lodestar.casework.decisions.rules import is_evidence_at_trial
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referrals import access
from lodestar.casework.referrals.models import Referral
from lodestar.casework.referrals.presenters import when_words
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import moment, on
from lodestar.platform.files.mail import NotAMail
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.paging import Place, place


@page(Permission.REFERRAL_RECORD)
def decision(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One short form: which decision, its day, the day of its notice."""
    member = member_of(request)
    viewed = request.method != "POST"
    referral = access.nrm_referral_for(member, referral_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now, rows = timezone.now(), filings.decisions_of(referral)
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
        return _render_decision_page(request, referral, filings.decisions_of(referral), form, theirs=meanwhile.theirs)
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
        "letters": filings.letters_of(referral),
        "is_evidence": is_evidence_at_trial,
        "now": now,
        "follows": filings.following(person),
        "form": form,
        "note": note,
    }
    return render(request, "decisions/decision.jinja", context, status=422 if request.method == "POST" else 200)


LETTERS = 25
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
    rows = filings.waiting(LETTERS + 1, after)
    context = {
        "form": form,
        "waiting": rows[:LETTERS],
        "is_evidence": is_evidence_at_trial,
        "now": timezone.now(),
        "after": Place(rows[LETTERS - 1].added_at, rows[LETTERS - 1].id).mark() if len(rows) > LETTERS else "",
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
        "filed": filings.filings_of(member, letter_row),
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


class NotOneReferral(ValueError):
    """A reference names no referral that the member sees, or several."""


@page(Permission.REFERRALS_COORDINATE)
def letter_file(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """To which referral a letter belongs, by its reference or the case's number; or that it is none of ours, and why."""
    member, now = member_of(request), timezone.now()
    letter_row = letter_for(member, letter_id, Permission.REFERRALS_COORDINATE, viewed=request.method != "POST")

    def act(*, by: Member, belongs: str, reference: str, kind: str, reason: str) -> None:
        if belongs == "aside":
            actions.put_letter_aside(by=by, at=now, letter=letter_row, reason=reason)
            return
        meant = filings.referrals_written(by, reference)
        if len(meant) != 1:
            raise NotOneReferral(SEVERAL if meant else NONE)
        actions.file_letter(by=by, at=now, letter=letter_row, referral=meant[0], kind=kind)

    return record_page(
        request, questions("decisions", "letter_questions"), act, heading="Where a letter belongs",
        back=reverse("letter", args=[letter_row.id]), template="decisions/letter_file.jinja", choices={"kind": LETTER_KINDS},
        initial={"kind": letter_row.kind}, refusals={NotOneReferral: ("reference", "")}, **_letter_context(member, letter_row),
    )  # fmt: skip


EACH = 20


@page(Permission.REFERRALS_COORDINATE, only="GET")
def register(request: HttpRequest) -> HttpResponse:
    """Every referral of one kind: where it stands, its clock, what is late, what was asked for, and whether a crime is
    recorded."""
    member, now, asked = member_of(request), timezone.now(), request.GET
    kind, show = asked.get("kind", ""), asked.get("show", "")
    kind = kind if kind in words.TITLES else "sent"
    show = show if show in words.SHOWS else filings.ALL
    team, after = asked.get("team", "").strip()[:60], place(asked.get("after", ""))
    rows = filings.referrals_seen(member, words.DIRECTIONS[kind], show, team, now, after, EACH + 1)
    shown = rows[:EACH]
    people_shown(member, [row.referral.person_id for row in shown])
    mark = Place(shown[-1].sent_at, shown[-1].id).mark() if len(rows) > EACH else ""
    context = {
        "lines": filings.lines(shown, now),
        "label": label,
        "now": now,
        "kind": kind,
        "titles": words.TITLES,
        "show": show,
        "shows": words.SHOWS,
        "team": team,
        "next": words.href(kind, show, team, mark) if mark else "",
        "first": "" if after is None else words.href(kind, show, team),
    }
    return render(request, "decisions/register.jinja", context)


PAIRS = 25


@page(Permission.REFERRALS_COORDINATE, only="GET")
def reconciled(request: HttpRequest) -> HttpResponse:
    """One of the three lists, a page of it: without a crime, without a referral, settled."""
    member = member_of(request)
    asked = request.GET.get("show", "")
    show = asked if asked in words.PAIRS else filings.NO_CRIME
    after, now = place(request.GET.get("after", "")), timezone.now()
    pairings = filings.listed(member, show, PAIRS + 1, after)
    rows = pairings[:PAIRS]
    people_shown(member, [row.person_id for row in rows])
    is_settled, side = show == filings.KEPT, filings.NO_CRIME if show == filings.KEPT else show
    reasons = filings.latest_reasons([row for row in rows if filings.side_of(row) == side], side)
    read = filings.read(rows) if show == filings.NO_REFERRAL else {}
    latest = reasons | {person: said[0] for person, said in (filings.settled(rows) if is_settled else {}).items()}
    context = {
        "titles": words.PAIRS,
        "show": show,
        "is_settled": is_settled,
        "lines": [(row, filings.side_of(row), latest.get(row.person_id)) for row in rows],
        "label": label,
        "now": now,
        "from_facts": lambda person: words.from_facts(read.get(person)),
        "after": filings.place_of(rows[-1], show).mark() if len(pairings) > PAIRS else "",
        "is_first": after is None,
    }
    return render(request, "decisions/reconciled.jinja", context)


@page(Permission.REFERRALS_COORDINATE)
def settle(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is there of one person, what is not, and why that is right."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.REFERRALS_COORDINATE, viewed=request.method != "POST")
    form, now, has_changed = Settled(submitted_or_draft(request), auto_id="%s"), timezone.now(), False
    if request.method == "POST" and form.is_valid():
        side = request.POST.get("side", "")
        try:
            settle_pairing(by=member, at=now, person=person, side=side, reason=form.cleaned_data["reason"])
            return redirect(f"/referrals/reconciled?show={side}")
        except ConcurrentEdit:
            has_changed = True
    pairing = filings.pairing_of(person.id)
    side = filings.side_of(pairing)
    rows = [pairing] if pairing is not None and side else []
    read = filings.read(rows) if side == filings.NO_REFERRAL else {}
    reason = filings.latest_reasons(rows, side).get(person.id) if side else None
    context = person_heading(person) | {
        "side": side,
        "facts": words.from_facts(read.get(person.id)),
        "reasons": [*filings.settled(rows).get(person.id, ()), *filter(None, [reason])],
        "now": now,
        "has_changed": has_changed,
        "form": form,
    }
    return render(request, "decisions/settle.jinja", context, status=422 if request.method == "POST" else 200)
