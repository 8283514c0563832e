"""Addresses of deep dives. A case has its number in the sample there, never its reference."""

from django.urls import path

from lodestar.oversight.deep_dives import views

urlpatterns = [
    path("deep-dives", views.deep_dives, name="deep-dives"),
    path("deep-dives/new", views.draw, name="deep-dive-new"),
    path("deep-dives/findings", views.findings, name="deep-dive-findings"),
    path("deep-dives/findings/<uuid:finding_id>", views.finding, name="deep-dive-finding"),
    path("deep-dives/disputes/<uuid:dispute_id>", views.dispute, name="deep-dive-dispute"),
    path("deep-dives/<uuid:dive_id>", views.deep_dive, name="deep-dive"),
    path("deep-dives/<uuid:dive_id>/close", views.close, name="deep-dive-close"),
    path("deep-dives/<uuid:dive_id>/findings/new", views.new_finding, name="deep-dive-finding-new"),
    path("deep-dives/<uuid:dive_id>/report", views.report, name="deep-dive-report"),
    path("deep-dives/<uuid:dive_id>/report/<str:kind>", views.report_file, name="deep-dive-report-file"),
    path("deep-dives/<uuid:dive_id>/cases/<int:number>", views.case, name="deep-dive-case"),
    path("deep-dives/<uuid:dive_id>/cases/<int:number>/give", views.give, name="deep-dive-give"),
    path("deep-dives/<uuid:dive_id>/cases/<int:number>/questions/<str:letter>", views.section, name="deep-dive-section"),
    path("deep-dives/<uuid:dive_id>/cases/<int:number>/conflict", views.conflict, name="deep-dive-conflict"),
    path("deep-dives/<uuid:dive_id>/cases/<int:number>/result", views.result, name="deep-dive-result"),
]
