"""How names sound: the sounds that letters stand for, what else they may stand for."""

from lodestar.platform.names.phonetics import phones, skeletons, sung


def heard(word: str) -> str:
    """Each sound as `letters:class`, with what else it may be behind a stroke; a vowel as its letters."""
    each = [(one.letters, "/".join((one.coarse, *one.also)), one.is_vowel) for one in phones(word)]
    return " ".join(letters if is_vowel and classes == "" else f"{letters}:{classes}" for letters, classes, is_vowel in each)


HEARD = {
    "vijayaraghunathan": "v:1/ i j:4//2 aya:/4 r:6 a gh:2/ u n:5 a th:3/4 a n:5",
    "yahya": "y:/4 a h:/2 y:/4 a",
    "gjergj": "gj:4/2 e r:6 gj:4/2",
    "begaj": "b:1 e g:2 a j:4//2",
    "alexia": "a l:7 e x:4/24 ia",
    "xia": "x:4/24 ia",
    "cvetana": "c:4/2 v:1/ e t:3 a n:5 a",
    "cela": "c:4/2 e l:7 a",
    "rzeszow": "rz:4/64/6 e sz:4 o w:/1",
    "iulia": "iu l:7 ia",
    "ayo": "ayo:/4",
    "ahn": "a h:/2 n:5",
    "hannah": "h:/2 a n:5 a",
    "rudi": "r:6 u d:3 i",
    "lam": "l:7 a m:5",
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


SUNG = {"gjergj": "circ", "begum": "pikum", "yahya": "a", "ayo": "u", "tao": "tu", "eul": "ul", "ng": "n", "eva": "ifa"}


def test_the_sounds_with_vowels_and_with_b_as_p():
    assert {word: sung(word) for word in SUNG} == SUNG
