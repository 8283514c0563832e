"""A folder imported a second time: what was left as a draft is published, counted and found, and so is what a broken run left."""

import json

import pytest
from django.core.management import call_command

from lodestar.guidance import actions
from lodestar.guidance.management.commands import guidance_import
from lodestar.guidance.models import Document
from tests.apps.guidance.test_import_command import folder, named, run, taken  # noqa: F401  # fixtures and what runs the command


@pytest.fixture(autouse=True)
def _nothing_in_stock(monkeypatch):
    monkeypatch.setattr(actions, "stock", lambda **_: 0)


def found(question):
    return [one["document"] for one in json.loads(run("guidance_search", question, "--json"))]


def test_a_word_that_only_a_draft_that_stood_holds_is_found_once_that_is_published(folder, named):  # noqa: F811
    (folder / "a.txt").write_text("Ask at the quokka house.")
    (folder / "b.txt").write_text("Ask at the centre.")
    taken(folder, named)
    told = taken(folder, named, "--publish").splitlines()
    assert "a.txt: were already here, as a.txt. It is published now" in told
    assert told[-1] == "2 published without a second person, 0 were already here, 0 refused"
    assert found("quokka")[:1] == ["a.txt"]


def test_what_a_run_published_before_it_broke_is_found(folder, named, monkeypatch):  # noqa: F811
    (folder / "a.txt").write_text("Ask at the quokka house.")
    (folder / "b.txt").write_text("Ask at the centre.")
    whole = actions.take_in

    def breaks(*, file_name, **rest):
        if file_name == "b.txt":
            raise KeyboardInterrupt
        return whole(file_name=file_name, **rest)

    monkeypatch.setattr(actions, "take_in", breaks)
    with pytest.raises(KeyboardInterrupt):
        call_command("guidance_import", str(folder), "--as", named, "--publish")
    assert found("quokka") == ["a.txt"]


def test_what_a_run_that_was_killed_left_uncounted_the_next_counts(folder, named, monkeypatch):  # noqa: F811
    (folder / "a.txt").write_text("Ask at the quokka house.")
    with monkeypatch.context() as killed:
        killed.setattr(guidance_import.actions, "count_terms", lambda: None)
        taken(folder, named, "--publish")
    assert found("quokka") == []
    last = taken(folder, named, "--publish").splitlines()[-1]
    assert last.startswith("0 published without a second person, 1 were already here")
    assert found("quokka") == ["a.txt"]
    assert Document.objects.get().file_name == "a.txt"
