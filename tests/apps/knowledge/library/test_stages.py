"""A version on its way: kept each time, published by two people or marked; what was done with it meanwhile decides."""

from datetime import date

import pytest
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Passage, Version
from lodestar.knowledge.library.queries.library import original
from lodestar.knowledge.publishing.actions import intake, stages
from lodestar.knowledge.publishing.actions.intake import About
from lodestar.knowledge.publishing.actions.stages import NotNow, approve, change_about, publish, withdraw
from lodestar.knowledge.search.actions import count_terms
from lodestar.knowledge.search.models import Posting, Term
from lodestar.platform.files.document_text import read_film
from tests.factories.guidance import CAPTIONS, film_bytes


def test_the_same_content_stands_once(take_in):
    first, again = take_in("a.txt", "Ring the duty inspector."), take_in("a.txt", "Ring the duty inspector.")
    assert (first.is_new, again.is_new) == (True, False)
    assert Version.objects.count() == 1


def test_another_content_of_the_same_name_is_the_next_version_and_the_former_is_kept(take_in):
    take_in("a.txt", "Ring the duty inspector.")
    take_in("a.txt", "Ring the duty coordinator.")
    assert list(Version.objects.order_by("number").values_list("number", "state")) == [(1, "superseded"), (2, "published")]
    assert Document.objects.count() == 1
    assert Passage.objects.count() == 2
    assert set(Posting.objects.values_list("version__number", flat=True)) == {2}


def test_what_is_said_with_a_draft_holds_when_it_is_published(take_in, editor, second):
    take_in("a.md", "# Who to ring\n\nThe duty inspector.", publisher="Fenmarch Police")
    draft = take_in(
        "a.md", "# Of another name\n\nThe duty coordinator.", is_published=False, publisher="Home Office",
        valid_from=date(2020, 1, 1), topics=["custody"],
    ).version  # fmt: skip
    fields = ("title", "publisher", "valid_from", "topics")
    assert Document.objects.values_list(*fields).get() == ("Who to ring", "Fenmarch Police", None, [])
    approve(by=second, at=timezone.now(), version=draft)
    publish(by=second, at=timezone.now(), version=draft)
    assert Document.objects.values_list(*fields).get() == (
        "Who to ring", "Home Office", date(2020, 1, 1), ["custody"],
    )  # fmt: skip


def test_what_was_taken_in_can_be_had_byte_for_byte(take_in):
    assert original(take_in("a.txt", "Ring  the duty\ninspector.").version) == b"Ring  the duty\ninspector."


def test_what_is_withdrawn_is_kept_and_found_no_more(take_in, editor):
    version = take_in("a.txt", "Ring the duty inspector.").version
    withdraw(by=editor, at=timezone.now(), version=version, because="The number changed.")
    assert not Posting.objects.exists()
    assert Passage.objects.filter(version=version).exists()
    assert not Term.objects.filter(versions__gt=0).exists()
    with pytest.raises(stages.NotNow):
        withdraw(by=editor, at=timezone.now(), version=version, because="Again.")


def test_terms_are_counted_the_same_one_by_one_and_all_at_once(take_in):
    take_in("a.txt", "Ring the duty inspector.")
    take_in("b.txt", "The duty coordinator rings.")
    before = sorted(Term.objects.values_list("word", "passages", "versions"))
    count_terms()
    assert sorted(Term.objects.values_list("word", "passages", "versions")) == before
    assert Term.objects.get(word="duty").versions == 2


def as_read(version):
    """The version as a page reads it now."""
    return Version.objects.select_related("document").get(id=version.id)


@pytest.fixture
def deed(editor):
    def doing(name, version, by=editor, **more):
        return getattr(stages, name)(by=by, at=timezone.now(), version=version, **more)

    return doing


@pytest.mark.parametrize(("step", "more"), [("approve", {}), ("publish", {"alone": True}), ("refuse", {"because": "Again."})])
def test_a_draft_that_was_refused_meanwhile_stays_refused(take_in, deed, second, step, more):
    before = as_read(take_in("a.txt", "Ring the duty inspector.", is_published=False).version)
    deed("refuse", as_read(before), because="It is out of date.")
    with pytest.raises(NotNow):
        deed(step, before, by=second, **more)
    now = Version.objects.get()
    assert (now.state, now.refused_because, Posting.objects.exists()) == ("refused", "It is out of date.", False)


def test_what_was_published_meanwhile_is_not_refused(take_in, deed, second):
    before = as_read(take_in("a.txt", "Ring the duty inspector.", is_published=False).version)
    deed("publish", as_read(before), alone=True)
    with pytest.raises(NotNow):
        deed("refuse", before, by=second, because="It is out of date.")
    assert (Version.objects.get().state, Posting.objects.exists()) == ("published", True)


@pytest.mark.parametrize(("step", "more"), [("withdraw", {"because": "Again."}), ("confirm", {}), ("publish", {"alone": True})])
def test_what_was_superseded_meanwhile_is_history(take_in, deed, second, step, more):
    before = as_read(take_in("a.txt", "Ring the duty inspector.", is_published=step != "publish").version)
    take_in("a.txt", "Ring the duty coordinator.")
    with pytest.raises(NotNow):
        deed(step, before, by=second, **more)
    assert dict(Version.objects.values_list("number", "state"))[2] == "published"
    assert Version.objects.get(number=1).withdrawn_because == ""


def test_what_was_confirmed_meanwhile_keeps_who_confirmed_it(take_in, deed, second, editor):
    before = as_read(take_in("a.txt", "Ring the duty inspector.").version)
    deed("confirm", as_read(before), by=second)
    with pytest.raises(NotNow, match="not waiting for a second person"):
        deed("confirm", before, by=second)


def test_an_older_version_that_was_brought_back_meanwhile_is_brought_back_once(take_in, deed):
    take_in("a.txt", "Ring the duty inspector.")
    before = as_read(Version.objects.get())
    take_in("a.txt", "Ring the duty coordinator.")
    deed("bring_back", before)
    with pytest.raises(NotNow):
        deed("bring_back", before)


def test_captions_are_not_given_to_a_film_that_was_refused_meanwhile(editor, deed, monkeypatch):
    content = film_bytes()

    def sent(captions):
        return intake.take_in(
            by=editor, at=timezone.now(), file_name="a.mp4", content=content, read=read_film(content, "mp4", captions),
            about=About(),
        )  # fmt: skip

    draft = sent(b"").version
    first = type(Version.objects.all()).first

    def meanwhile(rows):
        found = first(rows)
        if isinstance(found, Version) and found.state == "draft":
            Version.objects.filter(id=draft.id).update(state="refused", refused_at=timezone.now(), refused_by=editor.user)
        return found

    monkeypatch.setattr(type(Version.objects.all()), "first", meanwhile)
    sent(CAPTIONS)
    assert Version.objects.get().captions == ""


def test_a_mark_that_another_set_meanwhile_is_kept(take_in, second, editor, deed):
    version = take_in("a.txt", "Ring the duty inspector.", title="A").version
    deed("confirm", as_read(version), by=second)
    before = Document.objects.get()
    for document, said in ((Document.objects.get(), {"publisher": "Home Office"}), (before, {"licence": "Ours"})):
        change_about(by=editor, at=timezone.now(), document=document, changes=said)
    assert Document.objects.get().said_alone.keys() == {"publisher", "licence"}
