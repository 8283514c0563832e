"""Addresses of allocation."""

from django.urls import path

from lodestar.casework.allocation import views

urlpatterns = [
    path("allocation", views.allocation, name="allocation"),
    path("cases/<str:reference>/allocate", views.allocate, name="case-allocate"),
    path("cases/<str:reference>/acknowledge", views.acknowledge, name="case-acknowledge"),
    path("cases/<str:reference>/conflicts", views.conflicts, name="case-conflicts"),
    path("cases/<str:reference>/authority", views.authority, name="case-authority"),
]
