"""A version on its way: kept each time, published by two people or marked, never without a reason gone."""

from datetime import date

import pytest
from django.utils import timezone

from lodestar.guidance import actions
from lodestar.guidance.actions import stages
from lodestar.guidance.models import Document, Passage, Posting, Term, Version


def test_the_same_content_stands_once(take_in):
    first, again = take_in("a.txt", "Ring the duty inspector."), take_in("a.txt", "Ring the duty inspector.")
    assert (first.is_new, again.is_new) == (True, False)
    assert Version.objects.count() == 1


def test_another_content_of_the_same_name_is_the_next_version_and_the_former_is_kept(take_in):
    take_in("a.txt", "Ring the duty inspector.")
    take_in("a.txt", "Ring the duty coordinator.")
    assert list(Version.objects.order_by("number").values_list("number", "state")) == [
        (1, "superseded"),
        (2, "published"),
    ]
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
    actions.approve(by=second, at=timezone.now(), version=draft)
    actions.publish(by=second, at=timezone.now(), version=draft)
    assert Document.objects.values_list(*fields).get() == (
        "Who to ring", "Home Office", date(2020, 1, 1), ["custody"],
    )  # fmt: skip


def test_what_was_taken_in_can_be_had_byte_for_byte(take_in):
    assert actions.original(take_in("a.txt", "Ring  the duty\ninspector.").version) == b"Ring  the duty\ninspector."


def test_a_draft_is_published_by_two(take_in, editor, second):
    version = take_in("a.txt", "Ring the duty inspector.", is_published=False).version
    with pytest.raises(stages.NotNow, match="second person"):
        actions.publish(by=editor, at=timezone.now(), version=version)
    with pytest.raises(stages.NotNow, match="Someone else"):
        actions.approve(by=editor, at=timezone.now(), version=version)
    actions.approve(by=second, at=timezone.now(), version=version)
    actions.publish(by=editor, at=timezone.now(), version=version)
    version.refresh_from_db()
    assert (version.state, version.is_alone, version.approved_by_id) == ("published", False, second.user)


def test_what_one_published_alone_is_marked_until_another_confirms_it(take_in, editor, second):
    version = take_in("a.txt", "Ring the duty inspector.").version
    assert version.is_alone
    with pytest.raises(stages.NotNow, match="Someone else"):
        actions.confirm(by=editor, at=timezone.now(), version=version)
    actions.confirm(by=second, at=timezone.now(), version=version)
    with pytest.raises(stages.NotNow):
        actions.confirm(by=second, at=timezone.now(), version=version)


def test_what_is_withdrawn_is_kept_and_found_no_more(take_in, editor):
    version = take_in("a.txt", "Ring the duty inspector.").version
    actions.withdraw(by=editor, at=timezone.now(), version=version, because="The number changed.")
    assert not Posting.objects.exists()
    assert Passage.objects.filter(version=version).exists()
    assert not Term.objects.filter(versions__gt=0).exists()
    with pytest.raises(stages.NotNow):
        actions.withdraw(by=editor, at=timezone.now(), version=version, because="Again.")


def test_terms_are_counted_the_same_one_by_one_and_all_at_once(take_in):
    take_in("a.txt", "Ring the duty inspector.")
    take_in("b.txt", "The duty coordinator rings.")
    before = sorted(Term.objects.values_list("word", "passages", "versions"))
    actions.count_terms()
    assert sorted(Term.objects.values_list("word", "passages", "versions")) == before
    assert Term.objects.get(word="duty").versions == 2
