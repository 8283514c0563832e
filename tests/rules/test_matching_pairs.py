"""Two names laid beside each other: which words are one and how, how many of them tell people apart, what is left over."""

from lodestar.platform.names.compare_names import NOTHING, How, Pairing, best, how_alike, paired
from lodestar.platform.names.names import parts_of
from tests.offenders import each

# How each pair of words is one; how many tell people apart, what the first and what the second has besides; and whether it is
# whole (w), both of one word (o), of a long word (l), in another order (s), in two scripts (2).
PAIRS = [
    ("Ana Moore", "Ana Moore", "same same", (2, 0, 0), "w"),
    ("Ana Moore", "Moore Ana", "same same", (2, 0, 0), "ws"),
    ("Moore Pop Ana", "Ana Pop Moore", "same same same", (3, 0, 0), "ws"),
    ("Ana Maria Moore", "Ana Moore", "same same", (2, 1, 0), "w"),
    ("Ana Maria Petra Moore", "Ana Moore", "same same", (2, 1, 0), "w"),  # Maria Petra may be one
    ("Ana Pop Moore", "Ana Vlk Moore", "same same", (2, 1, 1), ""),
    ("Ana Moore", "Petra Moore", "same", (1, 1, 1), ""),
    ("", "Ana Moore", "", (0, 1, 1), ""),
    ("Nguyen Thi Hoa", "Nguyen Hoa", "same same", (2, 0, 0), "w"),
    ("Nguyen Thi Hoa", "Nguyen Thi Lan", "same same", (1, 1, 1), ""),
    ("Wang Xiaoming", "Wang Xiao Ming", "same same", (2, 0, 0), "w"),
    ("Ouyang Zhenhua", "Ou Yang Zhen Hua", "same same", (2, 0, 0), "w"),
    ("Kim Min-soo", "Kim Min-ji", "same same", (2, 1, 1), ""),
    ("Haile Gebre Selassie", "Haile Gebrselassie", "same alike", (2, 0, 0), "w"),
    ("Abdul Karim", "Abdelkarim", "same", (1, 0, 0), "wol"),
    ("Tamilselvi", "Tamilselvy", "alike", (1, 0, 0), "wol"),
    ("Ana", "Anna", "alike", (1, 0, 0), "o"),
    ("A. Moore", "Ana Moore", "initial same", (2, 0, 0), "w"),
    ("Sasha Petrov", "Aleksandr Petrov", "short_form same", (2, 0, 0), "w"),
    ("Gurpreet Singh", "Gurpreet Kaur", "same", (1, 1, 1), "l"),
    ("Gurpreet Singh", "Gurpreet Singh", "same same", (1, 0, 0), "wl"),
    ("Mohammed Ali", "Muhammad Ali", "alike same", (1, 0, 0), "w"),
    ("Анна Мур", "Anna Mur", "same same", (2, 0, 0), "w2"),
    ("Ana Kovalenko", "Ana Tovalenko", "same", (1, 1, 1), ""),
    ("Ana Kovalenko", "Ana Kovelenka", "same alike", (2, 0, 0), "wl"),
    ("Manjit Kaur", "Ranjit Kaur", "same", (0, 1, 1), ""),
    ("Jo Alexandra Ferenc Bo", "Joalexandra Ferencbo", "same same", (2, 0, 0), "w"),
    ("Konstantinos Papa Ana Li", "Papaana Li", "same same", (2, 1, 0), "w"),
    ("Ana Konstantinopoulou Maria Pop", "Ana Mariapop", "same same", (2, 1, 0), "w"),
    ("Petra Maria Ana", "Ana Maria Ana", "same same", (2, 1, 1), ""),  # a word is laid beside the nearest of its like
    ("Min Ji Tae Soo", "MinJi", "same", (1, 1, 0), ""),
    ("Nguyễnthị Hồng Nhung", "Nguyen Thi Nhung", "same", (1, 1, 2), ""),
    ("מריםבן דוד", "Miriam Ben-David", "alike alike", (2, 0, 0), "w2"),
    ("عبد الله إبراهيم", "Abdullah Ibrahim", "alike same", (2, 0, 0), "w2"),
    ("יעקב כהן", "Yaakov Cohen", "alike alike", (2, 0, 0), "w2"),
    ("Ana El Hussein", "Ana El Haddad", "same", (1, 1, 1), ""),  # a particle makes nothing more alike that both have
    ("Ana Di Amin", "Ana De La Hadi", "same alike", (2, 1, 1), ""),
]


@each(("one", "other", "hows", "told", "marks"), PAIRS)
def test_two_names_laid_beside_each_other(one, other, hows, told, marks):
    pairing = paired(one, other)
    assert " ".join(how.name.lower() for how in pairing.hows) == hows
    assert (pairing.strong, pairing.left_over, pairing.right_over) == told
    is_so = (pairing.is_whole, pairing.is_only_name, pairing.is_long, pairing.is_swapped, pairing.other_script)
    assert "".join(mark for mark, holds in zip("wols2", is_so, strict=True) if holds) == marks


S, A, I = How.SAME, How.ALIKE, How.INITIAL  # noqa: E741
WHOLE = [
    (Pairing((S, S), 2, 0, 0), True),
    (Pairing((S, S), 1, 0, 0), True),
    (Pairing((S, S), 0, 0, 0), False),
    (Pairing((S,), 1, 0, 0), False),
    (Pairing((S,), 1, 0, 0, is_long=True), True),
    (Pairing((S,), 2, 0, 0), True),
    (Pairing((I, I), 2, 0, 0), False),
    (Pairing((S, I), 2, 0, 0), True),
    (Pairing((S, I), 1, 0, 0), True),
    (Pairing((S, S), 2, 1, 0), True),
    (Pairing((S, S), 2, 0, 1), True),
    (Pairing((S, S), 1, 1, 0), False),
    (Pairing((S, S), 1, 0, 1), False),
    (Pairing((S, S, S), 3, 1, 1), False),
    (Pairing((I, I), 2, 1, 0), False),
    (Pairing((S,), 1, 0, 1, is_long=True), False),
    (NOTHING, False),
]


@each(("pairing", "is_whole"), WHOLE)
def test_what_is_a_whole_name(pairing, is_whole):
    assert pairing.is_whole is is_whole


def test_each_way_of_being_one_is_less_sure_than_the_one_before_it():
    assert list(How) == [0, 1, 2, 3]
    assert [how.name for how in How] == ["SAME", "ALIKE", "SHORT_FORM", "INITIAL"]


def test_what_is_one_name_only():
    assert Pairing((S,), 1, 0, 0).is_only_name
    for other in (Pairing((S, S), 1, 0, 0), Pairing((S,), 0, 0, 0), Pairing((S,), 1, 1, 0), Pairing((S,), 1, 0, 1),
                  Pairing((S,), 2, 0, 0)):  # fmt: skip
        assert not other.is_only_name


def test_the_best_of_several_names_is_taken():
    assert best(["Petra Vlk", "Ana Moore"], ["Ana Moor", "Ana Moore"]).hows == (S, S)
    assert best(["Ana Maria Moore"], ["Ana Moore", "Ana Maria Moore"]).left_over == 0
    assert best([], ["Ana Moore"]) == NOTHING
    ranks = [Pairing((S, S), 2, 0, 0), Pairing((S, A), 2, 0, 0), Pairing((S, S), 2, 1, 0), Pairing((S, S), 2, 1, 1),
             Pairing((S, S, S), 3, 1, 1)]  # fmt: skip
    assert sorted(ranks, key=lambda one: one.rank) == [*ranks[:3], ranks[4], ranks[3]]


@each(
    ("one", "other", "how"),
    [
        ("moore", "moore", S),
        ("moore", "moor", A),
        ("m", "moore", I),
        ("moore", "m", I),
        ("m", "poore", None),
        ("hassan", "hussein", None),
        ("li", "lu", None),
        ("mai", "my", None),
        ("nam", "nhan", None),
        ("marina", "karina", None),
        ("samira", "amira", None),
        ("tamarov", "tamalov", A),
        ("tamaro", "tamalo", None),
        ("kasia", "katarzyna", How.SHORT_FORM),
        ("sasha", "alex", How.SHORT_FORM),
        ("iulia", "yulia", S),
        ("cvetana", "tsvetana", A),
        ("ardian", "arjan", None),
        ("sarah", "sara", A),
    ],
)
def test_how_two_words_are_one(one, other, how):
    left, right = parts_of(f"{one} moore")[0], parts_of(f"{other} moore")[0]
    assert how_alike(left, right) is how is how_alike(right, left)
