"""Addresses of partners."""

from django.urls import path

from lodestar.directory.partners import views

urlpatterns = [
    path("partners", views.partners, name="partners"),
    path("partners/new", views.partner_form, name="partner-new"),
    path("partners/<str:partner_id>", views.partner, name="partner"),
    path("partners/<str:partner_id>/edit", views.partner_form, name="partner-edit"),
    path("partners/<str:partner_id>/confirm", views.partner_confirm, name="partner-confirm"),
    path("partners/<str:partner_id>/parts/<str:partner_part>", views.partner_part, name="partner-part"),
]
