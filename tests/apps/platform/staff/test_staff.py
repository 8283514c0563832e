"""Two administrators make a force's staff on pages; a process of the database's owner fulfils what they agreed to."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from lodestar.platform.accounts.access import member_from
from lodestar.platform.accounts.models import Accreditation, Membership, Unit, User
from lodestar.platform.staff.actions.changes import LETTERS
from lodestar.platform.staff.models import Fulfilment, Invitation, Leave, StaffRequest
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import a_member
from tests.factories.administering import as_the_owner
from tests.factories.signed_in import drawn_for, form, signed_in
from tests.factories.staff import StaffRequestFactory

FORCE = "norfolk"
PASSWORD = "a lantern over the estuary"
CODE = re.compile("-".join([f"[{LETTERS}]{{5}}"] * 4))
ADDED = {"username": "h.brandreth", "name": "DI Hanna Brandreth", "collar_number": "4711", "rank": "detective_inspector",
         "roles": ["detective_inspector", "supervisor"], "reason": "She joins on Monday"}  # fmt: skip


def owner(command: str, *words: str) -> str:
    said = StringIO()
    with as_the_owner():
        call_command(command, *words, stdout=said)
    return said.getvalue()


def fulfil() -> None:
    owner("staff_work", "--once")


@pytest.fixture
def administrators(own_database):
    """The two administrators of a new force, as a command makes them."""
    owner("admin", "create", "robin", "nadia", "--force", FORCE)
    with within(FORCE):
        return [member_from(row) for row in Membership.objects.select_related("user").order_by("-user__username")]


def sent(member, path, **typed):
    return signed_in(Client(), member).post(path, {**form(**typed), **drawn_for(member)})


def asked(member, path, **typed) -> str:
    """The address of the request that a form made."""
    answer = sent(member, path, **typed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer.url


def agreed(member, path) -> None:
    assert sent(member, path, approved="yes", because="Seen her papers").status_code == 302


def who(username: str) -> tuple[User, Membership | None]:
    today = timezone.localdate()
    with within(FORCE):
        user = User.objects.get(username=username)
        return user, Membership.objects.filter(user=user, from_date__lte=today).exclude(to_date__lt=today).first()


def let_in(address: str, code: str, username: str) -> None:
    """Answers an invitation as its person does."""
    page = Client().post(address, {"username": username, "code": code})
    secret = re.search(r'name="secret" value="(\w+)"', page.content.decode())[1]
    digits = [format_hotp_value(hotp_value(secret, at)) for at in yield_hotp_counters_from_time()]
    chosen = {"username": username, "code": code, "secret": secret, "password": PASSWORD}
    assert Client().post(address, {**chosen, "digits": "abcdef"}).status_code == 422
    assert Client().post(address, {**chosen, "digits": digits[1]}).status_code == 200
    fulfil()
    client = Client()
    entered = {"username": username, "password": PASSWORD, "code": digits[1]}
    assert client.post("/sign-in", entered, follow=True).redirect_chain[-1][0] == "/my-work"


def test_a_peer_reviewer_is_added_until_a_last_day(administrators):
    robin, nadia = administrators
    with within(FORCE):
        unit = str(Unit.objects.get().id)
    last = timezone.localdate() + timedelta(days=21)
    added = ADDED | {"username": "peer", "roles": ["peer_reviewer"], "rank": "", "unit": unit}
    assert sent(robin, "/staff/add", **added, first=f"{last:%d %B %Y}", last=str(timezone.localdate())).status_code == 422
    request = asked(robin, "/staff/add", **added, last=f"{last:%d %B %Y}")
    fulfil()
    assert not User.objects.filter(username="peer").exists(), "nobody else has agreed"
    agreed(nadia, request)
    fulfil()
    _, place = who("peer")
    assert (place.roles, place.to_date) == (["peer_reviewer"], last)


def test_somebody_is_added_by_two_and_signs_in_by_an_invitation(administrators):
    robin, nadia = administrators
    with within(FORCE):
        unit = str(Unit.objects.get().id)
    request = asked(robin, "/staff/add", unit=unit, **ADDED)
    fulfil()
    assert not User.objects.filter(username="h.brandreth").exists()  # nobody else has agreed
    assert sent(robin, request, approved="yes", because="Mine").status_code == 404
    agreed(nadia, request)
    fulfil()
    user, place = who("h.brandreth")
    assert (place.rank, set(place.roles)) == ("detective_inspector", {"detective_inspector", "supervisor"})
    assert not user.has_usable_password()
    assert sent(nadia, f"{request}/invitation").status_code == 404
    code = CODE.search(sent(robin, f"{request}/invitation").content.decode())[0]
    assert sent(robin, f"{request}/invitation").status_code == 404
    assert Client().post(f"/invited/{FORCE}", {"username": "h.brandreth", "code": code[::-1]}).status_code == 422
    let_in(f"/invited/{FORCE}", code, "h.brandreth")
    assert Client().post(f"/invited/{FORCE}", {"username": "h.brandreth", "code": code}).status_code == 422
    for words in ("4711", "BRANDRÉTH hanna"):
        page = signed_in(Client(), robin).get("/staff", {"words": words})
        assert f"/staff/people/{user.id}" in page.content.decode()
        assert len(page.content) < 30_000

    person, later = f"/staff/people/{user.id}", timezone.localdate() + timedelta(days=10)
    ends = {"role": "supervisor", "what": "take", "last": f"{later:%d %B %Y}", "reason": "Moves on"}
    assert sent(nadia, f"{person}/roles", **ends).status_code == 422, "it would be taken away today"
    taken = asked(nadia, f"{person}/roles", role="supervisor", what="take", first=f"{later:%d %B %Y}", reason="Moves on")
    agreed(robin, taken)
    asked(nadia, f"{person}/end", last=f"{later:%d %B %Y}", reason="Retires")
    asked(nadia, f"{person}/lock", reason="Card lost")
    fulfil()
    user, place = who("h.brandreth")
    assert "supervisor" in place.roles
    assert not user.is_active
    assert signed_in(Client(), nadia).get(person).status_code == 200
    with within(FORCE):
        assert list(Fulfilment.objects.exclude(failure="").values_list("failure", flat=True)) == []
        assert Membership.objects.filter(user=user).order_by("-from_date")[0].to_date == later
        assert Membership.objects.filter(user=user).order_by("-from_date")[0].roles == ["detective_inspector"]


def test_what_the_pages_role_writes_by_hand_is_not_fulfilled(administrators):
    robin, nadia = administrators
    now = timezone.now()
    with within(FORCE):
        content = '{"rank": "inspector", "first": null}'
        genuine = StaffRequestFactory(asked_by_id=robin.user, person_id=robin.user, content=content)
        forged = {"asked_by_id": nadia.user, "person_id": robin.user, "vouched": genuine.vouched}
        decided = {"approved": True, "decided_at": now, "decided_by_id": nadia.user}
        StaffRequest.objects.filter(id=genuine.id).update(**decided, decision_vouched="0" * 64)  # asked, agreed to by hand
        StaffRequestFactory(**forged, kind="unlock", content="{}", needs_approval=False)
        StaffRequestFactory(asked_by_id=robin.user, person_id=robin.user, needs_approval=False)  # said to need nobody
        StaffRequestFactory(
            asked_by_id=a_member("frontline").user, person_id=robin.user, kind="lock", content="{}", needs_approval=False
        )  # by no administrator
    fulfil()
    fulfil()
    with within(FORCE):
        assert Fulfilment.objects.filter(failure="").count() == 0
        assert Fulfilment.objects.count() == 4
        assert Membership.objects.get(user=robin.user).rank == ""
        assert Invitation.objects.count() == 0
    assert who("robin")[0].is_active


HEAD = "username,name,collar_number,unit,rank,roles,skills,email\r\n"


def a_file(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("people.csv", (HEAD + "\r\n".join(lines)).encode(), "text/csv")


def test_forty_people_come_by_a_file_and_once(administrators):
    robin, nadia = administrators
    people = [f"p{n},PC Person {n},{n},Headquarters,constable,frontline,pip2 until 2099-01-01; speaks_polish,p{n}@x.example"
              for n in range(40)]  # fmt: skip
    wrong = ["p99,PC Person,,Nowhere,constable,frontline,,", "p98,PC Person,,Headquarters,general,frontline,,",
             "p97,PC Person,,Headquarters,,astronaut,,", "p1,PC Twice,,Headquarters,,,,"]  # fmt: skip
    looked = sent(robin, "/staff/import", file=a_file(*people, *wrong)).content.decode()
    assert re.search(r'data-counts="([\d ]+)"', looked)[1] == "40 1 3"
    mark = re.search(r'name="looked_at" value="(\w+)"', looked)[1]
    assert sent(robin, "/staff/import", file=a_file(*people), looked_at=mark).status_code == 422  # another file
    asked(robin, "/staff/import", file=a_file(*people, *wrong), looked_at=mark)
    with within(FORCE):
        requests = [str(row) for row in StaffRequest.objects.values_list("id", flat=True)]
    decision = {"approved": "yes", "because": "Seen the list", "request": requests}
    assert sent(robin, "/staff/requests/people", **decision).status_code == 422  # they asked for them
    assert signed_in(Client(), nadia).get("/staff/requests/people").content.decode().count('name="request"') == 40
    assert sent(nadia, "/staff/requests/people", **decision).status_code == 302
    assert sent(nadia, "/staff/requests/people", **decision).status_code == 422  # decided already
    fulfil()
    with within(FORCE):
        assert Membership.objects.filter(roles=["frontline"], rank="constable").count() == 40
        assert Accreditation.objects.filter(code="pip2", to_date__year=2099).count() == 40
        assert Invitation.objects.count() == 40
    looked = sent(robin, "/staff/import", file=a_file(*people)).content.decode()
    assert re.search(r'data-counts="([\d ]+)"', looked)[1] == "0 40 0"


def test_units_make_a_tree_without_rings(administrators):
    robin, _ = administrators
    with within(FORCE):
        top = str(Unit.objects.get().id)
    asked(robin, "/staff/units", name="CID", parent=top)
    fulfil()
    with within(FORCE):
        below = Unit.objects.get(name="CID")
        StaffRequestFactory(asked_by_id=robin.user, person=None, kind="unit", needs_approval=False,
                            content=f'{{"unit": "{top}", "name": "Headquarters", "parent": "{below.id}"}}')  # fmt: skip
    fulfil()
    with within(FORCE):
        assert str(below.parent_id) == top
        assert Unit.objects.get(id=top).parent_id is None
        assert Fulfilment.objects.exclude(failure="").count() == 1


def test_leave_is_ones_own_or_a_supervisors_to_enter(fenmarch):
    officer, sergeant = a_member("frontline"), a_member("supervisor")
    theirs = a_member("frontline", unit=Unit.objects.get(id=sergeant.unit))
    day = timezone.localdate() + timedelta(days=1)
    days = {"first_day": f"{day:%d %B %Y}", "last_day": f"{day:%d %B %Y}"}
    tries = [(officer, officer, 302), (officer, theirs, 422), (sergeant, theirs, 302), (sergeant, officer, 422)]
    for member, person, code in tries:
        assert sent(member, "/leave", person=str(person.user), **days).status_code == code
    row = Leave.objects.get(user=theirs.user)
    assert sent(officer, f"/leave/{row.id}/withdraw").status_code == 404
    assert sent(sergeant, f"/leave/{row.id}/withdraw").status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_by_id == sergeant.user


def test_a_command_does_the_same_at_once(administrators):
    asked = ("robin", "--force", FORCE, "--role", "coordinator", "--rank", "inspector", "--skill", "pip3", "--lock")
    owner("admin", "change", *asked)
    user, place = who("robin")
    assert (set(place.roles), place.rank, user.is_active) == ({"administrator", "coordinator"}, "inspector", False)
    owner("admin", "change", "robin", "--force", FORCE, "--take-role", "coordinator", "--unlock")
    user, place = who("robin")
    assert (place.roles, user.is_active) == (["administrator"], True)
    with within(FORCE):
        assert Membership.objects.filter(user=user).count() == 1
