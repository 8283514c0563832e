"""Addresses of the guidance library."""

from django.urls import path

from lodestar.guidance import views

urlpatterns = [
    path("guidance", views.guidance, name="guidance"),
    path("guidance/no-answer", views.no_answer, name="guidance-no-answer"),
    path("guidance/<uuid:document_id>", views.document, name="guidance-document"),
    path("guidance/<uuid:document_id>/original", views.original_file, name="guidance-original"),
    path("guidance/<uuid:document_id>/did-not-answer", views.did_not_answer, name="guidance-did-not-answer"),
]
