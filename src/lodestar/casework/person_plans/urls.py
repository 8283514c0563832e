"""Addresses of plans, options, interpreters and feedback. An id is in them, never a name; that of a link says nothing."""

from django.urls import path

from lodestar.casework.person_plans import views

urlpatterns = [
    path("people/<uuid:person_id>/options", views.options, name="person-options"),
    path("people/<uuid:person_id>/options/paper", views.options_paper, name="person-options-paper"),
    path("people/<uuid:person_id>/interpreter", views.interpreter, name="person-interpreter"),
    path("people/<uuid:person_id>/interpreter/block", views.interpreter_block, name="person-interpreter-block"),
    path("people/<uuid:person_id>/plan", views.plan, name="person-plan"),
    path("people/<uuid:person_id>/plan/paper", views.plan_paper, name="person-plan-paper"),
    path("people/<uuid:person_id>/plan/link", views.plan_link, name="person-plan-link"),
    path("people/<uuid:person_id>/feedback", views.person_feedback, name="person-feedback"),
    path("feedback", views.feedback, name="feedback"),
    path("note/<str:note_code>", views.note, name="note-link"),
]
