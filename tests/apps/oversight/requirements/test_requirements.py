"""Requirements: standards, editions, tables, links, and evidence of every kind as at a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lodestar.oversight.deep_dives.models import DeepDive
from lodestar.oversight.measures.models import StoredValue
from lodestar.oversight.measures.rules.facts import last_quarter
from lodestar.oversight.requirements import actions
from lodestar.oversight.requirements.evidence import KINDS, read_evidence, read_query
from lodestar.oversight.requirements.models import Requirement, RequirementLink
from lodestar.oversight.requirements.queries import coverage, links_of, requirements_on
from lodestar.platform.audit.models import Event
from lodestar.platform.time.days import london_date
from tests.factories.accounts import a_member
from tests.factories.cases import MET, ObligationFactory, PersonFactory
from tests.factories.deep_dives import DeepDiveFactory
from tests.factories.plan import RequirementFactory, RequirementLinkFactory
from tests.factories.signed_in import html_of, sent, signed_in
from tests.factories.signed_in import read as page_read
from tests.factories.statements import at_most
from tests.factories.training import AttendanceFactory, CourseFactory

pytestmark = pytest.mark.usefixtures("fenmarch")
HIDDEN = "hidden_victims_2021"
TODAY = london_date(timezone.now())
PERIOD = last_quarter(TODAY)


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def read(kind, key, at=None, period=PERIOD):
    return read_evidence([(kind, str(key))], period, at or timezone.now()).get((kind, str(key)))


def test_a_standard_is_taken_in_once_with_the_evidence_that_is_offered(client, coordinator):
    course = CourseFactory(covers=["b"])
    with at_most(40):
        assert sent(coordinator, "/requirements/standards", standard=HIDDEN).status_code == 302
    assert actions.take_in_standard(by=coordinator, at=timezone.now(), standard=HIDDEN) == 0
    rows = {row.code: row for row in requirements_on(TODAY)}
    assert list(rows) == ["A1", "A2", "R1", *(f"R2{letter}" for letter in "abcdefg"), "R3", "R4"]
    links = links_of(rows.values(), timezone.now())
    assert ("training", str(course.id)) in links[rows["R2b"].id]
    assert set(links[rows["R3"].id]) >= {("measure", "pip2-in-time"), ("measure", "below-pip2")}
    assert {code for code, row in rows.items() if not row.is_verified} == {"R1", "A1", "A2"}
    html = html_of(signed_in(client, coordinator), "/requirements", standard=HIDDEN)
    assert html.index("R1.") < html.index("R2b."), "what has nothing comes first"
    assert Event.objects.filter(code="requirements.recorded").count() == 1


def test_a_new_edition_ends_the_former_and_keeps_its_links(coordinator):
    first = RequirementFactory(code="3.2")
    RequirementLinkFactory(requirement=first)
    facts = {"standard": first.standard, "code": "3.2", "kind": "local_policy", "text": "Within a day", "source": ""}
    later = actions.record_requirement(by=coordinator, at=timezone.now(), edition=date(2025, 3, 1), **facts)
    first.refresh_from_db()
    assert (first.until, later.until) == (date(2025, 2, 28), None)
    assert [requirements_on(day)[0].edition for day in (date(2025, 2, 28), date(2025, 3, 1))] == [first.edition, later.edition]
    assert links_of([later], timezone.now()) == {later.id: [("measure", "nrm-made")]}
    between = actions.record_requirement(by=coordinator, at=timezone.now(), edition=date(2024, 6, 1), **facts)
    first.refresh_from_db()
    assert (first.until, between.until) == (date(2024, 5, 31), date(2025, 2, 28))
    with pytest.raises(actions.Refused):
        actions.record_requirement(by=coordinator, at=timezone.now(), edition=date(2025, 3, 1), **facts)


def test_a_table_of_requirements_is_looked_at_and_then_recorded(client, coordinator):
    lines = (
        "code,edition,text,verified",
        "3.2,2025-03-01,Within a day,yes",
        "3.3,soon,Never,no",
        ",2025-03-01,No code,",
        "3.4,2025-03-01,X,so",
    )
    rows = "\n".join(lines)

    def upload(content=rows, **more):
        return sent(coordinator, "/requirements/import", file=SimpleUploadedFile("own.csv", content.encode()), **more)

    looked = upload()
    assert b'data-counts="1 0 3"' in looked.content
    assert not Requirement.objects.exists()
    mark = actions.read_requirements(rows.encode()).mark
    assert upload(looked_at="another").status_code == 422
    assert upload(looked_at=mark).status_code == 302
    row = Requirement.objects.get()
    assert (row.standard, row.code, row.kind, row.is_verified) == ("local_policy", "3.2", "local_policy", True)
    assert b'data-counts="0 1 3"' in upload().content
    assert upload("code\n3.2\n", looked_at=mark).status_code == 422
    assert signed_in(client, coordinator).get("/requirements/import?as=csv").content.startswith(b"\xef\xbb\xbf")


def test_evidence_is_linked_and_taken_away_and_both_stay_known(client, coordinator):
    row = RequirementFactory()
    signed_in(client, coordinator)
    here = f"/requirements/{row.id}"
    assert sent(coordinator, f"{here}/link/measure", evidence_key="nrm-made", reason="It counts them").status_code == 302
    assert sent(coordinator, f"{here}/link/measure", evidence_key="nrm-made").status_code == 302
    assert sent(coordinator, f"{here}/link/measure", evidence_key="no-measure").status_code == 422
    assert client.get(f"{here}/link/nothing").status_code == 404
    assert sent(coordinator, f"{here}/link/statement", words="Every shift is briefed", said_on="2026-03-01").status_code == 302
    assert 'data-state="weak"' in html_of(client, here)
    then = timezone.now()
    link = RequirementLink.objects.get(kind="measure")
    assert sent(coordinator, f"/requirements/links/{link.id}", grounds="It counts referrals alone").status_code == 302
    assert client.get(f"/requirements/links/{link.id}").status_code == 404
    kinds = [[kind for kind, _ in links_of([row], at)[row.id]] for at in (then, timezone.now())]
    assert kinds == [["measure", "statement"], ["statement"]]


def test_a_measure_stays_as_it_was_stored(coordinator):
    at, row = timezone.now(), RequirementLinkFactory(key="needs-in-time").requirement
    assert read("measure", "needs-in-time").state == "cannot_tell"
    common = {"code": "needs-in-time", "version": 1, "first": PERIOD.first, "last": PERIOD.last}
    StoredValue.objects.create(**common, numerator=6, denominator=8, stored_at=at)
    StoredValue.objects.create(**common, numerator=7, denominator=8, stored_at=at + timedelta(hours=1))
    evidence = read("measure", "needs-in-time", at)
    assert (evidence.state, evidence.numbers) == ("evidenced", (6, 8))
    assert read_query(evidence.query) == evidence
    assert [each.state for each in coverage(TODAY, PERIOD, at) if each.requirement == row] == ["evidenced"]
    assert read("measure", "no-measure") is None


def test_who_is_not_of_the_force_reads_no_small_number_and_chooses_no_days(coordinator):
    row = RequirementLinkFactory(key="needs-in-time").requirement
    common = {"code": "needs-in-time", "version": 1, "first": PERIOD.first, "last": PERIOD.last}
    StoredValue.objects.create(**common, numerator=6, denominator=8, stored_at=timezone.now())
    pages = [f"/requirements/{row.id}", "/requirements?as=csv"]
    ours, theirs = ([page_read(member, page) for page in pages] for member in (coordinator, a_member("policing_body")))
    assert ["6 of 8" in page for page in ours + theirs] == [True, True, False, False]
    asked = f"{pages[0]}?first={PERIOD.first}&last={PERIOD.first}"
    assert page_read(a_member("board_secretary"), asked).count("first=") == 0
    assert 'name="first"' in ours[0]
    assert 'name="first"' not in theirs[0]


def test_a_question_of_the_last_completed_deep_dive(coordinator):
    assert read("deep_dive", "B3").state == "none"
    report = {"questions": [{"code": "B3", "met": 3, "judged": 4}, {"code": "B4", "met": 0, "judged": 0}]}
    completed = datetime(2026, 3, 20, tzinfo=UTC)
    dive = DeepDiveFactory(first=date(2025, 10, 1), last=date(2025, 12, 31), completed_at=completed, report=report)
    at = completed + timedelta(days=1)
    found = [read("deep_dive", code, at) for code in ("B3", "B4")]
    assert [(each.state, each.numbers) for each in found] == [("evidenced", (3, 4)), ("cannot_tell", (0, 0))]
    assert read("deep_dive", "B3", completed - timedelta(days=1)).state == "none"
    assert read("deep_dive", "B3", datetime(2027, 1, 2, tzinfo=UTC)).state == "expired"
    assert DeepDive.objects.get() == dive


def test_attendance_alone_is_weak():
    course = CourseFactory()
    assert read("training", course.id).state == "none"
    AttendanceFactory(course=course)
    found = read("training", course.id)
    assert (found.state, found.numbers) == ("weak", (1, 0))


def test_what_had_to_be_done_of_sealed_cases_is_in_no_number(coordinator):
    period = last_quarter(date(2026, 4, 1))
    for sealed in (False, False, True):
        person = PersonFactory()
        ObligationFactory(case=person.case, person=person, code="safe_place", due_at=MET, sealed=sealed)
    found = read("obligation", "safe_place", period=period)
    assert (found.state, found.numbers) == ("weak", (0, 2))


def test_the_matrix_reads_each_kind_once(client, coordinator):
    page = signed_in(client, coordinator)
    for kind, key in (("measure", "nrm-made"), ("deep_dive", "B3"), ("obligation", "safe_place")):
        RequirementLinkFactory(kind=kind, key=key)
    with at_most(25):
        page.get("/requirements")
    for _ in range(5):
        RequirementLinkFactory(kind="obligation", key="make_safe")
    with at_most(25):
        page.get("/requirements")
    assert set(KINDS) >= {"measure", "deep_dive", "training", "guidance", "obligation", "statement", "plan_item"}
    assert b"Closed with a record" in page.get("/requirements?as=csv").content
    assert signed_in(client, a_member("frontline")).get("/requirements").status_code == 404
