"""The pages of the library: what a search shows, a document at a passage, and who sees a draft."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.ledger.models import Obligation
from lodestar.knowledge.library import views
from lodestar.knowledge.library.models import Reading
from lodestar.knowledge.publishing.actions.stages import withdraw
from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.knowledge.search import presenters
from lodestar.knowledge.search.models import Search
from lodestar.platform.audit.models import Event
from lodestar.platform.files.document_text import NotRead
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, signed_in

WRAPS = "A boy with wraps who says he owes money may be made to sell drugs. Treat him as a child who may be a victim."


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


@pytest.fixture
def asks(officer):
    return signed_in(Client(), officer)


@pytest.fixture
def keeps(editor):
    return signed_in(Client(), editor)


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def link_in(page, words):
    return re.search(rf'href="([^"]+)">{words}', page.content.decode())[1]


def test_an_answer_opens_its_document_at_the_passage(take_in, asks, settings):
    stock(by=a_member("guidance_editor"), at=timezone.now())
    rest = "\n\n".join(f"Paragraph {n} says nothing about it. " + "Other words stand here. " * 40 for n in range(30))
    take_in("long.md", f"# Long guide\n\n{rest}\n\n## Wraps\n\n{WRAPS}", title="Long guide", publisher="Fenmarch Police")
    page = asks.get("/guidance", {"q": "lad 16 with wraps says he owes", "origin": "national"})
    assert "Long guide, Wraps" in text_of(page)
    assert "Fenmarch Police, date not known" in text_of(page)
    href = link_in(page, "Long guide, Wraps").replace("&amp;", "&")
    path, _, place = href.partition("#")
    opened = asks.get(path)
    assert f'id="{place}"' in opened.content.decode()
    assert WRAPS in text_of(opened)
    assert "Paragraph 0" not in text_of(opened)
    assert len(opened.content) < 30_000


def test_a_page_of_results_is_short_and_a_document_says_its_title_once(take_in, asks):
    words = "The kidney is looked after by nobody here. Ask who paid for it, and where the scar was seen by a doctor. " * 5
    for number in range(9):
        version = take_in(f"{number}.md", f"# Organs {number}\n\n## Scars\n\n{words}{number}.").version
    page = asks.get("/guidance", {"q": "kidney scar doctor"})
    assert page.content.decode().count('class="lode-result"') == presenters.WITH_PASSAGES
    passages = re.findall(r'<li class="lode-result">.*?<p class="govuk-body">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert {re.sub(r"<.*?>", "", passage).split()[0] for passage in passages} <= {"The", "Ask"}
    assert len(text_of(page).partition("What guidance says")[2].partition("Say what did not help")[0].split()) <= 350
    main = text_of(asks.get(f"/guidance/documents/{version.document_id}")).partition("Version 1")[2]
    assert "Organs 8 Scars" not in main


def test_what_is_asked_from_the_page_of_results_is_kept_and_the_same_words_narrowed_are_not(take_in, asks):
    take_in("wraps.txt", WRAPS)
    first = asks.get("/guidance", {"q": "Kestrel with wraps"})
    sent = dict(re.findall(r'name="(asked)" value="([^"]*)"', first.content.decode())) | {"nation": "england_wales"}
    asks.get("/guidance", {"q": "Kestrel with  wraps", **sent, "nation": "all"})
    assert Search.objects.count() == 1
    assert f"asked={'Kestrel+with+wraps'}" in presenters.everywhere_href("Kestrel with wraps")
    asks.get("/guidance", {"q": "visa stamp", **sent})  # the form of the results sends its nation with new words too
    assert Search.objects.count() == 2


def test_a_step_quotes_what_holds_in_the_nation_of_its_force(take_in, asks, officer):
    case = a_case(officer, police_areas=["fenmarch"])
    a_person(officer, case)
    row = Obligation.objects.filter(case=case, state="open").order_by("code")[0]
    words = f"Of {row.code.replace('_', ' ')} this guide says more. In custody: the alternatives, the duty sergeant."
    take_in("scots.txt", f"{words} In Scotland.", title="Scots guide", nation="scotland")
    take_in("ours.txt", words, title="Our guide")
    for path in (f"/owed/{row.id}", f"/rules/{row.code}", "/guidance/topics/custody"):
        page = text_of(asks.get(path))
        assert "Our guide" in page
        assert "Scots guide" not in page


def test_who_said_that_nothing_answered_is_nowhere_and_can_be_made_out_by_no_moment(take_in, asks, officer):
    take_in("wraps.txt", WRAPS)
    before = set(Event.objects.filter(by=officer.user).values_list("id", flat=True))
    asks.post("/guidance/missed", form(words="wraps", found="1"))
    assert Search.objects.count() == 1
    assert not Event.objects.filter(by=officer.user).exclude(id__in=before).exists()


@pytest.mark.parametrize("question", ["do i nick him", "can I arrest her", "cuff the lad?"])
def test_before_custody_stand_the_test_the_alternatives_and_whom_to_ring(take_in, asks, question):
    stock(by=a_member("guidance_editor"), at=timezone.now())
    take_in("wraps.txt", WRAPS)
    assert "Code G" not in text_of(asks.get("/guidance", {"q": "wraps"}))
    page = text_of(asks.get("/guidance", {"q": f"wraps {question}"}))
    assert "Police and Criminal Evidence Act 1984 and Code G" in page
    assert "coming in later by appointment" in page
    assert "Duty sergeant" in page
    ours = re.sub(r'<li class="lode-result">.*?</li>|<input[^>]*>', "", asks.get("/guidance", {"q": f"wraps {question}"})
                  .content.decode(), flags=re.DOTALL)  # fmt: skip
    assert "arrest" not in ours.lower()


def test_what_no_longer_holds_is_marked_with_what_does_beside_it(take_in, asks):
    stock(by=a_member("guidance_editor"), at=timezone.now())
    old = "To arrange support, call the Salvation Army on 0300 303 8151 at any hour of the day or night."
    true = "Victims get 45 days of move-on support after a positive conclusive grounds decision."
    version = take_in("old.txt", f"{old} {true}", title="Old guide").version
    page = asks.get(f"/guidance/documents/{version.document_id}").content.decode()
    assert "<mark>0300 303 8151</mark>" in page
    assert "<mark>45" not in page
    assert page.count("Differs from the force’s confirmed number: 0800 808 3733") == 1
    found = text_of(asks.get("/guidance", {"q": "salvation army number", "origin": "national"}))
    assert "Differs from the force’s confirmed number" in found


def test_a_document_past_its_review_says_so_on_its_page_and_where_it_is_found(take_in, asks):
    version = take_in("wraps.txt", WRAPS, review_by=timezone.localdate().replace(year=2020, day=1)).version
    for page in (asks.get("/guidance", {"q": "wraps"}), asks.get(f"/guidance/documents/{version.document_id}")):
        assert "Past its review date" in text_of(page)


def test_a_draft_is_for_editors_alone(take_in, asks, keeps):
    version = take_in("wraps.txt", WRAPS, is_published=False).version
    paths = [f"/guidance/documents/{version.document_id}", f"/guidance/versions/{version.id}"]
    paths += [f"{paths[1]}/file", f"{paths[1]}/changed"]
    assert [asks.get(path).status_code for path in paths] == [404] * 4
    assert [keeps.get(path).status_code for path in paths] == [200] * 4
    assert "wraps" not in text_of(asks.get("/guidance", {"q": "boy sell drugs"}))


def test_what_is_withdrawn_stands_as_history_only(take_in, asks, editor):
    version = take_in("wraps.txt", WRAPS).version
    withdraw(by=editor, at=timezone.now(), version=version, because="It was wrong about debts.")
    page = text_of(asks.get(f"/guidance/documents/{version.document_id}"))
    assert "Withdrawn" in page
    assert "It was wrong about debts." in page
    assert "history only" in page
    assert "The library does not answer this yet" in text_of(asks.get("/guidance", {"q": "wraps"}))
    assert "wraps.txt" not in text_of(asks.get("/guidance/a-z"))


def test_a_reader_of_the_older_version_is_told_what_changed(take_in, asks):
    first = take_in("wraps.txt", f"{WRAPS} Ring the sergeant. Then write it down.", title="Wraps").version
    path = f"/guidance/documents/{first.document_id}"
    assert "changed since you read it" not in text_of(asks.get(path))
    second = take_in("wraps.txt", f"{WRAPS} Ring the inspector. Then write it down.", title="Wraps").version
    assert "Changed since you read it" in text_of(asks.get("/guidance"))
    assert f'href="{path}"' in asks.get(f"/guidance/versions/{first.id}").content.decode()  # the one in use
    page = asks.get(path)
    assert "changed since you read it" in text_of(page)
    changed = asks.get(link_in(page, "What changed since then").replace("&amp;", "&")).content.decode()
    assert "<del>" in changed
    assert re.sub(r"<span.*?</span>", "", changed).count("<ins>inspector.</ins>") == 1
    assert re.sub(r"<span.*?</span>", "", changed).count("<del>sergeant.</del>") == 1
    asks.post(f"/guidance/versions/{second.id}/understood", form())
    assert "changed since you read it" not in text_of(asks.get(path))
    assert "you have read and understood this version" in text_of(asks.get(path))
    assert Reading.objects.get(version=second).understood_at is not None


OLD_NUMBER = "call the Salvation Army on 0300 303 8151"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"Ring first. To arrange support, {OLD_NUMBER}.", f"To arrange support, {OLD_NUMBER} at any hour."),
        (f"To arrange support, {OLD_NUMBER} by day. Ring.", f"To arrange support, {OLD_NUMBER} by night. Ring."),
        (f"To arrange support, {OLD_NUMBER}.", "To arrange support, ring the desk."),
    ],
)
def test_what_changed_quotes_no_withdrawn_fact_without_its_warning(take_in, asks, before, after):
    stock(by=a_member("guidance_editor"), at=timezone.now())
    take_in("old.txt", before, title="Old guide")
    version = take_in("old.txt", after, title="Old guide").version
    page = text_of(asks.get(f"/guidance/versions/{version.id}/changed"))
    assert "8151" in page
    assert page.count("Differs from the force’s confirmed number: 0800 808 3733") == 1
    clean = take_in("old.txt", "Ring the other desk.", title="Old guide").version
    clean = take_in("old.txt", "Ring the third desk.", title="Old guide").version
    assert "Differs" not in text_of(asks.get(f"/guidance/versions/{clean.id}/changed"))


def test_the_original_is_saved_and_never_opened_as_a_page(take_in, asks):
    version = take_in("page.html", "<h1>Guide</h1><p>Ring first.</p><script>alert(1)</script>").version
    got = asks.get(f"/guidance/versions/{version.id}/file")
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]


def test_each_step_and_each_letter_has_a_page(take_in, asks):
    stock(by=a_member("guidance_editor"), at=timezone.now())
    for step in ("custody", "children", "schedule-4"):
        page = asks.get(f"/guidance/topics/{step}")
        assert page.status_code == 200
        assert len(page.content) < 30_000
    assert "Turning 18" in text_of(asks.get("/guidance/a-z?letter=T"))
    assert asks.get("/guidance/topics/nothing-of-the-kind").status_code == 404


def test_a_page_of_the_library_is_never_heavier_than_a_page_may_be(take_in, asks):
    heavy = "\n\n".join("Ø&<é " * 260 + f"{n}." for n in range(40))
    version = take_in("heavy.txt", heavy).version
    for at in (0, 10, 20):
        assert len(asks.get(f"/guidance/documents/{version.document_id}?at={at}").content) < 30_000


def test_what_a_document_holds_is_text_and_nothing_that_runs(take_in, asks):
    version = take_in("page.txt", "A kidney <script>alert(1)</script> and {{ 7 * 7 }}.").version
    for address in ("/guidance?q=kidney", f"/guidance/documents/{version.document_id}"):
        answer = asks.get(address).content.decode()
        assert "<script>alert" not in answer
        assert "{{ 7 * 7 }}" in re.sub("</?b>", "", answer)


def test_a_search_costs_no_more_than_a_page_may(take_in, asks, django_assert_max_num_queries):
    for number in range(12):
        take_in(f"{number}.md", f"# Organs\n\nA scar from an operation on a kidney. Number {number}.")
    asks.get("/guidance?q=kidney")
    with django_assert_max_num_queries(20):
        answer = asks.get("/guidance?q=kidney+scar+operation+nobdy")
    assert len(answer.content) < 30_000
    assert "These may not answer your question" in text_of(answer)


def test_a_file_that_cannot_be_freed_of_its_author_says_what_to_do(take_in, editor, monkeypatch):
    version = take_in("guide.txt", "Ring first.").version

    def refused(*_):
        raise NotRead

    monkeypatch.setattr(views, "clean_copy", refused)
    answer = signed_in(Client(), editor).get(f"/guidance/versions/{version.id}/file")
    assert answer.status_code == 503
    assert "add it as a PDF" in text_of(answer)
