"""Addresses of the figure. A list's address names a failing and a verdict, never a case."""

from django.urls import path

from lodestar.oversight.measures import views

urlpatterns = [
    path("figures", views.figures, name="figures"),
    path("figures/definitions", views.defined, name="figures-definitions"),
    path("figures/by-month", views.months, name="figures-months"),
    path("figures/take", views.take, name="figures-take"),
    path("figures/taken/<uuid:taken_id>", views.download, name="figures-taken"),
    path("figures/taken/<uuid:taken_id>/file", views.file, name="figures-file"),
    path("figures/a-year-before", views.year, name="figures-year"),
    path("figures/still/<slug:which>", views.open_items, name="figures-still"),
    path("figures/<slug:failing>/<slug:verdict>", views.cases, name="figures-cases"),
]
