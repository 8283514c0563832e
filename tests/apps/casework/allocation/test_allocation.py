"""Allocation: the ranking on the page, overrides, hand-over, the policy, figures, and that nothing is hidden by
a seal wrongly."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from lodestar.casework.allocation import actions, queries
from lodestar.casework.allocation.models import Allocation, Conflict
from lodestar.casework.allocation.presenters import case_lines, to_acknowledge
from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Case, CaseMember
from lodestar.casework.investigations import presenters as investigations
from lodestar.casework.investigations.actions import NotAllowed, record_crime
from lodestar.casework.investigations.queries import timeline_rows
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.notices.models import Notice
from lodestar.platform.settings.actions import decide_setting, propose_setting
from tests.factories.accounts import AccreditationFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.investigations import a_detective
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.staff import LeaveFactory
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def allocator():
    return a_member("crime_allocation", name="Gwen Abara")


@pytest.fixture
def case():
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer)
    record_crime(by=officer, at=MET, person=a_person(officer, case, language="Romanian"), kind="recorded", number="37/1")
    return case


def path(case, page="allocate"):
    return f"/cases/{case.reference}/{page}"


def in_step(case):
    return ledger.differences([Case.objects.get(id=case.id)]) == []


def order(html):
    return sorted(("DC A", "DC B", "DC C", "T/DC D"), key=lambda name: html.find(f">{name}</label>"))


def test_the_page_ranks_with_why_and_an_override_needs_its_reason_and_is_counted(client, allocator, case, morning):
    a, b, c = (a_detective(name=f"DC {letter}") for letter in "ABC")
    a_detective("pip1", name="T/DC D")
    AccreditationFactory(user_id=b.user, code="speaks_romanian", from_date=date(2020, 1, 1))
    web = signed_in(client, allocator)
    assert order(html_of(web, path(case))) == ["DC B", "DC A", "DC C", "T/DC D"]
    LeaveFactory(user_id=b.user, first_day=NOW.date(), last_day=NOW.date())
    actions.record_conflict(by=allocator, at=NOW, case=case, user=a.user, reason="Her cousin.")
    page = html_of(web, path(case))
    assert order(page) == ["DC C", "DC B", "DC A", "T/DC D"]
    assert f'value="{c.user}" checked' in page
    assert "Her cousin" not in page
    typed = {"owner": str(a.user), "version": "0"}
    for lacking in ({}, {"reason": "She knows them."}, {"override": "knows_case"}):
        assert web.post(path(case), form(**typed, **lacking)).status_code == 422
    assert web.post(path(case), form(**typed, override="knows_case", reason="She knows them.")).status_code == 302
    row = Allocation.objects.get()
    assert (row.rank, row.override, row.owner_id) == (3, "knows_case", a.user)
    assert web.post(path(case), form(owner=str(c.user), version="1", override="other")).status_code == 302, "confirmed"
    assert (first := Allocation.objects.get(number=2)).rank == 1
    assert first.override == ""
    assert "Not the first of the ranking: they know the case or its people." in html_of(web, path(case))
    assert in_step(case)


def test_a_hand_over_is_acknowledged_and_until_then_both_see_it(client, allocator, case, morning):
    before, after = a_detective(name="DC Before"), a_detective(name="DC After")
    actions.allocate(by=allocator, at=NOW, case=case, owner=before.user, seen=0)
    assert not queries.unacknowledged(case=case).exists(), "a first owner takes nothing over"
    actions.allocate(by=allocator, at=NOW, case=case, owner=after.user, seen=1)
    assert Notice.objects.filter(to=after.user, kind="case_handed_over").count() == 1
    assert len(to_acknowledge(after, NOW + DAY * 2)) == 1
    assert signed_in(client, before).get(path(case, "acknowledge")).status_code == 404
    assert client.get(f"/cases/{case.reference}").status_code == 200, "until it is acknowledged"
    morning.move_to(NOW + DAY + timedelta(minutes=1))
    actions.chase(at=NOW + DAY + timedelta(minutes=1))
    assert set(Notice.objects.filter(kind="handover_late").values_list("to", flat=True)) == {after.user, allocator.user}
    assert f'data-unacknowledged="{case.reference}"' in html_of(signed_in(client, allocator), "/allocation")
    assert queries.open_for_closing(case)[0][1] == path(case)
    assert [row.href for row in case_lines(case, after, NOW)][1] == path(case, "acknowledge")
    web = signed_in(client, after)
    assert web.get(path(case, "acknowledge")).status_code == 200
    assert web.post(path(case, "acknowledge"), form()).status_code == 302
    assert web.get(path(case, "acknowledge")).status_code == 404
    assert signed_in(client, before).get(f"/cases/{case.reference}").status_code == 404
    assert CaseMember.objects.filter(case=case, how="owner", to_at=None).count() == 1
    with pytest.raises(NotAllowed):
        actions.acknowledge(by=after, at=NOW + DAY * 2, case=case)
    assert [row[1] for row in queries.timeline_rows(case)] == ["decision", "decision"]
    assert len(timeline_rows(case)) == 1
    assert len(investigations.case_lines(case, after, NOW)) == 2


def test_a_sealed_case_is_in_no_caseload(allocator, case):
    owner = a_detective(name="DC Owner")
    actions.allocate(by=allocator, at=NOW, case=case, owner=owner.user, seen=0)
    assert queries.caseloads([owner.user], NOW.date())[owner.user][0] == 1
    seal_case(by=a_member("supervisor"), at=NOW, case=case, reason="Hers", owners=[owner.user, a_member("supervisor").user])
    assert queries.caseloads([owner.user], NOW.date()) == {}


def test_a_conflict_is_recorded_by_a_detective_or_allocator_and_ended(client, allocator, case):
    detective, web = a_detective(name="DC A"), signed_in(client, allocator)
    page = path(case, "conflicts")
    assert web.post(page, form(somebody="Nobody", reason="x")).status_code == 422
    assert web.post(page, form(somebody="DC A", reason="Her aunt.")).status_code == 302
    row = Conflict.objects.get()
    assert "Her aunt." in html_of(web, page)
    assert queries.investigators(case, NOW)[0].conflict
    assert web.post(page, form(end=str(row.id))).status_code == 302
    assert not queries.open_conflicts(case).exists()
    assert not queries.investigators(case, NOW)[0].conflict
    assert signed_in(client, a_member("supervisor", unit=case.unit)).get(page).status_code == 404
    assert signed_in(client, detective).get(page).status_code == 404, "a case that is not theirs"


def test_the_policy_is_changed_by_two_people(client, allocator, case, morning):
    owner = a_member("policy_owner")
    due = Obligation.objects.get(case=case, code="allocate_pip2_owner").due_at
    assert due == MET + DAY
    begins = datetime(2100, 1, 4, 9, 0, tzinfo=UTC)  # ahead of the database's own clock
    later = propose_setting(by=owner, at=NOW, key="allocation_hours", value="48", from_date=begins.date(), reason="As agreed.")
    decide_setting(by=a_member("policy_owner"), at=NOW, row=later, approved=True, because="As agreed.")
    morning.move_to(begins)
    officer = a_member("frontline")
    new = a_case(officer, begins)
    record_crime(by=officer, at=begins, person=a_person(officer, new, begins), kind="recorded", number="37/2")
    assert Obligation.objects.get(case=new, code="allocate_pip2_owner").due_at == begins + 2 * DAY
    assert in_step(case), "no day that has begun is judged anew"


def test_a_crime_received_from_another_force_starts_the_time(client, allocator):
    officer = a_member("frontline")
    case = a_case(officer)
    a_person(officer, case)
    web = signed_in(client, allocator)
    sent = form(kind="crime_received", at="3 March 2026 0800", by_whom="Norfolk", person="")
    assert web.post(path(case, "what-happened"), sent).status_code == 302
    assert Obligation.objects.get(case=case, code="allocate_pip2_owner").due_at == NOW - timedelta(hours=1) + DAY


def test_no_path_authorises_an_owner_below_pip2_and_what_happened_is_taken(client, allocator, case, tmp_path):
    """By action, by page with every box of it, and by command; the same fact once it happened is due at once and counted."""
    below, inspector = a_detective("trainee_detective", "pip1", "child", name="T/DC D"), a_member("detective_inspector")
    with pytest.raises(actions.BelowPip2):
        actions.allocate(by=allocator, at=NOW, case=case, owner=below.user, seen=0)
    web = signed_in(client, allocator)
    for way in ({"owner": str(below.user)}, {"somebody": "T/DC D"}, {"somebody": "T/DC D", "at": "0200"}):
        for more in ({}, {"override": "other", "reason": "All busy."}, {"supervised_by": str(a_detective().user)}):
            assert web.post(path(case), form(version="0", **way, **more)).status_code == 422
    assert web.post(path(case, "authority"), form(version="0", owner=str(below.user), reason="x")).status_code == 404
    plain = signed_in(client, inspector)
    assert plain.post(path(case, "authority"), form(version="0", owner=str(below.user), reason="x")).status_code == 404, "by rank"
    asked = {"encounter": {"encountered_at": "2026-03-03T09:00:00Z", "people": []}}
    asked["investigators"] = [{"name": "D", "skills": ["pip1", "trainee_detective"]}]
    (tmp_path / "asked.json").write_text(json.dumps(asked))
    call_command("allocation_try", str(tmp_path / "asked.json"), stdout=(out := io.StringIO()))
    assert [each["can"] for each in json.loads(out.getvalue())["ranked"]] == [False]
    assert not Allocation.objects.exists()
    web = signed_in(client, allocator)
    assert web.post(path(case), form(version="0", owner=str(below.user), happened="yes")).status_code == 302
    assert Allocation.objects.get().kind == "happened_without"
    anew = Obligation.objects.get(case=case, code="allocate_pip2_owner", moment__startswith="happened without")
    assert (anew.state, anew.due_at) == ("open", NOW)
    assert in_step(case)


def test_with_many_investigators_the_page_stays_small_and_asks_little(client, allocator, case):
    """With 300 it asks as often: `./lodestar bench allocation`."""
    for number in range(30):
        a_detective(name=f"DC {number:03}")
    web = signed_in(client, allocator)
    with at_most(15):
        page = web.get(path(case))
    assert len(page.content) < 30_000
    assert "Number 21. " not in page.content.decode()
    with at_most(15):
        web.get("/allocation")
