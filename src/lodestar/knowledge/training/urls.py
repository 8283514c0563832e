"""Addresses of training."""

from django.urls import path

from lodestar.knowledge.training import views

urlpatterns = [
    path("training", views.own, name="training"),
    path("training/attend", views.attend, name="training-attend"),
    path("training/read/<uuid:course_id>", views.read, name="training-read"),
    path("training/checks/<uuid:session_id>/<str:moment>", views.check, name="training-check"),
    path("training/refreshers/<str:code>", views.refresher, name="training-refresher"),
    path("training/coverage", views.coverage, name="training-coverage"),
    path("training/courses", views.courses, name="training-courses"),
    path("training/courses/new", views.course_record, name="training-course-add"),
    path("training/courses/<uuid:course_id>", views.course, name="training-course"),
    path("training/courses/<uuid:course_id>/change", views.course_record, name="training-course-change"),
    path("training/courses/<uuid:course_id>/plan", views.session_plan, name="training-session-plan"),
    path("training/sessions/<uuid:session_id>", views.session, name="training-session"),
    path("training/sessions/<uuid:session_id>/import", views.attendance_file, name="training-file"),
    path("training/attendance/<uuid:attendance_id>/withdraw", views.withdraw, name="training-withdraw"),
    path("training/questions", views.questions, name="training-questions"),
    path("training/questions/new", views.question_record, name="training-question-add"),
    path("training/questions/<uuid:question_id>", views.question_record, name="training-question"),
]
