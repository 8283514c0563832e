"""Addresses of section 45 of the Modern Slavery Act 2015."""

from django.urls import path

from lodestar.section45 import views

urlpatterns = [
    path("cases/<str:reference>/section-45-questions", views.first_questions, name="case-section45-questions"),
    path("people/<uuid:person_id>/section-45-question", views.first_question, name="person-section45-question"),
]
