"""Addresses of closings. An id or a reference stands in them, never a name."""

from django.urls import path

from lodestar.casework.closures import views

urlpatterns = [
    path("closings", views.closings, name="closings"),
    path("reviews", views.reviews, name="reviews"),
    path("reviews/<uuid:right_id>", views.review, name="review"),
    path("cases/<str:reference>/status", views.status, name="case-status"),
    path("cases/<str:reference>/closing", views.closing, name="case-closing"),
    path("cases/<str:reference>/outcomes", views.outcomes, name="case-outcomes"),
]
