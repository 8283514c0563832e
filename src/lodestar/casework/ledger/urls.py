"""Addresses of ledger."""

from django.urls import path

from lodestar.casework.ledger import views as handing_on
from lodestar.casework.ledger import views as tours

urlpatterns = [
    path("cases/<str:reference>/hand-on", handing_on.hand_on, name="case-hand-on"),
    path("tour", tours.tour, name="tour"),
    path("morning-list", handing_on.morning_list, name="morning-list"),
]
