"""Addresses of access alerts."""

from django.urls import path

from lodestar.information_governance.access_alerts import views

urlpatterns = [
    path("standards", views.alerts, name="standards-alerts"),
    path("standards/addresses", views.addresses, name="standards-addresses"),
    path("standards/<uuid:notice_id>", views.alert, name="standards-alert"),
    path("emergency", views.ask, name="emergency-ask"),
    path("emergency/<str:reference>", views.emergency, name="emergency"),
    path("emergency/<str:reference>/nothing", views.nothing, name="emergency-nothing"),
]
