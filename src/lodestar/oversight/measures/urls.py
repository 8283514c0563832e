"""Addresses of the figure and of the measures. A list's address names what is counted, never a case."""

from django.urls import path

from lodestar.oversight.measures.views import figures as views
from lodestar.oversight.measures.views import measures

urlpatterns = [
    path("figures", views.figures, name="figures"),
    path("figures/definitions", views.defined, name="figures-definitions"),
    path("figures/take", views.take, name="figures-take"),
    path("figures/<slug:failing>/<slug:verdict>", views.cases, name="figures-cases"),
    path("measures", measures.overview, name="measures"),
    path("measures/trained-or-not", measures.effect, name="measures-effect"),
    path("measures/crime-totals", measures.totals, name="measures-totals"),
    path("measures/<slug:measure_code>", measures.measure, name="measures-one"),
    path("measures/<slug:measure_code>/cases", measures.cases, name="measures-cases"),
]
