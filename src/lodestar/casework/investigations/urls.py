"""Addresses of investigations."""

from django.urls import path

from lodestar.casework.investigations import views

urlpatterns = [
    path("people/<uuid:person_id>/crime", views.crime, name="person-crime"),
    path("cases/<str:reference>/review", views.review, name="case-review"),
]
