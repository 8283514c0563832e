"""What was sent to the Home Office about one person, as it is recorded here. Lodestar sends nothing by itself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import or_404, person_for
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.consent.presenters import answer_words
from lodestar.casework.referral_forms.presenters import route_words
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.referrals import actions
from lodestar.casework.referrals.forms import Reference, Sent, referral_columns
from lodestar.casework.referrals.models import Referral
from lodestar.casework.referrals.presenters import sent as words
from lodestar.casework.referrals.queries.prefilled import crime_numbers_of
from lodestar.casework.referrals.queries.sent import reference_of, referrals_of
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import moment, on
from lodestar.platform.reference.queries import form_headings
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.reference_lists import reference_list


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
