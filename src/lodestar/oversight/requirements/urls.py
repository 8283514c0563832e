"""Addresses of requirements."""

from django.urls import path

from lodestar.oversight.requirements import views

urlpatterns = [
    path("requirements", views.coverage, name="requirements"),
    path("requirements/standards", views.take_in, name="requirement-standards"),
    path("requirements/import", views.table_file, name="requirement-file"),
    path("requirements/links/<uuid:link_id>", views.unlink, name="requirement-unlink"),
    path("requirements/<uuid:requirement_id>", views.requirement, name="requirement"),
    path("requirements/<uuid:requirement_id>/link/<slug:evidence_kind>", views.link, name="requirement-link"),
]
