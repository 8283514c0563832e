"""From a passage of an old version to where the version in use says the same; and what a search box offers."""

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


def a_guide(*parts):
    return "\n\n".join(f"# {heading}\n\n{' '.join([words] * 6)}" for heading, words in parts)


def test_an_old_passage_leads_to_the_same_place_of_the_version_in_use(take_in, asks):
    desk, yard = ("Desk", "Ring the desk before anything else."), ("Yard", "Go to the yard with a colleague.")
    old = take_in("a.md", a_guide(desk, yard), title="A guide").version
    assert "same place" not in asks.get(f"/guidance/versions/{old.id}").content.decode()
    new = take_in("a.md", a_guide(("Start", "Something that is new here."), *(desk, yard)), title="A guide").version
    page = asks.get(f"/guidance/versions/{old.id}").content.decode()
    assert page.count("Go to the same place in the version in use") == 2
    assert f'href="/guidance/versions/{new.id}?at=2#p-2"' in page
    assert "same place" not in asks.get(f"/guidance/versions/{new.id}").content.decode()


def test_an_old_version_costs_no_more_than_a_page_may(take_in, asks, django_assert_max_num_queries):
    many = [(f"Part {number}", f"Of {number} this guide says a good deal more than before.") for number in range(30)]
    old = take_in("a.md", a_guide(*many)).version
    take_in("a.md", a_guide(*many, ("Last", "What is new.")))
    with django_assert_max_num_queries(20):
        page = asks.get(f"/guidance/versions/{old.id}?at=10")
    assert len(page.content) < 30_000


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
