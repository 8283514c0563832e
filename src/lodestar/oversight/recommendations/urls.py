"""Addresses of reports and recommendations."""

from django.urls import path

from lodestar.oversight.recommendations import views

urlpatterns = [
    path("recommendations", views.recommendations, name="recommendations"),
    path("recommendations/reports", views.reports, name="reports"),
    path("recommendations/reports/new", views.record_report, name="report-new"),
    path("recommendations/reports/<uuid:report_id>", views.report, name="report"),
    path("recommendations/reports/<uuid:report_id>/change", views.record_report, name="report-change"),
    path("recommendations/reports/<uuid:report_id>/new", views.record_recommendation, name="recommendation-new"),
    path("recommendations/reports/<uuid:report_id>/import", views.import_table, name="recommendation-file"),
    path("recommendations/reports/<uuid:report_id>/step", views.record_step, name="report-step"),
    path("recommendations/steps/<uuid:step_id>/withdraw", views.withdraw_step, name="report-step-withdraw"),
    path("recommendations/<uuid:recommendation_id>", views.recommendation, name="recommendation"),
    path("recommendations/<uuid:recommendation_id>/change", views.record_recommendation, name="recommendation-change"),
    path("recommendations/<uuid:recommendation_id>/requirement", views.requirement, name="recommendation-requirement"),
]
