"""Addresses of imports."""

from django.urls import path

from lodestar.exchange.imports.views import files

urlpatterns = [
    path("prompts/records/taking-in", files.files_in, name="files-in"),
    path("prompts/records/taking-in/headings", files.headings, name="files-in-headings"),
    path("prompts/records/taking-in/template", files.template_file, name="files-in-template"),
    path("prompts/records/taken-in/<uuid:taken_in_id>", files.import_outcomes, name="file-in"),
    path("prompts/records/taken-in/<uuid:taken_in_id>/rejected", files.rejected, name="file-in-rejected"),
]
