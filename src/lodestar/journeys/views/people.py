"""What is decided and recorded about one person: a supervisor's decision on the signs, their crime number or why there is none,
and what was sent to the Home Office. Lodestar sends nothing by itself. One's own tour: when it ends, and what is due by then."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.access import member_of
from lodestar.accounts.actions import NoSuchEnd
from lodestar.accounts.forms import TourEnd
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import latest_tour
from lodestar.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.cases.access import people_of, person_for
from lodestar.cases.forms.fields import at_and_words
from lodestar.cases.models import Person
from lodestar.cases.presenters.people import labels, with_age
from lodestar.design.when import moment, on
from lodestar.investigations import presenters
from lodestar.investigations.actions import SharedNumber
from lodestar.investigations.forms import CrimeNumber
from lodestar.investigations.queries import crimes_of, numbers_of
from lodestar.journeys.deeds import decide_belief, end_tour, record_crime
from lodestar.journeys.views.screens import tried
from lodestar.kernel.days import london_date
from lodestar.kernel.fingerprint import fingerprint
from lodestar.recognition import queries as recognition
from lodestar.recognition.forms.decisions import BeliefForm
from lodestar.recognition.models import BeliefDecision
from lodestar.recognition.presenters.signs import BELIEFS, decided, note_lines, seen
from lodestar.recognition.rules import signs_on
from lodestar.reference.queries import form_headings
from lodestar.referrals.actions import sent as actions
from lodestar.referrals.forms.sent import Reference, Sent, referral_columns
from lodestar.referrals.models.sent import Referral
from lodestar.referrals.presenters.sent import NAMES, all_gone, facts_say, may_refer, out_of_line_words, when_words
from lodestar.referrals.queries.routes import read_now
from lodestar.referrals.queries.sent import referrals_of
from lodestar.referrals.rules.route import route_of


@page(Permission.CRIME_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def crime(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One number for each possible victim of the case."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.CRIME_RECORD, viewed=request.method != "POST")
    form = CrimeNumber(submitted_or_draft(request), auto_id="%s")
    if request.method != "POST":
        return _crime_shown(request, person, form)
    if not form.is_valid():
        return _crime_shown(request, person, form, status=422)
    at, words = at_and_words(form.cleaned_data["at"], timezone.now())
    try:
        record_crime(
            by=member,
            at=at,
            person=person,
            kind=form.kind,
            number=form.cleaned_data["number"],
            why_not=form.cleaned_data["why_not"],
            words=words,
            may_share=form.cleaned_data["same_number"],
        )
    except SharedNumber as shared:  # two with one number is asked about, and then taken
        who = labels(people_of(person.case))[shared.theirs.person_id]
        form.add_error("same_number", f"{who} has this number too. Each victim has a separate crime")
        return _crime_shown(request, person, form, status=422)
    return redirect("person-crime", person.id)


def _crime_shown(request: HttpRequest, person: Person, form: CrimeNumber, status: int = 200) -> HttpResponse:
    member = member_of(request)
    now = timezone.now()
    people = [
        case_person
        for case_person in people_of(person.case)
        if case_person.id == person.id or "possible_victim" in case_person.roles
    ]
    rows = crimes_of([case_person.id for case_person in people])
    names = labels(people)
    latest = {row.person_id: presenters.crime_in_short(row) for row in sorted(rows, key=lambda row: row.kind == "recorded")}
    context = {
        "person": person,
        "case": person.case,
        "who": with_age(person, on(person.case.encountered_at)),
        "form": form,
        "is_victim": "possible_victim" in person.roles,
        "recorded": [presenters.crime(row, member.user, now) for row in rows if row.person_id == person.id],
        "others": [
            (case_person.id, names[case_person.id], latest.get(case_person.id, ""))
            for case_person in people
            if case_person.id != person.id
        ][:20],
    }
    return render(request, "investigations/crime.jinja", context, status=status)


@page(Permission.BELIEF_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def belief(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The signs and words recorded, what was answered before, and the decision."""
    if request.method == "POST":
        return tried(lambda: _save_belief(request, person_id))
    person = person_for(member_of(request), person_id, Permission.BELIEF_DECIDE, viewed=True)
    return _belief_shown(request, person, BeliefForm(submitted_or_draft(request), auto_id="%s", use_required_attribute=False))


def _belief_shown(
    request: HttpRequest, person: Person, form: BeliefForm, *, is_clash: bool = False, status: int = 200
) -> HttpResponse:
    now, case = timezone.now(), person.case
    rows, sent = recognition.decisions_on(person), submitted_or_draft(request)
    mark = _mark(person, rows)
    signs = {sign.code: sign for sign in signs_on(london_date(case.encountered_at))}
    context = {
        "person": person,
        "case": case,
        "who": with_age(person, london_date(case.encountered_at)),
        "form": form,
        "seen": seen(recognition.signs_of(case), person, signs),
        "notes": note_lines(recognition.notes_of(case), now),
        "before": decided(rows, now),
        "stands": BELIEFS[person.belief],
        "mark": sent.get("seen", mark) if sent is not None and not is_clash else mark,
        "is_clash": is_clash,
    }
    return render(request, "recognition/belief.jinja", context, status=status)


def _mark(person: Person, rows: list[BeliefDecision]) -> str:
    """What the decider had before them: the belief that stands, and the latest answer."""
    return fingerprint(person.belief, str(rows[0].id) if rows else "")


def _save_belief(request: HttpRequest, person_id: UUID) -> HttpResponse:
    member = member_of(request)
    person = person_for(member, person_id, Permission.BELIEF_DECIDE)
    way_on = redirect(f"/cases/{person.case.reference}")
    form = BeliefForm(request.POST, auto_id="%s", use_required_attribute=False)
    is_same = request.POST.get("seen", "") == _mark(person, recognition.decisions_on(person))
    if is_same and request.POST.get("keep") == "theirs":
        return way_on
    if not form.is_valid():
        return _belief_shown(request, person, form, status=422)
    if not is_same:
        return _belief_shown(request, person, form, is_clash=True, status=422)
    is_told = decide_belief(by=member, at=timezone.now(), person=person, version=person.version, **form.cleaned_data)
    return redirect(f"/record/{person.case_id}/met?then=case") if is_told else way_on


@page(Permission.REFERRAL_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
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
        context = {
            "person": self.person,
            "case": self.person.case,
            "who": with_age(self.person, on(self.person.case.encountered_at)),
            "gone": all_gone(rows, self.member.user, self.now, numbers_of(self.person.id) if rows else []),
            "version": len(rows) if self.seen is None else self.seen,
            "facts_say": facts_say(route),
            "why": route.why,
            "is_child": read.is_child,
            "may_refer": may_refer(on(self.now)),
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
        at, words = at_and_words(answers["sent_at"], self.now)
        try:
            actions.record_referral(
                by=self.member,
                at=at,
                person=self.person,
                route=answers["route"],
                direction=answers["direction"],
                seen=_number(self.request.POST.get("version", "")),
                reference=answers["reference"],
                as_it_happened=answers["as_it_happened"],
                another=answers["another"],
                crimes=numbers_of(self.person.id),
                details=referral_columns(answers, words),
            )
        except actions.LikeOneRecorded as alike:
            when = when_words(alike.theirs, self.now)
            form.add_error(
                "another",
                f"{_route_with_article(answers['route'])}, sent {when}, is recorded. Tick this if another was sent",
            )
            return self.render_page(422)
        except actions.NotTheRoute as out_of_line:
            form.add_error("as_it_happened", "Say whether it has really gone, or leave the page")
            self.note = out_of_line_words(out_of_line.facts_say, answers["route"])
            return self.render_page(422)
        except actions.NotChecked as waits:
            self.check = reverse("writing-check", args=[waits.writing.id])
            form.add_error("route", "Its text must be checked before it is sent. Check it first")
            return self.render_page(422)
        except actions.ConcurrentEdit as meanwhile:
            self.note, self.seen = (self._written_meanwhile(meanwhile.theirs),), None  # told now
            return self.render_page(422)
        return redirect("person-referral", self.person.id)

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
        row = next((row for row in rows if row.id == self.late.cleaned_data["referral"]), None)
        if row is None:
            raise Http404
        actions.add_reference(
            by=self.member, at=self.now, referral=row, reference=self.late.cleaned_data["late_reference"]
        )
        return redirect("person-referral", self.person.id)


def _route_with_article(route: str) -> str:
    return f"{'An' if route == 'nrm' else 'A'} {NAMES[route]}"


def _number(words: str) -> int:
    return int(words) if words.isdecimal() and len(words) < 6 else 0


TOO_LONG = "A shift is 24 hours at most. Write a time within 24 hours of its start"


@page(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def tour(request: HttpRequest) -> HttpResponse:
    """Names the end of the tour, or ends it now; what is due by its end moves with it."""
    member, now = member_of(request), timezone.now()
    form, status = TourEnd(now, submitted_or_draft(request)), 200
    if request.method == "POST":
        ends = now if "now" in request.POST else form.cleaned_data["ends"] if form.is_valid() else None
        try:
            if ends is not None:
                end_tour(by=member, at=now, to_at=ends)
                return redirect("tour")
        except NoSuchEnd:
            form.add_error("ends", TOO_LONG)
        status = 422
    running = latest_tour(member.user, now)
    context = {"tour": running, "is_over": running is not None and running.to_at <= now, "form": form, "now": now}
    return render(request, "accounts/tour.jinja", context, status=status)
