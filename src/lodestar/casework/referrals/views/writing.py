"""Writing a referral: the page of its sections, each section, what other referrals have in common with it, and a second look."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import or_404, person_for
from lodestar.casework.cases.presenters import DO_NOT_ASK, label, person_heading, videos
from lodestar.casework.concerns.queries import signs_on_person
from lodestar.casework.referral_forms.presenters import window
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referral_forms.rules.coach import checks
from lodestar.casework.referral_forms.rules.form import is_notification, size, version_on
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.referral_forms.rules.sections import Section, sections
from lodestar.casework.referrals import access, actions
from lodestar.casework.referrals import presenters as words
from lodestar.casework.referrals.forms import Common, Review, SectionForm, TextQuestions
from lodestar.casework.referrals.models import ReferralDraft
from lodestar.casework.referrals.presenters import NAMES, facts_say, size_words, when_words
from lodestar.casework.referrals.queries.outgoing import COMPARED, for_the_coach, offered
from lodestar.casework.referrals.queries.writing import Sheet, is_review_offered, related_answers, sheet_of, went, writing_of
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.form_envelope import form_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.audit.actions import audited
from lodestar.platform.design.when import on
from lodestar.platform.tenancy.concurrent_edit import retry_from_reading
from lodestar.platform.text.text_normalise import whole_number

RINGS = ("duty_coordinator", "salvation_army", "slavery_helpline")
RINGS_OF_A_CHILD = ("duty_coordinator", "childrens_services", "slavery_helpline")


@page(Permission.REFERRAL_RECORD)
def begin(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Where a person's referral is written: what was begun is gone on with, else it can be begun."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.REFERRAL_RECORD, viewed=request.method != "POST")
    now = timezone.now()
    version = or_404(version_on(on(now)))
    standing = writing_of(person, version)
    if standing is None and request.method == "POST":
        begun = actions.begin_writing(by=member, at=now, person=person, version=version)
        sheet = _with_common(member, begun)
        if offered(sheet):
            return redirect("writing-common", begun.id)
        first = next(iter(words.wanting(sheet)), None)
        return redirect("writing-section", begun.id, first.code) if first else redirect("writing", begun.id)
    if standing is not None:
        return redirect("writing", standing.id)
    route = route_of(read_now(person))
    context = person_heading(person) | {"facts_say": facts_say(route), "why": route.why}
    return render(request, "referrals/writing_begin.jinja", context)


@page(Permission.REFERRAL_RECORD, only="GET")
def overview(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """The sections, how far each is, and what could go tonight."""
    member = member_of(request)
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=True)
    sheet, now = _with_common(member, writing), timezone.now()

    def href(section: str) -> str:
        return reverse("writing-section", args=[writing.id, section])

    tonight, gaps = words.for_tonight(sheet)
    context = person_heading(writing.person) | {
        "writing": writing,
        "name": words.name_of(sheet),
        "sheet": sheet,
        "sections": [(part, *words.counts(sheet, part)) for part in words.sections_asked(sheet)],
        "tonight": tonight,
        "went": [f"{NAMES[row.route]}, {when_words(row, now)}" for row in went(writing)],
        "gaps": [(question, href(section)) for question, section in gaps],
        "is_notification": is_notification(sheet.answers),
        "facts_say": facts_say(route_of(sheet.read)),
        "common": len(offered(sheet, with_papers=False)),
        "go_on": next(((f"{open_section.title}", href(open_section.code)) for open_section in words.wanting(sheet)), None),
        "review": is_review_offered(on(now)),
        "may_review": member.may(Permission.REFERRAL_REVIEW),
        "looked_over": words.review_comments(writing, now),
        "size": size_words(size(sheet.form_pages(on(now)))),
        "rings": ring_now(RINGS_OF_A_CHILD if sheet.read.is_child else RINGS, now, contact_book(now)),
    }
    return render(request, "referrals/writing.jinja", context)


@page(Permission.REFERRAL_RECORD)
def section(request: HttpRequest, writing_id: UUID, section: str) -> HttpResponse:
    """One section: what the case holds is shown, what it does not is asked, and anything may be left blank."""
    return _page_of(request, writing_id, lambda candidate: candidate.code == section)


@page(Permission.REFERRAL_RECORD)
def answer(request: HttpRequest, writing_id: UUID, question: str) -> HttpResponse:
    """One question on a page of its own: for an answer too long for a page of several, and for a script that saves each as
    it is typed, which is answered with what it needs to go on (JSON)."""
    return _page_of(
        request, writing_id, lambda candidate: any(ask.code == question and not ask.source for ask in candidate.asks), question
    )


@audited()
def _page_of(request: HttpRequest, writing_id: UUID, is_it: Callable[[Section], bool], only: str = "") -> HttpResponse:
    member = member_of(request)
    viewed = request.method != "POST" and not _is_script(request)
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=viewed)
    form_section = or_404(next(filter(is_it, sections(writing.form_version)), None))
    if request.method != "POST":
        sheet = _sheet(request, writing, form_section, only)
        return _render_section(request, sheet, form_section, SectionForm(form_section, sheet, submitted_or_draft(request), only))
    if only and _is_script(request) and request.POST.get("form_of") != form_of(request):
        return JsonResponse({"said": "Not saved: someone else is signed in here now"}, status=403)
    return retry_from_reading(lambda: _sent(request, writing, form_section, only))


def _sheet(request: HttpRequest, writing: ReferralDraft, form_section: Section, only: str) -> Sheet:
    """What stands; where the coach looks on, with the other referrals that its text is compared with."""
    member = member_of(request)
    if not form_section.is_account or only:
        return sheet_of(writing)
    others = access.other_writings(member, writing, COMPARED)
    return sheet_of(writing, along=related_answers(writing.form_version, others, common=False))


def _with_common(member: Member, writing: ReferralDraft) -> Sheet:
    """What stands, with what of other referrals of the case or operation may hold here too."""
    others = access.visible_related_drafts(member, writing)
    return sheet_of(writing, along=related_answers(writing.form_version, others, common=True))


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _sent(request: HttpRequest, writing: ReferralDraft, form_section: Section, only: str) -> HttpResponse:
    member = member_of(request)
    sheet = _sheet(request, writing, form_section, only)
    form = SectionForm(form_section, sheet, request.POST, only)
    is_clear = form.settle()
    if not form.is_valid() or not is_clear:
        return _render_section(request, sheet, form_section, form, status=422)
    changed = form.changes()
    if not only:
        changed |= _questions(request, sheet, form_section).answers(changed)
    if changed:
        actions.write_answers(by=member, at=timezone.now(), writing=writing, answers=changed, rows=sheet.rows)
    if only and _is_script(request):
        return redirect("writing-answer", writing.id, only)
    if only:
        return redirect("writing-section", writing.id, form_section.code)
    way_on = request.POST.get("next", "")
    if way_on in {other.code for other in sections(writing.form_version)}:
        return redirect("writing-section", writing.id, way_on)
    return redirect("writing-preview" if way_on == "preview" else "writing", writing.id)


def _render_section(
    request: HttpRequest, sheet: Sheet, form_section: Section, form: SectionForm, *, status: int = 200
) -> HttpResponse:
    member = member_of(request)
    now = timezone.now()
    if form.only and _is_script(request):
        return JsonResponse(
            words.for_the_script(form, sheet, now) | {"token": get_token(request), "form_of": form_of(request)}, status=status
        )
    context = {
        "writing": sheet.writing,
        "person": sheet.person,
        "section": form_section,
        "saves": reverse("writing-answer", args=[sheet.writing.id, "-"])[:-1],
        "only": form.only,
        "caption": words.caption(sheet, form_section),
        "page": words.Page(form_section, sheet, form, member.user, now),
        "form": form,
        "versions": form.versions(),
        "after": next((other for other in words.wanting(sheet) if other.number > form_section.number), None),
        "coach": _coach(request, sheet) if form_section.is_account and not form.only else None,
        "questions": None if form.only else _questions(request, sheet, form_section),
        "videos": videos(sheet.first_accounts) if form_section.is_account else [],
        "do_not_ask": DO_NOT_ASK,
    }
    return render(request, "referrals/writing_section.jinja", context, status=status)


def _questions(request: HttpRequest, sheet: Sheet, form_section: Section) -> TextQuestions:
    has_signs = form_section.is_account and bool(signs_on_person(sheet.person))
    return TextQuestions(form_section, sheet, has_signs=has_signs, data=submitted_or_draft(request))


def _coach(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    """What could be clearer in what is saved, looked at now."""
    member = member_of(request)
    now = timezone.now()
    if sheet.others and request.method != "POST":
        actions.text_compared(by=member, at=now, writing=sheet.writing)
    read = for_the_coach(sheet, on(now))
    return {"checks": checks(read), "signs": read.seen, "papers": sheet.files}


@page(Permission.REFERRAL_RECORD)
def common(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """Answers of other referrals of the same case or operation that could hold here too."""
    member = member_of(request)
    viewed = request.method != "POST"
    with audited():
        writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=viewed)
        others = list(access.visible_related_drafts(member, writing))
        for draft in others if viewed else ():
            access.log_person_viewed(member, draft.person)
    sheet = sheet_of(writing, along=related_answers(writing.form_version, others, common=True))
    offers = offered(sheet)
    some, left = words.common_at_once(offers)
    form = Common(some, submitted_or_draft(request))
    if request.method == "POST" and form.is_valid():
        taken = form.ticked_offers()
        if taken:
            actions.write_answers(
                by=member,
                at=timezone.now(),
                writing=writing,
                answers={offer.ask.code: str(offer.row.words) for offer in taken},
                rows=sheet.rows,
                taken_from=[offer.row.writing.person for offer in taken],
            )
        first = next(iter(words.wanting(sheet_of(writing))), None) if taken and not left else None
        return redirect("writing-section", writing.id, first.code) if first else redirect("writing", writing.id)
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": words.caption(sheet),
        "form": form,
        "sheet": sheet,
        "words": words.offer_in_words,
        "label": label,
        "left": left,
    }
    return render(request, "referrals/writing_common.jinja", context)


@page(Permission.REFERRAL_REVIEW)
def review(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """The referral as it would go, what could be clearer, and what was said of it."""
    member = member_of(request)
    viewed = request.method != "POST"
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_REVIEW, viewed=viewed)
    now, form = timezone.now(), Review(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        actions.look_over(by=member, at=now, writing=writing, comment=form.cleaned_data["comment"])
        return redirect("writing-review", writing.id)
    sheet = sheet_of(writing)
    read = for_the_coach(sheet, on(now))
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": words.caption(sheet),
        "name": words.name_of(sheet),
        "is_offered": is_review_offered(on(now)),
        "window": window(sheet.form_pages(on(now)), whole_number(request.GET.get("from", ""))),
        "coach": {"checks": checks(read)},
        "said": words.review_comments(writing, now),
        "form": form,
    }
    return render(request, "referrals/writing_review.jinja", context, status=422 if request.method == "POST" else 200)
