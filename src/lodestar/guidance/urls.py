"""Addresses of the guidance library."""

from django.urls import path

from lodestar.guidance.views import essentials, keeping, newsletters, reading, searches, topics, words

urlpatterns = [
    path("guidance", searches.search_page, name="guidance"),
    path("guidance/missed", searches.missed, name="guidance-missed"),
    path("guidance/pack", essentials.pack_page, name="guidance-pack"),
    path("guidance/pack/file", essentials.pack_file, name="guidance-pack-file"),
    path("guidance/topics", topics.topics, name="guidance-topics"),
    path("guidance/topics/<str:topic>", topics.topic, name="guidance-topic"),
    path("guidance/a-z", topics.a_to_z, name="guidance-a-z"),
    path("guidance/documents/<uuid:document_id>", reading.document, name="guidance-document"),
    path("guidance/versions/<uuid:version_id>", reading.version, name="guidance-version"),
    path("guidance/versions/<uuid:version_id>/file", reading.file, name="guidance-file"),
    path("guidance/films/<uuid:film_id>", reading.film, name="guidance-film"),
    path("guidance/films/<uuid:film_id>/captions", reading.captions, name="guidance-captions"),
    path("guidance/versions/<uuid:version_id>/changed", reading.changed, name="guidance-changed"),
    path("guidance/documents/<uuid:document_id>/coverage", reading.coverage, name="guidance-coverage"),
    path("guidance/versions/<uuid:version_id>/understood", reading.understood, name="guidance-understood"),
    path("guidance/versions/<uuid:version_id>/stage", keeping.stage, name="guidance-stage"),
    path("guidance/versions/<uuid:version_id>/transcript", keeping.transcript, name="guidance-transcript"),
    path("guidance/versions/<uuid:version_id>/text", keeping.text, name="guidance-text"),
    path("guidance/documents/<uuid:document_id>/about", keeping.about, name="guidance-about"),
    path("guidance/add", keeping.add, name="guidance-add"),
    path("guidance/keeping", keeping.waiting, name="guidance-keeping"),
    path("guidance/keeping/all", keeping.waiting_list, name="guidance-keeping-all"),
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
