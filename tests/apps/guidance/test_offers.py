"""What a search box offers."""

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.guidance import actions
from lodestar.guidance.models import Search
from lodestar.guidance.queries.library import offers
from tests.factories.accounts import a_member
from tests.factories.guidance import ThesaurusEntryFactory
from tests.factories.signed_in import signed_in


@pytest.fixture
def asks(fenmarch):
    return signed_in(Client(), a_member("frontline"))


def test_the_search_box_is_offered_words_and_titles_and_nothing_of_it_is_kept(take_in, asks):
    take_in("a.txt", "Ring the desk.", title="A guide of the desk")
    take_in("b.txt", "Not yet.", title="A draft of the yard", is_published=False)
    actions.stock(by=a_member("guidance_editor"), at=timezone.now())
    answer = asks.get("/guidance/offers")
    told = answer.json()["offers"]
    assert len(answer.content) < 30_000
    assert "A guide of the desk" in told
    assert "The first hour with someone who may be a victim" in told
    assert "A draft of the yard" not in told
    assert len(told) == len(set(told))
    assert not Search.objects.exists()


def test_what_has_no_room_is_not_offered(take_in):
    ThesaurusEntryFactory(says=["marmalade"])
    take_in("a.txt", "Ring the desk.", title="A guide of the desk")
    assert offers(15) == ["marmalade"]
    assert offers(5) == []
