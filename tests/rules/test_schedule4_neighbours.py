"""Schedule 4 to the Modern Slavery Act 2015 typed in once more by hand: what it lists, and every section beside it."""

from datetime import date

from lodestar.casework.section45.rules.schedule4 import entries, judge
from tests.offenders import each

TODAY = date(2026, 3, 2)

# Paragraph, Act, sections. `?`: a person must look while nothing more is told.
LISTED = (
    (7, "Offences Against the Person Act 1861", "4 16 18 20 21 22 23 27 28 29 30 31 32 35 37 38"),
    (8, "Explosive Substances Act 1883", "2 3 4"),
    (9, "Infant Life (Preservation) Act 1929", "1"),
    (10, "Children and Young Persons Act 1933", "1"),
    (11, "Public Order Act 1936", "2"),
    (12, "Infanticide Act 1938", "1"),
    (13, "Firearms Act 1968", "5 16 16A 17 18"),
    (14, "Theft Act 1968", "8 9? 10 12A? 21"),
    (15, "Criminal Damage Act 1971", "1?"),
    (16, "Immigration Act 1971", "25"),
    (17, "Customs and Excise Management Act 1979", "170?"),
    (18, "Taking of Hostages Act 1982", "1"),
    (19, "Aviation Security Act 1982", "1 2 3 4"),
    (20, "Mental Health Act 1983", "127"),
    (21, "Child Abduction Act 1984", "1 2"),
    (22, "Public Order Act 1986", "1 2"),
    (23, "Criminal Justice Act 1988", "134"),
    (24, "Road Traffic Act 1988", "1 3A"),
    (25, "Aviation and Maritime Security Act 1990", "1 9 10 11 12 13"),
    (27, "Protection from Harassment Act 1997", "4 4A"),
    (28, "Crime and Disorder Act 1998", "29 31?"),
    (29, "Terrorism Act 2000", "54 56 57 59"),
    (30, "International Criminal Court Act 2001", "51 52"),
    (31, "Anti-terrorism, Crime and Security Act 2001", "47 50 113"),
    (32, "Female Genital Mutilation Act 2003", "1 2 3"),
    (
        33,
        "Sexual Offences Act 2003",
        "1 2 3 4 5 6 7 8 9 10 13 14 15 16 17 18 19 25 26 30 31 32 33 34 35 36 37 38 39 40 41 47 48 49 50 61 62 63 64 65 66"
        " 66A 66B? 67 67A 70",
    ),
    (34, "Domestic Violence, Crime and Victims Act 2004", "5"),
    (35, "Terrorism Act 2006", "5 6 9 10 11"),
    (36, "Modern Slavery Act 2015", "1 2"),
)
LAST = 175


def excluded(act: str, section: str) -> bool | None:
    return judge(act, section, None, None, TODAY, TODAY).excluded


@each(("para", "act", "sections"), LISTED, ids=lambda one: str(one))
def test_an_act_is_listed_by_these_sections_and_no_other(para: int, act: str, sections: str) -> None:
    wanted: dict[str, bool | None] = {one.rstrip("?"): None if one.endswith("?") else True for one in sections.split()}
    beside = (f"{number}{letter}" for number in range(1, LAST) for letter in ("", "A", "B", "C", "ZA"))
    found = {section: excluded(act, section) for section in beside}
    assert {section: one for section, one in found.items() if one is not False} == wanted
    assert {judge(act, one, None, None, TODAY, TODAY).entry.para for one in wanted} == {para}  # type: ignore[union-attr]


@each(("para", "act", "sections"), LISTED, ids=lambda one: str(one))
def test_the_year_tells_one_act_from_another_of_that_name(para: int, act: str, sections: str) -> None:
    name, _, year = act.rpartition(" ")
    listed = {other for _, other, _ in LISTED}
    for other in (f"{name} {int(year) - 1}", f"{name} {int(year) + 1}"):
        assert other in listed or not any(excluded(other, one.rstrip("?")) is not False for one in sections.split())


def test_nothing_else_is_listed() -> None:
    typed = {act for _, act, _ in LISTED} | {"Channel Tunnel (Security) Order 1994", "Common law"}
    assert {entry.shown_act for entry in entries()} == typed
    assert len(entries()) == 135  # of 138 in the Schedule three are its paragraph 37, which follows the offence aimed at
