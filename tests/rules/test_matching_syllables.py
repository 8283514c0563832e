"""Chinese names in pinyin, as whoever follows Wade and Giles writes them."""


from lodestar.cases.rules.matching.syllables import as_wade
from tests.offenders import each


@each(
    ("name", "written"),
    [
        ("zhang wei", "chang wei"),
        ("mei zhang", "mei chang"),  # the family last
        ("wang xiao ming", "wang hsiao ming"),
        ("chen guang", "chen kuang"),
        ("wang fangan", "wang fankan"),  # Fan-gan: a syllable begins with a consonant where it can
        ("li amei", "li amei"),
        ("wang xiaoe", "wang hsiaoe"),  # Xiao'e
        ("mei ling", ""),  # no family
        ("wang xiao ming hua", ""),
        ("wang", ""),
        ("wang elisabeth", ""),
    ],
)
def test_a_name_in_pinyin_is_written_otherwise_by_wade_and_giles(name, written):
    assert " ".join(as_wade(name.split())) == written
