"""Who sees what of the library: asked of the doors themselves, without a page between."""

import pytest
from django.http import Http404

from lodestar.knowledge.library import access
from lodestar.knowledge.library.queries.library import in_use
from tests.factories.accounts import UserFactory, a_member
from tests.factories.cases import MET
from tests.factories.guidance import DocumentFactory, VersionFactory

DAY = MET.date()


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


def a_version(state, **about):
    published = {"published_at": MET, "published_by": UserFactory(), "is_alone": True} if state == "published" else {}
    return VersionFactory(state=state, **published, **about)


def shown(member, document):
    return access.version_shown(member, document, in_use())


@pytest.mark.parametrize(("state", "is_shown"), [("draft", False), ("approved", False), ("published", True)])
def test_a_draft_is_its_editors_and_what_was_published_is_everyones(editor, officer, state, is_shown):
    version = a_version(state)
    assert access.version_for(editor, version.id) == version
    assert access.document_for(editor, version.document_id) == version.document
    assert shown(editor, version.document) == version
    if is_shown:
        assert access.version_for(officer, version.id) == version
        assert access.document_for(officer, version.document_id) == version.document
        assert shown(officer, version.document) == version
        return
    for door, wanted in [(access.version_for, version.id), (access.document_for, version.document_id), (shown, version.document)]:
        with pytest.raises(Http404):
            door(officer, wanted)


def test_a_document_shows_what_is_published_else_the_latest(editor, officer):
    document = DocumentFactory()
    published, draft = a_version("published", document=document), a_version("draft", document=document, number=2)
    assert shown(editor, document) == shown(officer, document) == published
    drafts = DocumentFactory()
    a_version("draft", document=drafts)
    latest = a_version("draft", document=drafts, number=2)
    assert shown(editor, drafts) == latest
    assert {published, draft, latest} <= set(access.visible_versions(editor))
