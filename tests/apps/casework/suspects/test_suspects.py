"""Suspects: officers, bail and its clock, and a release as a safety event, with the victim informed before or not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.casework.suspects.actions import move_suspect, record_suspect
from lodestar.casework.suspects.models import Suspect, SuspectRelease
from lodestar.casework.suspects.presenters import case_lines
from lodestar.casework.suspects.queries import open_for_closing, timeline_rows
from lodestar.platform.notices.due_items import due_items
from lodestar.platform.notices.models import Notice
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person, contact_rule
from tests.factories.met_before import IdentityLinkFactory
from tests.factories.signed_in import form, html_of, read, sent, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE, UPDATE = "tell_victim_before_release", "victim_update"


class Scene:
    """A detective with a case: one victim who may be texted, and an exploiter at large."""

    def __init__(self):
        self.detective, at = a_member("investigator", name="DC Wren"), timezone.now() - DAY
        self.case = a_case(self.detective, at=at)
        self.victim = a_person(self.detective, self.case, at=at, name="Ardita Hoxha")
        self.person = a_person(self.detective, self.case, at=at, name="Boss Quill", roles=["exploiter"], belief="")
        agree_contact(by=self.detective, at=at, person=self.victim, rule=contact_rule())
        self.suspect = record_suspect(by=self.detective, at=at, person=self.person)
        self.page = f"/suspects/{self.suspect.id}"

    def posts(self, most=40, **typed):
        version = Suspect.objects.get(id=self.suspect.id).version
        client = signed_in(Client(), self.detective)
        with at_most(most):
            page = client.post(self.page, form(version=version, **typed))
        assert page.status_code == 302, page.content.decode()

    def state(self, code, person=None):
        assert ledger.differences([self.case]) == []
        rows = Obligation.objects.filter(person=person or self.victim, code=code).exclude(state="not_owed")
        return [row.state for row in rows]

    def informs(self):
        row = Promise.objects.get(person=self.victim)
        done = {"to": "done", "done_how": "call", "because": "She will stay inside", "plan": "on", "feels": "yes"}
        client = signed_in(Client(), self.detective)
        with at_most(40):
            assert client.post(f"/promises/{row.id}", form(version=row.version, **done)).status_code == 302
        row.refresh_from_db()
        return row


def day_of(at):
    return f"{at.day} {at:%B} {at.year}"


def test_bail_that_is_planned_has_the_victim_informed_before_it_and_then_happens(client):
    scene = Scene()
    scene.posts(to="bailed_conditions", planned_at="tomorrow 0900", because="Her door is watched")
    assert scene.state(BEFORE) == ["open"]
    release = SuspectRelease.objects.get()
    where = f"/releases/{release.id}"
    assert release.suspect.state == "not_known", "nothing has happened to them yet"
    with at_most(15):
        page = html_of(signed_in(client, scene.detective), where)
    assert 'data-release="planned"' in page
    assert "Text only" in page
    assert "07700" not in page, "never the way itself"
    now = timezone.now()
    assert [item.kind for item in due_items(scene.detective, now + 2 * DAY, now)] == ["promise"]
    row = scene.informs()
    assert (row.feels_safe, row.plan_at is not None) == (False, True)
    assert scene.state(BEFORE) == ["closed"]
    assert Obligation.objects.get(person=scene.victim, code=BEFORE).closed_with == "record"
    until = now + 20 * DAY
    scene.posts(to="bailed_conditions", ends_at=day_of(until), conditions="Not to go near her\nReport weekly")
    release.refresh_from_db()
    assert release.happened_at
    assert SuspectRelease.objects.count() == 1, "the one that was planned"
    assert "data-uninformed" not in read(scene.detective, where)
    assert scene.state(UPDATE) == ["open"], "of the bail itself"
    shown = read(scene.detective, scene.page)
    assert "Not to go near her; Report weekly" in shown
    scene.posts(to="bailed_conditions", conditions="Only to report weekly")
    assert "Not to go near her" not in read(scene.detective, scene.page).split("History")[0]
    assert SuspectRelease.objects.count() == 1, "conditions that change are no release"
    assert Suspect.objects.get(id=scene.suspect.id).bail_ends.date() == until.date()
    assert "a custody officer" in shown
    assert open_for_closing(scene.case)[0][1] == scene.page
    assert [item.kind for item in due_items(scene.detective, now + 12 * DAY, now)] == []
    assert [item.kind for item in due_items(scene.detective, now + 14 * DAY, now)] == ["bail_ends"]
    assert case_lines(scene.case, scene.detective, now)[1].href == scene.page
    assert len(timeline_rows(scene.case)) == 1, "what happened, not what was planned"


def test_a_step_recorded_by_mistake_is_taken_back_with_all_that_came_of_it():
    scene = Scene()
    scene.posts(to="arrested", moved_at="yesterday 2300")
    due = [scene.state(code) for code in (BEFORE, UPDATE)]
    scene.posts(most=50, to="bailed", moved_at="now", ends_at=day_of(timezone.now() + 20 * DAY), conditions="Stay away")
    assert [scene.state(code) for code in (BEFORE, UPDATE)] != due
    scene.posts(most=60, to="take_back", because="Another man")
    row = Suspect.objects.get(id=scene.suspect.id)
    assert (row.state, row.bail_began, row.due_at, row.step_at) == ("arrested", None, None, None)
    assert not row.conditions.filter(to_at=None).exists()
    assert [scene.state(code) for code in (BEFORE, UPDATE)] == due
    assert {promise.state for promise in Promise.objects.all()} == {"stopped"}
    assert "take_back" not in read(scene.detective, scene.page), "once"
    scene.posts(most=50, to="sentenced", planned_at="tomorrow 0900")
    scene.posts(most=50, to="sentenced", moved_at="now")
    scene.posts(most=60, to="take_back")
    release = SuspectRelease.objects.get(kind="sentenced")
    assert (release.happened_at, release.cancelled_at) == (None, None), "planned again"
    assert Promise.objects.get(about=release.id).by_when == release.planned_at
    assert scene.state(BEFORE) == ["open"]


def test_a_victim_who_heard_of_a_release_that_is_taken_back_is_told_so():
    scene = Scene()
    scene.posts(to="arrested", moved_at="yesterday 2300")
    scene.posts(most=50, to="bailed", moved_at="now", ends_at=day_of(timezone.now() + 20 * DAY), conditions="Stay away")
    scene.informs()
    scene.posts(most=70, to="take_back", because="Another man")
    correction = Promise.objects.get(kind="update")
    heard = Promise.objects.get(id=correction.about)
    assert (heard.state, correction.state, correction.person_id) == ("done", "open", heard.person_id)
    assert timezone.now() < correction.due_at < timezone.now() + 2 * DAY


def test_a_release_before_the_victim_was_informed_is_due_at_once_and_counted():
    scene = Scene()
    scene.posts(to="arrested", moved_at="now")
    scene.posts(most=50, to="remand_refused", moved_at="now")
    assert scene.state(BEFORE) == ["open"]
    assert Obligation.objects.get(person=scene.victim, code=BEFORE).due_at <= timezone.now()
    where = f"/releases/{SuspectRelease.objects.get().id}"
    assert 'data-uninformed="1"' in read(scene.detective, where)
    scene.informs()
    assert scene.state(BEFORE) == ["closed"]
    assert scene.state(UPDATE) == ["open", "closed"] or scene.state(UPDATE) == ["closed", "open"], "of the arrest still"
    assert 'data-uninformed="1"' in read(scene.detective, where), "counted also once they are informed"


def test_a_release_that_will_not_happen_makes_nothing_due():
    scene = Scene()
    scene.posts(to="prison_release", planned_at="tomorrow 0900")
    later = a_person(scene.detective, scene.case, name="Ana")
    where = f"/releases/{SuspectRelease.objects.get().id}"
    assert "data-missing" in read(scene.detective, where)
    assert sent(scene.detective, where, add="1").status_code == 302
    assert Promise.objects.get(person=later).by_when == SuspectRelease.objects.get().planned_at
    assert "data-missing" not in read(scene.detective, where)
    assert sent(scene.detective, f"/releases/{SuspectRelease.objects.get().id}").status_code == 302
    assert scene.state(BEFORE) == []
    assert {row.state for row in Promise.objects.all()} == {"stopped"}
    assert sent(a_member("supervisor", unit=scene.case.unit), scene.page, to="arrested", version=2).status_code == 404


def test_victims_of_linked_cases_are_informed_and_neither_case_shows_the_other():
    scene, other = Scene(), Scene()
    IdentityLinkFactory(one=scene.person, other=other.person)
    scene.posts(most=50, to="sentenced", planned_at="tomorrow 0900")
    assert other.state(BEFORE) == ["open"]
    theirs = SuspectRelease.objects.get(suspect=other.suspect)
    assert Notice.objects.filter(to=other.detective.user, subject=str(theirs.id), case=other.case.id).exists()
    assert other.case.reference not in read(scene.detective, f"/releases/{SuspectRelease.objects.get(suspect=scene.suspect).id}")
    assert scene.case.reference not in read(other.detective, f"/releases/{theirs.id}")
    sealed = Scene()
    IdentityLinkFactory(one=sealed.person, other=other.person)
    seal_case(
        by=sealed.detective,
        at=timezone.now(),
        case=sealed.case,
        reason="A relative",
        owners=[sealed.detective.user, a_member().user],
    )
    sealed.posts(to="prison_release", planned_at="tomorrow 0900")
    assert other.state(BEFORE) == ["open"], "from a sealed case nothing reaches another"


def test_two_officers_close_what_is_due_and_one_for_both_is_recorded_with_the_reason_and_closes_nothing():
    scene, code = Scene(), "separate_officers_for_victim_and_suspect"
    both = a_person(scene.detective, scene.case, name="Ana", roles=["possible_victim", "exploiter"])
    listed = f"/cases/{scene.case.reference}/suspects"
    assert sent(scene.detective, listed, person=str(both.id)).status_code == 302
    page = f"/suspects/{Suspect.objects.get(person=both).id}"
    alone = {"to": "not_known", "victim_officer": "DC Wren", "version": 1}
    assert sent(scene.detective, page, **alone).status_code == 422
    assert sent(scene.detective, page, **alone, same_because="No one else tonight").status_code == 302
    assert scene.state(code, both) == ["open"]
    assert "Same officer" in read(scene.detective, listed)
    a_member("victim_liaison", name="PC Marchetti")
    assert sent(scene.detective, page, to="not_known", victim_officer="PC Marchetti", version=2).status_code == 302
    assert scene.state(code, both) == ["closed"]
    assert Obligation.objects.get(person=both, code=code).closed_with == "record"


def test_sealed_suspects_are_invisible():
    scene, inspector = Scene(), a_member("detective_inspector")
    listed = f"/cases/{scene.case.reference}/suspects"
    assert scene.page in read(inspector, listed)
    move_suspect(
        by=scene.detective, at=timezone.now(), row=scene.suspect, to="bailed", seen=1, ends_at=timezone.now() + HOUR,
        owner_id=inspector.user,
    )  # fmt: skip
    now = timezone.now()
    assert "bail_ends" in [item.kind for item in due_items(inspector, now, now)]
    seal_case(by=scene.detective, at=now, case=scene.case, reason="A relative", owners=[scene.detective.user, a_member().user])
    assert due_items(inspector, now, now) == []
    for path in (listed, scene.page, f"/releases/{SuspectRelease.objects.get().id}"):
        assert "Boss Quill" not in read(inspector, path)
        assert "Boss Quill" in read(scene.detective, path)
