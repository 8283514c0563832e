"""Addresses of plans, lines of enquiry, the decision log, unused material and third-party material."""

from django.urls import path

from lodestar.casework.enquiries import views

urlpatterns = [
    path("cases/<str:reference>/plan", views.plan, name="case-plan"),
    path("cases/<str:reference>/plan/write", views.plan_write, name="case-plan-write"),
    path("lines-of-enquiry", views.lines, name="lines-of-enquiry"),
    path("lines-of-enquiry/<uuid:line_id>", views.line, name="line-of-enquiry"),
    path("lines-of-enquiry/<uuid:line_id>/move", views.line_move, name="line-of-enquiry-move"),
    path("cases/<str:reference>/decisions", views.decisions, name="case-decisions"),
    path("cases/<str:reference>/decisions/add", views.decision_add, name="case-decision-add"),
    path("cases/<str:reference>/unused", views.case_unused, name="case-unused"),
    path("cases/<str:reference>/unused/add", views.unused_add, name="case-unused-add"),
    path("unused-material", views.unused, name="unused-material"),
    path("unused-material/<uuid:unused_id>", views.unused_item, name="unused-item"),
    path("unused-material/<uuid:unused_id>/move", views.unused_move, name="unused-item-move"),
    path("people/<uuid:person_id>/material", views.material_ask, name="person-material"),
    path("material-requests", views.material_requests, name="material-requests"),
    path("material-requests/<uuid:material_id>/sent", views.material_sent, name="material-request-sent"),
    path("material-requests/<uuid:material_id>", views.material_request, name="material-request"),
]
