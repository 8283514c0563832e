"""A force's settings: proposed by one, agreed by another, from a day to come."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.approvals.actions import CannotDecide
from lodestar.platform.audit.models import Event
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.obligations.settings import SHIPPED, CannotSet, every_setting
from lodestar.platform.settings import presenters as words
from lodestar.platform.settings.actions import NotAhead, decide_setting, propose_setting
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import start_of_day
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.cases import a_case, a_person
from tests.factories.settings import SettingChangeFactory, an_agreed_change, days_ahead
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

KEY = "crime_recording_point"


@pytest.fixture
def two(fenmarch):
    return a_member("policy_owner"), a_member("policy_owner")


def proposed(by, key=KEY, value="positive_rg", days=7, reason="As the board decided."):
    return propose_setting(by=by, at=timezone.now(), key=key, value=value, from_date=days_ahead(days), reason=reason)


def agree(by, change, at=None, approved=True):
    decide_setting(by=by, at=at or timezone.now(), row=change, approved=approved, because="As the board decided.")


def test_without_own_changes_a_force_has_what_is_shipped(fenmarch):
    assert settings_in_force() is SHIPPED


def test_a_change_holds_from_its_day_on_once_a_second_person_agrees(two):
    change = proposed(two[0])
    assert settings_in_force() is SHIPPED
    agree(two[1], change)
    found = settings_in_force()
    assert found.label == f"fenmarch {days_ahead(7).isoformat()}"
    assert [found.on(days_ahead(day))[KEY] for day in (6, 7, 400)] == ["encounter", "positive_rg", "positive_rg"]
    codes = list(Event.objects.filter(code__startswith="cases.setting").order_by("recorded_at").values_list("code", "by"))
    assert codes == [("cases.setting_proposed", two[0].user), ("cases.setting_approved", two[1].user)]


def test_of_two_changes_from_the_same_day_the_one_agreed_later_holds(two):
    an_agreed_change(*two, value="2")
    an_agreed_change(*two, value="4")
    assert settings_in_force().on(days_ahead(7))["tasking_decision_victims"] == 4


def test_who_proposes_cannot_agree_nor_refuse(two):
    change = proposed(two[0])
    for approved in (True, False):
        with pytest.raises(CannotDecide):
            agree(two[0], change, approved=approved)
    agree(two[1], change, approved=False)
    assert settings_in_force() is SHIPPED


@pytest.mark.parametrize("days", [0, -1, -400])
def test_nothing_can_be_proposed_for_a_day_that_has_begun(two, days):
    with pytest.raises(NotAhead):
        proposed(two[0], days=days)


def test_nothing_can_be_agreed_once_its_day_has_begun(two):
    change = proposed(two[0], days=1)
    with pytest.raises(NotAhead):
        agree(two[1], change, at=start_of_day(days_ahead(1)))


@each(
    ("key", "value"),
    [(KEY, "whenever"), ("pip3_victims", "0"), ("pip3_victims", "five"), ("pip3_victims", "٥"), ("weather", "1"),
     ("pip3_victims", "-1"), ("age_in_doubt_up_to", "17")],
)  # fmt: skip
def test_a_value_that_the_setting_does_not_offer_is_refused(two, key, value):
    with pytest.raises(CannotSet):
        proposed(two[0], key=key, value=value)


def in_sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_raw_sql_cannot_put_a_change_in_force_on_a_day_that_has_begun(two):
    row = SettingChangeFactory(asked_by_id=two[0].user)
    approve = "update settings_settingchange set approved = true, decided_at = %s, decided_by_id = %s where id = %s"
    with pytest.raises(ProgrammingError):  # the application may write the decision and nothing else
        in_sql("update settings_settingchange set from_date = current_date where id = %s", row.id)
    with pytest.raises(ProgrammingError):
        in_sql("delete from settings_settingchange where id = %s", row.id)
    with pytest.raises(IntegrityError, match="setting_change_never_backwards"):
        in_sql(approve, timezone.now() + timedelta(days=8), two[1].user, row.id)
    with pytest.raises(IntegrityError, match="setting_change_by_two"):
        in_sql(approve, timezone.now(), two[0].user, row.id)
    long_ago = timezone.now() - timedelta(days=900)
    with pytest.raises(IntegrityError, match="no change takes effect on a day that has begun"), transaction.atomic():
        SettingChangeFactory(asked_at=long_ago, from_date=days_ahead(-800))
    with pytest.raises(IntegrityError, match="before it is decided"), transaction.atomic():
        SettingChangeFactory(approved=True, decided_at=timezone.now(), decided_by_id=two[1].user)
    in_sql(approve, timezone.now(), two[1].user, row.id)
    with pytest.raises(IntegrityError, match="the change is decided"):
        in_sql(approve, timezone.now(), two[1].user, row.id)


def owed(case, code):
    return Obligation.objects.filter(case=case, code=code, state="open").first()


def test_the_ledger_takes_the_value_of_the_day_of_the_encounter(two):
    an_agreed_change(*two, key="pip3_victims", value="1", from_date=days_ahead(7))
    officer = a_member("frontline")
    cases = [a_case(officer, at=start_of_day(days_ahead(day))) for day in (6, 7)]
    for case in cases:
        a_person(officer, case, at=case.encountered_at)
    assert [owed(case, "consider_pip3") is not None for case in cases] == [False, True]
    assert ledger.differences(cases) == []


def test_a_case_dated_ahead_is_reckoned_when_a_change_that_touches_it_is_agreed(two):
    officer = a_member("frontline")
    case = a_case(officer, at=start_of_day(days_ahead(9)))
    a_person(officer, case, at=case.encountered_at)
    assert owed(case, "consider_pip3") is None
    an_agreed_change(*two, key="pip3_victims", value="1", from_date=days_ahead(7))
    assert owed(case, "consider_pip3") is not None
    assert ledger.differences([case]) == []


def test_the_ledger_reads_the_settings_once_however_many_cases(two):
    officer = a_member("frontline")
    cases = [a_case(officer) for _ in range(3)]
    for case in cases:
        a_person(officer, case)

    def queries(some):
        with within("fenmarch"), CaptureQueriesContext(connection) as seen:
            ledger.read(some)
            settings_in_force()
        return [query["sql"] for query in seen if "settings_settingchange" in query["sql"]], len(seen)

    one, many = queries(cases[:1]), queries(cases)
    assert (len(one[0]), one[1]) == (1, many[1])


@pytest.mark.django_db
def test_a_change_of_one_force_is_no_other_forces():
    TenantFactory()
    TenantFactory(slug="eastern", name="Eastern regional unit", reference_prefix="ER")
    with within("fenmarch"):
        an_agreed_change(a_member("policy_owner"), a_member("policy_owner"))
    with within("eastern"):
        assert settings_in_force() is SHIPPED
        assert SettingChange.objects.count() == 0
    with within("fenmarch"):
        assert settings_in_force() is not SHIPPED


def test_settings_are_read_again_after_a_transaction_inside_that_may_have_changed_them(two):
    assert settings_in_force() is SHIPPED
    with within("fenmarch"):
        an_agreed_change(*two)
        assert settings_in_force() is not SHIPPED
    assert settings_in_force() is not SHIPPED


# --- the pages -------------------------------------------------------------------------------------------------------


def shown(client, path):
    page = client.get(path)
    assert page.status_code == 200, path
    return unescape(page.content.decode())


def propose_page(client, key=KEY, **typed):
    told = {"value": "positive_rg", "from_date": "1 March 2099", "reason": "As the board decided."} | typed
    return client.post(f"/rules/settings/{key}/propose", form(**told))


def decide_page(client, change, decision, **typed):
    return client.post(f"/rules/settings/changes/{change.id}", form(approved=decision, **typed))


def test_every_setting_and_each_of_its_choices_has_words():
    for key, row in every_setting().items():
        assert [value for value, _ in words.choices_of(key)] == list(row.get("choices", []))
        assert all("_" not in name for _, name in words.choices_of(key))
        assert set(row.get("rules", [])) <= set(obligation_rows())


def test_one_proposes_and_a_second_agrees_on_pages(client, two):
    signed_in(client, two[0])
    assert propose_page(client).status_code == 302
    change = SettingChange.objects.get()
    assert "As the board decided." in shown(client, f"/rules/settings/{KEY}")
    own = shown(client, f"/rules/settings/changes/{change.id}")
    assert "Decide" not in own
    assert decide_page(client, change, "yes", because="Mine").status_code == 404
    signed_in(client, two[1])
    assert "Decide" in shown(client, f"/rules/settings/changes/{change.id}")
    assert decide_page(client, change, "yes", because="As the board decided.").status_code == 302
    page = shown(client, f"/rules/settings/{KEY}")
    assert "1 March 2099" in page
    assert f"{change.asked_by.name}, second: " in page
    assert "Decide" not in shown(client, f"/rules/settings/changes/{change.id}")


def test_a_refusal_needs_a_reason_and_shows_it(client, two):
    change = proposed(two[0])
    signed_in(client, two[1])
    refused = decide_page(client, change, "no")
    assert refused.status_code == 422
    assert "Write why" in refused.content.decode()
    assert decide_page(client, change, "no", because="Not before the board sits.").status_code == 302
    assert "Not before the board sits." in shown(client, f"/rules/settings/{KEY}")


@each(
    ("typed", "says"),
    [
        ({"from_date": "today"}, "is not a day"),
        ({"from_date": "1 March 2020"}, "Choose a day to come"),
        ({"from_date": "soon"}, "“soon” is not a day"),
        ({"from_date": ""}, "Write from which day"),
        ({"value": ""}, "Choose what it should be"),
        ({"value": "whenever"}, "Choose what it should be"),
        ({"reason": " \u202e "}, "Write why"),
        ({"key": "pip3_victims", "value": "many"}, "Write a whole number from 1 to 50"),
    ],
)
def test_what_cannot_be_proposed_is_said_beside_its_field(client, two, typed, says):
    signed_in(client, two[0])
    page = propose_page(client, **typed)
    assert page.status_code == 422
    assert says in unescape(page.content.decode())
    assert SettingChange.objects.count() == 0
