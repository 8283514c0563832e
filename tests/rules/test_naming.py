"""What could identify a person is found in a text in whatever spelling, and ordinary words are left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.kernel.spelling import folded, words
from lodestar.referrals.rules.called import PLAIN, called
from lodestar.referrals.rules.naming import Identifier, occurrences


def _typed(text, kind, value):
    return [found.typed for found in occurrences(text, [Identifier(kind, value)])]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Hoa", "Hoa said the manager", ["Hoa"]),
        ("Hòa", "HOA said", ["HOA"]),
        ("Nguyễn Thị Hoà", "Nguyen and Thi and hoa", ["Nguyen", "Thi", "hoa"]),
        ("Ștefan Țurcanu", "Stefan; TURCANU", ["Stefan", "TURCANU"]),
        ("Łukasz Żółć", "lukasz zolc", ["lukasz", "zolc"]),
        ("Shkëlqim Çela", "Shkelqim Cela", ["Shkelqim", "Cela"]),
        ("Anna", "Ann\u200ba spoke", ["Ann\u200ba"]),
        ("Anna", "\uff21\uff4e\uff4e\uff41 spoke", ["\uff21\uff4e\uff4e\uff41"]),
        ("Anna", "Anna’s room, Annas room", ["Anna’s", "Annas"]),
        ("O'Neill", "ONeill and O’Neill", ["ONeill", "O’Neill"]),
        ("Anna-Maria", "Anna Maria", ["Anna", "Maria"]),
        ("Jo\u0308rg", "Jörg, Jo\u0308rg.", ["Jörg", "Jo\u0308rg"]),
        ("Straße", "strasse", ["strasse"]),
        ("Марія Шевчук", "бачив Марію та ШЕВЧУКА", ["Марію", "ШЕВЧУКА"][1:]),
        ("Семён", "Семен, Семёна", ["Семен", "Семёна"]),
        ("Γιώργος", "ΓΙΩΡΓΟΣ, Γιωργο", ["ΓΙΩΡΓΟΣ"]),
        ("أحمد", "وأحمد قال احمد", ["وأحمد", "احمد"]),
        ("فاطمة", "فاطمه", ["فاطمه"]),
        ("علی", "علي", ["علي"]),
        ("מרים", "למרים", ["למרים"]),
        ("אברהם", "אַבְרָהָם", ["אַבְרָהָם"]),
        ("प्रिया", "प्रिया ने कहा, प्रियाको", ["प्रिया", "प्रियाको"]),
        ("ফাতেমা", "ফাতেমার", ["ফাতেমার"]),
        ("ਹਰਪ੍ਰੀਤ", "ਹਰਪ੍ਰੀਤ", ["ਹਰਪ੍ਰੀਤ"]),
        ("குமார்", "குமார்", ["குமார்"]),
        ("สมชาย", "พบสมชายที่บ้าน", ["พบสมชายที่บ้าน"]),
        ("ኃይሌ", "ሀይሌ", ["ሀይሌ"]),
        ("ሠላም", "ለሰላም", ["ለሰላም"]),
        ("王小明", "看见王小明在店里", ["看见王小明在店里"]),
        ("김민수", "김민수가 말했다", ["김민수가"]),
        ("Ana", "banana, Anatolia, Manas", []),
        ("Anna", "Anne and Hannah", []),
        ("Иван", "Диван", []),
        ("Иван", "Ивановское", []),
        ("A", "A man", []),
        ("", "A man", []),
        ("...", "A man...", []),
        ("Bo", "Bo and Bob", ["Bo"]),
        ("Ян", "Яна", []),
        ("Яна", "Яной", []),
        ("Яна", "Янами", ["Янами"]),
        ("Яна", "Янаабвг", []),
        ("Яна", "Янаабв", ["Янаабв"]),
    ],
)
def test_a_name_is_found_in_any_spelling_of_its_script(name, text, found):
    assert _typed(text, "name", name) == found


@pytest.mark.parametrize(
    ("number", "text", "found"),
    [
        ("07700 900123", "ring 07700900123 now", ["07700900123"]),
        ("07700900123", "ring +44 7700 900 123.", ["44 7700 900 123"]),
        ("+44 7700 900123", "0044 (0)7700-900-123", ["0044 (0)7700-900-123"]),
        ("07700 900123", "٠٧٧٠٠٩٠٠١٢٣", ["٠٧٧٠٠٩٠٠١٢٣"]),
        ("07700 900123", "07700 900124", []),
        ("07700 900123", "£7,700, and 900 and 123", []),
        ("12345", "12345", []),
        ("123456", "123456", ["123456"]),
        ("+48 555 000 123", "ring 555 000 123", ["555 000 123"]),  # some countries' own numbers have nine digits
        ("07700 900123", "0 0 4 4 0 7 7 0 0 9 0 0 1 2 3", ["0 0 4 4 0 7 7 0 0 9 0 0 1 2 3"]),
        ("07700 900123", "room 1, 0 0 4 4 0 7 7 0 0 9 0 0 1 2 3", ["0 0 4 4 0 7 7 0 0 9 0 0 1 2 3"]),
        ("01632 960204", "on 01632 960204 or 01632960204", ["01632 960204", "01632960204"]),
        ("01632 960204", "on 01632 960204, 01632960204", ["01632 960204", "01632960204"]),
    ],
)
def test_a_telephone_number_is_found_however_it_is_grouped(number, text, found):
    assert _typed(text, "telephone", number) == found


@pytest.mark.parametrize(
    ("kind", "value", "text", "found"),
    [
        ("email", "an.na@example.org", "write to AN.NA@example.org please", ["AN.NA@example.org"]),
        ("address", "14 Salt Lane", "found at 14, Salt-Lane, upstairs", ["14, Salt-Lane"]),
        ("address", "14 Salt Lane", "found at 114 Salt Lane", []),
        ("address", "10 Church Street", "at 22:10 Church Street was shut", []),
        ("address", "10 Church Street", "on 2026-03-10 Church Street", []),
        ("address", "10 Church Street", "she earned £10 Church Street", []),
        ("address", "10 Church Street", "3.10 Church Street, 3/10 Church Street", ["10 Church Street"] * 2),
        ("address", "Flat 10 Church Street", "£Flat 10 Church Street", ["Flat 10 Church Street"]),
        ("reference", "10 CHURCH", "£10 church", ["10 church"]),
        ("address", "FM1 4QX", "near fm14qx", ["fm14qx"]),
        ("reference", "FM-26-3318", "crime FM 26 3318", ["FM 26 3318"]),
        ("reference", "A1", "the A1 road", []),
        ("reference", "AB12C", "AB12C", []),
        ("reference", "AB12CD", "AB12CD", ["AB12CD"]),
    ],
)
def test_what_is_no_name_is_found_as_a_run_of_letters_and_digits(kind, value, text, found):
    assert _typed(text, kind, value) == found


@pytest.mark.parametrize(
    ("born", "text", "found"),
    [
        ("2009-09-04", "born 4/9/2009.", ["4/9/2009"]),
        ("2009-09-04", "born 04.09.09", ["04.09.09"]),
        ("2009-09-04", "born 4th of September 2009", ["4th of September 2009"]),
        ("2009-09-04", "born 4 Sept 09", ["4 Sept 09"]),
        ("2009-09-04", "born September 4, 2009", ["September 4, 2009"]),
        ("2009-09-04", "born 2009-09-04", ["2009-09-04"]),
        ("2009-09-04", "on 5/9/2009, 4/10/2009, 4/9/2010, 4 Marchember 2009", []),
        ("2009-01-04", "born 4 Foo 2009", []),
        ("1909-09-04", "born 4/9/09", ["4/9/09"]),
        ("2009-09", "born 4/9/2009", []),
        ("2009", "born 4/9/2009", []),
    ],
)
def test_a_day_of_birth_is_found_in_figures_and_words(born, text, found):
    assert _typed(text, "birth", born) == found


def test_each_place_is_told_once_in_the_order_of_the_text():
    held = [Identifier("name", "Anna Nowak"), Identifier("name", "Anna"), Identifier("telephone", "07700 900123")]
    found = occurrences("07700 900123 is of Nowak, Anna, and Anna", held)

    assert [(one.typed, one.start) for one in found] == [
        ("07700 900123", 0), ("Nowak", 19), ("Anna", 26), ("Anna", 36)
    ]  # fmt: skip
    assert found[0].identifier.kind == "telephone"


_NAMES = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=3, max_size=8).filter(
    lambda name: len(folded(name)) > 2 and called(name).parts == {folded(name): PLAIN}  # a word too: `test_called.py`
)


@given(_NAMES)
def test_any_name_is_found_as_it_is_held_and_in_capitals(name):
    for typed in (name, name.upper(), name.casefold()):
        assert _typed(f"seen: {typed}.", "name", name)


@given(st.text(max_size=60))
def test_words_stand_where_they_say(text):
    read = words(text)

    assert all(folded(text[word.start : word.end]) == word.folded for word in read)
    assert all(one.end <= two.start for one, two in pairwise(read))
