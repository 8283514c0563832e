"""Addresses of a force's contacts."""

from django.urls import path

from lodestar.directory.contacts import views

urlpatterns = [
    path("contacts", views.contacts, name="contacts"),
    path("contacts/<str:contact_kind>", views.contact, name="contact"),
]
