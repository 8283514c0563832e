"""What lies beside people: until when it is kept, and what keeps it longer. Tables."""

from datetime import date

from lodestar.keeping.rules.beside import DAYS, KINDS, MONTHS, Beside, goes, last_day, latest
from tests.offenders import each

SET = {
    "keep_earlier_months": 24, "keep_likeness_months": 12, "keep_request_months": 6, "keep_draft_days": 90, "keep_file_days": 7,
}  # fmt: skip
CAME = date(2026, 3, 2)


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
def test_each_kind_is_kept_to_its_last_day_and_goes_on_the_next(kind, day):
    assert last_day(kind, CAME, SET) == day
    assert not goes(kind, Beside(CAME), day, SET)
    assert goes(kind, Beside(CAME), date.fromordinal(day.toordinal() + 1), SET)


@each("kind", KINDS)
@each(("needed", "held"), [(True, False), (False, True), (True, True)])
def test_what_is_needed_or_held_stays_however_old(kind, needed, held):
    assert not goes(kind, Beside(date(1990, 1, 1), needed=needed, held=held), CAME, SET)


@each("kind", KINDS)
def test_the_latest_day_that_goes_is_the_one_before_the_first_that_stays(kind):
    day = latest(kind, CAME, SET)
    assert goes(kind, Beside(day), CAME, SET)
    assert not goes(kind, Beside(date.fromordinal(day.toordinal() + 1)), CAME, SET)


def test_every_kind_has_one_setting_and_it_is_shipped():
    from lodestar.cases.rules import SHIPPED

    assert set(MONTHS) | set(DAYS) == set(KINDS)
    assert not set(MONTHS) & set(DAYS)
    assert {*MONTHS.values(), *DAYS.values()} <= set(SHIPPED.on(CAME))
