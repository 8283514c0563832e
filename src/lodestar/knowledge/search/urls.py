"""Addresses of search."""

from django.urls import path

from lodestar.knowledge.search import views

urlpatterns = [
    path("guidance", views.search_page, name="guidance"),
    path("guidance/missed", views.missed, name="guidance-missed"),
    path("guidance/topics", views.topics, name="guidance-topics"),
    path("guidance/topics/<str:topic>", views.topic, name="guidance-topic"),
    path("guidance/a-z", views.a_to_z, name="guidance-a-z"),
]
