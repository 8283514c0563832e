"""Referrals that went or would go. What is recorded of one person; what would go, exactly as it would go: its texts to check
before they leave, and the pack as a file; that the rest of it was sent, and which answers become facts of the case.

Lodestar sends nothing by itself."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import or_404, person_for
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.consent.presenters import answer_words
from lodestar.casework.redaction.views import check_before_leaving
from lodestar.casework.referral_forms import presenters
from lodestar.casework.referral_forms.presenters import MARKING, pack, route_words
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referral_forms.rules.form import by_name, size
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.referrals import access, actions
from lodestar.casework.referrals import presenters as words
from lodestar.casework.referrals.actions import add_answers_to_case, pack_taken, rest_sent
from lodestar.casework.referrals.forms import AnswersToFacts, Reference, Rest, Sent, referral_columns
from lodestar.casework.referrals.models import Referral, ReferralDraft
from lodestar.casework.referrals.presenters import caption, name_of
from lodestar.casework.referrals.queries.outgoing import facts_for_the_case, reference_of, referrals_of, subject_of, submission_on
from lodestar.casework.referrals.queries.prefilled import crime_numbers_of
from lodestar.casework.referrals.queries.writing import sheet_of, went, written_since
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.audit.actions import audited
from lodestar.platform.design.files import to_save
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import moment, on
from lodestar.platform.documents.description import NotMade
from lodestar.platform.documents.made import KINDS, made
from lodestar.platform.documents.saved import marking_of
from lodestar.platform.names.highlighting import ANONYMOUS
from lodestar.platform.reference.queries import form_headings
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit, retry_from_reading
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.text_normalise import whole_number

NOT_LOST = "Nothing is lost: copy the pack page by page from the preview"


@page(Permission.REFERRAL_RECORD)
def referral(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What has gone, and the form for what has gone since."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.REFERRAL_RECORD, viewed=request.method != "POST")
    asked = _Asked(request, person)
    if request.method != "POST":
        return asked.render_page()
    return asked.reference() if "late_reference" in request.POST else asked.sent()


class _Asked:
    """One request about one person: what is recorded, what the facts say, and the form."""

    def __init__(self, request: HttpRequest, person: Person) -> None:
        self.request, self.person = request, person
        self.member = member_of(request)
        self.now = timezone.now()
        sent = submitted_or_draft(request)
        is_late = sent is not None and "late_reference" in sent
        self.form = Sent(None if is_late else sent, auto_id="%s")
        self.late = Reference(sent if is_late else None, auto_id="%s")
        self.note: tuple[str, ...] = ()
        self.check = ""
        self.seen = version_seen(sent)

    def render_page(self, status: int = 200) -> HttpResponse:
        """The page. A refused form stands open, with what was typed."""
        rows = referrals_of([self.person.id])
        read = read_now(self.person)
        route = route_of(read)
        self.form.fields["route"].initial = route.code
        crimes = crime_numbers_of(self.person) if rows else []
        context = person_heading(self.person) | {
            "gone": [
                (row, words.when_words(row, self.now), reference_of(row), words.crimes(row, crimes)) for row in reversed(rows)
            ],
            "user": self.member.user,
            "now": self.now,
            "answer_words": answer_words,
            "route_words": route_words(),
            "check_titles": {row["code"]: row["title"] for row in reference_list("referral_forms", "coach_checks").rows},
            "version": len(rows) if self.seen is None else self.seen,
            "facts_say": words.facts_say(route),
            "why": route.why,
            "is_child": read.is_child,
            "may_refer": words.may_refer(on(self.now)),
            "headings": form_headings(exploitation.type for exploitation in read.facts.exploitation if exploitation.type),
            "form": self.form,
            "late": self.late,
            "late_for": str(self.late.data.get("referral", "")),
            "note": self.note,
            "check": self.check,
        }
        return render(self.request, "referrals/referral.jinja", context, status=status)

    def sent(self) -> HttpResponse:
        """Records what was sent; asks once when it is not the facts' route, or looks like one recorded already."""
        form = self.form
        if not form.is_valid():
            return self.render_page(422)
        answers = form.cleaned_data
        at, typed = at_and_words(answers["sent_at"], self.now)
        try:
            actions.record_referral(
                by=self.member,
                at=at,
                person=self.person,
                seen=version_seen(self.request.POST) or 0,
                crimes=crime_numbers_of(self.person),
                details=referral_columns(answers, typed),
                **{name: answers[name] for name in ("route", "direction", "reference", "as_it_happened", "another")},
            )
        except actions.LikeOneRecorded as alike:
            when = words.when_words(alike.theirs, self.now)
            form.add_error(
                "another", f"{_route_with_article(answers['route'])}, sent {when}, is recorded. Tick this if another was sent"
            )
        except actions.NotTheRoute as out_of_line:
            form.add_error("as_it_happened", "Say whether it has really gone, or leave the page")
            self.note = words.out_of_line_words(out_of_line.facts_say, answers["route"])
        except actions.NotChecked as waits:
            self.check = reverse("writing-check", args=[waits.writing.id])
            form.add_error("route", "Its text must be checked before it is sent. Check it first")
        except ConcurrentEdit as meanwhile:
            self.note, self.seen = (self._written_meanwhile(meanwhile.theirs),), None  # told now
        else:
            return redirect("person-referral", self.person.id)
        return self.render_page(422)

    def _written_meanwhile(self, theirs: Referral) -> str:
        return (
            f"{theirs.recorded_by.name} recorded "
            f"{_route_with_article(theirs.route)[0].lower()}{_route_with_article(theirs.route)[1:]} at "
            f"{moment(theirs.recorded_at, self.now)}, while you were writing. Nothing is lost. If yours is another one, "
            "record it again."
        )

    def reference(self) -> HttpResponse:
        """Adds the reference that came later to one of the rows of this person."""
        if not self.late.is_valid():
            return self.render_page(422)
        rows = referrals_of([self.person.id])
        row = or_404(next((row for row in rows if row.id == self.late.cleaned_data["referral"]), None))
        actions.add_reference(by=self.member, at=self.now, referral=row, reference=self.late.cleaned_data["late_reference"])
        return redirect("person-referral", self.person.id)


def _route_with_article(route: str) -> str:
    return f"{'An' if route == 'nrm' else 'A'} {words.NAMES[route]}"


@page(Permission.REFERRAL_RECORD, only="GET")
def preview(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """Everything that would go as it stands."""
    member = member_of(request)
    with audited():
        writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=True)
        sheet = sheet_of(writing)
        going = submission_on(sheet, on(timezone.now()))
    context = {
        "writing": sheet.writing,
        "person": sheet.person,
        "caption": caption(sheet),
        "name": name_of(sheet),
        "is_anonymous": going.is_anonymous,
        "unchecked": sum(not checked_text.is_clear for checked_text in going.checked),
        "unsettled": bool(sheet.unsettled),
        "window": presenters.window(going.leaves, whole_number(request.GET.get("from", ""))),
        "gaps": words.gaps(sheet, going),
        "sheet": sheet,
        "facts": len(facts_for_the_case(sheet)),
        "kept_back": words.withheld_labels(sheet, going),
    } | words.size_words(size(going.leaves))
    return render(request, "referrals/writing_preview.jinja", context)


@page(Permission.REFERRAL_RECORD)
def check(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """The texts of a notification without a name, checked before they leave."""
    member = member_of(request)
    with audited():
        writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=request.method != "POST")
        sheet = sheet_of(writing)
        going = submission_on(sheet, on(timezone.now()))
    back = reverse("writing-preview", args=[writing.id])
    return check_before_leaving(request, subject_of(sheet), ANONYMOUS, going.checked, back=back, caption=caption(sheet))


@page(Permission.REFERRAL_RECORD, only="GET")
def field_text(request: HttpRequest, writing_id: UUID, field: str) -> HttpResponse:
    """One field of the form as plain text, as it would go: what Copy opens where no script runs."""
    member = member_of(request)
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=True)
    going = submission_on(sheet_of(writing), on(timezone.now()))
    line = or_404(by_name(going.leaves).get(field))
    if not (line.is_pasted and line.text.strip()):
        raise Http404
    return HttpResponse(line.text, content_type="text/plain; charset=utf-8")


@page(Permission.REFERRAL_RECORD, only="GET")
def pack_file(request: HttpRequest, writing_id: UUID, kind: str) -> HttpResponse:
    """The pack as it would go now, to be saved. Its name tells nothing of whom it is about, and taking it is written down.
    Where texts wait to be checked before they leave, it leads there."""
    member = member_of(request)
    if kind not in KINDS:
        raise Http404
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=True)
    now = timezone.now()
    sheet = sheet_of(writing)
    going = submission_on(sheet, on(now))
    if not going.is_clear:
        return redirect("writing-check", writing.id)
    marking = marking_of(request, MARKING)
    try:
        content = made(pack(going.leaves, version=sheet.version, now=now, book=contact_book(now), marking=marking), kind)
    except NotMade as fault:
        fault.instead = NOT_LOST, reverse("writing-preview", args=[writing.id])
        raise
    pack_taken(by=member, at=now, writing=writing, kind=kind)
    return to_save(content, f"pack-{on(now).isoformat()}.{kind}", KINDS[kind].media_type)


@page(Permission.REFERRAL_RECORD)
def rest(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """What has been written since it went, page by page as it would go, and the form for having sent it."""
    member = member_of(request)
    viewed = request.method != "POST"
    writing = access.writing_for(member, writing_id, Permission.REFERRAL_RECORD, viewed=viewed)
    now, sent_referrals = timezone.now(), went(writing)
    if not sent_referrals:
        return redirect("person-referral", writing.person_id)  # what it completes is recorded first
    sheet, form = sheet_of(writing), Rest(submitted_or_draft(request), auto_id="%s")
    codes = written_since(sheet, sent_referrals)
    going = submission_on(sheet, on(now))
    if request.method == "POST" and form.is_valid() and not going.is_clear:
        form.add_error("how", "Some text must be checked before sending: check it under what would be sent")
    if request.method == "POST" and form.is_valid():
        at, typed_words = at_and_words(form.cleaned_data["rest_at"], now)
        sent = [code for code in codes if sheet.written_at(code) <= at]
        rest_sent(by=member, at=at, referral=sent_referrals[-1], codes=sent, words=typed_words, how=form.cleaned_data["how"])
        return redirect("writing", writing.id)
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": caption(sheet),
        "gone": f"{words.NAMES[sent_referrals[-1].route]}, {words.when_words(sent_referrals[-1], now)}",
        "window": presenters.window(words.only(sheet, going, codes)),
        "form": form,
    }
    return render(request, "referrals/writing_rest.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.REFERRAL_RECORD)
def facts(request: HttpRequest, writing_id: UUID) -> HttpResponse:
    """The answers written here that the case does not hold: the writer ticks which become facts of it."""
    writing = access.writing_for(member_of(request), writing_id, Permission.REFERRAL_RECORD, viewed=request.method != "POST")
    return retry_from_reading(lambda: _facts(request, writing))


def _facts(request: HttpRequest, writing: ReferralDraft) -> HttpResponse:
    member, sheet = member_of(request), sheet_of(writing)
    reference = "" if sheet.read.facts.earlier_referral else sheet.own.get("pv-ho-reference-type", "")
    has_several = len(sheet.read.facts.exploitation) > 1
    form = AnswersToFacts(facts_for_the_case(sheet), reference, has_several, submitted_or_draft(request))
    if request.method == "POST" and form.is_valid():
        add_answers_to_case(
            by=member, at=timezone.now(), person=writing.person, facts=form.ticked(), more=form.more(),
            earlier=form.earlier_referral(),
        )  # fmt: skip
        return redirect("writing-preview", writing.id)
    context = {
        "writing": writing,
        "person": writing.person,
        "caption": caption(sheet),
        "items": [(fact, form[name]) for name, fact in form.facts.items()],
        "has_several": has_several,
        "form": form,
    }
    return render(request, "referrals/writing_facts.jinja", context, status=422 if request.method == "POST" else 200)
