"""Addresses of publishing."""

from django.urls import path

from lodestar.knowledge.publishing.views import keeping, newsletters, words

urlpatterns = [
    path("guidance/versions/<uuid:version_id>/stage", keeping.stage, name="guidance-stage"),
    path("guidance/versions/<uuid:version_id>/text", keeping.text, name="guidance-text"),
    path("guidance/documents/<uuid:document_id>/about", keeping.about, name="guidance-about"),
    path("guidance/add", keeping.add, name="guidance-add"),
    path("guidance/keeping", keeping.waiting, name="guidance-keeping"),
    path("guidance/keeping/<uuid:asked_id>", keeping.dealt, name="guidance-dealt"),
    path("guidance/facts", words.facts, name="guidance-facts"),
    path("guidance/facts/new", words.fact, name="guidance-facts-new"),
    path("guidance/facts/<uuid:fact_id>", words.fact, name="guidance-facts-one"),
    path("guidance/newsletters", newsletters.newsletters, name="guidance-newsletters"),
    path("guidance/newsletters/wanted", newsletters.wanted, name="guidance-newsletters-wanted"),
    path("guidance/newsletters/new", newsletters.write, name="guidance-newsletters-new"),
    path("guidance/versions/<uuid:version_id>/send", newsletters.send, name="guidance-newsletter-send"),
    path("guidance/words", words.thesaurus, name="guidance-words"),
    path("guidance/words/new", words.entry, name="guidance-words-new"),
    path("guidance/words/<uuid:entry_id>", words.entry, name="guidance-words-entry"),
]
