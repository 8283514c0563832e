"""The right answer in force today, a second person for every part, and a way back for what is history."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from lodestar.knowledge.library.actions import show_at_step
from lodestar.knowledge.library.models import Document, Passage, Version
from lodestar.knowledge.library.queries.essentials import no_longer_shown
from lodestar.knowledge.publishing.actions import intake, stages, stock
from lodestar.knowledge.publishing.actions.intake import About
from lodestar.knowledge.publishing.actions.stages import approve, bring_back, change_about, confirm, publish, supersede, withdraw
from lodestar.knowledge.search.queries.search import search
from lodestar.platform.files.document_text import read_film
from tests.apps.knowledge.library.test_pages import text_of
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.guidance import CAPTIONS, DocumentFactory, film_bytes
from tests.factories.signed_in import form, signed_in

ASKED = "ring the duty zebra"


def found(day, **wanted):
    return [(one.document.title, one.in_force) for one in search(ASKED, on=day, **wanted)]


@pytest.fixture
def today():
    return timezone.localdate()


def test_a_document_that_is_to_replace_another_does_so_from_its_first_day(take_in, editor, today):
    former = take_in("a.txt", "Ring the duty zebra of old.", title="Zebras of old", published_on="2020").version.document
    day = today + timedelta(days=3)
    later = take_in("b.txt", "Ring the duty zebra of now.", title="Zebras to come", valid_from=day).version.document
    supersede(by=editor, at=timezone.now(), document=later, former=former)
    assert sorted(found(today)) == [("Zebras of old", True), ("Zebras to come", False)]
    assert sorted(found(day)) == [("Zebras of old", False), ("Zebras to come", True)]
    client = signed_in(Client(), a_member("frontline"))
    assert "In force." in text_of(client.get(f"/guidance/documents/{former.id}"))
    assert "In force. 2020" in text_of(client.get("/guidance/a-z?letter=Z"))


def test_a_version_does_not_displace_the_one_in_force_before_its_first_day(take_in, editor, today):
    take_in("a.md", "# Zebras of old\n\nRing the duty zebra of old.", published_on="2020")
    begins = today + timedelta(days=30)
    later = take_in("a.md", "# Zebras\n\nRing the duty zebra of now.", is_published=False, valid_from=begins).version
    with pytest.raises(stages.NotNow, match="publish it on that day"):
        publish(by=editor, at=timezone.now(), version=later, alone=True)
    assert found(today) == [("Zebras of old", True)]
    publish(by=editor, at=timezone.now() + timedelta(days=30), version=later, alone=True)
    assert [holds for _, holds in found(begins)] == [True]


def test_a_first_day_after_the_last_day_of_the_version_before_opens_the_end_anew(take_in, today):
    ends, begins = today - timedelta(days=6), today - timedelta(days=5)
    take_in("a.txt", "Ring the duty zebra of old.", valid_to=ends)
    take_in("a.txt", "Ring the duty zebra of now.", valid_from=begins)
    assert [holds for _, holds in found(begins)] == [True]
    assert Document.objects.values_list("valid_from", "valid_to").get() == (begins, None)


def test_a_version_older_than_the_one_published_is_not_published(take_in, editor, second):
    take_in("a.txt", "One.")
    older = take_in("a.txt", "Two.", is_published=False).version
    approve(by=second, at=timezone.now(), version=older)
    take_in("a.txt", "Three.")
    with pytest.raises(stages.NotNow, match="Version 3 is published"):
        publish(by=second, at=timezone.now(), version=older)
    assert Version.objects.get(state="published").number == 3


def test_a_draft_is_refused_with_a_reason_that_editors_see(take_in, editor, second):
    draft = take_in("a.txt", "Ring nobody.", is_published=False).version
    client, path = signed_in(Client(), second), f"/guidance/versions/{draft.id}/stage"
    assert "Write why it is refused" in text_of(client.post(path, form(refuse="1")))
    assert client.post(path, form(refuse="1", because="It is of another force.")).status_code == 302
    assert "It is of another force." in text_of(client.get(path))
    assert "Draft: approve it" not in text_of(client.get("/guidance/keeping"))
    assert client.post(path, form(approve="1")).status_code == 422
    assert signed_in(Client(), a_member("frontline")).get(f"/guidance/versions/{draft.id}").status_code == 404


def test_a_version_that_is_history_keeps_what_was_said_of_it(take_in):
    one = take_in("a.txt", "Ring the zebra.", title="Zebras of old", publisher="Fenmarch Police").version
    two = take_in("a.txt", "Ring the yak.", title="Yaks", publisher="Home Office").version
    client = signed_in(Client(), a_member("frontline"))
    old, new = (text_of(client.get(f"/guidance/versions/{version.id}")) for version in (one, two))
    assert "Fenmarch Police" in old
    assert "Zebras of old" in old
    assert "Yaks" not in old.replace("Yaks, version", "")
    assert "Home Office" in new


def test_a_page_that_gave_way_to_a_file_of_the_force_is_left_out_when_it_is_withdrawn(take_in, editor, today):
    stock.stock(by=editor, at=timezone.now())
    take_in("custody.md", "# Custody here\n\nRing the zebra.")
    version = Version.objects.get(document__file_name="lodestar/custody.md")
    withdraw(by=editor, at=timezone.now(), version=version, because="Ours is better.")
    assert no_longer_shown(today) == {"custody"}


def by_two(take_in, second, name, text, **about):
    version = take_in(name, text, is_published=False, **about).version
    approve(by=second, at=timezone.now(), version=version)
    publish(by=second, at=timezone.now(), version=version)
    return version


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_an_older_version_is_brought_back_as_a_new_one_by_two(take_in, editor, second, is_withdrawn):
    one = take_in("a.txt", "Ring the zebra.", title="Zebras").version
    if is_withdrawn:
        withdraw(by=editor, at=timezone.now(), version=one, because="By mistake.")
    else:
        take_in("a.txt", "Ring the yak.", title="Yaks")
    client = signed_in(Client(), editor)
    path = f"/guidance/versions/{one.id}/stage"
    assert "Bring it back as a new version" in text_of(client.get(path))
    assert client.post(path, form(bring_back="1")).status_code == 302
    assert client.post(path, form(bring_back="1")).status_code == 422
    draft = Version.objects.get(state="draft")
    with pytest.raises(stages.NotNow):
        approve(by=editor, at=timezone.now(), version=draft)
    approve(by=second, at=timezone.now(), version=draft)
    publish(by=second, at=timezone.now(), version=draft)
    (found,) = search("ring the zebra", on=timezone.localdate())
    assert (found.version, found.document.title, found.in_force) == (draft.id, "Zebras", True)
    assert Passage.objects.filter(version=draft).count() == 1


def test_an_import_does_not_publish_what_is_brought_back_and_waits_for_a_second_person(take_in, editor, tmp_path):
    one = take_in("a.txt", "Ring the zebra.").version
    withdraw(by=editor, at=timezone.now(), version=one, because="Dangerous.")
    draft = bring_back(by=editor, at=timezone.now(), version=one)
    (tmp_path / "a.txt").write_text("Ring the zebra.")
    named = ("--as", editor.username, "--force", editor.tenant)
    call_command("guidance_import", str(tmp_path), "--publish", *named, stdout=StringIO())
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_whoever_read_or_was_shown_what_is_withdrawn_is_told_until_they_have_seen_why(take_in, editor):
    version = take_in("a.txt", "Ring the zebra.", title="Zebras").version
    reader, shown, neither = (a_member("frontline") for _ in range(3))
    clients = [signed_in(Client(), one) for one in (reader, shown, neither)]
    clients[0].get(f"/guidance/documents/{version.document_id}")
    show_at_step(by=shown, at=timezone.now(), case=a_case(shown).id, step="ring_zebra", versions=[version.id])
    withdraw(by=editor, at=timezone.now(), version=version, because="Dangerous.")
    told = [text_of(client.get("/guidance")) for client in clients]
    assert ["Dangerous." in page for page in told] == [True, True, False]
    assert "Nothing in the library replaces it yet." in told[0]
    take_in("a.txt", "Ring the yak.", title="Yaks")
    assert "Use instead: Yaks" in text_of(clients[1].get("/guidance"))
    clients[1].get(f"/guidance/versions/{version.id}")
    assert ["Dangerous." in text_of(client.get("/guidance")) for client in clients] == [True, False, False]


def test_what_one_editor_changes_of_a_published_document_is_marked_until_another_confirms_it(take_in, editor, second):
    version = by_two(take_in, second, "a.txt", "Ring the zebra.", title="Zebras", review_by=date(2040, 1, 1))
    client, path = signed_in(Client(), editor), f"/guidance/documents/{version.document_id}/about"
    assert client.post(path, form(title="Yaks", review_by="1 March 2041")).status_code == 302
    page = text_of(signed_in(Client(), a_member("frontline")).get(f"/guidance/documents/{version.document_id}"))
    assert "Changed without a second person: next review, title. Not confirmed yet." in page
    assert client.post(path, form(confirm="1")).status_code == 422
    other = signed_in(Client(), second)
    assert "Changed by one person: next review, title" in text_of(other.get("/guidance/keeping"))
    assert "title, before: Zebras" in text_of(other.get(path))
    assert other.post(path, form(confirm="1")).status_code == 302
    assert Document.objects.values_list("title", "said_alone").get() == ("Yaks", {})


def test_a_change_that_is_taken_back_leaves_no_mark(take_in, editor, second):
    document = by_two(take_in, second, "a.txt", "Ring the zebra.", title="Zebras").document
    for title in ("Yaks", "Zebras"):
        document.refresh_from_db()
        change_about(by=editor, at=timezone.now(), document=document, changes={"title": title})
    assert document.said_alone == {}


def test_who_changed_what_is_said_of_what_waits_does_not_confirm_it(take_in, second):
    version = take_in("a.txt", "Ring the zebra.").version
    change_about(by=second, at=timezone.now(), document=version.document, changes={"valid_to": date(2040, 1, 1)})
    version.refresh_from_db()
    with pytest.raises(stages.NotNow, match="Someone else"):
        confirm(by=second, at=timezone.now(), version=version)


def test_who_adds_the_captions_of_a_film_does_not_approve_it(editor, second):
    content = film_bytes()
    for by, captions in ((editor, None), (second, CAPTIONS)):
        taken = intake.take_in(
            by=by, at=timezone.now(), file_name="a.mp4", content=content, read=read_film(content, "mp4", captions),
            about=About(),
        )  # fmt: skip
    with pytest.raises(stages.NotNow, match="Someone else"):
        approve(by=second, at=timezone.now(), version=taken.version)
    approve(by=a_member("guidance_editor"), at=timezone.now(), version=taken.version)


def test_which_document_it_replaces_is_named_and_never_lost_by_saving(take_in, editor, second):
    version = take_in("a.txt", "Ring the zebra.", title="Zebras").version
    former = take_in("zz.txt", "Ring the yak.", title="Zzz the last").version.document
    DocumentFactory.create_batch(205)
    client, path = signed_in(Client(), editor), f"/guidance/documents/{version.document_id}/about"
    assert client.post(path, form(title="Zebras", supersedes="Zzz the last")).status_code == 302
    page = client.get(path)
    assert 'value="zz.txt"' in page.content.decode()
    assert len(page.content) < 30_000
    for sent in ({"supersedes": "zz.txt"}, {}):
        assert client.post(path, form(title="Zebras", **sent)).status_code == 302
        assert Document.objects.get(id=version.document_id).supersedes_id == former.id
    assert "No published document" in text_of(client.post(path, form(title="Zebras", supersedes="Nobody")))
    back = f"/guidance/documents/{former.id}/about"
    assert "or one that replaces it" in text_of(client.post(back, form(title="Zzz", supersedes="Zebras")))
    assert client.post(path, form(title="Zebras", supersedes="")).status_code == 302
    assert Document.objects.get(id=version.document_id).supersedes_id is None


def test_a_page_that_the_force_withdrew_does_not_come_again_with_a_new_release(editor, second, tmp_path, monkeypatch):
    text = stock.topic_files()[0].read_text(encoding="utf-8")
    path = tmp_path / stock.topic_files()[0].name
    monkeypatch.setattr(stock, "topic_files", lambda: [path])
    monkeypatch.setattr(stock, "film_files", list)
    path.write_text(text, encoding="utf-8")
    stock.stock(by=editor, at=timezone.now())
    version = Version.objects.get()
    path.write_text(f"{text}\nOne word more.\n", encoding="utf-8")
    withdraw(by=editor, at=timezone.now(), version=version, because="Not as we do it.")
    stock.stock(by=editor, at=timezone.now())
    assert list(Version.objects.order_by("number").values_list("state", flat=True)) == ["withdrawn", "draft"]
    assert "has new words in this release" in text_of(signed_in(Client(), second).get("/guidance/keeping"))
