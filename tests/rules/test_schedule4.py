"""Schedule 4 to the Modern Slavery Act 2015: every entry, both readings of each conditional one, and what is aimed at
another."""

import re
from datetime import date

from lodestar.casework.section45.rules.schedule4 import COMMENCED, Judgement, entries, judge, mentions
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

TODAY = date(2026, 3, 2)


def judged(
    act: str | None,
    section: str | None = None,
    title: str | None = None,
    particulars: str | None = None,
    first: date = TODAY,
    last: date | None = None,
) -> Judgement:
    return judge(act, section, title, particulars, first, last or first)


@each("entry", entries(), ids=lambda one: f"{one.para} {one.shown_act} {one.shown_section or one.offence}")
def test_every_entry_is_found_by_its_citation(entry) -> None:  # type: ignore[no-untyped-def]
    title = entry.offence if entry.within is None else None
    found = judged(entry.shown_act, entry.shown_section, title)
    if entry.condition and entry.shown_section in ("9", "12A", "1", "170"):
        assert (found.excluded, found.entry) == (None, entry)
        assert found.depends_on
    else:
        assert found.excluded is True
        assert found.entry
        assert found.entry.para == entry.para


def test_all_paragraphs_but_the_ancillary_one_have_rows() -> None:
    assert {entry.para for entry in entries()} == set(range(1, 37))


@each("section", ["18", "s18", "s 18", "S.18", "section 18", "Section18", " sec 18 "])
@each(
    "act",
    [
        "Offences Against the Person Act 1861",
        "OFFENCES AGAINST THE PERSON ACT 1861",
        "the Offences against  the Person Act, 1861",
    ],
)
def test_case_spaces_and_the_word_section_do_not_matter(act: str, section: str) -> None:
    assert judged(act, section).excluded is True


@each(
    ("act", "section", "excluded"),
    [
        ("Firearms Act 1968", "5(1A)", True),  # a subsection matches its section
        ("Sexual Offences Act 2003", "1(1)", True),
        ("Firearms Act 1968", "17", True),  # both its offences are listed
        ("Firearms Act 1968", "17 (2)", True),
        ("Firearms Act 1968", "16A", True),
        ("Firearms Act 1968", "1", False),
        ("Immigration Act 1971", "25(1)", True),
        ("Immigration Act 1971", "25A", False),  # another section, not a part of 25
        ("Immigration Act 1971", "24", False),
        ("Public Order Act 1986", "2", True),
        ("Public Order Act 1936", "2", True),
        ("Public Order Act 1986", "3", False),
        ("Public Order Act 1986", "4A", False),
        ("Criminal Justice Act 1988", "134", True),
        ("Criminal Justice Act 1988", "139", False),
        ("Criminal Justice Act 1987", "134", False),
        ("Road Traffic Act 1988", "1A", False),
        ("Modern Slavery Act 2015", "1", True),
        ("Modern Slavery Act 2015", "2(1)", True),
        ("Modern Slavery Act 2015", "4", False),
        ("Misuse of Drugs Act 1971", "4(2)", False),
        ("Offences Against the Person Act 1861", "47", False),
        ("Offences Against the Person Act 1861", "18 and 47", True),
        ("Fraud Act 2006", "1", False),
        ("OAPA 1861", "s18", True),
        ("MDA 1971", "5(3)", False),
        ("SOA 2003", "1", True),
        ("Channel Tunnel (Security) Order 1994", "Part II", True),
        ("Channel Tunnel (Security) Order 1994", "4", None),
        ("Channel Tunnel (Security) Order (SI 1994/570)", "Part 2", True),
        ("Terrorism Act", "57", None),  # which Act it was is not told
        ("Theft Act", "1", False),
    ],
)
def test_sections_near_an_entry(act: str, section: str, excluded: bool | None) -> None:
    assert judged(act, section).excluded is excluded


@each(
    ("act", "section", "title", "particulars", "excluded"),
    [
        ("Theft Act 1968", "9", "burglary", None, None),
        ("Theft Act 1968", "9(1)(a)", "burglary", None, None),
        ("Theft Act 1968", "9", "burglary with intent to steal", None, False),
        ("Theft Act 1968", "9(1)(b)", "burglary", "having entered, stole jewellery", False),
        ("Theft Act 1968", "9(1)(a)", "burglary with intent to inflict grievous bodily harm", None, True),
        ("Theft Act 1968", "9(1)(a)", "burglary", "intent to do unlawful damage to the contents", True),
        ("Theft Act 1968", "9", "burglary with intent to steal", "damage to the door on the way in", False),
        ("Theft Act 1968", "9", "burglary", "without intent to steal", None),
        ("Theft Act 1968", "9", "burglary contrary to the Theft Act 1968", None, None),
        ("Theft Act 1968", "12A", "aggravated vehicle-taking causing death", None, True),
        ("Theft Act 1968", "12A", "aggravated vehicle-taking", "accident in which a man died", True),
        ("Theft Act 1968", "12A(2)(c)", "aggravated vehicle-taking causing damage", None, False),
        ("Theft Act 1968", "12A", "aggravated vehicle-taking", "no death, one slightly injured", False),
        ("Theft Act 1968", "12A", "aggravated vehicle-taking", None, None),
        ("Criminal Damage Act 1971", "1", "criminal damage", None, None),
        ("Criminal Damage Act 1971", "1(1)", "criminal damage", None, False),
        ("Criminal Damage Act 1971", "1(2)", "criminal damage", None, True),
        ("Criminal Damage Act 1971", "1(3)", None, None, True),
        ("Criminal Damage Act 1971", "1(1) and (3)", None, None, True),
        ("Criminal Damage Act 1971", "1(1)", "arson", None, True),
        ("Criminal Damage Act 1971", "1", "criminal damage", "without lawful excuse damaged a shed by fire", True),
        ("Criminal Damage Act 1971", "1", "damage", "reckless whether life would be endangered", True),
        ("Criminal Damage Act 1971", "1(1)", "criminal damage", "no fire, a broken window", False),
        ("Criminal Damage Act 1971", "1", "criminal damage", "set the curtains alight", True),
        ("Criminal Damage Act 1971", "2", "threats to destroy property", None, False),
        ("Customs and Excise Management Act 1979", "170", None, None, None),
        ("Customs and Excise Management Act 1979", "170(2)", "fraudulent evasion", "cocaine", False),
        ("Customs and Excise Management Act 1979", "170(2)", "smuggling khat", None, False),
        ("Customs and Excise Management Act 1979", "170(2)", "importing counterfeit clothing", None, False),
        ("Customs and Excise Management Act 1979", "170(2)(b)", "fraudulent evasion", "indecent articles", True),
        ("Crime and Disorder Act 1998", "31", None, None, None),
        ("Crime and Disorder Act 1998", "31(1)", None, None, None),
        ("Crime and Disorder Act 1998", "31(1)(a)", None, None, True),
        ("Crime and Disorder Act 1998", "31(1)(b)", None, None, True),
        ("Crime and Disorder Act 1998", "31(1)(c)", None, None, False),
        ("Crime and Disorder Act 1998", "31", "racially aggravated intentional harassment, alarm or distress", None, True),
        ("Crime and Disorder Act 1998", "31", "racially aggravated harassment, alarm or distress", None, False),
        ("Crime and Disorder Act 1998", "29", None, None, True),
        ("Crime and Disorder Act 1998", "29(1)(c)", None, None, True),
        ("Crime and Disorder Act 1998", "30", None, None, False),
        ("Sexual Offences Act 2003", "66B", None, None, None),
        ("Sexual Offences Act 2003", "66B(1)", None, None, False),
        ("Sexual Offences Act 2003", "66B(2)", None, None, True),
        ("Sexual Offences Act 2003", "66B(3)", None, None, True),
        ("Sexual Offences Act 2003", "66B(4)", None, None, False),
        ("Theft Act 1968", None, "robbery", None, True),
        ("Theft Act 1968", None, "theft from a shop", None, False),
        ("Theft Act 1968", None, None, None, None),
        ("Misuse of Drugs Act 1971", None, None, None, False),
    ],
)
def test_a_condition_is_settled_by_subsection_or_words_or_left_to_a_person(
    act: str, section: str | None, title: str | None, particulars: str | None, excluded: bool | None
) -> None:
    found = judged(act, section, title, particulars)
    assert found.excluded is excluded
    assert (found.depends_on is not None) == (excluded is None)


@each(
    ("act", "section", "title", "particulars", "excluded"),
    [
        ("Criminal Law Act 1977", "1(1)", "conspiracy to supply class A drugs", None, False),
        ("Criminal Law Act 1977", "1", "conspiracy to rob", None, True),
        ("Criminal Law Act 1977", "1", "conspiracy to commit burglary", None, None),
        ("Criminal Law Act 1977", "1", "conspiracy to commit burglary with intent to steal", None, False),
        ("Criminal Law Act 1977", "1", "conspiracy", "contrary to section 5(3) of the Misuse of Drugs Act 1971", False),
        ("Criminal Law Act 1977", "1", "conspiracy", "an offence under s18 Offences Against the Person Act 1861", True),
        ("Criminal Law Act 1977", "1", "conspiracy", "Theft Act 1968, section 8", True),
        ("Criminal Law Act 1977", "1", "conspiracy", None, None),
        ("Criminal Law Act 1977", "1", "conspiracy", "to commit an offence under the Misuse of Drugs Act 1971", False),
        ("Criminal Law Act 1977", "1", "conspiracy", "to commit an offence under the Theft Act 1968", None),
        ("Criminal Law Act 1977", "1", "conspiracy to launder money", None, False),
        ("Criminal Law Act 1977", "1", "conspiracy to traffic people", None, True),
        ("Criminal Attempts Act 1981", "1(1)", "attempted GBH", None, True),
        ("Criminal Attempts Act 1981", "1(1)", "attempted arson", None, True),
        ("Criminal Law Act 1977", "6", "violent entry", None, False),
        ("Criminal Attempts Act 1981", "1(1)", "attempted murder", None, True),
        ("Criminal Attempts Act 1981", "1", "attempted theft", None, False),
        ("Criminal Attempts Act 1981", None, "attempted kidnapping", None, True),
        ("Criminal Attempts Act 1981", "1", None, None, None),
        ("Criminal Attempts Act 1981", "9", "interfering with a vehicle", None, False),
        ("Serious Crime Act 2007", "44", "encouraging rape", None, True),
        ("Serious Crime Act 2007", "45", "assisting the production of cannabis", None, False),
        ("Serious Crime Act 2007", "46", None, None, None),
        ("Serious Crime Act 2015", "45", "participating in a criminal group", None, False),
        ("Accessories and Abettors Act 1861", "8", "aiding and abetting robbery", None, True),
        ("Criminal Law Act 1977", "1", "conspiracy to launder the proceeds of crime", None, False),
        ("Criminal Law Act 1977", "1", "conspiracy to sell prohibited firearms", None, True),
        ("Criminal Attempts Act 1981", "1", "attempting to enter the UK unlawfully", None, False),
        ("common law", None, "conspiracy to murder", None, True),
        ("common law", None, "conspiracy to defraud", None, False),
        ("common law", None, "inciting robbery", None, True),
        ("common law", None, "aiding and abetting", None, None),
        ("Criminal Law Act 1977", "1", "conspiracy to control prostitution for gain", None, False),
        ("Criminal Law Act 1977", "1", "conspiracy to control the prostitution of a child", None, True),
        ("Criminal Law Act 1977", "1", "conspiracy to launder the proceeds", None, False),
        ("Criminal Law Act 1977", "1", "conspiracy to keep a brothel", None, False),
        ("Criminal Law Act 1977", "1", "conspiracy to obtain benefits by false representation", None, False),
        ("Criminal Attempts Act 1981", "1(1)", "attempting to enter the UK without leave", None, False),
        ("Criminal Attempts Act 1981", "1(1)", "attempted smuggling of tobacco", None, False),
        ("Criminal Attempts Act 1981", "1(1)", "attempted smuggling", None, None),
        ("Criminal Law Act 1977", "1", "conspiracy to smuggle people into the country", None, True),
        ("Criminal Law Act 1977", "1", "migrant smuggling", None, True),
        ("Criminal Law Act 1977", "1", "conspiracy to smuggle asylum seekers", None, None),  # section 25A is not listed
        ("Criminal Attempts Act 1981", "1(1)", "attempt to wound", None, True),
        ("Theft Act 1968", "8", "attempted robbery", None, True),
        ("Misuse of Drugs Act 1971", "4(3)", "conspiracy to supply", None, False),
    ],
)
def test_what_is_aimed_at_another_offence_follows_it_when_it_is_named(
    act: str, section: str | None, title: str | None, particulars: str | None, excluded: bool | None
) -> None:
    assert judged(act, section, title, particulars).excluded is excluded


@each(
    ("act", "section", "title", "excluded"),
    [
        ("Theft Act 1968 s8", None, None, True),
        ("Theft Act 1968, section 1", None, None, False),
        ("Theft Act 1968 s9(1)(a)", "", "burglary with intent to steal", False),
        ("s 20 of the Offences Against the Person Act 1861", None, None, True),
        ("Offences Against the Person Act 1861 (s47)", None, None, False),
        ("Offences Against the Person Act 1861 s47", "18", None, True),  # the section given by itself counts
        ("Magistrates' Courts Act 1980 s44", None, "aiding robbery", True),
        ("TA 1968", "8", None, True),
        ("TA 2000", "57", None, True),
        ("TA 2000", "8", None, False),
        ("CDA 1998", "31(1)(b)", None, True),
        ("CDA 1971", "1(1)", None, False),
        ("POA 1936", "2", None, True),
        ("POCA 2002", "327", None, False),
    ],
)
def test_an_act_is_known_by_initials_and_with_its_section_written_into_it(
    act: str, section: str | None, title: str | None, excluded: bool | None
) -> None:
    assert judged(act, section, title).excluded is excluded


@each(
    ("act", "title", "excluded"),
    [
        ("Murder", None, True),
        ("kidnap", "", True),
        ("common law murder", None, True),
        ("Common law (false imprisonment)", None, True),
        ("offence at common law", "kidnapping", True),
        ("offence at common law", None, None),
        ("PWITS", None, False),
        ("shoplifting", None, False),
        ("not known yet", None, None),
        ("unknown", "robbery", True),
        ("Penal Code", None, False),  # another country's law, which the Schedule does not list
        ("Common Law Procedure Act 1852", "murder", False),
    ],
)
def test_an_offence_written_where_the_act_should_stand_is_read_as_one(act: str, title: str | None, excluded: bool | None) -> None:
    assert judged(act, None, title).excluded is excluded


@each(
    ("title", "excluded"),
    [
        ("murder", True),
        ("perverting justice", True),
        ("Manslaughter by gross negligence", True),
        ("kidnapping", True),
        ("false imprisonment", True),
        ("doing acts tending and intended to pervert the course of public justice", True),
        ("piracy", True),
        ("attempt to pervert justice", True),
        ("unlawful imprisonment", True),
        ("public nuisance", False),
        ("misconduct in public office", False),
        (None, None),
    ],
)
def test_the_common_law_is_read_by_its_title(title: str | None, excluded: bool | None) -> None:
    for act in ("common law", "Common Law", "COMMON  LAW", "common law offence", "contrary to common law"):
        assert judged(act, None, title).excluded is excluded


@each(
    ("section", "first", "last", "excluded"),
    [
        ("66A", date(2024, 1, 30), None, False),
        ("66A", date(2024, 1, 31), None, True),
        ("66A", date(2024, 2, 1), None, True),
        ("66A", date(2024, 1, 1), date(2024, 2, 1), None),
        ("66B(2)", date(2024, 1, 30), None, False),
        ("66B(3)", date(2024, 1, 31), None, True),
        ("67A", date(2019, 4, 11), None, False),
        ("67A", date(2019, 4, 12), None, True),
        ("67A", date(2019, 4, 13), None, True),
        ("67A", date.min, date(2026, 1, 1), None),
        ("67", date.min, date(2026, 1, 1), True),
        ("67", date(2015, 7, 30), None, False),  # no Schedule yet
        ("67", COMMENCED, None, True),
        ("67", date(2015, 7, 1), date(2015, 8, 31), True),
    ],
)
def test_it_is_answered_as_in_force_when_the_act_was_done(
    section: str, first: date, last: date | None, excluded: bool | None
) -> None:
    assert judged("Sexual Offences Act 2003", section, first=first, last=last).excluded is excluded


def test_rows_that_rest_on_background_say_so() -> None:
    rows = reference_list("section45", "schedule4").rows
    unconfirmed = {(row["para"], row.get("subsection", row.get("section"))) for row in rows if "confidence" in row}
    assert {(15, "1"), (15, "1(2)"), (28, "29"), (33, "66A"), (33, "67A")} <= unconfirmed


@each(
    ("text", "is_said"),
    [
        ("wound", True),
        ("no wound", False),
        ("not in fact a wound", False),
        ("not a thing that was a wound", True),
        ("not" + " " * 57 + "wound", False),
        ("not" + " " * 58 + "wound", True),
        ("no wound, and then a wound", True),
    ],
)
def test_a_word_is_said_unless_it_is_taken_back_just_before(text: str, is_said: bool) -> None:
    assert mentions([re.compile("wound")], text) is is_said


def test_an_act_without_a_section_does_not_say_which_offence_was_aimed_at() -> None:
    told = "Conspiracy under the Theft Act 1968"
    found = judge("Criminal Law Act 1977", "1", told, None, COMMENCED, COMMENCED)

    assert (found.excluded, found.depends_on) == (None, "which offence it was aimed at")
