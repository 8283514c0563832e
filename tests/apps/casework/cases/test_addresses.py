"""Who comes to be named for a safe address, and that a colleague's words hide nothing of what was known."""

import pytest

from lodestar.casework.safe_addresses import views
from lodestar.casework.safe_addresses.models import SafeAddress, SafeAddressViewer
from lodestar.platform.accounts.models import Membership
from tests.apps.casework.cases.test_papers import CANARY, held, text
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, signed_in


@pytest.fixture
def here(fenmarch):
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer)
    return officer, case, a_person(officer, case, name="Petra")


def named(person):
    return set(SafeAddressViewer.objects.filter(person=person).values_list("user_id", flat=True))


def look(client, member, person):
    """What somebody who gives a reason is shown; nothing for who is not named."""
    path = f"/people/{person.id}/address"
    asked = signed_in(client, member).post(path, form(reason="The doctor goes there tonight."))
    return text(client.get(asked.headers["Location"])) if asked.status_code == 302 else ""


def test_nobody_names_themselves_by_writing_another_address(client, here):
    """Otherwise whoever sees the case could write a word, and be shown where the person moves next."""
    officer, _, person = here
    held(person, officer)
    curious, friend = a_member("coordinator"), a_member("frontline")
    path = f"/people/{person.id}/address"
    page = text(signed_in(client, curious).get(f"{path}?new=1"))
    assert "already named may ever see it" in page
    assert "Their user names" not in page
    sent = form(address="With her sister", viewers=[str(curious.user)], others=friend.username)
    assert client.post(path, sent).status_code == 302
    assert named(person) == {officer.user}
    assert look(client, curious, person) == ""
    assert "With her sister" in look(client, officer, person)


def told_of_a_colleague(answer):
    assert answer.status_code == 422
    page = text(answer)
    assert "F. Quist recorded where they are" in page
    return page


def test_two_who_write_the_first_address_at_once_are_told_before_one_hides_the_other(client, here):
    officer, _, person = here
    colleague = a_member("coordinator", name="F. Quist")
    path = f"/people/{person.id}/address"
    version = {"version": "0"}  # as the form says while none is written
    assert 'name="version" value="0"' in text(signed_in(client, officer).get(path))
    assert signed_in(client, colleague).post(path, form(address="By the quay", **version)).status_code == 302
    page = told_of_a_colleague(signed_in(client, officer).post(path, form(address="With her sister", **version)))
    assert "With her sister" in page
    assert "By the quay" not in page
    assert 'name="version" value="1"' in page
    assert "<title>Error: " in page
    assert SafeAddress.objects.filter(person=person).count() == 1
    assert client.post(path, form(address="With her sister", version="1")).status_code == 302
    assert look(client, colleague, person).index("With her sister") > 0


def test_who_waits_while_a_colleague_writes_is_not_promised_to_be_shown_it(client, here, monkeypatch):
    officer, _, person = here
    friend, real = a_member("frontline"), views.actions.record_address

    def a_moment_later(**told):
        held(person, a_member("coordinator", name="F. Quist"))
        return real(**told)

    monkeypatch.setattr(views.actions, "record_address", a_moment_later)
    sent = form(address="With her sister", others=friend.username, version="0")
    page = told_of_a_colleague(signed_in(client, officer).post(f"/people/{person.id}/address", sent))
    assert "With her sister</textarea>" in page
    assert "and those you tick may ever see it" not in page
    assert "already named may ever see it" in page
    assert "That does not add the people you chose" in page
    assert named(person).isdisjoint({officer.user, friend.user})


def test_where_nobody_named_is_at_work_any_more_who_writes_is_named(client, here):
    officer, _, person = here
    held(person, officer)
    with administering():
        Membership.objects.filter(id=officer.membership).update(roles=["administrator"])
    colleague = a_member("coordinator")
    path = f"/people/{person.id}/address"
    assert "Their user names" in text(signed_in(client, colleague).get(f"{path}?new=1"))
    assert client.post(path, form(address="Moved on")).status_code == 302
    assert named(person) == {officer.user, colleague.user}
    shown = look(client, colleague, person)
    assert "Moved on" in shown
    assert CANARY not in shown
    assert SafeAddress.objects.filter(person=person).count() == 2
