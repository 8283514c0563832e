"""Training: what is valid when, who was trained, codes, tables of who attended, coverage, questions, and who sees what."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lodestar.casework.ledger.models import Obligation
from lodestar.knowledge.training import actions, queries, rules
from lodestar.knowledge.training.models import Attendance, Question, RequiredTraining, Session, Sitting, SittingAnswer
from lodestar.platform.accounts.models import Membership, Shift, User
from lodestar.platform.notices.due_items import due_items
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.time.days import add_months
from tests.factories.accounts import TourFactory, UnitFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import ObligationFactory, a_case
from tests.factories.signed_in import html_of, read, sent, signed_in
from tests.factories.statements import at_most
from tests.factories.training import AttendanceFactory, CourseFactory, QuestionFactory, RequiredTrainingFactory, SessionFactory
from tests.factories.workbooks import workbook

DAY, ONE = date(2026, 3, 31), timedelta(days=1)


def test_what_somebody_has_on_the_days_around_each_limit():
    def state(day, attended=(DAY,), months=11, due=DAY):
        return rules.status_on(attended, months, due, day).state

    ends = date(2027, 2, 28)  # eleven months after 31 March: the month's last day
    assert [state(DAY - ONE), state(DAY)] == ["to_come", "has"], "it is valid from the day on which it was attended"
    assert [state(day) for day in (ends - 31 * ONE, ends - 30 * ONE, ends - ONE, ends)] == [
        "has",
        "expiring",
        "expiring",
        "expired",
    ]
    assert [state(day, attended=()) for day in (DAY, DAY + ONE)] == ["to_come", "missing"]
    assert state(date(2090, 1, 1), months=None) == "has"
    assert state(ends, attended=(DAY, ends)) == "has", "the latest counts"


def test_when_a_check_can_be_answered():
    def opened(day, attended=None):
        return rules.moments_open(DAY, DAY + ONE, attended, day)

    assert [opened(day) for day in (DAY, DAY + ONE, DAY + 2 * ONE)] == [("before",), ("before",), ()]
    assert [opened(day, DAY) for day in (DAY, DAY + ONE)] == [("before", "after"), ("after",)]
    six, nine = add_months(DAY, 6), add_months(DAY, 9)
    assert [opened(day, DAY) for day in (six - ONE, six, nine - ONE, nine)] == [("after",), ("six_months",), ("six_months",), ()]


def test_the_same_seed_draws_the_same_questions_and_topics_name_obligations_that_there_are():
    ids = [f"00000000-0000-7000-8000-{n:012}" for n in range(30)]
    first = rules.drawn(ids, rules.seed_of("a session", "a user", "before"))
    assert first == rules.drawn(reversed(ids), rules.seed_of("a session", "a user", "before"))
    assert len(set(first)) == 10
    assert first != rules.drawn(ids, rules.seed_of("a session", "a user", "after"))
    topics = rules.topics_on(timezone.localdate())
    assert {row["letter"] for row in topics.values()} == set(rules.letters())
    codes = [code for row in topics.values() for code in row["obligations"]]
    assert len(codes) == len(set(codes))
    assert not set(codes) - set(obligation_rows())
    assert [rules.shift_of(hour) for hour in (3, 4, 12, 20, None)] == ["night", "early", "late", "night", "none"]


def test_who_was_trained_at_the_time(fenmarch):
    officer, other = a_member("frontline"), a_member("frontline")
    course = CourseFactory(valid_months=12)
    RequiredTrainingFactory(course=course, from_day=DAY, to_day=add_months(DAY, 24))
    row = AttendanceFactory(session__course=course, attended_on=DAY + ONE, user_id=officer.user)
    wrong = AttendanceFactory(session__course=course, attended_on=DAY, user_id=other.user)
    wrong.withdrawals.create(reason="Somebody else", recorded_at=timezone.now(), recorded_by_id=other.user)
    ends = add_months(row.attended_on, 12)
    days = {DAY - ONE: None, DAY: False, DAY + ONE: True, ends - ONE: True, ends: False, add_months(DAY, 24) + ONE: None}
    pairs = [(officer.user, day) for day in days] + [(other.user, DAY), (a_member("analyst").user, DAY)]
    with at_most(3):
        trained = queries.trained_at(pairs)
    assert [trained[pair] for pair in pairs] == [*days.values(), False, None]
    assert queries.trained_at([]) == {}


@pytest.fixture
def training(fenmarch):
    """Who manages training; the seminar, which a first responder must have within 30 days; a unit of three, of whom one came."""
    unit = UnitFactory(name="Eldham response")
    course = CourseFactory(valid_months=24)
    RequiredTrainingFactory(course=course)
    people = [a_member("frontline", unit=unit) for _ in range(3)]
    AttendanceFactory(session__course=course, session__first_day=timezone.localdate() - 20 * ONE, user_id=people[0].user)
    with administering():
        Membership.objects.filter(id=people[2].membership).update(from_date=timezone.localdate())
        User.objects.filter(id=people[1].user).update(email="Second@force.example")
    return a_member("training"), course, people


def test_a_code_signs_in_on_its_day_only_and_once(client, training):
    keeper, course, people = training
    plan = {"first_day": "9 March 2027", "last_day": "10 March 2027", "place": "Online", "seats": "20"}
    assert sent(keeper, f"/training/courses/{course.id}/plan", **plan | {"last_day": "8 March 2027"}).status_code == 422
    assert sent(keeper, f"/training/courses/{course.id}/plan", **plan).status_code == 302
    session = Session.objects.get(place="Online")
    assert sent(keeper, f"/training/sessions/{session.id}", who=people[2].username).status_code == 422, "it has not been yet"
    for day, status in (("08 23:59", 422), ("09 00:01", 302), ("10 23:59", 302), ("11 00:01", 422)):
        with time_machine.travel(f"2027-03-{day}+00:00", tick=False):
            assert sent(people[1], "/training/attend", code=f" {session.code.lower()} ").status_code == status, day
    assert [row.attended_on for row in queries.attendance_of(session=session)] == [date(2027, 3, 9)]


def test_a_table_is_looked_at_then_recorded(training):
    keeper, course, people = training
    session = SessionFactory(course=course, first_day=timezone.localdate() - 5 * ONE)
    AttendanceFactory(session=session, user_id=people[0].user)
    page, today = f"/training/sessions/{session.id}/import", timezone.localdate()
    rows = [
        f"{people[0].username},,,,", ",second@FORCE.example,,,", ",,Iris Vane,Fen Refuge Trust,", ",,iris vane,fen refuge trust,",
        "nobody.here,,,,", f"{people[0].username},second@force.example,,,", ",,Alone,,", f"{people[2].username},,,,{today}",
    ]  # fmt: skip

    def file(*more):
        text = "\n".join(["username,email,name,organisation,attended_on", *rows, *more])
        return SimpleUploadedFile("who.csv", text.encode())

    looked = sent(keeper, page, file=file())
    html = looked.content.decode()
    assert looked.status_code == 200
    assert 'data-counts="2 2 4"' in html
    assert Attendance.objects.filter(how="file").count() == 0
    mark = re.search(r'name="looked_at" value="(\w+)"', html)[1]
    assert sent(keeper, page, file=file("x,,,,"), looked_at=mark).status_code == 422, "another file"
    assert sent(keeper, page, file=file(), looked_at=mark).status_code == 302
    new = Attendance.objects.filter(how="file").order_by("id").values_list("user", "partner_name", "organisation")
    assert [*new] == [(people[1].user, "", ""), (None, "Iris Vane", "Fen Refuge Trust")]
    row = Attendance.objects.get(partner_name="Iris Vane")
    assert f"/training/attendance/{row.id}/withdraw" in read(keeper, f"/training/sessions/{session.id}")
    assert sent(keeper, f"/training/attendance/{row.id}/withdraw", reason="She was not there").status_code == 302
    assert row.id not in {each.id for each in queries.attendance_of(session=session)}
    assert Attendance.objects.filter(id=row.id)
    book = workbook([("name", "organisation"), ("Otis Greaves", "Marlsea Food Bank"), ("=1+1", "Marlsea Food Bank")])
    read_in = actions.read_attendance(book, session, today)
    assert ([row["partner_name"] for row in read_in.rows], len(read_in.refused)) == (["Otis Greaves"], 1)
    by_hand = {"partner_name": "Iris Vane", "organisation": "Fen Refuge Trust"}
    assert sent(keeper, f"/training/sessions/{session.id}", **by_hand).status_code == 302
    assert sent(keeper, f"/training/sessions/{session.id}", who="nobody.here").status_code == 422
    assert len(queries.attendance_of(session=session)) == 3


def test_coverage_by_whom_and_who_is_missing(client, training):
    keeper, course, people = training
    leader = a_member("supervisor", unit=Membership.objects.get(id=people[0].membership).unit)
    elsewhere = a_member("frontline")
    TourFactory(user_id=people[1].user, from_at=timezone.now() - 3 * ONE, to_at=timezone.now() - 2 * ONE)
    with at_most(15):
        html = html_of(signed_in(client, leader), "/training/coverage")
    assert 'data-people="3"' in html
    assert 'data-missing="1"' in html
    assert elsewhere.name not in html
    assert people[1].name in html
    assert people[0].name not in html
    assert "1 of 3 (6 to 79%)" in html
    signed_in(client, keeper)
    for path in ("", "/courses", f"/courses/{course.id}", f"/sessions/{Session.objects.get().id}", "/questions"):
        with at_most(15):
            html_of(client, f"/training{path}")
    everywhere = html_of(client, "/training/coverage", by="shift")
    assert 'data-people="4"' in everywhere
    assert 'data-missing="2"' in everywhere
    unit = str(Membership.objects.get(id=people[0].membership).unit_id)
    assert 'data-missing="1"' in html_of(client, "/training/coverage", unit=unit, course=str(course.id))
    saved = client.get("/training/coverage", {"unit": unit, "as": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(saved) == 4
    assert saved[0].startswith('"unit","role"')
    assert signed_in(client, people[0]).get("/training/coverage").status_code == 404
    own = read(people[1], "/training")
    assert "/training/attend" in own
    assert course.title in own
    assert "/training/coverage" not in own
    assert Shift.objects.count() == 1


def test_first_pages_show_what_is_missing_or_expires_and_the_six_month_check(training):
    keeper, course, people = training
    QuestionFactory()
    film = CourseFactory(kind="film", title="A film", valid_months=None)
    RequiredTrainingFactory(course=film, from_day=timezone.localdate(), within_days=9)

    def due(member, days=0):
        now = timezone.now() + days * ONE
        return [(item.kind, item.href) for item in due_items(member, now, now)]

    to_see = ("training_due", f"/training/read/{film.id}")
    assert due(people[0]) == [to_see]
    assert due(people[1]) == [("training_due", "/training"), to_see]
    assert due(keeper) == []
    assert sent(people[0], to_see[1]).status_code == 302
    row = Attendance.objects.get(course=film)
    assert f"/training/attendance/{row.id}/withdraw" in read(keeper, f"/training/courses/{film.id}")
    assert due(people[0]) == []
    assert sent(people[0], f"/training/read/{course.id}").status_code == 404, "nobody says that of a seminar"
    session = Session.objects.get(course=course)
    check = ("training_check", f"/training/checks/{session.id}/six_months")
    with time_machine.travel(timezone.now() + 200 * ONE):
        assert due(people[0]) == [check]
        chosen = {"shown": str(Question.objects.get().id), "q1-answers": "2"}
        assert sent(people[0], check[1], **chosen | {"shown": "other"}).status_code == 422
        assert sent(people[0], check[1], **chosen).status_code == 302
        assert due(people[0]) == []
        assert sent(people[1], check[1], **chosen).status_code == 404, "who was not there"
        assert 'data-right="yes"' in read(people[0], check[1])
    with time_machine.travel(timezone.now() + 690 * ONE):
        assert ("training_due", "/training") in due(people[0]), "it expires within 30 days"


def test_a_changed_question_is_a_new_one_and_few_answers_say_nothing(client, training):
    keeper, course, _people = training
    facts = {"topic": "section45", "words": "Whom?", "options": "All\nVictims", "right": "3", "asked_from": "1 March 2026"}
    assert sent(keeper, "/training/questions/new", **facts).status_code == 422, "no third option"
    assert sent(keeper, "/training/questions/new", **facts | {"right": "2"}).status_code == 302
    row = Question.objects.get()
    changed = facts | {"right": "2", "options": "All\nVictims\nNobody", "asked_from": "1 June 2026"}
    assert sent(keeper, f"/training/questions/{row.id}", **changed).status_code == 302
    assert sent(keeper, f"/training/questions/{row.id}", **changed).status_code == 404, "only the newest is changed"
    row.refresh_from_db()
    new = Question.objects.get(number=2)
    assert (row.asked_to, new.thread, row.options) == (date(2026, 5, 31), row.thread, ["All", "Victims"])
    assert [each.id for each in queries.drawn_on(row.asked_to, ["section45"], "", 10)] == [row.id]
    session = Session.objects.get(course=course)
    for number in range(10):
        common = {"recorded_at": timezone.now(), "recorded_by_id": a_member().user}
        sitting = Sitting.objects.create(session=session, moment="after", seed="x", **common)
        if number == 9:
            few = html_of(signed_in(client, keeper), f"/training/sessions/{session.id}")
        SittingAnswer.objects.create(sitting=sitting, question=new, chosen=2 if number < 8 else 1)
    assert "too few to say" in few
    assert "Nobody (right)" not in html_of(client, "/training/questions", topic="section45")
    assert "80% (49 to 94%)" in html_of(client, f"/training/sessions/{session.id}")


def test_a_role_requires_a_course_from_a_day(training):
    keeper, course, _ = training
    page, facts = f"/training/courses/{course.id}", {"for_role": "frontline", "within_days": "20"}
    assert sent(keeper, page, **facts, from_day="2 May 2026", to_day="1 May 2026").status_code == 422
    assert sent(keeper, page, **facts, from_day="1 May 2026").status_code == 302
    assert sent(keeper, page, **facts, from_day="1 May 2026", to_day="3 May 2026").status_code == 302, "put right"
    rows = RequiredTraining.objects.order_by("from_day").values_list("from_day", "to_day", "within_days")
    assert [*rows] == [(date(2024, 1, 1), date(2026, 4, 30), 30), (date(2026, 5, 1), date(2026, 5, 3), 20)]


def test_a_refresher_asks_and_stores_nothing(client, training):
    _, _, people = training
    late = ObligationFactory(case=a_case(people[0]), due_at=timezone.now() - ONE)
    assert f"/training/refreshers/{late.code}" in html_of(signed_in(client, people[0]), f"/owed/{late.id}")
    Obligation.objects.filter(id=late.id).update(due_at=timezone.now() + ONE)
    assert "/training/refreshers/" not in html_of(client, f"/owed/{late.id}")
    shown = QuestionFactory(because="Because the Act says so")
    page = "/training/refreshers/section45_first_question"
    assert obligation_rows()["section45_first_question"][-1].title in html_of(signed_in(client, people[0]), page)
    answer = html_of(client, page, **{"shown": str(shown.id), "q1-answers": "1"})
    assert 'data-right="no"' in answer
    assert shown.because in answer
    assert not Sitting.objects.exists()
    assert client.get("/training/refreshers/no_such_obligation").status_code == 404
