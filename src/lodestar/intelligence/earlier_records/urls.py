"""Addresses of earlier records."""

from django.urls import path

from lodestar.intelligence.earlier_records import views

urlpatterns = [
    path("record/<uuid:case_id>/met", views.met, name="record-met"),
    path("prompts", views.asked, name="prompts"),
    path("prompts/<uuid:prompt_id>", views.prompt, name="prompt"),
    path("cases/<str:reference>/earlier", views.earlier, name="case-earlier"),
]
