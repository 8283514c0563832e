"""How names sound: the sounds that letters stand for, what else they may stand for, and how far two spellings are apart."""

import pytest

from lodestar.platform.names.phonetics import distance, narrow_skeleton, phones, skeletons, sung, voiced
from tests.offenders import each


def heard(word: str) -> str:
    """Each sound as `letters:class`, with what else it may be behind a stroke; a vowel as its letters."""
    each = [(one.letters, "/".join((one.coarse, *one.also)), one.is_vowel) for one in phones(word)]
    return " ".join(letters if is_vowel and classes == "" else f"{letters}:{classes}" for letters, classes, is_vowel in each)


HEARD = {
    "vijayaraghunathan": "v:1/ i j:4/ aia:/4 r:6 a gh:2/ u n:5 a th:3/4 a n:5",
    "yahya": "y:/4 a h: y:/4 a",
    "gjergj": "gj:4/2 e r:6 gj:4/2",
    "begaj": "b:1 e g:2 a j:4/",
    "alexia": "a l:7 e x:4/24 ia",
    "xia": "x:4/24 ia",
    "cvetana": "c:4/2 v:1/ e t:3 a n:5 a",
    "cela": "c:4/2 e l:7 a",
    "rzeszow": "rz:4/64/6 e sz:4 o w:/1",
    "iulia": "y:/4 u l:7 ia",
    "ayo": "aio:/4",
    "ahn": "a h: n:5",
    "hannah": "h:/2 a n:5 a",
    "wha": "h:/2 w:/1 a",
    "rudi": "r:6/4/7 u d:3 i",
    "lam": "l:7/ a m:5",
}


def test_letters_are_heard_as_those_who_write_them_mean_them():
    assert {word: heard(word) for word in HEARD} == HEARD


READINGS = {
    "vijayaraghunathan": "1462535 1462545 146535 162535 462535 146545 162545 16535",
    "chukwuemeka": "4252 42152 252 2152",
    "georgi": "262 264 462 26 464 62 46 64",
    "ng": "5 52",
    "eva": "1 _",
    # Chi Kwan-chu Chi-chu Cho, written as one: of more than five letters that may be meant otherwise the later ones are not
    "chikwanchuchichucho": "4254 425424 42524 42154 254 4215424 421524 25424",
}


def test_letters_may_be_meant_otherwise_and_the_likeliest_readings_come_first():
    assert {word: " ".join(skeletons(word)) for word in READINGS} == READINGS
    assert all(len(skeletons(word)) <= 8 for word in READINGS)


SUNG = {
    "gjergj": ("jrj", "jirj", "circ"),
    "begum": ("bgm", "bigum", "pikum"),
    "yahya": ("_y", "a", "a"),
    "ayo": ("_a", "u", "u"),
    "tao": ("t", "tu", "tu"),
    "eul": ("l", "ul", "ul"),
    "ng": ("n", "n", "n"),
    "eva": ("v", "iva", "ifa"),
}


def test_the_narrower_sounds_with_vowels_and_with_b_as_p():
    assert {word: (narrow_skeleton(word), voiced(word), sung(word)) for word in SUNG} == SUNG


APART = [
    ("maria", "maria", False, 0.0),
    ("", "a", False, 1.0),
    ("mohamed", "mohammad", False, 0.05),
    ("lin", "lan", False, 0.18),
    ("sui", "si", False, 0.067),
    ("kim", "gim", False, 0.075),
    ("lin", "rin", False, 0.5),
    ("georgi", "jorji", False, 0.25),
    ("georgi", "jorji", True, 0.237),
    ("minatchi", "meenakshi", False, 0.338),
    ("minatchi", "meenakshi", True, 0.335),
    ("yana", "iana", False, 0.0),
    ("petr", "peter", False, 0.073),
    ("petr", "peter", True, 0.013),
    ("ahmed", "amed", False, 0.075),
    ("tran", "tram", False, 0.167),
    ("kovalenko", "tovalenko", False, 0.2),
    ("ana", "bogdan", False, 0.86),
]


@each(("one", "other", "is_bare", "apart"), APART)
def test_how_far_two_spellings_are_apart(one, other, is_bare, apart):
    assert round(distance(one, other, is_bare), 3) == apart == round(distance(other, one, is_bare), 3)
    assert distance(one, other, is_bare, apart + 0.01) == pytest.approx(apart, abs=0.001)
    if apart:
        assert distance(one, other, is_bare, apart / 2) >= apart  # whatever it is, it is not nearer


def test_as_far_as_may_be_is_not_too_far():
    assert distance("kovalenko", "tovalenko", False, 0.2) == 0.2
    assert distance("kovalenko", "tovalenko", False, 0.19) == 1.0
