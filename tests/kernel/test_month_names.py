"""Days with a month in another language, as they stand in the papers of people from elsewhere."""

from datetime import date

import pytest

from lodestar.kernel.month_names import MONTHS, in_english
from lodestar.kernel.reference_lists import reference_list
from lodestar.kernel.written import CannotRead, read_partial
from lodestar.recognition.rules.born import read_birth

TODAY = date(2026, 11, 26)
WELL_SAID = ("3 days ago", "last night", "tonight 2230", "midnight on 3 march", "about noon", "two weeks ago", "now", "sat 4 oct")


@pytest.mark.parametrize(
    "words",
    [
        "4 de septiembre de 2009", "4 września 2009", "4 wrzesień 2009", "04 WRZEŚNIA 2009", "4 wrzesnia 2009",
        "4 септември 2009", "4 сентября 2009 г.", "4 вересня 2009 р.", "4 tháng 9 năm 2009", "Ngày 4 tháng 9, 2009",
        "2009年9月4日", "2009년 9월 4일",
        "4 Medi 2009", "4 shtator 2009", "4. Septembrie 2009", "2009. szeptember 4.", "2009 m. rugsėjo 4 d.", "4 sept. 2009",
        "4 Σεπτεμβρίου 2009", "4 أيلول 2009", "٤ سبتمبر ٢٠٠٩", "4 ספטמבר 2009", "4 सितंबर 2009", "4 সেপ্টেম্বর ২০০৯",
        "4 ਸਤੰਬਰ 2009", "4 செப்டம்பர் 2009", "4 กันยายน 2552", "4 กันยายน 2009", "4 EYLÜL 2009", "4 settembre, 2009",
        "4/septembre/2009",
    ],
)  # fmt: skip
def test_a_day_of_another_language_is_that_day(words):
    assert read_birth(words.replace("г.", "").replace("р.", ""), TODAY) == "2009-09-04"


def test_a_month_without_a_day_and_a_day_with_a_time():
    assert read_birth("wrzesień 2009", TODAY) == "2009-09"
    assert read_partial("grudnia 2024") == "2024-12"
    assert read_partial("4 kasım 2024") == "2024-11-04"


def test_a_month_of_two_words_and_its_short_form():
    assert in_english("4 كانون الثاني 2009") == "4 january 2009"
    assert in_english("4 تشرين الأول 2009") == "4 october 2009"
    assert in_english("4 févr. 2009") == "4 february 2009"


@pytest.mark.parametrize("words", WELL_SAID)
def test_english_stays_as_it_is(words):
    assert in_english(words) == words


@pytest.mark.parametrize("words", ["12 መስከረም 2001", "13 شهریور 1388", "4 رمضان 1430", "4 xyzber 2009", "4 lis 2009"])
def test_what_may_be_another_day_is_not_read(words):
    """Months of other calendars, words that are no month, and forms too short to be of one month alone."""
    with pytest.raises(CannotRead):
        read_birth(words, TODAY)


def test_every_language_has_twelve_months_and_each_name_is_its_month():
    read = {}
    for row in reference_list("reference", "month_names").rows:
        assert len(row["months"]) == len(MONTHS), row["language"]
        for month, names in zip(MONTHS, row["months"], strict=True):
            read |= {name: in_english(f"4 {name} 2009") == f"4 {month} 2009" for name in names}
    assert sorted(name for name, is_read in read.items() if not is_read) == []
