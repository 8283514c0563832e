"""A board: who sees what, meetings and their actions, decisions as evidence, and packs that stay as they were."""

import hashlib
import io
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Person
from lodestar.information_governance.retention.actions import ask_to_dispose, dispose
from lodestar.oversight.boards import actions, queries
from lodestar.oversight.boards.models import Pack
from lodestar.oversight.deep_dives.rules.questions import items_of
from lodestar.oversight.deep_dives.rules.report import report_of
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.releases.models import Release
from lodestar.oversight.requirements.evidence import EVIDENCED, WEAK, read_evidence, read_query
from lodestar.oversight.requirements.presenters import standard_name
from lodestar.partnership.commissioning.actions import publish_quarter
from lodestar.partnership.commissioning.rules import quarter_of
from lodestar.platform.accounts.models import User
from lodestar.platform.audit.models import Event
from lodestar.platform.documents.description import Bullets, texts
from lodestar.platform.notices.models import Notice
from tests.factories.accounts import UserFactory, a_member
from tests.factories.cases import MET
from tests.factories.deep_dives import VERSION, DeepDiveFactory, FindingFactory
from tests.factories.figures import met
from tests.factories.needs import NeedFactory
from tests.factories.plan import PlanItemFactory, RequirementLinkFactory
from tests.factories.recommendations import RecommendationFactory
from tests.factories.signed_in import html_of, sent, signed_in
from tests.factories.statements import at_most

NOW = timezone.now()
DAY = timedelta(days=1)
HIDDEN = ["Not shown"]


@pytest.fixture
def secretary(fenmarch):
    return a_member("board_secretary", name="P. Aldous")


@pytest.fixture
def member(fenmarch):
    return a_member("board_member", name="M. Whitlock")


@pytest.fixture
def board(secretary, member):
    row = actions.record_board(by=secretary, at=NOW - 400 * DAY, name="Delivery Board", terms="It looks at the plan")
    actions.add_member(by=secretary, at=NOW, board=row, user=member.user, post="Head of crime", from_day=date(2020, 1, 1))
    return row


@pytest.fixture
def meeting(board, secretary):
    return actions.plan_meeting(by=secretary, at=NOW - 9 * DAY, board=board, starts_at=NOW - DAY, place="Headquarters")


def refused(code, act, **facts):
    with pytest.raises(actions.Refused) as refusal:
        act(**facts)
    assert refusal.value.code == code


def told(member, kind):
    return Notice.objects.filter(to_id=member.user, kind=kind).count()


def test_a_chair_is_one_and_terms_are_kept_in_versions(board, secretary, member):
    actions.change_terms(by=secretary, at=NOW, board=board, words="And at the risks", from_day=NOW.date())
    assert [row.words for row in board.terms.order_by("number")] == ["It looks at the plan", "And at the risks"]
    for name in ("J. Osei", "R. Lund"):
        actions.add_member(by=secretary, at=NOW, board=board, name=name, post="Chair", is_chair=True, from_day=NOW.date())
    assert [row.name for row in board.members.filter(is_chair=True)] == ["R. Lund"]
    facts = {"by": secretary, "at": NOW, "board": board, "post": "Both", "from_day": NOW.date()}
    refused("who", actions.add_member, user=member.user, name="J. Osei", **facts)
    refused("who", actions.add_member, **facts)
    refused("name", actions.record_board, by=secretary, at=NOW, name=board.name, terms="Again")


def test_a_meeting_has_the_standing_items_and_its_members_are_told(board, meeting, secretary, member):
    assert len(meeting.agenda) == 5
    assert told(member, actions.MEETING) == 1
    common = {"by": secretary, "at": NOW, "starts_at": meeting.starts_at, "place": "Here"}
    refused("taken", actions.plan_meeting, board=board, **common)
    coming = actions.plan_meeting(by=secretary, at=NOW, board=board, starts_at=NOW + DAY, place="Here")
    refused("taken", actions.change_meeting, meeting=coming, seen=1, **common)
    refused("before", actions.minute, by=secretary, at=NOW, meeting=coming, present=[], minutes="Early", seen=1)
    refused("before", actions.decide, by=secretary, at=NOW, meeting=coming, words="Early")
    with pytest.raises(actions.ConcurrentEdit):
        actions.change_meeting(by=secretary, at=NOW, meeting=meeting, seen=7, agenda=["One"])


def test_a_meeting_is_cancelled_and_its_members_are_told(client, board, secretary, member):
    coming = actions.plan_meeting(by=secretary, at=NOW, board=board, starts_at=NOW + DAY, place="Here")
    path = f"/boards/meetings/{coming.id}"
    assert sent(secretary, f"{path}/cancel", why="The chair is ill", version=1).status_code == 302
    assert told(member, actions.CANCELLED) == 1
    assert "data-cancelled" in html_of(signed_in(client, member), path)
    assert "<s>" in html_of(client, f"/boards/{board.id}")
    assert "No meeting is planned" in html_of(client, "/boards")
    coming.refresh_from_db()
    refused("cancelled", actions.cancel_meeting, by=secretary, at=NOW, meeting=coming, seen=2, reason="Again")
    refused("cancelled", actions.change_meeting, by=secretary, at=NOW, meeting=coming, seen=2, place="There")
    assert actions.plan_meeting(by=secretary, at=NOW, board=board, starts_at=coming.starts_at, place="Here")
    refused("past", actions.plan_meeting, by=secretary, at=NOW, board=board, starts_at=NOW - 31 * DAY, place="Here")


def test_an_action_is_for_who_signs_in_and_the_board_alone_closes_it(client, board, meeting, secretary, member):
    actions.add_member(by=secretary, at=NOW, board=board, name="J. Osei", post="Charity", from_day=NOW.date())
    typed = {"action": "Book the course", "due_on": "1 March 2030", "version": 1}
    page = sent(secretary, f"/boards/meetings/{meeting.id}/actions", **typed, owner="J. Osei")
    assert "Give it to a colleague who signs in" in page.content.decode()
    common = {"by": secretary, "at": NOW, "meeting": meeting, "words": "Book", "due_on": NOW.date()}
    row = actions.record_action(owner=member.user, **common)
    path = f"/boards/actions/{row.id}"
    assert 'value="closed"' in html_of(signed_in(client, secretary), path)
    page = html_of(signed_in(client, member), path)
    assert 'value="done"' in page
    assert 'value="closed"' not in page
    assert sent(member, path, to="closed", because="Me", version=1).status_code == 422
    assert sent(member, path, to="done", because="Booked", version=1).status_code == 302
    assert "What happened?" not in html_of(client, path), "it is for the board now"


def test_an_action_chases_and_returns_until_the_board_closes_it(board, meeting, secretary, member):
    owner = a_member("frontline")
    common = {"by": secretary, "meeting": meeting, "words": "Book the course", "owner": owner.user}
    row = actions.record_action(at=NOW - DAY / 2, due_on=(NOW - DAY).date(), **common)
    assert told(owner, actions.GIVEN) == 1
    assert (actions.remind_late(by=None, at=NOW), actions.remind_late(by=None, at=NOW), told(owner, actions.LATE)) == (1, 0, 1)
    coming = actions.plan_meeting(by=secretary, at=NOW, board=board, starts_at=NOW + 30 * DAY, place="Here")
    assert queries.actions_open_at(board, coming.starts_at) == [row]
    assert not queries.actions_open_at(board, meeting.starts_at)
    move = {"at": NOW, "row": row}
    refused("evidence", actions.move_action, by=owner, to="done", seen=1, **move)
    actions.move_action(by=owner, to="done", because="Booked, see the list", seen=1, **move)
    assert row.due_at is None
    assert queries.actions_open_at(board, coming.starts_at) == [row]
    refused("board", actions.move_action, by=owner, to="closed", because="Me too", seen=2, **move)
    refused("day", actions.move_action, by=secretary, to="open", because="Not all of them", seen=2, **move)
    back = (NOW + 9 * DAY).date()
    actions.move_action(by=secretary, to="open", because="Not all of them", due_on=back, seen=2, **move)
    assert (row.due_at.date(), row.reminded_at, told(owner, actions.RETURNED)) == (back, None, 1)
    actions.move_action(by=secretary, to="closed", because="All of them, see the list", seen=3, **move)
    assert not queries.actions_open_at(board, coming.starts_at)
    own = actions.record_action(at=NOW, due_on=back, **common | {"owner": secretary.user})
    for before, after in (("open", "done"), ("done", "open"), ("open", "done"), ("done", "closed")):  # all at one instant
        own.moves.create(before=before, after=after, moved_at=NOW, recorded_at=NOW)
    assert queries.states_then([own], NOW - DAY) == ["open"]
    refused("own", actions.move_action, by=secretary, at=NOW, row=own, to="closed", because="Mine", seen=1)


def test_a_decision_is_evidence_once_what_follows_from_it_is_closed(board, meeting, secretary):
    first, second = (actions.decide(by=secretary, at=NOW - DAY / 4, meeting=meeting, words=words) for words in ("Train", "Pay"))
    assert (first.number, second.number) == (1, 2)
    row = actions.record_action(
        by=secretary, at=NOW - DAY / 4, meeting=meeting, words="Book", owner=a_member("frontline").user, due_on=NOW.date(),
        decision=first,
    )  # fmt: skip
    period, key = Period(NOW.date(), NOW.date()), ("decision", str(first.id))
    assert read_evidence([key], period, NOW)[key].state == WEAK
    actions.move_action(by=secretary, at=NOW, row=row, to="closed", because="List", seen=1)
    found = read_evidence([key], period, NOW)[key]
    assert found.state == EVIDENCED
    assert read_query(found.query) == found
    assert read_evidence([key], period, NOW - DAY / 8)[key].state == WEAK, "as it was known then"
    assert not read_evidence([key], period, NOW - DAY)


def test_a_paper_is_a_file_or_a_link(meeting, secretary):
    common = {"by": secretary, "at": NOW, "meeting": meeting, "title": "Budget"}
    assert actions.add_paper(url="https://example.org/paper", **common).digest == ""
    refused("file", actions.add_paper, **common)
    refused("file", actions.add_paper, content=b"MZ not a paper", **common)


@pytest.fixture
def people(fenmarch):
    """Nine possible victims met in March 2026, one of them a child; each with a need."""
    coordinator = a_member("coordinator")
    rows = [met(coordinator, age_min=age, age_max=age) for age in (30,) * 8 + (15,)]
    Person.objects.update(recorded_at=MET)  # and not at the time of the test
    for _, person in rows:
        NeedFactory(person=person, domain="legal", since=MET - 20 * DAY, recorded_at=MET)
    return SimpleNamespace(coordinator=coordinator, rows=rows)


def rows_under(pack, title):
    """The rows of a table of a pack by their first cell."""
    tables = [block for block in queries.document_of(pack).blocks if getattr(block, "caption", "") == title]
    return {row[0]: row[1:] for row in tables[0].rows}


def test_a_pack_hides_small_numbers_and_has_no_sealed_case(board, secretary, people):
    publish_quarter(by=people.coordinator, at=MET + 40 * DAY, quarter=quarter_of(MET.date()))
    pack = actions.store_pack(by=secretary, at=NOW, board=board, as_at=date(2026, 4, 30))
    shown = rows_under(pack, "What came of it, by age")
    assert shown["All"] == ("0", "0", "0", "0", "9", "9")
    assert shown["Child or may be"] == ("0", "0", "0", "0", "Not shown", "Not shown")
    assert shown["Adult"] == ("0", "0", "0", "0", "Not shown", "Not shown"), "nor what the child could be worked out from"
    assert rows_under(pack, "What was needed")["Immigration and legal advice"] == ("9", "")
    reference, name = people.rows[8][0].reference, people.rows[8][1].name
    assert not {reference, name} & set(" ".join(texts(queries.document_of(pack))).split())
    row = Release.objects.get(period=str(pack.id))
    assert (row.kind, row.given.get().recipient) == ("pack", board.name)
    case = people.rows[0][0]
    seal_case(by=people.coordinator, at=NOW, case=case, reason="A relative.", owners=[people.coordinator.user, secretary.user])
    later = actions.store_pack(by=secretary, at=NOW, board=board, as_at=date(2026, 4, 30))
    assert (later.number, rows_under(later, "What came of it, by age")["All"]) == (2, ("0", "0", "0", "0", "8", "8"))
    refused("future", actions.store_pack, by=secretary, at=NOW, board=board, as_at=(NOW + 2 * DAY).date())


def test_a_pack_says_what_is_late_and_names_owners_alone(board, meeting, secretary):
    owner = UserFactory(name="Insp Halloran")
    common = {"owner": owner, "recorded_by": owner, "recorded_at": MET}
    item = PlanItemFactory(original_due_on=date(2026, 4, 1), due_on=date(2026, 4, 2), state="under_way", **common)
    row = RecommendationFactory(due_at=MET, owner=UserFactory(name="Nobody Here"))
    link = RequirementLinkFactory()
    numbers = report_of([], items_of(VERSION), in_frame=9, drawn=9, not_drawn=0)
    numbers["all"] |= {"good": 7, "requires_improvement": 6, "inadequate": 1}
    numbers["critical"] = {"A1": 1}
    dive = DeepDiveFactory(completed_at=MET, report=numbers)
    FindingFactory(dive=dive)
    pack = actions.store_pack(by=secretary, at=NOW, board=board, as_at=date(2026, 4, 30))
    assert rows_under(pack, "What slipped")[f"{item.number}. {item.title}"][:3] == (owner.name, "1 April 2026", "2 April 2026")
    assert rows_under(pack, "Open recommendations, the oldest first")[f"{row.code}, {row.report.title}"][2].endswith(", late")
    assert sum(map(int, rows_under(pack, "Requirements by their evidence")[standard_name(link.requirement.standard)])) == 1
    grades = rows_under(pack, "Grades")
    assert [grades[name][0] for name in ("Good", "Requires improvement", "Inadequate", "All")] == ["7", *HIDDEN * 2, "14"]
    assert rows_under(pack, "Critical questions not met") == {f"A1. {items_of(VERSION)[0].words}": (HIDDEN[0],)}
    assert rows_under(pack, "Actions") == {"Action to begin": ("1",)}
    _, risks = (block.items for block in queries.document_of(pack).blocks if isinstance(block, Bullets))
    assert len(risks) == 2
    words = " ".join(texts(queries.document_of(pack)))
    assert "Nobody Here" not in words
    assert words.count("Query: ") == 12


def test_a_pack_opens_as_it_was_after_an_edit_a_sealing_and_a_disposal(client, board, meeting, secretary, member, people):
    coordinator, (first, second, third, *_) = people.coordinator, people.rows
    pack = actions.store_pack(by=secretary, at=NOW, board=board, as_at=date(2026, 4, 30), meeting=meeting)
    address = f"/boards/packs/{pack.id}"
    signed_in(client, member)

    def opened():
        pages = [html_of(client, address, part=str(part)).split("data-sha256")[1] for part in range(1, 13)]
        return [Pack.objects.get(id=pack.id).content, *pages, client.get(f"{address}/pdf").content]

    before = opened()
    with at_most(15):
        html_of(client, address)
    with at_most(62):  # a pack reads every other part of oversight once
        queries.pack.pack_document(board, date(2026, 4, 30), NOW)
    Person.objects.filter(id=first[1].id).update(category="other")
    seal_case(by=coordinator, at=NOW, case=second[0], reason="A relative.", owners=[coordinator.user, secretary.user])
    wish = ask_to_dispose(by=coordinator, at=NOW, person=third[1], reason="recorded_wrongly", because="Another")
    dispose(by=a_member("coordinator"), at=NOW, disposal=wish, answer="")
    actions.decide(by=secretary, at=NOW, meeting=meeting, words="Train")
    assert opened() == before
    assert hashlib.sha256(before[0].encode()).hexdigest() == pack.sha256
    again = actions.store_pack(by=secretary, at=NOW, board=board, as_at=date(2026, 4, 30))
    assert again.content != before[0]


def test_the_command_gives_the_pack_that_was_stored(board, secretary, tmp_path):
    username = User.objects.get(id=secretary.user).username

    def asked(file, **other):
        call_command("boards_pack", other.get("name", "deliv"), as_at=other.get("as_at", "2026-04-30"), user=username,
                     out=tmp_path / file, stdout=io.StringIO())  # fmt: skip

    asked("one.pdf")
    pack = Pack.objects.get()
    asked("two.docx")
    assert Pack.objects.get() == pack
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "two.docx").read_bytes().startswith(b"PK")
    assert Event.objects.filter(code="boards.pack_saved", by=secretary.user).count() == 2
    wrong = (("a.txt", {}), ("a.pdf", {"as_at": "soon"}), ("a.pdf", {"name": "Other"}), ("a.pdf", {"as_at": "2027-12-31"}))
    for file, other in wrong:
        with pytest.raises(CommandError) as refusal:
            asked(file, **other)
        assert refusal.value.returncode == 2


def test_who_is_on_no_board_sees_none_and_an_owner_sees_their_action_alone(client, board, meeting, secretary, member):
    owner = a_member("frontline")
    common = {"by": secretary, "at": NOW, "meeting": meeting, "due_on": NOW.date()}
    own = actions.record_action(words="Book the course", owner=owner.user, **common)
    other = actions.record_action(words="Pay the invoice", owner=member.user, **common)
    signed_in(client, owner)
    pages = (f"/boards/{board.id}", f"/boards/meetings/{meeting.id}", f"/boards/actions/{other.id}", "/boards")
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert f"/boards/actions/{own.id}" in html_of(client, "/boards/actions")
    assert "Book the course" in html_of(client, f"/boards/actions/{own.id}")
    signed_in(client, member)
    assert [client.get(page).status_code for page in pages] == [200] * 4
    assert client.get(f"/boards/actions/{own.id}").status_code == 404
    actions.end_member(by=secretary, at=NOW, row=board.members.get(user=member.user), last=date(2020, 1, 2))
    assert [client.get(page).status_code for page in pages] == [404, 404, 200, 200]
