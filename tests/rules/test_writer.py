"""Whoever writes a referral, as the form of the Home Office asks for them."""


from lodestar.referrals.rules.known import OWN, of_the_writer
from tests.offenders import each

FIRST, LAST, ROLE, PHONE = OWN[:4]


@each(
    ("name", "first", "last"),
    [
        ("PC Hanna Brandreth", "Hanna", "Brandreth"),
        ("Hanna Brandreth", "Hanna", "Brandreth"),
        ("T/DC Priya Nandakumar", "Priya", "Nandakumar"),
        ("A/Sgt. Inês Ferreira", "Inês", "Ferreira"),
        ("Det Ch Insp Marian Eze-Porter", "Marian", "Eze-Porter"),
        ("Supt Niamh Okafor-Lund", "Niamh", "Okafor-Lund"),
        ("Ana Maria da Silva", "Ana", "Maria da Silva"),
        ("Pcso", None, "Pcso"),
        ("PC Brandreth", None, "Brandreth"),
        ("Acton Ta", "Acton", "Ta"),
        ("", None, None),
    ],
)
def test_a_name_is_in_two_parts_without_the_rank(name: str, first: str | None, last: str | None) -> None:
    found = of_the_writer(name, "", (), "")
    assert (found.get(FIRST), found.get(LAST)) == (first, last)


@each(
    ("rank", "roles", "said"),
    [
        ("detective_constable", ("investigator",), "Detective constable, investigator"),
        ("", ("officer", "first responder"), "Officer, first responder"),
        ("constable", (), "Constable"),
        ("", (), None),
    ],
)
def test_what_they_are_is_their_rank_before_their_roles(rank: str, roles: tuple[str, ...], said: str | None) -> None:
    assert of_the_writer("PC Hanna Brandreth", rank, roles, "").get(ROLE) == said


@each(("phone", "said"), [(" 01632 960 001 ", "01632 960 001"), ("  ", None)])
def test_what_is_not_known_is_left_to_be_asked(phone: str, said: str | None) -> None:
    assert of_the_writer("PC Hanna Brandreth", "", (), phone).get(PHONE) == said
