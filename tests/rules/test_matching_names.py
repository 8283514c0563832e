"""One name taken apart into words: how each may be written, what is left out, and which are neighbours that may be one."""

from lodestar.platform.names.names import Part, aliases, parts_of, units
from tests.offenders import each


def told(name: str) -> str:
    """The words of a name, each as it may be written, with what else is known of it."""
    return " | ".join(map(one_told, parts_of(name)))


def one_told(part: Part) -> str:
    known = {"long": part.is_long, "weak": part.is_weak, "middle": part.is_middle, "bare": part.is_bare}
    return " ".join((*part.latins, *(f"({word})" for word, holds in known.items() if holds), *(f"<{one}>" for one in part.full)))


@each("name", ["Suspect J", "Suspect 2", "Girl", "J K", "K 42"])
def test_who_is_only_of_a_sort_or_only_initials_is_nobody(name):
    assert parts_of(name) == ()


PLAIN = {
    "Mr Carter": "carter",
    "Ana 42 Moore": "ana | moore",
    "रमेश शर्मा": "ramesh | sharma",
    "Ana Bela Cora Dora Eva Fay Gala Hana": "ana | bela | cora | dora | eva | fay",
}


def test_titles_and_figures_are_no_word_of_a_name_and_six_words_are_enough():
    assert {name: told(name) for name in PLAIN} == PLAIN


SIGNS = {
    "王": "wang wong",
    "王小明": "wang wong ong | xiaoming siuming hsiaoming",
    "王小明2": "wang wong ong | xiaoming siuming hsiaoming",
    "王 小 明": "wang wong ong | xiao siu hsiao | ming",
    "司马光": "sima szema | guang kwong kuang",
    "司马": "si sze | ma",
    "阿卜杜拉赫曼": "abodulaheman abotolaheman apotulaheman",
}


def test_names_in_signs_begin_with_the_family():
    assert {name: told(name) for name in SIGNS} == SIGNS


KOREA = {
    "김": "gim",
    "김지훈": "kim gim <kimberley> | jihun",
    "남궁민수": "namgung namkoong | minsu",
    "지훈 김": "jihun | gim",
    "Park": "park",
    "Ji Park": "ji | park",
    "Lee Carter": "lee | carter",
    "Lee 지훈": "lee | jihun",
}


def test_families_of_korea_are_written_in_many_ways():
    assert {name: told(name) for name in KOREA} == KOREA


PARTICLES = {
    "Ahmed El Mansour": "ahmed | mansour",
    "Ahmed Almasri": "ahmed | almasri masri",
    "Ahmed Elkady": "ahmed | elkady",
    "محمد بن سلمان": "mhmd (bare) | slman (bare)",
    "الحسن": "alhsn hsn (bare)",
    "الاء": "ala (bare)",
    "Ana Le Moore": "ana | le | moore",
    "Ana bint": "ana",
    "bint": "bint",
    "van": "van",
    "Mac Alex": "macalex alex macaleks (long)",
    "Ana Moore Mac": "ana | moore | mac",
}


def test_what_stands_between_names_may_be_left_out_or_written_onto_the_next():
    assert {name: told(name) for name in PARTICLES} == PARTICLES


SERVANTS = {
    "Abdel Karim": "abdkarim (long)",
    "Abdula Khan": "abdula | khan",
    "Abdulla Khan": "abdlla | khan",
    "عبد الله": "abdlh (bare)",
    "عبدالحق": "abd'hq (bare)",
    "عبدو": "abdu (bare)",
}


def test_a_servant_and_whose_it_is_are_one_word_of_a_name():
    assert {name: told(name) for name in SERVANTS} == SERVANTS


LONG = {"Tamilselvi Ade": "tamilselvi (long) | ade", "Oluwaseyi Ade": "oluwaseyi | ade", "Karolina Nowak": "karolina | nowak"}


def test_a_word_of_five_sounds_is_a_whole_name():
    assert {name: told(name) for name in LONG} == LONG


JOINED = {
    "Ana Marina Kowalski": "ana+marina | marina+kowalski",
    "Ana Ferenc Kovalenko": "ana+ferenc",
    "Lee Ji Min": "lee+ji | ji+min",
    "王 小 明": "wang+xiao wang+siu wong+xiao wong+siu | xiao+ming siu+ming",
    "Wang Xiao 明": "wang+xiao",
    "Nguyen Thi Van Hoa": "nguyen+thi | thi+hoa",
    "Ana Moore": "",
}


def test_neighbours_of_three_words_and_more_may_be_written_as_one_where_it_is_no_longer_than_a_word():
    joined = {name: [one_told(part) for places, part in units(parts_of(name)) if len(places) == 2] for name in JOINED}
    assert {name: " | ".join(each) for name, each in joined.items()} == JOINED


def test_several_names_in_one_field_are_several():
    assert aliases("Ana  Moore") == ("Ana  Moore",)
    assert aliases("Ana Moore 2") == ("Ana Moore 2",)
    assert aliases("Wang Xiaoming 王小明") == ("Wang Xiaoming 王小明", "Wang Xiaoming", "王小明")
    assert aliases("Ana Pop aka Anca / Ana Moore") == ("Ana Pop", "Anca", "Ana Moore")
    assert [one.split() for one in aliases("Katarzyna (Kasia) Nowak")] == [["Katarzyna", "Nowak"], ["Kasia"]]
