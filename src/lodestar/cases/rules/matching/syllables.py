"""Chinese names in pinyin: which words are syllables of it, and which two of them are not one."""

import re
from collections.abc import Sequence

from lodestar.cases.rules.matching.readings import WADE, words

SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|an|ai|ao|en|ei|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u)"
)
# What speakers of the south, and whoever listens to them, do not tell apart.
_MISHEARD = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASAL = re.compile(r"(?<=[ie])ng$")
_WHOLE = re.compile(rf"(?:{SYLLABLE.pattern}){{1,2}}")
# The family names that most Chinese have, in pinyin.
FAMILIES = words(
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu "
    "dong xiao cheng cao yuan deng fu shen zeng peng lv su lu jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren "
    "fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin "
    "chang wen qiao lai gong pang qi zhai zhuang ouyang"
)


def wade(syllable: str) -> str:
    """A syllable of pinyin as Wade and Giles spelt it, without their apostrophes."""
    return next((their + syllable[len(ours) :] for ours, their in WADE if syllable.startswith(ours)), syllable)


def other_syllable(one: str, other: str) -> bool:
    """Whether two syllables of pinyin are two, and not one that was misheard or spelt as Wade and Giles did: Jun is not Juan,
    and Zhu may be Zu. Min and Ming are misheard as well, but so many have either that one is taken for the other only where the
    beginning shows that somebody wrote by ear: Zhen may be Zeng."""
    if one == wade(other) or other == wade(one):
        return False
    some, others = _heard(one), _heard(other)
    if (some == one) == (others == other):
        return some != others
    return _NASAL.sub("n", some) != _NASAL.sub("n", others)


def _heard(syllable: str) -> str:
    for said, heard in _MISHEARD:
        if syllable.startswith(said):
            return heard + syllable[len(said) :]
    return syllable


def is_chinese(name: Sequence[str]) -> bool:
    """Whether it is a Chinese name: a family name first or last, and nothing but syllables of pinyin."""
    is_named = 2 <= len(name) <= 3 and not FAMILIES.isdisjoint((name[0], name[-1]))
    return is_named and all(_WHOLE.fullmatch(word) for word in name)
