"""Addresses of library."""

from django.urls import path

from lodestar.knowledge.library import views as essentials
from lodestar.knowledge.library import views as reading

urlpatterns = [
    path("guidance/pack", essentials.pack_page, name="guidance-pack"),
    path("guidance/pack/file", essentials.pack_file, name="guidance-pack-file"),
    path("guidance/documents/<uuid:document_id>", reading.document, name="guidance-document"),
    path("guidance/versions/<uuid:version_id>", reading.version, name="guidance-version"),
    path("guidance/versions/<uuid:version_id>/file", reading.file, name="guidance-file"),
    path("guidance/films/<uuid:film_id>", reading.film, name="guidance-film"),
    path("guidance/films/<uuid:film_id>/captions", reading.captions, name="guidance-captions"),
    path("guidance/versions/<uuid:version_id>/changed", reading.changed, name="guidance-changed"),
    path("guidance/documents/<uuid:document_id>/coverage", reading.coverage, name="guidance-coverage"),
    path("guidance/versions/<uuid:version_id>/understood", reading.understood, name="guidance-understood"),
]
