"""Addresses of access alerts."""

from django.urls import path

from lodestar.information_governance.access_alerts import views as alerts
from lodestar.information_governance.access_alerts import views as emergency_access

urlpatterns = [
    path("standards", alerts.alerts, name="standards-alerts"),
    path("standards/addresses", alerts.addresses, name="standards-addresses"),
    path("standards/<uuid:notice_id>", alerts.alert, name="standards-alert"),
    path("emergency", emergency_access.ask, name="emergency-ask"),
    path("emergency/<str:reference>", emergency_access.emergency, name="emergency"),
    path("emergency/<str:reference>/nothing", emergency_access.nothing, name="emergency-nothing"),
]
