"""Guidance beside a step, the first answer to what officers ask, and how the project's own pages come to a force."""

import json
from datetime import date
from pathlib import Path

from django.utils import timezone

from lodestar.knowledge.library.models import Document, Version
from lodestar.knowledge.library.queries.essentials import topic_files
from lodestar.knowledge.library.rules.passages import pieces
from lodestar.knowledge.publishing import jobs
from lodestar.knowledge.publishing.actions import stages, stock
from lodestar.knowledge.publishing.queries import counts
from lodestar.knowledge.search.queries.search import find, for_step
from lodestar.platform.files.text_alone import read
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.text.reference_lists import reference_list
from tests.factories.accounts import a_member

QUESTIONS = Path(__file__).parents[4] / "bench/judged/first_answers.jsonl"


def copies(monkeypatch, folder, *names):
    """The project brings these pages alone, as copies that a test may change."""
    paths = {path.stem: folder / path.name for path in topic_files() if path.stem in names}
    for path in topic_files():
        if path.stem in paths:
            paths[path.stem].write_bytes(path.read_bytes())
    monkeypatch.setattr(stock, "topic_files", lambda: list(paths.values()))
    return paths


def test_every_obligation_has_a_section_that_is_a_passage():
    headings = {}
    for path in topic_files():
        page = read(path.read_bytes(), "md")
        headings[path.stem] = {piece.heading for piece in pieces(page["blocks"], page["outline"])}
    rows = reference_list("search", "step_topics").rows
    assert set(obligation_rows()) ^ {row["code"] for row in rows} == set()
    sections = [(row["code"], topic, heading) for row in rows for topic, heading in row["sections"]]
    assert [section for section in sections if section[2] not in headings.get(section[1], ())] == []


def test_a_step_shows_its_section_and_the_force_s_own_page_of_that_name_in_its_place(
    take_in, editor, second, tmp_path, monkeypatch
):
    copies(monkeypatch, tmp_path, "death-and-coroner")
    stock.stock(by=editor, at=timezone.now())

    def shown():
        found = for_step("tell_coroner", "Tell the coroner", timezone.localdate(), 2, "fenmarch")
        return [(one.document.file_name, one.passage.heading) for one in found]

    assert shown() == [("death-and-coroner.md", "The coroner")]
    words = "Ring the coroner's officer at County Hall, and say who is with the family and which language they speak at home."
    take_in("death-and-coroner.md", f"# A death here\n\n## The coroner\n\n{words} {words}")
    assert shown() == [("death-and-coroner.md", "The coroner")]
    assert not for_step("tell_coroner", "", timezone.localdate(), 2, "fenmarch")[0].document.is_own
    for version in Version.objects.filter(document__file_name__endswith="death-and-coroner.md"):
        stages.withdraw(by=second, at=timezone.now(), version=version, because="Not as we do it.")
    take_in("desk.md", "# The coroner's desk\n\nTell the coroner's desk about every death.")
    assert [name for name, _ in shown()] == ["desk.md"]  # what search finds


def test_what_officers_ask_has_the_right_first_answer_or_the_page_says_it_has_none(editor, monkeypatch):
    monkeypatch.setattr(stock, "topic_files", topic_files)
    stock.stock(by=editor, at=timezone.now())
    wrong = []
    for question in map(json.loads, QUESTIONS.read_text().splitlines()):
        answer = find(question["query"], on=timezone.localdate())
        first = [result.document.file_name for result in answer.results]
        if question["half"] == "asked" and answer.has_answer and first[0] not in question["first"]:
            wrong.append((question["query"], first))
    assert wrong == []


def test_a_new_force_gets_the_project_s_pages_and_a_release_leaves_what_the_force_changed(
    fenmarch, second, tmp_path, monkeypatch
):
    paths = copies(monkeypatch, tmp_path, "custody", "immigration")
    jobs.stock_libraries(0)
    assert not Document.objects.exists()  # nobody has set the force up yet
    founder = a_member("administrator")
    jobs.stock_libraries(0)
    states = set(Version.objects.values_list("state", "is_alone", "added_by", "published_by", "confirmed_by"))
    assert states == {("published", True, founder.user, founder.user, None)}
    assert counts(["lodestar"], timezone.localdate())["lodestar"] == 2
    custody = Version.objects.get(document__file_name="custody.md")
    stages.confirm(by=second, at=timezone.now(), version=custody)
    review = {"topics": ["our cells"], "review_by": date(2027, 1, 31)}
    stages.change_about(by=second, at=timezone.now(), document=custody.document, changes=review)
    paths["custody"].write_text(f"{paths['custody'].read_text()}\nRing the desk before you open the door.\n")
    jobs.stock_libraries(0)
    jobs.stock_libraries(0)
    rows = Version.objects.filter(document=custody.document).order_by("number")
    assert list(rows.values_list("state", "confirmed_by")) == [("superseded", second.user), ("published", None)]
    assert Document.objects.get(id=custody.document_id).topics == ["our cells"]
    assert Version.objects.count() == 3
