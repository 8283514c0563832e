"""Addresses of keeping and letting go. An id stands in them, never a name."""

from django.urls import path

from lodestar.information_governance.retention import views

urlpatterns = [
    path("keeping", views.keeping, name="keeping"),
    path("keeping/people/<uuid:person_id>", views.person, name="keeping-person"),
    path("keeping/disposals/<uuid:disposal_id>", views.disposal, name="keeping-disposal"),
    path("requests", views.requests, name="requests"),
    path("requests/new", views.request_new, name="request-new"),
    path("requests/<uuid:request_id>", views.subject_request, name="subject-request"),
    path("requests/<uuid:request_id>/search", views.request_search, name="request-search"),
    path("request-tasks/<uuid:task_id>", views.request_task, name="request-task"),
    path("breaches", views.breaches, name="breaches"),
    path("breaches/new", views.breach_new, name="breach-new"),
    path("breaches/<uuid:breach_id>", views.breach, name="breach"),
    path("cases/<str:reference>/hold", views.case_hold, name="case-hold"),
    path("cases/<str:reference>/hold/lift", views.case_lift, name="case-hold-lift"),
]
