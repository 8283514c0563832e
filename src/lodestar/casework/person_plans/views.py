"""Pages of options, interpreters, the person's own plan and feedback, and the page that opens a plan without a sign-in."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import or_404, person_for
from lodestar.casework.cases.presenters import label
from lodestar.casework.consent.actions import InterpreterBlocked
from lodestar.casework.consent.rules import OPTIONS, languages
from lodestar.casework.ledger.actions import NoContactRule
from lodestar.casework.needs.access import supported_person
from lodestar.casework.person_plans import access, actions, presenters, queries, rules
from lodestar.casework.person_plans.models import PlanLink
from lodestar.casework.safe_addresses.queries import contact_gate
from lodestar.casework.service_referrals.access import force_of
from lodestar.casework.service_referrals.queries import phone_of
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.actions import claim_submission
from lodestar.platform.accounts.links import may_open
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, public, submission_key, submitted_or_draft
from lodestar.platform.accounts.throttling import count_guess, has_guessed_enough
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import day_time, on
from lodestar.platform.documents.made import KINDS, made
from lodestar.platform.questionnaires.forms import RecordForm
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

TOO_SHORT = "Agree on at least six letters or figures"
NO_CODE, NOT_THE_CODE = "Type the code first.", "This is not the code. Try again."
MADE_BEFORE = "This link was made, and its words were shown once. If they are lost, go back and make a new link"
LINKS = "plan links"  # the name under which guesses at them are counted
CONSENT, SUPPORT = Permission.CONSENT_RECORD, Permission.SUPPORT_RECORD


def _asked(request: HttpRequest, section: str, act: Any, **more: Any) -> HttpResponse:
    return record_page(request, questions(rules.APP, "form_questions", section), act, **more)


@page(CONSENT)
def options(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What exists for a person tonight and later, to read out or print; and what they said of it, read back."""
    now = timezone.now()
    person = person_for(member_of(request), person_id, CONSENT, viewed=request.method != "POST")
    parts = queries.options_of(person, now)

    def act(*, read_number: str, **facts: Any) -> str:
        codes = [part.code for part in parts[1:]]
        actions.record_read_back(at=now, person=person, options=codes, job_number=read_number, **facts)
        return request.path

    return _asked(
        request, "read_back", act, heading="Read this out", back=f"/people/{person.id}/consent", caption=label(person),
        template="person_plans/options.jinja", refusals={InterpreterBlocked: ("read_number", "")}, title=parts[0].heading,
        parts=parts[1:], person=person, rows=queries.read_backs(person), understood=rules.UNDERSTOOD,
        languages=queries.languages_of_options(person, on(now)), own=queries.own_language(person),
        initial={"language": person.language},
    )  # fmt: skip


@page(CONSENT, only="GET")
def options_paper(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The options as a PDF, in the checked translation of a language where there is one."""
    member, now = member_of(request), timezone.now()
    person = person_for(member, person_id, CONSENT)
    language = or_404(languages().get(request.GET.get("language") or queries.own_language(person)))
    parts, is_own = queries.text_for(person, language["code"], OPTIONS, on(now))
    actions.paper_made(by=member, at=now, person=person, what="options")
    document = presenters.options_document(parts, language, now, is_own=is_own)
    return to_save(made(document, "pdf"), "options.pdf", KINDS["pdf"].media_type)


@page(CONSENT)
def interpreter(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Which interpreter a person needs, the booking, and who is blocked for them."""
    person = person_for(member_of(request), person_id, CONSENT, viewed=request.method != "POST")
    need = queries.interpreter_need(person)

    def act(*, booked_number: str, **facts: Any) -> str:
        actions.record_interpreter(at=timezone.now(), person=person, job_number=booked_number, **facts)
        return request.path

    known_values = {name: getattr(need, name) for name in ("dialect", "sex", "sign_language", "booking")} if need else {}
    known_values |= {"booked_number": need.job_number} if need else {}
    return _asked(
        request, "interpreter", act, heading="Interpreter", back=f"/people/{person.id}/consent", caption=label(person),
        template="person_plans/interpreter.jinja", refusals={InterpreterBlocked: ("booked_number", "")},
        person=person, need=need,
        blocks=queries.blocks_of(person), initial=known_values,
    )  # fmt: skip


@page(CONSENT)
def interpreter_block(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Blocking an interpreter for one person, or ending that."""
    person = person_for(member_of(request), person_id, CONSENT, viewed=request.method != "POST")

    def act(*, for_them: str, **facts: Any) -> None:
        actions.block_interpreter(at=timezone.now(), person=person, is_blocked=for_them == "block", **facts)

    return _asked(
        request, "block", act, heading="Block an interpreter", back=f"/people/{person.id}/interpreter", caption=label(person),
        say="It holds for this person alone. A blocked interpreter cannot be recorded for them.",
    )  # fmt: skip


# --- the plan --------------------------------------------------------------------------------------------------------------


@page(SUPPORT)
def plan(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The person's own plan as they read it, what they agreed that it says of whom to ring, and its links."""
    member, now = member_of(request), timezone.now()
    person = supported_person(member, person_id, SUPPORT, viewed=request.method != "POST")
    if "take_back" in request.POST:
        try:
            actions.take_back_link(by=member, at=now, person=person)
        except ConcurrentEdit:
            raise Http404 from None
        return redirect(request.path)
    row, gate, links = queries.plan_of(person), contact_gate(person), queries.links_of(person)

    def act(**facts: Any) -> str:
        actions.agree_plan(at=now, person=person, **facts)
        return request.path

    return _asked(
        request, "agree", act, heading="Their own plan", back=f"/people/{person.id}/support", caption=label(person),
        template="person_plans/plan.jinja", refusals={actions.NotNeutral: ("shown_name", "")}, person=person,
        shown=presenters.plan_text(person, row, now) if row else None, gate=gate, row=row,
        can_be_rung=bool(row and phone_of(row.to_ring_id)), may_record_phone=member.may(Permission.STAFF_MANAGE),
        is_own=bool(row and row.to_ring_id == member.user),
        breaks_promise=not gate.is_open and queries.promises_contact(person, now),
        may_agree_contact=may_open(member, reverse("person-contact", args=[person.id])),
        links=[(rules.is_open(item.ended_at, item.ends_at, now), presenters.link_words(item, now)) for item in links],
        may_link=any(access.allows(gate, channel) for channel in rules.CHANNELS),
        choices={"shown_in": [(code, item["name"]) for code, item in languages().items()]},
        initial={"role": row.role, "shown_name": row.shown_name, "shown_in": row.language} if row else {},
    )  # fmt: skip


@page(SUPPORT, only="GET")
def plan_paper(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The plan as a PDF, under a name that says nothing."""
    member, now = member_of(request), timezone.now()
    person = supported_person(member, person_id, SUPPORT)
    text = presenters.plan_text(person, or_404(queries.plan_of(person)), now)
    actions.paper_made(by=member, at=now, person=person, what="plan")
    return to_save(made(presenters.plan_document(text, now), "pdf"), "note.pdf", KINDS["pdf"].media_type)


@page(SUPPORT, asks=True)
def plan_link(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A link to the plan, which is in the answer to the form and nowhere else: a form sent again makes no other."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    person = supported_person(member, person_id, SUPPORT, viewed=not is_sent)
    or_404(queries.plan_of(person))
    form = RecordForm(submitted_or_draft(request), auto_id="%s", asked=questions(rules.APP, "form_questions", "link"))
    base, message = settings.NEUTRAL_ADDRESS or request.build_absolute_uri("/"), ""
    if is_sent and form.is_valid():
        if not rules.is_neutral_address(base, member.tenant):
            form.add_error(None, actions.NOT_NEUTRAL)
        elif len(rules.agreed_code(form.cleaned_data["code"])) < rules.SHORTEST_CODE:
            form.add_error("code", TOO_SHORT)
        elif claim_submission(user=member.user, key=submission_key(request), sent="") is None:
            form.add_error(None, MADE_BEFORE)
        else:
            try:
                secret = actions.make_link(by=member, at=now, person=person, **form.cleaned_data)
                message = rules.MESSAGE.format(address=base.rstrip("/") + reverse("note-link", args=[secret]))
            except NoContactRule:
                form.add_error("channel", rules.REFUSALS["contact"])
    more = {"gate": contact_gate(person), "ends": day_time(now + rules.LINK_LIVES)}
    context = {"person": person, "form": form, "message": message, **more}
    return render(request, "person_plans/link.jinja", context, status=422 if is_sent and not message else 200)


@public
def note(request: HttpRequest, note_code: str) -> HttpResponse:
    """A plan by its link: a page with a button and a box for the agreed code; then, once, the plan. Opening the page spends
    nothing: programs that look through mail open links. Whatever is not live, or never was, is the same bare page."""
    bare = render(request, "person_plans/note_gone.jinja", status=404)
    if has_guessed_enough(request, LINKS):
        return bare
    response, force = bare, force_of(note_code)
    if force is not None:
        with within(force.slug):
            link = access.link_with(note_code)
            if link is not None and access.is_live(link, timezone.now()):
                response = _note(request, link, force) or bare
    if response.status_code != 200:  # a wrong code, or no link
        count_guess(request, LINKS)
    return response


def _note(request: HttpRequest, link: PlanLink, force: Tenant) -> HttpResponse | None:
    """The page of a live link, with the box again where what was typed is not the agreed code; None once that ended the link. An
    empty box is no try."""
    now, text, wrong, typed = timezone.now(), None, "", request.POST.get("code", "")[:100]
    if request.method == "POST" and not rules.agreed_code(typed):
        wrong = NO_CODE
    elif request.method == "POST" and actions.open_link(by=None, at=now, link=link, typed=typed):
        row = queries.plan_of(link.person)
        text = presenters.plan_text(link.person, row, now) if row else None
    elif request.method == "POST":
        link.refresh_from_db()
        if link.ended_at:
            return None
        wrong = NOT_THE_CODE
    context = {"shown": text, "wrong": wrong, "is_made_up": force.made_by_demo}
    return render(request, "person_plans/note.jinja", context, status=422 if wrong == NOT_THE_CODE else 200)


# --- feedback --------------------------------------------------------------------------------------------------------------


@page(Permission.SERVICES_EDIT)
def person_feedback(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Asking a person how it is for them: the answers are kept apart from who was asked."""
    now = timezone.now()
    person = supported_person(member_of(request), person_id, SUPPORT, viewed=request.method != "POST")

    def act(**facts: Any) -> str:
        actions.record_feedback(at=now, person=person, **facts)
        return "/feedback?saved=1"

    return _asked(
        request, "feedback", act, heading="Ask how it is for them", back=f"/people/{person.id}/support", caption=label(person),
        refusals={actions.NotNow: (None, ""), NoContactRule: ("they_came", rules.REFUSALS["contact"])},
        say="They need not answer. What they say is kept without their name or case: write it in your own words.",
    )  # fmt: skip


@page(Permission.SERVICES_EDIT, only="GET")
def feedback(request: HttpRequest) -> HttpResponse:
    """What people said, as counts of quarters that are over with five answers or more, and in the advisor's words."""
    now = timezone.now()
    tables = presenters.feedback_tables(rules.counts_by_quarter(queries.answers_given(), now))
    context = {"tables": tables, "columns": ["Question", *rules.ANSWERS.values()], "words": queries.paraphrases(now)}
    return render(request, "person_plans/feedback.jinja", context | {"is_saved": "saved" in request.GET})
