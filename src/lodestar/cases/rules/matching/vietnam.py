"""Vietnamese names in Latin letters: each word is one syllable, and another that they use as a name is another name."""

import re
from collections.abc import Sequence

from lodestar.cases.rules.matching.readings import words
from lodestar.cases.rules.matching.sounds import voiced

# Family names that hardly anybody else has, without marks; and what stands in the middle of a name.
_TELLS = words(
    "nguyen tran pham huynh hoang phan vu vo dang bui ngo duong dinh doan trinh truong luong phung quach thi van"
)
# Given names, and what stands before them; whatever is in neither list may be one of them misheard: Tun is Tuan.
_GIVEN = words(
    """an anh bach bao bich binh cam can canh cat chau chi chien chinh chung cong cuc cuong dac dai dan danh dao dat diem
    dien diep dieu doan don dong duc dung duy duyen gia giang giao ha hai han hanh hao hau hien hiep hieu hoa hoai hoan
    hoc hong hop hue hung huong huu huy huyen khai khang khanh khoa khoi khue kien kieu kim ky lam lan lang lanh lien
    lieu linh loan loc loi long luan luc luyen ly mai man manh mau minh my nam nga ngan nghi nghia ngoc nguyet nha nhan
    nhat nhi nhu nhung ninh oanh phat phi phong phu phuc phuoc phuong quan quang que quy quyen quynh sam san sang sen
    sinh son suong tai tam tan tao thach thai tham thang thanh thao thien thinh thoa thom thong thu thuan thuc thuong
    thuy tien tin tinh toan tram trang tri trieu trong truc trung tu tuan tuong tuyen tuyet uyen vi viet vinh vuong vy
    xuan y yen"""
)
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")


def nuclei(name: Sequence[str]) -> tuple[str, ...]:
    """The vowels of each word by their quality, where Vietnamese has it as a name; empty where the name is no Vietnamese one."""
    if len(name) < 2 or not _TELLS.intersection(name) or not all(map(_SYLLABLE.fullmatch, name)):
        return ()
    return tuple(re.sub(r"[^aiu]", "", voiced(word)) if word in _TELLS | _GIVEN else "" for word in name)
