"""Addresses of services."""

from django.urls import path

from lodestar.casework.services import views

urlpatterns = [
    path("services", views.services, name="services"),
    path("services/add", views.add_service, name="service-add"),
    path("services/export", views.export_services, name="services-export"),
    path("services/file", views.services_file, name="services-file"),
    path("services/file/take", views.services_file_take, name="services-file-take"),
    path("services/<uuid:service_id>", views.service, name="service"),
    path("services/<uuid:service_id>/edit", views.edit_service, name="service-edit"),
    path("services/<uuid:service_id>/places", views.service_places, name="service-places"),
    path("people/<uuid:person_id>/tonight", views.person_tonight, name="person-tonight"),
]
