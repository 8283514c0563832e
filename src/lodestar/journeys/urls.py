"""Addresses of the recording screens, of decisions, of what earlier records ask, and of files that come in."""

from django.urls import path

from lodestar.journeys import api
from lodestar.journeys.views import belief, earlier, files, screens

urlpatterns = [
    path("record", screens.record, name="record"),
    path("record/<uuid:case_id>/who", screens.who, name="record-who"),
    path("record/<uuid:case_id>/met", earlier.met, name="record-met"),
    path("record/<uuid:case_id>/safe", screens.safe, name="record-safe"),
    path("record/<uuid:case_id>/signs/<slug:group>", screens.signs, name="record-signs"),
    path("api/v1/concerns", api.concerns, name="api-concerns"),
    path("prompts", earlier.asked, name="prompts"),
    path("prompts/records", earlier.came_in, name="prompts-records"),
    path("prompts/records/whole/<uuid:said_id>", files.coverage_statement, name="records-whole"),
    path("prompts/records/taking-in", files.look, name="files-in"),
    path("prompts/records/taking-in/headings", files.headings, name="files-in-headings"),
    path("prompts/records/taking-in/template", files.template_file, name="files-in-template"),
    path("prompts/records/taking-in/take", files.take_in, name="files-in-take"),
    path("prompts/records/taken-in/<uuid:taken_in_id>", files.import_outcomes, name="file-in"),
    path("prompts/records/taken-in/<uuid:taken_in_id>/rejected", files.rejected, name="file-in-rejected"),
    path("prompts/<uuid:prompt_id>", earlier.prompt, name="prompt"),
    path("cases/<str:reference>/earlier", earlier.earlier, name="case-earlier"),
    path("people/<uuid:person_id>/belief", belief.belief, name="person-belief"),
]
