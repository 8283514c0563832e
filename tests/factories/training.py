"""Courses, sessions, who attended, questions."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from lodestar.knowledge.training import models
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import Somebody


class _Recorded(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    recorded_at = factory.LazyFunction(timezone.now)
    recorded_by = Somebody()


class CourseFactory(_Recorded):
    class Meta:
        model = models.Course

    kind = "seminar"
    title = "Modern slavery awareness seminar"
    covers = ["b", "f", "g"]
    for_whom = ["officers"]


class SessionFactory(_Recorded):
    class Meta:
        model = models.Session

    course = factory.SubFactory(CourseFactory)
    first_day = factory.LazyFunction(timezone.localdate)
    last_day = factory.LazyAttribute(lambda row: row.first_day + timedelta(days=1))
    place = "Headquarters"
    code = factory.Sequence(lambda n: f"CODE{n}")


class AttendanceFactory(_Recorded):
    class Meta:
        model = models.Attendance

    session = factory.SubFactory(SessionFactory)
    course = factory.SelfAttribute("session.course")
    user = factory.SelfAttribute("recorded_by")
    attended_on = factory.SelfAttribute("session.first_day")
    how = "code"


class RequiredTrainingFactory(_Recorded):
    class Meta:
        model = models.RequiredTraining

    course = factory.SubFactory(CourseFactory)
    role = "frontline"
    from_day = date(2024, 1, 1)
    within_days = 30


class QuestionFactory(_Recorded):
    class Meta:
        model = models.Question

    thread = factory.LazyFunction(new_id)
    topic = "section45"
    words = factory.Sequence(lambda n: f"Which is right of the {n}?")
    options = ["This", "That", "Neither"]
    right = 2
    asked_from = date(2024, 1, 1)
