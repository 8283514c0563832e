"""Addresses of custody."""

from django.urls import path

from lodestar.casework.custody import views

urlpatterns = [
    path("custody", views.desk, name="custody"),
    path("people/<uuid:person_id>/custody", views.person_custody, name="person-custody"),
    path("custody/lists", views.lists, name="custody-lists"),
    path("custody/lists/<uuid:list_row_id>", views.list_row, name="custody-list-row"),
]
