"""Addresses of earlier records."""

from django.urls import path

from lodestar.intelligence.earlier_records import views as earlier

urlpatterns = [
    path("record/<uuid:case_id>/met", earlier.met, name="record-met"),
    path("prompts", earlier.asked, name="prompts"),
    path("prompts/records", earlier.came_in, name="prompts-records"),
    path("prompts/<uuid:prompt_id>", earlier.prompt, name="prompt"),
    path("cases/<str:reference>/earlier", earlier.earlier, name="case-earlier"),
]
