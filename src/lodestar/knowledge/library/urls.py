"""Addresses of library."""

from django.urls import path

from lodestar.knowledge.library import views

urlpatterns = [
    path("guidance/pack", views.pack_page, name="guidance-pack"),
    path("guidance/pack/file", views.pack_file, name="guidance-pack-file"),
    path("guidance/documents/<uuid:document_id>", views.document, name="guidance-document"),
    path("guidance/versions/<uuid:version_id>", views.version, name="guidance-version"),
    path("guidance/versions/<uuid:version_id>/file", views.file, name="guidance-file"),
    path("guidance/films/<uuid:film_id>", views.film, name="guidance-film"),
    path("guidance/films/<uuid:film_id>/captions", views.captions, name="guidance-captions"),
    path("guidance/versions/<uuid:version_id>/changed", views.changed, name="guidance-changed"),
    path("guidance/documents/<uuid:document_id>/coverage", views.coverage, name="guidance-coverage"),
    path("guidance/versions/<uuid:version_id>/understood", views.understood, name="guidance-understood"),
]
