"""Pages of training: one's own, courses and sessions, coverage, questions and checks, refreshers."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.knowledge.search.presenters import step_results
from lodestar.knowledge.search.queries.search import for_step
from lodestar.knowledge.training import access, actions, presenters, queries, rules
from lodestar.knowledge.training.forms import CheckForm, RecordForm
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import on
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.tables.views import table_page
from lodestar.platform.text.text_normalise import whole_number

EVERYBODY, MANAGE, COVERAGE = Permission.SIGNED_IN, Permission.TRAINING_MANAGE, Permission.TRAINING_COVERAGE
ROWS, QUESTIONS, PASSAGES, AHEAD = 40, 8, 2, timedelta(days=60)  # on a page
WRONG_CODE = "No session has this code today. Ask the trainer for today’s code"
WRONG_DAY = "Write a day of this session that has come"
COURSE, QUESTION = ("kind", "title", "about", "covers", "for_whom", "valid_months"), ("topic", "words", "right", "because")


def _record(
    request: HttpRequest, section: str, act: Callable[..., Any], *, heading: str, back: str, then: str = "",
    initial: dict[str, Any] | None = None, template: str = "training/record.jinja", refused: str = WRONG_CODE, **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form: `act` does what was answered, and then comes `then`, filled with what it made, or `back`."""
    now, is_sent, sent = timezone.now(), request.method == "POST", submitted_or_draft(request)
    choices: dict[str, Any] = {
        "covers": rules.letters().items(), "for_role": [(code, role.name) for code, role in ROLES.items()],
        "topic": [(code, row["name"]) for code, row in rules.topics_on(on(now)).items()],
    }  # fmt: skip
    form = RecordForm(sent, section=section, today=on(now), choices=choices, by=member_of(request), initial=initial or {})
    if is_sent and form.is_valid():
        made = act(by=member_of(request), at=now, **form.cleaned_data)
        if made is not False:
            return redirect(then.format(made) if then else back)
        form.add_error([*form.fields][-1], refused)
    context = {"form": form, "heading": heading, "back": back, **more}
    return render(request, template, context, status=422 if is_sent else 200)


def _paged(rows: list[Any], request: HttpRequest, most: int = ROWS) -> dict[str, Any]:
    start = whole_number(request.GET.get("after", ""))
    return {"shown": rows[start : start + most], "after": start + most if len(rows) > start + most else None}


@page(EVERYBODY, only="GET")
def own(request: HttpRequest) -> HttpResponse:
    """What the member must have, has, and what expires; sessions to come, and questions to answer."""
    member, today = member_of(request), on(timezone.now())
    attended, sat = queries.attendance_of(user=member.user), queries.sittings_of(member.user)
    ahead = queries.sessions().filter(last_day__gte=today, first_day__lte=today + AHEAD).reverse()[:QUESTIONS]
    sessions = {each.id: each for each in [*ahead, *(row.session for row in attended if row.session)]}
    context = {
        "checks": queries.open_checks(sessions.values(), {row.session_id: row.attended_on for row in attended}, sat, today),
        "needs": presenters.need_rows(queries.needs_on(today, user=member.user)), "attended": attended[::-1][:ROWS],
        "ahead": ahead, "moments": rules.MOMENTS, "sittings": sat, "kinds": rules.KINDS,
        "may_manage": member.may(MANAGE), "may_cover": member.may(COVERAGE),
    }  # fmt: skip
    return render(request, "training/own.jinja", context)


@page(EVERYBODY)
def attend(request: HttpRequest) -> HttpResponse:
    """Signing in to a session by the code of the day."""
    return _record(request, "attend", actions.attend_by_code, heading="Sign in to a session", back="/training", press="Sign in")


@page(EVERYBODY)
def read(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """A reading or film, and saying that one has read or seen it."""
    rows = queries.courses().filter(kind__in=rules.BY_ONESELF)
    course = access.row_for(member_of(request), rows, course_id, EVERYBODY)
    if request.method == "POST":
        actions.record_read(by=member_of(request), at=timezone.now(), course=course)
        return redirect("training")
    return render(request, "training/read.jinja", {"course": course})


@page(MANAGE, only="GET")
def courses(request: HttpRequest) -> HttpResponse:
    """The courses of the force, and the latest sessions."""
    context = {"courses": queries.courses(), "sessions": queries.sessions()[:ROWS], "kinds": rules.KINDS}
    return render(request, "training/courses.jinja", context)


@page(MANAGE)
def course_record(request: HttpRequest, course_id: UUID | None = None) -> HttpResponse:
    """Adding a course, or changing what is said of one."""
    row = access.row_for(member_of(request), queries.courses(), course_id) if course_id else None
    initial = {name: getattr(row, name) for name in COURSE} if row else {}
    initial |= {"document": f"/guidance/documents/{row.document_id}"} if row and row.document_id else {}
    return _record(
        request, "course", partial(actions.record_course, course=row), heading="Change a course" if row else "Add a course",
        back="/training/courses", then="/training/courses/{0.id}", initial=initial,
    )  # fmt: skip


@page(MANAGE)
def course(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """A course, its sessions, of whom it is required, and requiring it of a role."""
    row = access.row_for(member_of(request), queries.courses(), course_id)
    required = queries.required_between(date.min, date.max).filter(course=row).order_by("from_day", "role")
    return _record(
        request, "required", partial(actions.require_course, course=row), heading=row.title, back=request.path, course=row,
        template="training/course.jinja", kinds=rules.KINDS, letters=rules.letters(), roles=ROLES, required=required,
        sessions=queries.sessions().filter(course=row)[:QUESTIONS], how=rules.HOW,
        **_paged(queries.attendance_of(course=row, session=None), request),
    )  # fmt: skip


@page(MANAGE)
def session_plan(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Planning a session of a course."""
    row = access.row_for(member_of(request), queries.courses(), course_id)
    return _record(
        request, "session", partial(actions.plan_session, course=row), heading="Plan a session", caption=row.title,
        back=f"/training/courses/{row.id}", then="/training/sessions/{0.id}",
    )  # fmt: skip


@page(MANAGE)
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A session: its code, who attended, results of its questions, and recording somebody by hand."""
    row = access.row_for(member_of(request), queries.sessions(), session_id)
    people, results = queries.attendance_of(session=row), queries.results_of(row)
    shares = [[rules.MOMENTS[at], str(sat), presenters.share(right, n, sat)] for at, sat, right, n in results]
    return _record(
        request, "attended", partial(actions.record_attendance, session=row, how="recorded"), heading=row.course.title,
        back=request.path, template="training/session.jinja", row=row, partners=sum(not each.user_id for each in people),
        results=shares, refused=WRONG_DAY, **_paged(people, request), how=rules.HOW,
    )  # fmt: skip


@page(MANAGE)
def attendance_file(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The template of a table of who attended; what one would record, of which nothing is kept; sent again, it is recorded."""
    member, now = member_of(request), timezone.now()
    row = access.row_for(member, queries.sessions(), session_id)
    return table_page(
        request, actions.KIND, lambda content: actions.read_attendance(content, row, on(now)),
        lambda rows: actions.record_several(by=member, at=now, session=row, how="file", rows=rows),
        back=f"/training/sessions/{row.id}", heading="Import who attended", press="Record these people",
        say="A row for each person: a colleague by exact user name or e-mail address, a partner by name and organisation.",
    )  # fmt: skip


@page(MANAGE)
def withdraw(request: HttpRequest, attendance_id: UUID) -> HttpResponse:
    """Taking back an attendance that was recorded wrongly."""
    row = access.row_for(member_of(request), queries.attended().select_related("user", "course"), attendance_id)
    who, back = row.user.name if row.user else row.partner_name, f"/training/sessions/{row.session_id}"
    return _record(
        request, "withdraw", partial(actions.withdraw_attendance, attendance=row), heading="Withdraw an attendance",
        back=back if row.session_id else f"/training/courses/{row.course_id}", caption=f"{who}: {row.course.title}",
    )  # fmt: skip


@page(COVERAGE, only="GET")
def coverage(request: HttpRequest) -> HttpResponse:
    """Who has the training that is required of them, by unit, role or shift, and who is missing; all of it as a CSV file."""
    member, now = member_of(request), timezone.now()
    needs = queries.needs_on(on(now), units=access.units_covered(member))
    filters = presenters.filters_of(needs)
    wanted = {name: request.GET.get(name, "")[:60] for name, _ in filters}
    shown = [need for need in needs if all(value in ("", need.code(name)) for name, value in wanted.items())]
    if request.GET.get("as") == "csv":
        content = actions.export_coverage(by=member, at=now, rows=presenters.coverage_table(shown))
        return to_save(content, "training-coverage.csv", "text/csv; charset=utf-8")
    by = request.GET.get("by", "") if request.GET.get("by", "") in presenters.BY else "unit"
    (rows, bars), missing = presenters.coverage(shown, by), presenters.missing_rows(shown)
    context = {
        "rows": rows, "bars": bars, "by": by, "bys": presenters.BY, "filters": filters, "wanted": wanted, "total": len(missing),
        "kinds": presenters.OUTCOMES, "may_manage": member.may(MANAGE), "people": len({need.place.user_id for need in shown}),
        **_paged(missing, request, presenters.GROUPS),
    }  # fmt: skip
    return render(request, "training/coverage.jinja", context)


@page(MANAGE, only="GET")
def questions(request: HttpRequest) -> HttpResponse:
    """The question bank."""
    topic = request.GET.get("topic", "")[:20]
    paged = _paged(list(queries.question_rows(topic=topic)), request, QUESTIONS)
    context = {**paged, "topic": topic, "topics": rules.topics_on(on(timezone.now()))}
    return render(request, "training/questions.jinja", context)


@page(MANAGE)
def question_record(request: HttpRequest, question_id: UUID | None = None) -> HttpResponse:
    """Adding a question, or the next version of one; the one before it is kept with its answers."""
    row = access.row_for(member_of(request), queries.question_rows(newest=True), question_id) if question_id else None
    initial = {name: getattr(row, name) for name in QUESTION} | {"options": "\n".join(row.options)} if row else {}
    return _record(
        request, "question", partial(actions.record_question, old=row), back="/training/questions", initial=initial,
        heading="Change a question" if row else "Add a question",
    )  # fmt: skip


@page(EVERYBODY)
def check(request: HttpRequest, session_id: UUID, moment: str) -> HttpResponse:
    """Ten questions before, after or six months after a session; once answered, how, which the member alone sees."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    row, sat = access.row_for(member, queries.sessions(), session_id, EVERYBODY), queries.sittings_of(member.user)
    context: dict[str, Any] = {"row": row, "moment": rules.MOMENTS.get(moment)}
    if sitting := next((each for each in sat if (each.session_id, each.moment) == (row.id, moment)), None):
        answers = [(each.question, each.chosen) for each in queries.answers_of(sitting)]
        return render(request, "training/sitting.jinja", {**context, "answers": answers})
    days = {each.session_id: each.attended_on for each in queries.attendance_of(user=member.user, session=row)}
    if (row, moment) not in queries.open_checks([row], days, sat, on(now)):
        raise Http404
    seed, topics = rules.seed_of(row.id, member.user, moment), rules.topics_on(on(now), row.course.covers)
    form = CheckForm(submitted_or_draft(request), questions=queries.drawn_on(on(now), topics, seed, rules.DRAWN))
    if is_sent and form.is_valid():
        actions.sit(by=member, at=now, session=row, moment=moment, seed=seed, chosen=form.chosen())
        return redirect(request.path)
    return render(request, "training/check.jinja", {**context, "form": form}, status=422 if is_sent else 200)


@page(EVERYBODY, only="GET")
def refresher(request: HttpRequest, code: str) -> HttpResponse:
    """Three minutes on an obligation: its words, what guidance says, and three questions. Nothing of it is stored."""
    if code not in obligation_rows():
        raise Http404
    member, today, row = member_of(request), on(timezone.now()), obligation_rows()[code][-1]
    seed, topics = rules.seed_of(code, member.user, f"{today:%Y-%m}"), rules.topics_on(today, obligation=code)
    drawn = queries.drawn_on(today, topics, seed, rules.IN_REFRESHER)
    form = CheckForm(request.GET or None, questions=drawn)
    answers = [(each, form.chosen()[each.id]) for each in drawn] if request.GET and form.is_valid() else []
    passages = step_results(for_step(code, row.sentence, today, PASSAGES, member.tenant))
    context = {"row": row, "form": form if drawn else None, "answers": answers, "passages": passages}
    return render(request, "training/refresher.jinja", context)
