"""How a name of any script is read in Latin letters: the likeliest reading first, and the others by custom after it."""

from lodestar.platform.names.scripts import in_latin, script_of
from tests.offenders import each

# Among them a name drawn out by a line, two names as one word, and the last syllable that Hangul has.
READ = {
    "ARABIC": {
        "بوعزيز": "buziz", "جابر": "jabr gabr", "رانيا": "ranya", "شهاب": "sh'hab", "عثمان": "athman asman",
        "محـمد": "mhmd", "محمدذاکر": "mhmd'dhakr mhmd'zakr", "نظری": "ndhri nzri",
    },
    "BENGALI": {
        "আনোয়ার": "anoyar", "লুৎফর": "lutphar", "সূর্য": "sury",
    },
    "CJK": {
        "王小明": "wangxiaoming",
    },
    "CYRILLIC": {
        "гриценко": "γritsenko", "юлія": "yuliya",
    },
    "DEVANAGARI": {
        "ईशा": "isha", "उमा": "uma", "ऊषा": "usha", "ऋषि": "rishi", "ऍलन": "elan", "एकता": "ekata",
        "ऐश्वर्या": "aishvarya", "ऑस्कर": "oskar", "ओम": "om", "औरंगज़ेब": "aurangajeb", "कृष्ण": "krishn",
        "ग़ज़ल": "gajal", "चाँद": "chand", "जॉन": "jon", "डॅनियल": "deniyal",
    },
    "ETHIOPIC": {
        "ትዕግስት": "tgst",
    },
    "GEORGIAN": {
        "გიორგი": "giorgi",
    },
    "GREEK": {
        "ευθυμίου": "efthymiu", "θεόδωρος": "theodoros", "μπάμπης": "bampis babis mpampis",
    },
    "GUJARATI": {
        "રમેશ": "ramesh",
    },
    "GURMUKHI": {
        "ਇੰਦਰਜੀਤ": "indarajit", "ਬਰਾੜ": "barar",
    },
    "HANGUL": {
        "가을": "gaeul", "박지훈": "bakjihun", "힣": "hih",
    },
    "HEBREW": {
        "גולדשטיין": "goldshtiin gvldshtiin goldstiin", "לוי": "lvi", "נווה": "nova nv'va",
    },
    "KANNADA": {
        "ಎ": "e", "ಮಂಜುನಾಥ್": "manjunath",
    },
    "LATIN": {
        "axel": "axel aksel", "nguyễn": "nguyen",
    },
    "MALAYALAM": {
        "രാജേഷ്": "rajesh", "സൗമ്യ": "saumy",
    },
    "ORIYA": {
        "ଜୟନ୍ତ": "jaynt",
    },
    "TAMIL": {
        "அன்பழகன்": "anbazhagan anbalagan anbazhahan", "ஒளவை": "olavai", "சுப்பிரமணியம்": "suppiramaniyam",
        "ஜெயந்தி": "jeyandi", "பொன்னி": "ponni",
    },
    "TELUGU": {
        "వెంకటేశ్": "venkatesh",
    },
    "THAI": {
        "กมลวรรณ": "kmlwan kmnwan", "กอบกุล": "kobkul kobkun", "กัญญารัตน์": "kanyarat",
        "ประเสริฐ": "prasroeith prasrerith", "พรหมศรี": "phromsri", "ภวดี": "phwdi", "ศักดิ์ดี": "sakdi",
        "อนงค์": "onng", "อินทร์แก้ว": "inkaew", "ฮอซาลี": "hosali", "เพชรดี": "phechdi phetdi",
    },
}  # fmt: skip


@each("script", READ)
def test_a_name_is_read_as_its_script_says_and_as_custom_writes_it(script):
    read = {word: in_latin(word) for word in READ[script]}
    assert {word: " ".join((one.latin, *one.others)) for word, one in read.items()} == READ[script]
    assert {one.script for one in read.values()} == {script_of(word) for word in read} == {script}
    assert {one.is_bare for one in read.values()} == {
        script in ("ARABIC", "ETHIOPIC", "HEBREW", "THAI")
    }  # vowels are left unwritten


def test_signs_are_read_one_by_one():
    assert in_latin("王小明").parts == ("wang", "xiao", "ming")
    assert in_latin("박지훈").parts == ("bak", "ji", "hun")


def test_what_has_no_letter_has_no_script():
    assert script_of("") == script_of("2009") == ""
