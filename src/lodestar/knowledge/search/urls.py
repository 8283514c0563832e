"""Addresses of search."""

from django.urls import path

from lodestar.knowledge.search import views as searches
from lodestar.knowledge.search import views as topics

urlpatterns = [
    path("guidance", searches.search_page, name="guidance"),
    path("guidance/missed", searches.missed, name="guidance-missed"),
    path("guidance/topics", topics.topics, name="guidance-topics"),
    path("guidance/topics/<str:topic>", topics.topic, name="guidance-topic"),
    path("guidance/a-z", topics.a_to_z, name="guidance-a-z"),
]
