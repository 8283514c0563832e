"""What lies beside people goes when its time is over, unless somebody needs it or a legal hold is on it; and stored files to
which nothing refers."""

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from lodestar.casework.case_files.actions.case import add_file, store
from lodestar.casework.case_files.models import CaseFile
from lodestar.information_governance.retention import actions, jobs
from lodestar.information_governance.retention.models import ErasureCount
from lodestar.intelligence.earlier_records.actions.prompts import open_concern
from lodestar.intelligence.earlier_records.models import EarlierPerson, EarlierRecord, Prompt, RecordSign
from lodestar.intelligence.identities.models import Match, MatchAnswer
from lodestar.knowledge.library.queries.library import originals
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.actions import audit
from lodestar.platform.audit.models import Event
from lodestar.platform.text.ids import new_id
from tests.access.world import PNG
from tests.factories.accounts import DraftFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.guidance import VersionFactory
from tests.factories.met_before import IdentityLinkFactory, MatchAnswerFactory, MatchFactory
from tests.factories.records import (
    EarlierPersonFactory,
    EarlierRecordFactory,
    MetBeforeFactory,
    PromptFactory,
    PromptStepFactory,
    RecordSignFactory,
)
from tests.factories.referrals import LetterFactory

LONG_AGO = timezone.now() - timedelta(days=5 * 365)


def gone() -> dict[str, int]:
    return actions.erase_expired(by=jobs.NOBODY, at=timezone.now())


def earlier(**more):
    person = EarlierPersonFactory(recorded_at=LONG_AGO)
    RecordSignFactory(record=EarlierRecordFactory(earlier_person=person, **{"recorded_at": LONG_AGO} | more))
    return person


def test_earlier_records_go_with_their_signs_and_answered_questions_and_are_counted_alone(fenmarch):
    person = earlier()
    PromptStepFactory(prompt=PromptFactory(earlier_person=person, state="no"))
    assert gone()["earlier"] == 1
    for model in (EarlierPerson, EarlierRecord, RecordSign, Prompt):
        assert not model.objects.exists()
    event = Event.objects.get(code="keeping.beside_let_go")
    assert (event.operation, event.subject, event.fields, event.people) == ("erasure", "1", ["earlier"], [])
    assert ErasureCount.objects.get(what="beside: earlier").number == 1
    assert gone()["earlier"] == 0


def test_they_stay_where_a_question_is_open_somebody_in_a_case_may_be_they_or_one_is_new(fenmarch):
    PromptFactory(earlier_person=earlier(), state="open")
    officer = a_member("frontline")
    PromptFactory(earlier_person=earlier(), state="yes", case=a_person(officer, a_case(officer)).case)
    MetBeforeFactory(earlier_person=earlier())
    EarlierRecordFactory(earlier_person=earlier(), recorded_at=timezone.now())
    assert gone()["earlier"] == 0
    assert EarlierPerson.objects.count() == 4


def test_a_yes_keeps_them_while_whom_it_made_a_person_is_there(fenmarch):
    officer, one, two = a_member("frontline"), a_member("data_protection"), a_member("data_protection")
    about = earlier()
    prompt = PromptFactory(earlier_person=about, state="open")
    case = open_concern(by=officer, at=MET, prompt=prompt, version=prompt.version)[0]
    person = case.people.get()
    MetBeforeFactory(earlier_person=about, person=person)
    a_person(officer, case)  # who is somebody else
    assert gone()["earlier"] == 0
    wish = actions.ask_to_dispose(by=one, at=MET, person=person, reason="recorded_wrongly", because="x")
    actions.dispose(by=two, at=MET, disposal=wish, answer="")
    assert Prompt.objects.get().state == "yes"
    assert gone()["earlier"] == 1
    assert not EarlierPerson.objects.exists()


def test_the_database_lets_go_nothing_young_or_needed_whatever_it_is_asked(fenmarch):
    rows = [EarlierPersonFactory(recorded_at=timezone.now()), earlier(), earlier()]
    PromptFactory(earlier_person=rows[1], state="open")
    with connection.cursor() as cursor:
        cursor.execute("select retention_remove_earlier_records(%s)", [[row.id for row in rows]])
        assert cursor.fetchone()[0] == 1
    assert set(EarlierPerson.objects.all()) == set(rows[:2])


def test_a_likeness_goes_with_what_was_said_of_it_unless_it_is_linked_or_held(fenmarch):
    officer = a_member("frontline")
    held_case = a_case(officer)
    one = MatchFactory(found_at=LONG_AGO)
    MatchAnswerFactory(match=one)
    linked, held, young = MatchFactory(found_at=LONG_AGO), None, MatchFactory(found_at=timezone.now())
    IdentityLinkFactory(match=linked)
    held = MatchFactory(found_at=LONG_AGO, person=a_person(officer, held_case))
    actions.hold(by=a_member("coordinator"), at=MET, case=held_case, kind="inquiry", because="An inquest")
    assert gone()["likeness"] == 1
    assert set(Match.objects.all()) == {linked, held, young}
    assert not MatchAnswer.objects.filter(match=one).exists()
    with connection.cursor() as cursor:
        cursor.execute("select retention_remove_matches(%s)", [[row.id for row in (linked, held, young)]])
        assert cursor.fetchone()[0] == 0


def test_what_was_typed_and_never_sent_goes_unless_its_case_is_held(fenmarch):
    officer = a_member("frontline")
    case, held = a_case(officer), a_case(officer)
    actions.hold(by=a_member("coordinator"), at=MET, case=held, kind="appeal", because="Leave is asked for")
    made = {
        name: DraftFactory(user_id=officer.user, path=f"/{name}", case=of)
        for name, of in (("old", None), ("cases", case.id), ("held", held.id), ("new", None))
    }
    Draft.objects.exclude(path="/new").update(saved_at=LONG_AGO)
    assert gone()["draft"] == 2
    assert set(Draft.objects.all()) == {made["held"], made["new"]}


# --- stored files --------------------------------------------------------------------------------------------------------


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


def aged(files, tenant, digest, days=30):
    path = files.folder / tenant / digest[:2] / digest
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
    return path


def test_a_file_to_which_nothing_refers_goes_and_is_logged_and_no_other(fenmarch, var):
    officer = a_member("frontline")
    case = a_case(officer)
    add_file(by=officer, at=MET, case=case, name="wall.png", content=PNG)
    letter = LetterFactory(how="mail", sha256=store().put(fenmarch, b"Subject: a letter"))
    version = VersionFactory(digest=originals().put(fenmarch, b"<p>Leaflet</p>"))
    row = CaseFile.objects.get()
    kept = [
        aged(files, fenmarch, digest)
        for files, digest in (
            *((store(), one) for one in (row.sha256, row.original, letter.sha256) if one),
            (originals(), version.digest),
        )
    ]
    orphans = [(files, files.put(fenmarch, b"nobody's")) for files in (store(), originals())]
    gone_now = [aged(files, fenmarch, digest) for files, digest in orphans]
    young = aged(store(), fenmarch, store().put(fenmarch, b"of today"), days=1)
    never_whole = young.with_name("tmpabc.part")
    never_whole.write_bytes(b"half")
    os.utime(never_whole, (0, 0))
    elsewhere = aged(store(), "eastern", store().put("eastern", b"theirs"))
    assert jobs.sweep(fenmarch) == 3
    assert not any(path.exists() for path in [*gone_now, never_whole])
    assert all(path.exists() for path in [*kept, young, elsewhere])
    events = Event.objects.filter(code="keeping.file_swept")
    assert {event.subject for event in events} == {orphans[0][1][:60], "tmpabc.part"}
    assert {event.operation for event in events} == {"erasure"}
    assert ErasureCount.objects.get(what="beside: file").number == 3
    assert jobs.sweep(fenmarch) == 0


def test_the_same_bytes_kept_again_are_young_again(fenmarch, var):
    digest = store().put(fenmarch, b"twice")
    path = aged(store(), fenmarch, digest)
    assert store().put(fenmarch, b"twice") == digest
    assert jobs.sweep(fenmarch) == 0
    assert path.exists()


def test_while_a_file_of_a_held_case_has_no_row_none_goes(fenmarch, var):
    officer, coordinator = a_member("frontline"), a_member("coordinator")
    case = a_case(officer)
    add_file(by=officer, at=MET, case=case, name="wall.png", content=PNG)
    path = aged(store(), fenmarch, store().put(fenmarch, b"whose is it"))
    actions.hold(by=coordinator, at=MET, case=case, kind="inquiry", because="An inquest")
    audit("cases.file_added", by=officer.user, role="", at=MET, case=case.id, subject=str(new_id()))  # and no row of it
    assert jobs.sweep(fenmarch) == 0
    assert path.exists()
    actions.lift(by=coordinator, at=MET, case=case, because="It is over")
    assert jobs.sweep(fenmarch) == 1
    assert not path.exists()
