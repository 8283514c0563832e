"""Facts that no longer hold, what a search did not answer as its owner's work, and what comes with Lodestar."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from lodestar.knowledge.library.models import Passage, StaleFact
from lodestar.knowledge.publishing.actions import keeping, stock
from lodestar.knowledge.publishing.actions.stages import publish
from lodestar.knowledge.search.models import Search, ThesaurusEntry
from lodestar.platform.text.reference_lists import reference_list
from tests.apps.knowledge.library.test_pages import text_of
from tests.factories.guidance import SearchFactory, StaleFactFactory
from tests.factories.signed_in import form

SAID = {
    "called": "number", "says": "01632 960 111", "replaced_by": "01632 960 112", "from_date": "1 March 2024",
    "source": "The force's list", "states_it": "Ring 01632 960 111 first.", "does_not": "Ring 01632 960 112 first.",
    "review_by": "1 March 2127",
}  # fmt: skip


def stale_of(version):
    return list(Passage.objects.filter(version=version).values_list("stale", flat=True))


def test_a_new_fact_is_marked_at_once_in_what_is_published_and_not_beside_what_only_looks_like_it(take_in, one):
    old = take_in("old.txt", "By day RING 01632 960\n111 and ask for the desk.").version
    other = take_in("other.txt", "By day ring 01632 960 112 and ask for the desk.").version
    assert one.post("/guidance/facts/new", form(**SAID)).status_code == 302
    row = StaleFact.objects.get()
    assert stale_of(old) == [[row.code]]
    assert stale_of(other) == [[]]
    shown = text_of(one.get(f"/guidance/documents/{old.document_id}"))
    assert "Differs from the force’s confirmed number: 01632 960 112" in shown
    assert "01632 960 112, since 1 March 2024" in text_of(one.get("/guidance/facts"))


def test_a_fact_that_is_narrowed_or_ended_marks_less(take_in, one):
    old = take_in("old.txt", "By night ring 01632 960 111 and wait.").version
    one.post("/guidance/facts/new", form(**SAID))
    row = StaleFact.objects.get()
    path = f"/guidance/facts/{row.id}"
    narrower = {**SAID, "says": "first ring 01632 960 111", "states_it": "First ring 01632 960 111."}
    assert one.post(path, form(**narrower)).status_code == 302
    assert stale_of(old) == [[]]
    assert one.post(path, form(**SAID)).status_code == 302
    assert stale_of(old) == [[row.code]]
    assert one.post(path, form(end="1")).status_code == 302
    assert stale_of(old) == [[]]
    assert "Not used" in text_of(one.get("/guidance/facts"))


def test_a_draft_is_marked_by_the_facts_of_the_day_it_is_published(take_in, one, editor):
    draft = take_in("old.txt", "Ring 01632 960 111 first.", is_published=False).version
    one.post("/guidance/facts/new", form(**SAID))
    assert stale_of(draft) == [[]]
    publish(by=editor, at=timezone.now(), version=draft, alone=True)
    assert stale_of(draft) == [[StaleFact.objects.get().code]]


def test_a_fact_whose_examples_do_not_fit_or_that_says_too_little_is_refused(one):
    refused = {
        "states_it": ("Ring 999.", "None of the phrases is in this sentence"),
        "does_not": ("Ring 01632 960 111.", "is also in this sentence"),
        "says": ("to", "too short"),
        "from_date": ("1 March 2127", "still to come"),
        "review_by": ("", "Write the review date"),
        "replaced_by": ("", "Write the current fact"),
    }
    for name, (value, words) in refused.items():
        page = one.post("/guidance/facts/new", form(**{**SAID, name: value}))
        assert page.status_code == 422, name
        assert words in text_of(page), name
    assert not StaleFact.objects.exists()


def test_what_quotes_one_is_listed_with_its_owner(take_in, one, django_assert_max_num_queries):
    StaleFactFactory(says=["01632 960 999"])
    document = take_in("a.txt", "Go there. Ring 01632 960 999 at night. Then wait.", title="Of the desk").version.document
    document.owner = "Custody lead"
    document.save()
    assert "Of the desk 1 passage, Custody lead" in text_of(one.get("/guidance/keeping"))
    for number in range(45):
        take_in(f"{number}.txt", f"Ring 01632 960 999 by day. {number}.", title=f"Guide {number}")
    with django_assert_max_num_queries(15):
        page = one.get("/guidance/keeping?of=stale")
    assert len(page.content) < 30_000
    assert f"/guidance/documents/{document.id}?at=0#p-0" in page.content.decode()
    assert "after=40" in page.content.decode()


# --- what did not answer -----------------------------------------------------------------------------------------------


def test_that_none_answered_is_a_search_without_a_good_answer(take_in, asks, one):
    take_in("a.txt", "A kidney was taken out.", title="Of organs")
    asks.post("/guidance/missed", form(words="marmalade kidney", found="1"))
    (row,) = Search.objects.filter(has_answer=False)
    assert (row.words, row.found) == (["kidney"], 1)
    assert "Thank you." in text_of(asks.get("/guidance?said=1"))


def test_the_same_words_are_one_line_of_the_worklist_and_are_dealt_with_together(one):
    for _ in range(3):
        row = SearchFactory(words=["yak", "zebra"], dropped=1)
    SearchFactory(words=["okapi"])
    SearchFactory(words=[])
    page = text_of(one.get("/guidance/keeping?of=searches"))
    assert "yak, zebra 3 times" in page
    assert page.index("zebra") < page.index("okapi")
    assert "1 search had no word that the library knows" in page
    one.post(f"/guidance/keeping/{row.id}", form(done="A page is added."))
    assert "zebra" not in text_of(one.get("/guidance/keeping?of=searches"))
    assert Search.objects.filter(dealt_with="A page is added.").count() == 3


OLD_NUMBER = "To arrange support, call the Salvation Army on 0300 303 8151."


@pytest.fixture
def ships(monkeypatch, editor):
    """Stocks the library from the first rows of the lists, each row changed or left out as `said` has it, and no pages."""
    monkeypatch.setattr(stock, "_pages", lambda by, at: 0)

    def put_in(**said):
        def of(app, name):
            listed = reference_list(app, name)
            rows = [{**row, **said.get(row["code"], {})} for row in listed.rows[:8] if said.get(row["code"], {}) is not None]
            return replace(listed, rows=tuple(rows))

        monkeypatch.setattr(stock, "reference_list", of)
        return stock.stock(by=editor, at=timezone.now())

    return put_in


def test_what_comes_with_lodestar_is_put_in_once(editor):
    assert stock.stock(by=editor, at=timezone.now()) > 200
    assert stock.stock(by=editor, at=timezone.now()) == 0


def test_an_entry_that_a_release_changes_reaches_a_force_that_left_it_alone(ships):
    ships()
    assert ships(nick={"means": ["arrest", "necessity"]}) == 1
    assert ThesaurusEntry.objects.get(code="nick").means == ["arrest", "necessity"]
    assert ships(nick=None) == 1
    assert not ThesaurusEntry.objects.get(code="nick").is_used
    assert ships() == 1
    assert ThesaurusEntry.objects.get(code="nick").is_used


def test_an_entry_that_the_force_changed_or_took_out_of_use_stays_as_it_is(ships, editor):
    ships()
    own = {"both_ways": False, "group": "", "owner": "", "review_by": date(2030, 1, 1)}
    fields, now = {"says": ["nick"], "means": ["steal"], **own}, timezone.now()
    changed, ended = ThesaurusEntry.objects.get(code="nick"), ThesaurusEntry.objects.get(code="bail")
    keeping.keep_row(by=editor, at=now, row=changed, fields=fields)
    keeping.end_row(by=editor, at=now, row=ended)
    assert ships(nick={"means": ["arrest", "necessity"]}, bail={"means": ["release"]}) == 0
    assert ThesaurusEntry.objects.get(code="nick").means == ["steal"]
    assert not ThesaurusEntry.objects.get(code="bail").is_used


def test_a_fact_that_a_release_brings_or_changes_is_marked_in_what_stands_already(ships, take_in):
    code = next(row["code"] for row in reference_list("publishing", "superseded_facts").rows if "0300 303 8151" in row["says"])
    ships(**{code: None})
    take_in("old.txt", OLD_NUMBER)
    assert Passage.objects.get().stale == []
    ships()
    assert Passage.objects.get().stale == [code]
    ships(**{code: {"says": ["0300 000 0000"]}})
    assert Passage.objects.get().stale == []
