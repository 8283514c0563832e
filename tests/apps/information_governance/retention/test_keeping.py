"""Letting somebody go: two people, no hold, every row; and what is left counts and names nobody."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from lodestar.casework.case_files.actions.case import add_file, store
from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import Referral, ReferralStatus
from lodestar.information_governance.retention import actions
from lodestar.information_governance.retention.jobs import recalculate_reviews
from lodestar.information_governance.retention.models import Disposal, ErasureCount, ReviewDue
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.models import Event
from tests.access.world import PNG
from tests.factories.accounts import DraftFactory, TenantFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.every import every_factory, tenant_models
from tests.factories.keeping import a_request_of
from tests.factories.referrals import ReferralNowFactory

NAME = "Marmalade Quill"


@pytest.fixture
def scene(fenmarch):
    """An officer's case with two people, and two people of data protection."""
    officer = a_member("frontline")
    case = a_case(officer, what=f"{NAME} at the car wash", place="Lincoln")
    first = a_person(officer, case, name=NAME, roles=["possible_victim"])
    second = a_person(officer, case, name="Ana Pop", roles=["possible_victim"])
    return officer, case, first, second, a_member("data_protection"), a_member("data_protection")


def asked(by, person, reason="recorded_wrongly") -> Disposal:
    return actions.ask_to_dispose(by=by, at=MET, person=person, reason=reason, because=f"{NAME} is not that person")


def everything_about(person) -> dict[str, int]:
    """Gives the person a row in every table that refers to one, with what hangs on those."""
    made = every_factory()
    for model in tenant_models():
        for field in model._meta.local_fields:
            is_about = field.is_relation and field.related_model is Person
            if is_about and not model._default_manager.filter(**{field.name: person.id}).exists():
                made[model](**{field.name: person})
    return rows_of(person)


def rows_of(person) -> dict[str, int]:
    found = {}
    for model in tenant_models():
        for field in model._meta.local_fields:
            if field.is_relation and field.related_model is Person:
                rows = model._default_manager.filter(**{field.name: person.id})
                found[f"{model._meta.label}.{field.name}"] = rows.count()
    return found


def test_every_row_that_hangs_on_them_goes_whatever_table_it_is_in_and_nobody_elses(scene):
    officer, case, first, second, one, two = scene
    before = everything_about(first)
    assert all(before.values()), [name for name, number in before.items() if not number]
    everything_about(second)
    ledger.recalculate([case.id], ledger.Cause(by=officer.user, at=MET, code="rules.changed"))  # a factory reckons nothing
    others = rows_of(second)
    DraftFactory(user_id=officer.user, path=f"/people/{first.id}/consent", case=case.id)
    DraftFactory(user_id=officer.user, path=f"/people/{second.id}/consent", case=case.id)
    ReferralNowFactory(referral=Referral.objects.get(person=first), state="waiting", first="")
    a_request_of(first)
    with pytest.raises(actions.StandsAgainst, match="waits"):
        asked(one, first, "they_ask")
    ReferralStatus.objects.filter(referral__person=first).update(state="withdrawn")
    gone = actions.dispose(by=two, at=MET, disposal=asked(one, first, "they_ask"), answer="")
    assert gone > len(before)
    assert not any(rows_of(first).values())
    assert rows_of(second) == others
    assert [draft.path for draft in Draft.objects.all()] == [f"/people/{second.id}/consent"]
    case.refresh_from_db()
    assert case.what  # somebody is left in the case: its words stay, and the page says so
    assert ledger.differences([case]) == []


def test_with_the_last_of_a_case_its_words_and_files_go_and_the_case_is_counted(
    scene, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.VAR = tmp_path
    officer, case, first, second, one, two = scene
    alone = add_file(by=officer, at=MET, case=case, name="wall.png", content=PNG)
    actions.dispose(by=two, at=MET, disposal=asked(one, first), answer="")
    assert store().get("fenmarch", alone.sha256)
    with django_capture_on_commit_callbacks(execute=True):
        actions.dispose(by=two, at=MET, disposal=asked(one, second), answer="")
    case = Case.objects.get(id=case.id)
    assert (case.what, case.place, case.imported_as) == ("", "", None)
    assert not CaseFile.objects.filter(case=case).exists()
    with pytest.raises(FileNotFoundError):
        store().get("fenmarch", alone.sha256)
    assert ledger.differences([case]) == []
    assert Case.objects.count() == 1


def test_a_file_that_another_case_has_too_stays_there(scene, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.VAR = tmp_path
    officer, case, first, second, one, two = scene
    both = [add_file(by=officer, at=MET, case=held, name="wall.png", content=PNG) for held in (case, a_case(officer))]
    with django_capture_on_commit_callbacks(execute=True):
        for person in (first, second):
            actions.dispose(by=two, at=MET, disposal=asked(one, person), answer="")
    assert [CaseFile.objects.filter(id=file.id).exists() for file in both] == [False, True]
    assert store().get("fenmarch", both[1].sha256)


def test_what_is_left_are_counts_ids_in_the_log_and_who_decided(scene):
    _, _case, first, _, one, two = scene
    owed = Obligation.objects.filter(person=first).exclude(state="not_owed").count()
    row = asked(one, first)
    actions.dispose(by=two, at=MET, disposal=row, answer=f"{NAME}: yes")
    row.refresh_from_db()
    assert (row.because, row.answer, row.done_at is not None) == ("", "", True)
    event = Event.objects.get(code="keeping.disposed")
    assert (event.operation, event.people, event.reason) == ("erasure", [first.id], "")
    tallied = {tally.what: tally.number for tally in ErasureCount.objects.all()}
    assert [number for what, number in tallied.items() if what.startswith("person: victim; ")] == [1]
    assert sum(number for what, number in tallied.items() if what.startswith("owed:")) == owed > 0
    assert NAME not in repr([vars(one) for one in [*ErasureCount.objects.all(), *Disposal.objects.all(), *Event.objects.all()]])


def test_one_alone_cannot_and_neither_can_the_application_by_itself(scene):
    _, _, first, _, one, _ = scene
    row = asked(one, first)
    with pytest.raises(Exception, match="disposal_two_people"), transaction.atomic():
        actions.dispose(by=one, at=MET, disposal=Disposal.objects.get(id=row.id), answer="")
    for statement in ("select retention_dispose(%s)", "delete from cases_person where id = %s"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [row.id])
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select retention_erase('cases_person', array[%s]::uuid[], 'fenmarch')", [first.id])
    assert Person.objects.filter(id=first.id).exists()


def test_a_hold_beats_it_even_when_it_comes_after_the_asking_and_in_raw_sql(scene):
    _officer, case, first, _, one, two = scene
    row = asked(one, first)
    coordinator = a_member("coordinator")
    actions.hold(by=coordinator, at=MET, case=case, kind="appeal", because="Leave is asked for")
    with pytest.raises(actions.StandsAgainst, match="hold"):
        actions.dispose(by=two, at=MET, disposal=row, answer="")
    Disposal.objects.filter(id=row.id).update(decision="agreed", decided_by_id=two.user, decided_at=MET)
    with pytest.raises(ProgrammingError, match="legal hold"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select retention_dispose(%s)", [row.id])
    assert actions.lift(by=coordinator, at=MET, case=case, because="Refused") == 1
    with connection.cursor() as cursor:
        cursor.execute("select retention_dispose(%s)", [row.id])
    assert not Person.objects.filter(id=first.id).exists()


def test_another_force_lets_nobody_go_here(scene):
    _, _case, first, _, one, two = scene
    row = asked(one, first)
    Disposal.objects.filter(id=row.id).update(decision="agreed", decided_by_id=two.user, decided_at=MET)
    TenantFactory(slug="eastern", name="Eastern", reference_prefix="ER")
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lodestar.tenant', 'eastern', true)")
        with pytest.raises(ProgrammingError, match="two people"), transaction.atomic():
            cursor.execute("select retention_dispose(%s)", [row.id])
        cursor.execute("select set_config('lodestar.tenant', 'fenmarch', true)")
    assert Person.objects.filter(id=first.id).exists()


def test_of_two_who_decide_at_one_moment_the_first_has_decided(scene):
    _, _, first, _, one, two = scene
    row = asked(one, first)
    agreeing, refusing = Disposal.objects.get(id=row.id), Disposal.objects.get(id=row.id)  # both read it while it was open
    actions.refuse_disposal(by=two, at=MET, disposal=refusing, answer="They are the right person")
    with pytest.raises(actions.StandsAgainst) as told:
        actions.dispose(by=two, at=MET, disposal=agreeing, answer="")
    assert told.value.codes == ("decided",)
    assert Disposal.objects.get(id=row.id).decision == "refused"
    assert Person.objects.filter(id=first.id).exists()


def test_the_nightly_list_has_two_days_for_who_is_both_and_a_kept_one_moves(scene):
    _, _, first, _second, one, _ = scene
    Person.objects.filter(id=first.id).update(roles=["possible_victim", "suspect"])
    assert recalculate_reviews("fenmarch") == 2
    days = dict(ReviewDue.objects.filter(person=first).values_list("category", "due_on"))
    assert sorted(days) == ["suspect", "victim"]
    assert days["suspect"] > days["victim"]
    until = days["victim"] + timedelta(days=400)
    person = Person.objects.select_related("case").get(id=first.id)
    actions.keep(by=one, at=MET, person=person, category="victim", until=until, reason="risk", because="He comes out")
    assert dict(ReviewDue.objects.filter(person=first).values_list("category", "due_on"))["victim"] == until
    assert recalculate_reviews("fenmarch") == 2
    assert ReviewDue.objects.filter(person=first, due_on=until).exists()


def test_every_table_that_refers_to_a_person_is_found_by_the_database_too(db):
    """The function follows keys of two columns; a reference without one would be left behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid = 'cases_person'::regclass"
            " and array_length(conkey, 1) = 2"
        )
        found = {name for (name,) in cursor.fetchall()}
    wanted = {
        model._meta.db_table
        for model in tenant_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is Person
    }
    assert wanted <= found
