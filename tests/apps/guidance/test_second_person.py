"""A second person for every part, a way back for what is history, and word to its readers of what was withdrawn."""

from datetime import date
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from lodestar.guidance import actions
from lodestar.guidance.actions import stages
from lodestar.guidance.actions.reading import show_at_step
from lodestar.guidance.models import Document, Passage, Version
from lodestar.guidance.queries.search import search
from lodestar.kernel.document_text import read_film
from tests.apps.guidance.test_pages import text_of
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.guidance import CAPTIONS, DocumentFactory, film_bytes
from tests.factories.signed_in import form, signed_in


def by_two(take_in, second, name, text, **about):
    version = take_in(name, text, is_published=False, **about).version
    actions.approve(by=second, at=timezone.now(), version=version)
    actions.publish(by=second, at=timezone.now(), version=version)
    return version


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_an_older_version_is_brought_back_as_a_new_one_by_two(take_in, editor, second, is_withdrawn):
    one = take_in("a.txt", "Ring the zebra.", title="Zebras").version
    if is_withdrawn:
        actions.withdraw(by=editor, at=timezone.now(), version=one, because="By mistake.")
    else:
        take_in("a.txt", "Ring the yak.", title="Yaks")
    client = signed_in(Client(), editor)
    path = f"/guidance/versions/{one.id}/stage"
    assert "Bring it back as a new version" in text_of(client.get(path))
    assert client.post(path, form(bring_back="1")).status_code == 302
    assert client.post(path, form(bring_back="1")).status_code == 422
    draft = Version.objects.get(state="draft")
    with pytest.raises(stages.NotNow):
        actions.approve(by=editor, at=timezone.now(), version=draft)
    actions.approve(by=second, at=timezone.now(), version=draft)
    actions.publish(by=second, at=timezone.now(), version=draft)
    (found,) = search("ring the zebra", on=timezone.localdate())
    assert (found.version, found.document.title, found.in_force) == (draft.id, "Zebras", True)
    assert Passage.objects.filter(version=draft).count() == 1


def test_an_import_does_not_publish_what_is_brought_back_and_waits_for_a_second_person(take_in, editor, tmp_path):
    one = take_in("a.txt", "Ring the zebra.").version
    actions.withdraw(by=editor, at=timezone.now(), version=one, because="Dangerous.")
    draft = actions.bring_back(by=editor, at=timezone.now(), version=one)
    (tmp_path / "a.txt").write_text("Ring the zebra.")
    named = ("--as", editor.username, "--force", editor.tenant)
    call_command("guidance_import", str(tmp_path), "--publish", *named, stdout=StringIO())
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_import_says_why_what_stood_is_not_brought_back(take_in, editor, tmp_path):
    one, two = take_in("a.txt", "Ring the zebra.").version, take_in("b.txt", "Ring the yak.").version
    take_in("a.txt", "Ring the zebra twice.")
    actions.withdraw(by=editor, at=timezone.now(), version=two, because="Dangerous.")
    (tmp_path / "a.txt").write_text("Ring the zebra.")
    (tmp_path / "b.txt").write_text("Ring the yak.")
    out = StringIO()
    call_command("guidance_import", str(tmp_path), "--publish", "--as", editor.username, "--force", editor.tenant, stdout=out)
    said = out.getvalue()
    assert f"It is version {one.number}, and a later one is in use. It is not brought back by an import" in said
    assert "It was withdrawn on" in said
    assert "Dangerous. It is not brought back by an import" in said
    assert set(Version.objects.filter(id__in=[one.id, two.id]).values_list("state", flat=True)) == {"superseded", "withdrawn"}


def test_whoever_read_or_was_shown_what_is_withdrawn_is_told_until_they_have_seen_why(take_in, editor):
    version = take_in("a.txt", "Ring the zebra.", title="Zebras").version
    reader, shown, neither = (a_member("frontline") for _ in range(3))
    clients = [signed_in(Client(), one) for one in (reader, shown, neither)]
    clients[0].get(f"/guidance/documents/{version.document_id}")
    show_at_step(by=shown, at=timezone.now(), case=a_case(shown).id, step="ring_zebra", versions=[version.id])
    actions.withdraw(by=editor, at=timezone.now(), version=version, because="Dangerous.")
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
        actions.change_about(by=editor, at=timezone.now(), document=document, said={"title": title})
    assert document.said_alone == {}


def test_who_changed_what_is_said_of_what_waits_does_not_confirm_it(take_in, second):
    version = take_in("a.txt", "Ring the zebra.").version
    actions.change_about(by=second, at=timezone.now(), document=version.document, said={"valid_to": date(2040, 1, 1)})
    version.refresh_from_db()
    with pytest.raises(stages.NotNow, match="Someone else"):
        actions.confirm(by=second, at=timezone.now(), version=version)


def test_who_adds_the_captions_of_a_film_does_not_approve_it(editor, second):
    content = film_bytes()
    for by, captions in ((editor, None), (second, CAPTIONS)):
        taken = actions.take_in(
            by=by, at=timezone.now(), file_name="a.mp4", content=content, read=read_film(content, "mp4", captions),
            about=actions.About(),
        )  # fmt: skip
    with pytest.raises(stages.NotNow, match="Someone else"):
        actions.approve(by=second, at=timezone.now(), version=taken.version)
    actions.approve(by=a_member("guidance_editor"), at=timezone.now(), version=taken.version)


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
    stock = import_module("lodestar.guidance.actions.stock")
    text = stock.topic_files()[0].read_text(encoding="utf-8")
    path = tmp_path / stock.topic_files()[0].name
    monkeypatch.setattr(stock, "topic_files", lambda: [path])
    monkeypatch.setattr(stock, "film_files", list)
    path.write_text(text, encoding="utf-8")
    actions.stock(by=editor, at=timezone.now())
    version = Version.objects.get()
    path.write_text(f"{text}\nOne word more.\n", encoding="utf-8")
    actions.withdraw(by=editor, at=timezone.now(), version=version, because="Not as we do it.")
    actions.stock(by=editor, at=timezone.now())
    assert list(Version.objects.order_by("number").values_list("state", flat=True)) == ["withdrawn", "draft"]
    assert "has new words in this release" in text_of(signed_in(Client(), second).get("/guidance/keeping"))
