"""When what is held about people is looked at, what stands against letting them go, breaches, and what people ask: tables."""

from datetime import UTC, date, datetime, timedelta

from lodestar.information_governance.retention.rules import (
    CAME,
    DAYS,
    MONTHS,
    NEVER,
    ErasureFacts,
    RequestStatus,
    TaskVerdict,
    against,
    against_step,
    breach_status,
    categories_of,
    is_known,
    last_day,
    latest,
    latest_keep,
    needs_alone,
    needs_delay,
    request_status,
    review_against,
    review_on,
    setting_of,
    tell_by,
)
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each

SET = {
    "keep_victim_months": 72,
    "keep_no_grounds_months": 12,
    "keep_suspect_months": 120,
    "keep_witness_months": 60,
    "keep_other_months": 36,
    "keep_earlier_months": 24, "keep_likeness_months": 12, "keep_request_months": 6, "keep_draft_days": 90, "keep_file_days": 7,
}  # fmt: skip
LAST = date(2026, 3, 2)


@each(
    ("category", "roles", "found"),
    [
        ("victim", [], ("victim",)),
        ("other", [], ("other",)),
        ("other", ["possible_victim"], ("victim",)),
        ("victim", ["possible_victim", "suspect"], ("victim", "suspect")),
        ("suspect", ["possible_victim"], ("victim", "suspect")),
        ("other", ["exploiter", "witness"], ("suspect", "witness")),
        ("other", ["a role to come"], ("other",)),
    ],
)
def test_somebody_stands_in_every_category_that_is_said_of_them(category, roles, found):
    assert categories_of(category, roles) == found


@each(
    ("category", "belief", "day"),
    [
        ("victim", "", date(2032, 3, 2)),
        ("victim", "reasonable_grounds", date(2032, 3, 2)),
        ("victim", "signs_only", date(2032, 3, 2)),
        ("victim", "none", date(2027, 3, 2)),
        ("suspect", "none", date(2036, 3, 2)),
        ("witness", "", date(2031, 3, 2)),
        ("other", "", date(2029, 3, 2)),
    ],
)
def test_each_category_has_its_period_and_no_grounds_the_shortest(category, belief, day):
    assert review_on(category, belief, LAST, SET) == day


def test_no_period_is_longer_than_that_of_no_grounds_as_shipped():
    shipped = SHIPPED.on(LAST)
    periods = {setting_of(category, belief) for category in ("victim", "suspect", "witness", "other") for belief in ("", "none")}
    assert min(periods, key=lambda key: shipped[key]) == "keep_no_grounds_months"
    assert len(periods) == 5


@each(("kept", "day"), [(None, date(2032, 3, 2)), (date(2030, 1, 1), date(2032, 3, 2)), (date(2034, 1, 1), date(2034, 1, 1))])
def test_what_was_kept_is_looked_at_on_the_day_named_unless_a_new_contact_came_after(kept, day):
    assert review_on("victim", "", LAST, SET, kept) == day


DUE, NOT_YET = date(2026, 1, 1), date(2027, 1, 1)
TODAY = date(2026, 3, 2)


@each(
    ("stands", "reason", "codes"),
    [
        (ErasureFacts({"victim": DUE}), "period_over", ()),
        (ErasureFacts({"victim": TODAY}), "period_over", ()),
        (ErasureFacts({"victim": NOT_YET}), "period_over", ("not_yet_victim",)),
        (ErasureFacts({"victim": DUE, "suspect": NOT_YET}), "period_over", ("not_yet_suspect",)),
        (ErasureFacts({"victim": NOT_YET}), "recorded_wrongly", ()),
        (ErasureFacts({"victim": NOT_YET}, has_asked=True), "they_ask", ()),
        (ErasureFacts({"victim": DUE}), "they_ask", ("not_asked",)),
        (ErasureFacts({"victim": DUE}, ("appeal",)), "period_over", ("hold",)),
        (ErasureFacts({"victim": DUE}, ("appeal",)), "recorded_wrongly", ("hold",)),
        (ErasureFacts({"victim": DUE}, ("inquiry",), has_asked=True), "they_ask", ("hold",)),
        (ErasureFacts({"victim": DUE}, (), True), "they_ask", ("waits", "not_asked")),
        (ErasureFacts({"victim": NOT_YET}, ("appeal",), True), "period_over", ("hold", "waits", "not_yet_victim")),
    ],
)
def test_what_stands_against_letting_somebody_go(stands, reason, codes):
    assert against(stands, TODAY, reason) == codes


def test_nothing_is_kept_longer_than_ten_years_without_another_look():
    assert latest_keep(TODAY) == date(2036, 3, 2)


# --- what lies beside people ---------------------------------------------------------------------------------------------


@each(
    ("kind", "day"),
    [
        ("earlier", date(2028, 3, 2)),
        ("likeness", date(2027, 3, 2)),
        ("request", date(2026, 9, 2)),
        ("draft", date(2026, 5, 31)),
        ("file", date(2026, 3, 9)),
    ],
)
def test_each_kind_beside_people_has_its_last_day_and_goes_on_the_next(kind, day):
    assert last_day(kind, LAST, SET) == day
    before = latest(kind, LAST, SET)
    assert last_day(kind, before, SET) < LAST <= last_day(kind, before + timedelta(days=1), SET)
    assert ({**MONTHS, **DAYS})[kind] in SHIPPED.on(LAST)


# --- breaches --------------------------------------------------------------------------------------------------------

AWARE = datetime(2026, 3, 27, 22, 0, tzinfo=UTC)  # a Friday night before the clocks change
H = timedelta(hours=1)


def after(hours: float, kind: str) -> tuple[str, datetime]:
    return kind, AWARE + hours * H


def test_seventy_two_hours_run_through_nights_weekends_and_a_change_of_clocks():
    assert tell_by(AWARE) == datetime(2026, 3, 30, 22, 0, tzinfo=UTC)


@each(
    ("steps", "still", "late", "closed"),
    [
        ([], ("commissioner", "people", "put_right"), False, False),
        ([after(1, "commissioner_told")], ("people", "put_right"), False, False),
        ([after(72, "commissioner_told")], ("people", "put_right"), False, False),
        ([after(72.1, "commissioner_told")], ("people", "put_right"), True, False),
        ([after(90, "commissioner_not_told")], ("people", "put_right"), False, False),
        ([after(1, "people_told"), after(2, "put_right")], ("commissioner",), False, False),
        ([after(1, "commissioner_told"), after(1, "people_not_told"), after(3, "put_right")], (), False, False),
        (
            [after(1, "commissioner_told"), after(1, "people_told"), after(3, "put_right"), after(4, "closed")],
            (), False, True,
        ),
    ],
)  # fmt: skip
def test_what_is_open(steps, still, late, closed):
    found = breach_status(AWARE, steps)
    assert (found.open, found.told_late, found.is_closed) == (still, late, closed)


@each(
    ("kind", "hours", "needed"),
    [("commissioner_told", 72, False), ("commissioner_told", 73, True), ("people_told", 99, False), ("put_right", 99, False)],
)
def test_why_it_was_late_is_asked_of_the_commissioner_alone(kind, hours, needed):
    assert needs_delay(AWARE, kind, AWARE + hours * H) is needed


# --- what people ask about themselves --------------------------------------------------------------------------------

GOT = date(2026, 1, 31)
ALL = [("identity", GOT), ("alone", GOT), ("searched", GOT), ("reviewed", GOT)]


@each("came", CAME)
def test_whoever_does_not_stand_there_themselves_says_alone_that_they_ask(came):
    assert needs_alone(came) is (came != "themselves")
    assert ("alone" in request_status(came, GOT, []).before_answer) is needs_alone(came)


@each(
    ("steps", "due"),
    [
        ([], date(2026, 2, 28)),
        ([("identity", date(2026, 2, 10))], date(2026, 3, 10)),
        ([("identity", date(2026, 2, 10)), ("alone", date(2026, 2, 20))], date(2026, 3, 20)),
        ([("identity", date(2026, 1, 1))], date(2026, 2, 28)),
        ([("searched", date(2026, 5, 1))], date(2026, 2, 28)),
    ],
)
def test_a_month_runs_from_when_it_is_known_who_asks(steps, due):
    assert request_status("letter", GOT, steps).due_on == due


@each("missing", ["identity", "alone", "searched", "reviewed"])
def test_nothing_is_answered_before_all_that_comes_first(missing):
    stand = request_status("relative", GOT, [step for step in ALL if step[0] != missing])
    assert against_step("answered", stand, []) == (missing,)
    assert against_step("refused", stand, []) == ()


def test_an_answer_is_possible_when_all_is_done_and_only_once():
    assert against_step("answered", request_status("agent", GOT, ALL), []) == ()
    assert against_step("answered", request_status("agent", GOT, [*ALL, ("answered", GOT)]), []) == ("over",)


READY = RequestStatus(GOT, (), is_over=False)
NOT_READY = RequestStatus(GOT, ("identity", "searched"), is_over=False)


@each(
    ("kind", "stand", "ticked", "missing"),
    [
        ("searched", READY, (), ()),
        ("searched", NOT_READY, (), ("identity",)),
        ("answered", NOT_READY, (), ("identity", "searched")),
        ("answered", RequestStatus(GOT, (), is_over=False, waits=1), (), ("open",)),
        ("refused", RequestStatus(GOT, (), is_over=True), (), ("over",)),
        ("reviewed", READY, NEVER, ()),
        ("reviewed", READY, ("address", "others"), ("left_support",)),
        ("reviewed", READY, (), ("left_address", "left_support", "left_others")),
    ],
)
def test_what_stands_against_a_step(kind, stand, ticked, missing):
    assert against_step(kind, stand, ticked) == missing


def test_what_is_open_is_answered_with_a_reason_alone():
    open_one = RequestStatus(GOT, (), is_over=False, waits=1)
    assert against_step("answered", open_one, (), says_why=True) == ()
    assert against_step("answered", open_one, (), says_why=False) == ("open",)


REVIEWS = [
    ("copy", TaskVerdict(""), ("verdict",)),
    ("copy", TaskVerdict("other"), ()),
    ("copy", TaskVerdict("unsure"), ("because",)),
    ("copy", TaskVerdict("unsure", because="No day of birth"), ()),
    ("copy", TaskVerdict("they"), ("gives",)),
    ("copy", TaskVerdict("they", gives="All", ticked=NEVER), ()),
    ("copy", TaskVerdict("they", gives="All", ticked=NEVER[:2]), ("ticked",)),
    ("copy", TaskVerdict("they", withheld=["crime"]), ("because",)),
    ("copy", TaskVerdict("they", withheld=["crime"], because="An inquiry is open"), ()),
    ("copy", TaskVerdict("they", gives="A part", withheld=["crime"], because="It is open", ticked=NEVER), ()),
    ("copy", TaskVerdict("other", gives="All", withheld=["crime"], carried="not"), ()),
    ("erase", TaskVerdict("they"), ("carried",)),
    ("erase", TaskVerdict("they", carried="perhaps"), ("carried",)),
    ("erase", TaskVerdict("they", carried="done"), ()),
    ("erase", TaskVerdict("they", carried="not"), ("because",)),
    ("erase", TaskVerdict("they", carried="not", because="It is needed"), ()),
    ("restrict", TaskVerdict("they"), ("carried",)),
    ("restrict", TaskVerdict("they", carried="done"), ("because",)),
    ("restrict", TaskVerdict("they", carried="done", because="Only for the court"), ()),
    ("restrict", TaskVerdict("they", carried="not"), ("because",)),
]


@each(("kind", "told", "missing"), REVIEWS)
def test_what_is_missing_of_what_is_said_of_somebody(kind, told, missing):
    assert review_against(kind, told) == missing


@each(
    ("came", "steps", "known"),
    [
        ("themselves", [], False),
        ("themselves", ["identity"], True),
        ("themselves", ["alone"], False),
        ("themselves", ["identity", "searched"], True),
        ("themselves", ["identity", "refused"], False),
        ("themselves", ["identity", "alone", "withdrawn"], False),
        ("letter", ["identity"], False),
        ("letter", ["alone"], False),
        ("letter", ["identity", "alone"], True),
        ("relative", ["identity", "alone", "answered"], True),
    ],
)
def test_it_is_certain_who_asks_once_they_said_so_alone_and_it_was_not_refused(came, steps, known):
    assert is_known(came, steps) is known
