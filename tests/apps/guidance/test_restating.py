"""The same folder with a corrected manifest: what it says otherwise is taken, and what a person changed meanwhile stays."""

from datetime import date

import pytest
from django.utils import timezone

from lodestar.guidance import actions
from lodestar.guidance.actions.about import change_about
from lodestar.guidance.models import Document, Posting, Version
from lodestar.record.models import Event
from tests.apps.guidance.test_import_command import folder, named, taken  # noqa: F401  # fixtures and what runs the command


@pytest.fixture(autouse=True)
def _nothing_in_stock(monkeypatch):
    monkeypatch.setattr(actions, "stock", lambda **_: 0)


@pytest.fixture
def says(folder, named, tmp_path):  # noqa: F811
    """Imports one file with a manifest that says so."""
    (folder / "a.txt").write_text("The reception centre opens at six.")

    def saying(head, row):
        (tmp_path / "m.csv").write_text(f"file,{head}\na.txt,{row}\n")
        return taken(folder, named, "--publish", "--manifest", str(tmp_path / "m.csv"))

    return saying


def test_what_a_manifest_corrects_is_taken_and_told(says):
    says("title,nation,valid_to,topics", "Wrong,england_wales,2026-01-31,custody")
    said = says("title,nation,valid_to,topics", "Marmalade,scotland,2027-01-31,custody")
    document = Document.objects.get()
    assert (document.title, document.nation, document.valid_to) == ("Marmalade", "scotland", date(2027, 1, 31))
    assert "stood already, as a.txt. Changed: title, nation, valid to" in said
    assert Posting.objects.filter(term="marmalad").exists()
    assert Event.objects.filter(code="guidance.about_changed").count() == 1
    assert "Changed" not in says("title,nation,valid_to,topics", "Marmalade,scotland,2027-01-31,custody")


def test_what_a_person_changed_meanwhile_stays_unless_the_manifest_says_it_newly(says, editor):
    says("title,publisher", "First,Home Office")
    document = Document.objects.get()
    change_about(by=editor, at=timezone.now(), document=document, said={"title": "Mine", "publisher": "Mine too"})
    says("title,publisher", "First,The Office")
    document.refresh_from_db()
    assert (document.title, document.publisher) == ("Mine", "The Office")


def test_what_a_manifest_leaves_empty_goes_where_it_came_from_there(says, editor):
    says("licence,valid_to", "Ours,2027-01-31")
    change_about(by=editor, at=timezone.now(), document=Document.objects.get(), said={"licence": "Mine"})
    assert "Changed: valid to" in says("licence,valid_to", ",")
    document = Document.objects.get()
    assert (document.licence, document.valid_to) == ("Mine", None)
    says("title", "Named")
    assert Document.objects.get().title == "Named"


def test_one_that_would_end_before_it_begins_keeps_its_days(says):
    says("valid_from", "2026-06-01")
    said = says("valid_to,title", "2026-01-01,Named")
    document = Document.objects.get()
    assert (document.valid_to, document.title) == (None, "Named")
    assert "It would end before it begins" in said


def test_what_is_said_of_a_draft_behind_a_published_one_waits(says, folder, named, tmp_path):  # noqa: F811
    says("title", "First")
    (folder / "a.txt").write_text("The reception centre opens at seven.")
    for title in ("Second", "Third"):
        (tmp_path / "m.csv").write_text(f"file,title\na.txt,{title}\n")
        taken(folder, named, "--manifest", str(tmp_path / "m.csv"))
    assert Document.objects.get().title == "First"
    assert Version.objects.get(number=2).said["title"] == "Third"
    taken(folder, named, "--publish")
    assert Document.objects.get().title == "Third"


def test_columns_that_are_not_known_are_named_once(says):
    said = says("title,colour,Shape", "First,red,round")
    assert said.count("not known, and were not read: colour, shape.") == 1


def test_what_is_said_of_a_next_version_waits_for_its_day(says, folder):  # noqa: F811
    says("title", "First")
    (folder / "a.txt").write_text("The reception centre opens at seven.")
    says("title,valid_from", "Second,2150-01-01")
    assert "Changed: title, valid from" in says("title,valid_from", "Third,2150-02-01")
    says("title,valid_from", "Third,")
    document, version = Document.objects.get(), Version.objects.get(number=2)
    assert (document.title, document.valid_from) == ("First", None)
    assert (version.is_coming, version.said["title"], version.holds_from) == (True, "Third", date(2150, 2, 1))


def test_what_two_approved_is_looked_at_again_where_an_import_says_it_otherwise(says, folder, named, tmp_path, second):  # noqa: F811
    says("title", "First")
    (folder / "a.txt").write_text("The reception centre opens at seven.")
    manifest = tmp_path / "m.csv"
    for title in ("Second", "Third"):
        manifest.write_text(f"file,title\na.txt,{title}\n")
        taken(folder, named, "--manifest", str(manifest))
        version = Version.objects.get(number=2)
        if title == "Second":
            actions.approve(by=second, at=timezone.now(), version=version)
            taken(folder, named, "--manifest", str(manifest))
            assert Version.objects.get(number=2).state == "approved"
    assert (version.state, version.approved_at, version.approved_by_id) == ("draft", None, None)


def test_a_next_version_is_marked_again_where_an_import_says_it_otherwise(says, folder, editor, second):  # noqa: F811
    says("title", "First")
    (folder / "a.txt").write_text("The reception centre opens at seven.")
    says("title,valid_from", "Second,2150-01-01")
    version = Version.objects.get(number=2)
    Version.objects.filter(id=version.id).update(added_by_id=editor.user, published_by_id=editor.user)
    importer = version.added_by_id
    version.refresh_from_db()
    actions.confirm(by=second, at=timezone.now(), version=version)
    says("title,valid_from", "Third,2150-01-01")
    version.refresh_from_db()
    assert (version.is_alone, version.confirmed_at, version.confirmed_by_id) == (True, None, None)
    assert (version.published_by_id, version.also_by) == (importer, [importer])


def test_a_file_whose_marking_is_not_known_stays_a_draft(says):
    said = says("classification", "SECRET")
    version = Version.objects.select_related("document").get()
    assert (version.state, version.document.classification) == ("draft", "OFFICIAL-SENSITIVE")
    assert "'SECRET' is not known: it is taken as OFFICIAL-SENSITIVE, and a draft stays a draft" in said
