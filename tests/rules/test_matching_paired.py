"""Two names laid beside each other, written out: which words are one name, what is left over, and when it is one whole name."""

from lodestar.platform.names.compare_names import How, paired
from tests.offenders import each

SAME, INITIAL = How.SAME, How.INITIAL


@each(
    ("left", "right", "hows", "counts"),
    [
        # A word that was left out is none that was written together with its neighbour.
        ("Ta Thi Yen", "Ta Thi", (SAME, SAME), (1, 1, 0)),
        ("Ta Thi Yen", "Thi Yen", (SAME, SAME), (1, 1, 0)),
        ("Ta Thi Yen", "T Yen", (INITIAL, SAME), (2, 0, 0)),
        ("Sunita Devi", "Devi", (SAME,), (1, 1, 0)),
        # Nothing in common: the words are counted as few as they may be.
        ("윤미경", "박지훈", (), (0, 2, 2)),
        ("Ta Thi Yen", "TaThiYen", (), (0, 2, 1)),
        ("李伟强", "Roh Tae-hee", (), (0, 2, 2)),
        # Thi alone is half of all women's names, and tells nobody apart.
        ("Phan Thi Anh Tuyet", "Vũ Thị Bích Ngọc", (SAME,), (0, 3, 3)),
        # Four words written as two, in either order.
        ("Min Ji Tae Soo", "MinJi TaeSoo", (SAME, SAME), (2, 0, 0)),
        ("Min Ji Tae Soo", "TaeSoo MinJi", (SAME, SAME), (2, 0, 0)),
    ],
)
def test_two_names_laid_beside_each_other(left, right, hows, counts):
    found = paired(left, right)
    assert found.hows == hows
    assert (found.strong, found.left_over, found.right_over) == counts
    turned = paired(right, left)
    assert sorted(turned.hows) == sorted(hows)
    assert (turned.strong, turned.right_over, turned.left_over) == counts


def test_the_order_of_the_words_is_told():
    assert paired("Min Ji Tae Soo", "TaeSoo MinJi").is_swapped
    assert not paired("Min Ji Tae Soo", "MinJi TaeSoo").is_swapped
