"""Addresses of court orders. An id stands in them, never a name."""

from django.urls import path

from lodestar.casework.court_orders import views

urlpatterns = [
    path("orders", views.orders, name="orders"),
    path("orders/<uuid:order_id>", views.order, name="order"),
    path("orders/<uuid:order_id>/breach", views.breach, name="order-breach"),
    path("cases/<str:reference>/orders", views.case_orders, name="case-orders"),
]
