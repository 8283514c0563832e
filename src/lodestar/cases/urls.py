"""Addresses of a case's own pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
