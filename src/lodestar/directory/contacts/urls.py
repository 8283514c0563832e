"""Addresses of a force's contacts."""

from django.urls import path

from lodestar.directory.contacts import views

urlpatterns = [
    path("contacts", views.contacts, name="contacts"),
    path("contacts/files/<str:contact_file>", views.contacts_csv, name="contacts-csv"),
    path("contacts/file", views.contacts_file, name="contacts-file"),
    path("contacts/file/take", views.contacts_file_take, name="contacts-file-take"),
    path("contacts/<str:contact_kind>", views.contact, name="contact"),
]
