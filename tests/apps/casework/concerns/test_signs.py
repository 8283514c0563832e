"""The third screen: signs seen, one group at a time. No sign is laid on anyone by default, and none is counted."""

from html import unescape

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lodestar.casework.cases.models import Exploitation, Person
from lodestar.casework.concerns.models import BeliefDecision, Note, SignSeen
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.audit.models import Event
from tests.apps.casework.concerns.filled import fields, sent
from tests.factories.cases import a_person


def address(case, group="drugs"):
    return f"/record/{case.id}/signs/{group}"


def words(response):
    return unescape(response.content.decode())


def ids():
    return [str(one) for one in Person.objects.order_by("number").values_list("id", flat=True)]


def ticks(**only):
    return set(SignSeen.objects.filter(withdrawn_at=None, **only).values_list("code", "person__number"))


@pytest.fixture
def two(record):
    """A case with Kieran, whom someone may be using, and Jaz, of whom nothing is said."""
    return record(p1__name="Kieran", p1__part=["used"], p2__name="Jaz")


def test_no_sign_is_ticked_and_none_is_counted(phone, two):
    for group in ("drugs", "labour", "sexual", "domestic", "held_by_others", "online"):
        html = words(phone.get(address(two, group)))
        assert " checked" not in html
        assert "score" not in html.replace("No score is made", "")


def test_signs_of_the_scene_and_of_each_person(phone, two, officer):
    kieran, jaz = ids()
    typed = {"s__owes_someone": [kieran], "s__hurt_not_explained": [kieran, jaz]}
    response = phone.post(address(two), sent(phone.get(address(two)), scene=["wraps_ready_to_sell"], next="done", **typed))
    assert response.url == f"/cases/{two.reference}/do-now"
    assert ticks() == {("wraps_ready_to_sell", None), ("owes_someone", 1), ("hurt_not_explained", 1), ("hurt_not_explained", 2)}
    row = SignSeen.objects.first()
    assert (row.recorded_by_id, row.seen_at, row.list_date.isoformat()) == (officer.user, two.encountered_at, "2026-11-24")
    assert set(Exploitation.objects.values_list("type", "person__number", "still_in_situation")) == {
        ("criminal", 1, None),
        ("criminal", 2, None),
    }
    assert dict(Person.objects.values_list("name", "belief")) == {"Kieran": "signs_only", "Jaz": "signs_only"}
    assert Obligation.objects.filter(code="decide_belief", state="open").count() == 2


def test_one_tick_for_both_is_a_tick_for_each(phone, two):
    phone.post(address(two), sent(phone.get(address(two)), s__owes_someone=["all"]))
    assert ticks() == {("owes_someone", 1), ("owes_someone", 2)}
    again = fields(phone.get(address(two)).content.decode())
    assert again["s-owes_someone"] == ids()


def test_a_tick_for_all_leaves_out_whoever_is_there_only_for_using_others(phone, record):
    case = record(p1__name="A", p2__name="Boss", p2__part=["using"], next="add")
    phone.post(f"/record/{case.id}/who?more=1", sent(phone.get(f"/record/{case.id}/who?more=1"), p1__name="C"))
    page = phone.get(address(case))
    assert "Everyone not exploiting others" in words(page)
    phone.post(address(case), sent(page, s__owes_someone=["all"]))
    assert ticks() == {("owes_someone", 1), ("owes_someone", 3)}


def test_a_tick_taken_back_is_dated_and_not_deleted(phone, two, officer):
    kieran, _ = ids()
    phone.post(address(two), sent(phone.get(address(two)), s__owes_someone=[kieran]))
    phone.post(address(two), sent(phone.get(address(two)), s__owes_someone=[]))
    row = SignSeen.objects.get()
    assert (row.withdrawn_at is not None, row.withdrawn_by_id) == (True, officer.user)
    assert Exploitation.objects.count() == 0
    phone.post(address(two), sent(phone.get(address(two)), s__owes_someone=[kieran]))
    assert SignSeen.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        SignSeen.objects.all().delete()


def test_exploitation_of_which_more_is_known_outlives_the_tick(phone, two):
    kieran, _ = ids()
    phone.post(address(two), sent(phone.get(address(two)), s__owes_someone=[kieran]))
    Exploitation.objects.update(from_date="2025-11")
    phone.post(address(two), sent(phone.get(address(two)), s__owes_someone=[]))
    assert Exploitation.objects.count() == 1


def test_signs_on_the_wrong_person_leave_nothing_behind(phone, two):
    _, jaz = ids()
    phone.post(address(two), sent(phone.get(address(two)), s__owes_someone=[jaz]))
    phone.post(address(two), sent(phone.get(address(two)), s__owes_someone=[]))
    assert Person.objects.get(name="Jaz").belief == ""
    assert Person.objects.get(name="Kieran").belief == "signs_only"


def test_two_tabs_both_keep_their_ticks(phone, two):
    kieran, jaz = ids()
    one, other = phone.get(address(two)), phone.get(address(two))
    phone.post(address(two), sent(one, s__owes_someone=[kieran], scene=["more_than_one_phone"]))
    phone.post(address(two), sent(other, s__owes_someone=[jaz]))
    assert ticks() == {("owes_someone", 1), ("owes_someone", 2), ("more_than_one_phone", None)}


def test_a_page_drawn_before_somebody_was_added_still_ticks_for_whom_it_was_drawn(phone, record, officer):
    case = record(p1__name="Luan")
    page = phone.get(address(case, "labour"))
    luan = ids()[0]
    a_person(officer, case, name="Ana")
    phone.post(address(case, "labour"), sent(page, **{f"about-{luan}": ["works_too_long"]}))
    assert set(SignSeen.objects.values_list("code", "person__name")) == {("works_too_long", "Luan")}


def test_what_the_list_does_not_have_and_who_is_not_there_are_left_out(phone, two, officer):
    stranger = a_person(officer, two, name="later")
    stranger_id = str(stranger.id)
    Person.objects.filter(id=stranger.id)
    typed = {"s__no_such_sign": [ids()[0]], "s__owes_someone": ["nobody", "7"], "scene": ["no_such_sign"]}
    phone.post(address(two), sent(phone.get(address(two)), **typed))
    assert ticks() == set()
    assert stranger_id in ids()


def test_a_search_keeps_what_was_ticked_and_typed_and_saves_nothing_yet(phone, two):
    kieran, jaz = ids()
    page = phone.get(address(two))
    typed = {"s__owes_someone": [kieran], "scene": ["more_than_one_phone"], "words": "He said", "belief": "none"}
    found = phone.post(address(two), sent(page, q="gaffer has their passports", **typed))  # Enter: no button is sent
    assert "Found" in words(found)
    assert SignSeen.objects.count() == 0
    response = phone.post(address(two), sent(found, s__papers_held=[jaz], q="", next="done"))
    assert response.status_code == 302
    assert ticks() == {("owes_someone", 1), ("more_than_one_phone", None), ("papers_held", 2)}
    assert Note.objects.get().words == "He said"
    assert set(Person.objects.values_list("belief", flat=True)) == {"none"}


def test_a_search_shows_what_is_ticked_already_and_does_not_take_it_back(phone, two):
    kieran, _ = ids()
    phone.post(address(two, "held_by_others"), sent(phone.get(address(two, "held_by_others")), s__papers_held=[kieran]))
    found = phone.post(address(two), sent(phone.get(address(two)), q="passports", find="1"))
    assert fields(found.content.decode())["s-papers_held"] == [kieran]
    phone.post(address(two), sent(found, q="", next="done"))
    assert ticks() == {("papers_held", 1)}
    found = phone.post(address(two), sent(phone.get(address(two)), q="passports", find="1"))
    phone.post(address(two), sent(found, q="", next="done", s__papers_held=[]))
    assert ticks() == set()


def test_own_words_are_added_and_shown_with_who_said_them(phone, two):
    phone.post(address(two), sent(phone.get(address(two)), words="He looked\nat the driver"))
    phone.post(address(two), sent(phone.get(address(two)), words="Then he cried"))
    assert list(Note.objects.order_by("recorded_at").values_list("words", flat=True)) == [
        "He looked\nat the driver",
        "Then he cried",
    ]
    html = words(phone.get(address(two)))
    assert html.index("PC Brandreth") < html.index("He looked") < html.index("Then he cried")
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.update(words="changed")


def test_what_was_taken_from_whom(phone, two):
    kieran, jaz = ids()
    one, other = phone.get(address(two)), phone.get(address(two))
    phone.post(address(two), sent(one, z__drugs=[kieran], z__phone=[kieran, jaz]))
    phone.post(address(two), sent(other, z__cash=[kieran]))
    assert dict(Person.objects.values_list("name", "seized")) == {"Kieran": ["drugs", "cash", "phone"], "Jaz": ["phone"]}
    phone.post(address(two), sent(phone.get(address(two)), z__drugs=[]))
    assert Person.objects.get(name="Kieran").seized == ["cash", "phone"]


def test_a_threat_seen_makes_the_assessment_owed(phone, two):
    page = phone.get(address(two, "held_by_others"))
    phone.post(address(two, "held_by_others"), sent(page, s__threatened_or_family_threatened=[ids()[0]]))
    assert Obligation.objects.get(code="threat_to_life_assessment").person.name == "Kieran"


def test_not_answered_is_for_the_supervisor_and_nobody_else(phone, two):
    phone.post(address(two), sent(phone.get(address(two))))
    assert dict(Person.objects.values_list("name", "belief")) == {"Kieran": "signs_only", "Jaz": ""}
    assert BeliefDecision.objects.count() == 0


def test_one_answer_is_for_whoever_is_used_or_has_a_sign(phone, two, record):
    phone.post(address(two), sent(phone.get(address(two)), belief="reasonable_grounds"))
    assert dict(Person.objects.values_list("name", "belief")) == {"Kieran": "reasonable_grounds", "Jaz": ""}
    assert BeliefDecision.objects.get().how == "recorded"
    assert not Obligation.objects.filter(code="decide_belief", state="open").exists()


def test_an_answer_of_their_own_stands_before_the_one_for_all(phone, two):
    phone.post(address(two), sent(phone.get(address(two)), belief="reasonable_grounds", b__2="none"))
    assert dict(Person.objects.values_list("name", "belief")) == {"Kieran": "reasonable_grounds", "Jaz": "none"}
    again = fields(phone.get(address(two)).content.decode())
    assert (again["b-1"], again["b-2"], "belief" in again) == (["reasonable_grounds"], ["none"], False)
    phone.post(address(two), sent(phone.get(address(two)), words="more"))
    assert BeliefDecision.objects.count() == 2


def test_a_new_sign_opens_again_what_was_no_grounds_yet(phone, two):
    kieran, _ = ids()
    phone.post(address(two), sent(phone.get(address(two)), b__1="none", b__2="none"))
    phone.post(address(two, "labour"), sent(phone.get(address(two, "labour")), s__works_too_long=[kieran]))
    assert dict(Person.objects.values_list("name", "belief")) == {"Kieran": "signs_only", "Jaz": "none"}


@pytest.mark.parametrize(("keep", "belief"), [("mine", "none"), ("theirs", "reasonable_grounds")])
def test_two_who_answer_differently_of_one_person_choose(phone, two, keep, belief):
    mine, theirs = phone.get(address(two)), phone.get(address(two))
    phone.post(address(two), sent(theirs, b__1="reasonable_grounds"))
    response = phone.post(address(two), sent(mine, b__1="none", s__owes_someone=[ids()[1]]))
    assert response.status_code == 422
    assert "A colleague saved this while you were writing" in words(response)
    assert Person.objects.get(name="Kieran").belief == "reasonable_grounds"
    phone.post(address(two), sent(response, keep=keep))
    assert Person.objects.get(name="Kieran").belief == belief
    assert ticks() == {("owes_someone", 2)}


def test_what_was_ticked_and_not_sent_comes_back(phone, two):
    phone.post(address(two), sent(phone.get(address(two)), q="passports", find="1", s__owes_someone=[ids()[0]], words="He"))
    again = fields(phone.get(address(two) + "?draft=1").content.decode())
    assert (again["s-owes_someone"], again["words"]) == ([ids()[0]], ["He"])


def test_words_kept_of_the_fourth_come_back_with_the_fourth_and_take_nothing_back(phone, two, officer):
    case = two
    for name in ("Tomas", "Ion"):
        a_person(officer, case, name=name)
    path, ion = f"{address(case)}?from=4", ids()[3]
    phone.post(path, sent(phone.get(path), **{f"about-{ion}": ["owes_someone"], "z-phone": [ion], "next": "done"}))
    assert ticks() == {("owes_someone", 4)}
    phone.post(path, sent(phone.get(path), q="passports", find="1", words="He is afraid"))
    again = phone.get(f"{address(case)}?draft=1")
    assert "Ion" in words(again)
    phone.post(address(case), sent(again, q="", next="done"))
    assert Note.objects.get().words == "He is afraid"
    assert ticks() == {("owes_someone", 4)}
    assert Person.objects.get(name="Ion").seized == ["phone"]


def test_everything_at_once_stays_within_the_budget(phone, two):
    typed = {
        "scene": ["wraps_ready_to_sell"],
        "s__owes_someone": ["all"],
        "z__drugs": ids(),
        "belief": "reasonable_grounds",
        "words": "He said",
    }
    page = phone.get(address(two))
    with CaptureQueriesContext(connection) as written:
        phone.post(address(two), sent(page, **typed))
    asked = [query["sql"] for query in written.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 39  # the budget of any POST is 40


def test_the_log_says_that_signs_were_recorded_and_of_whom_and_not_which(phone, two):
    phone.post(address(two), sent(phone.get(address(two)), s__owes_someone=[ids()[0]], words="He said so"))
    event = Event.objects.filter(code="recognition.signs_recorded").earliest("recorded_at")
    assert ([str(one) for one in event.people], event.fields) == ([ids()[0]], ["signs"])
    assert not any("owes_someone" in str(vars(one)) or "He said so" in str(vars(one)) for one in Event.objects.all())
