"""Who sees what of the library: asked of the doors themselves, without a page between."""

import pytest
from django.http import Http404

from lodestar.guidance import access
from lodestar.guidance.queries.documents import in_use
from lodestar.kernel.ids import new_id
from tests.factories.accounts import UnitFactory, UserFactory, a_member
from tests.factories.cases import MET
from tests.factories.guidance import (
    DidNotAnswerFactory,
    DocumentFactory,
    SearchFactory,
    StaleFactFactory,
    ThesaurusEntryFactory,
    VersionFactory,
)

DAY = MET.date()


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


def a_version(state, **about):
    published = {"published_at": MET, "published_by": UserFactory(), "is_alone": True} if state == "published" else {}
    return VersionFactory(state=state, **published, **about)


def shown(member, document):
    return access.version_shown(member, document, in_use(DAY))


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
    for door, wanted in [
        (access.version_for, version.id),
        (access.document_for, version.document_id),
        (shown, version.document),
    ]:
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


def test_an_editor_deals_once_with_what_found_no_answer(editor, officer):
    search, said = SearchFactory(), DidNotAnswerFactory()
    assert access.asked_for(editor, search.id) == search
    assert access.asked_for(editor, said.id) == said
    dealt = {"dealt_with_at": MET, "dealt_with": "Put into the thesaurus"}
    answered, *settled = SearchFactory(has_answer=True, found=1), SearchFactory(**dealt), DidNotAnswerFactory(**dealt)
    for member, wanted in [(editor, new_id()), (officer, search.id), *((editor, one.id) for one in (answered, *settled))]:
        with pytest.raises(Http404):
            access.asked_for(member, wanted)


def test_the_thesaurus_and_facts_that_no_longer_hold_are_the_editors(editor, officer):
    entry, fact = ThesaurusEntryFactory(), StaleFactFactory()
    assert access.entry_for(editor, entry.id) == entry
    assert access.fact_for(editor, fact.id) == fact
    for member, entry_id, fact_id in [(editor, new_id(), new_id()), (officer, entry.id, fact.id)]:
        with pytest.raises(Http404):
            access.entry_for(member, entry_id)
        with pytest.raises(Http404):
            access.fact_for(member, fact_id)


def test_how_many_have_read_is_seen_of_the_own_units_or_of_the_force(editor, officer):
    above = UnitFactory(name="A")
    below = UnitFactory(name="B", parent=above)
    UnitFactory(name="C")
    assert set(access.units_counted(a_member("supervisor", unit=above))) == {above.id, below.id}
    for whole in (editor, a_member("coordinator", unit=below)):
        assert access.units_counted(whole) is None
    with pytest.raises(Http404):
        access.units_counted(officer)
