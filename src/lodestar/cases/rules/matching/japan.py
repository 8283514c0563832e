"""How Japanese names in signs are said: no sign says it by itself, so that the commonest family names are known whole, and the
signs of given names by their commonest readings. General knowledge of the commonest names; who is not among them is compared by
the Chinese reading, as before."""

from collections.abc import Sequence
from itertools import islice, product

MOST_READINGS = 4


def _pairs(text: str) -> dict[str, str]:
    each = text.split()
    return dict(zip(each[::2], each[1::2], strict=True))


JAPANESE_FAMILIES = _pairs(
    "佐藤 sato 鈴木 suzuki 高橋 takahashi 田中 tanaka 伊藤 ito 渡辺 watanabe 渡邊 watanabe 渡邉 watanabe 山本 yamamoto "
    "中村 nakamura 小林 kobayashi 加藤 kato 吉田 yoshida 山田 yamada 佐々木 sasaki 山口 yamaguchi 松本 matsumoto "
    "井上 inoue 木村 kimura 斎藤 saito 齋藤 saito 斉藤 saito 清水 shimizu 山崎 yamazaki 池田 ikeda 橋本 hashimoto 阿部 abe "
    "石川 ishikawa 山下 yamashita 中島 nakajima 石井 ishii 小川 ogawa 前田 maeda 岡田 okada 長谷川 hasegawa 藤田 fujita "
    "後藤 goto 近藤 kondo 村上 murakami 遠藤 endo 青木 aoki 坂本 sakamoto 福田 fukuda 太田 ota 西村 nishimura 藤井 fujii "
    "岡本 okamoto 金子 kaneko 藤原 fujiwara 三浦 miura 中野 nakano 中川 nakagawa 原田 harada 松田 matsuda 竹内 takeuchi "
    "小野 ono 田村 tamura 中山 nakayama 和田 wada 石田 ishida 森田 morita 上田 ueda 内田 uchida 柴田 shibata 酒井 sakai "
    "宮崎 miyazaki 横山 yokoyama 高木 takagi 安藤 ando 宮本 miyamoto 大野 ono 小島 kojima 工藤 kudo 谷口 taniguchi "
    "今井 imai 高田 takada 増田 masuda 丸山 maruyama 杉山 sugiyama 村田 murata 大塚 otsuka 新井 arai 小山 koyama "
    "平野 hirano 藤本 fujimoto 河野 kono 上野 ueno 野口 noguchi 武田 takeda 松井 matsui 千葉 chiba 岩崎 iwasaki "
    "菅原 sugawara 木下 kinoshita 久保 kubo 佐野 sano 野村 nomura 松尾 matsuo 菊地 kikuchi 市川 ichikawa"
)
_GIVEN = _pairs(
    "子 ko 美 mi 郎 ro 一 ichi,kazu 二 ji 三 zo,mi 太 ta 男 o 雄 o,yu 夫 o 恵 e,megumi 香 ka,kaori 花 hana,ka 健 ken "
    "翔 sho 大 dai 由 yu 裕 yu,hiro 優 yu 真 ma,shin 理 ri 奈 na 菜 na 愛 ai 結 yu 衣 i 陽 yo,haru 葵 aoi 桜 sakura "
    "和 kazu 明 aki 秋 aki 春 haru 夏 natsu 正 masa 昌 masa 雅 masa 博 hiro 浩 hiro 弘 hiro 智 tomo 友 tomo 直 nao "
    "幸 yuki,sachi 雪 yuki 久 hisa 文 fumi 良 yoshi 義 yoshi 隆 taka 孝 taka 貴 taka 信 nobu 清 kiyo 純 jun 次 ji "
    "司 shi,ji 介 suke 助 suke 也 ya 哉 ya 樹 ki 輝 ki 紀 nori,ki 則 nori 代 yo 世 yo 江 e 里 ri 沙 sa 紗 sa 佐 sa 千 chi "
    "知 tomo 洋 yo,hiro 麻 ma 彩 aya 綾 aya 京 kyo 誠 makoto 実 mi 人 to 斗 to 平 hei 彦 hiko 吾 go 悟 satoru 進 susumu "
    "茂 shigeru 勇 isamu 学 manabu 亮 ryo 涼 ryo 蓮 ren 海 kai 空 sora"
)
_READINGS = {sign: tuple(said.split(",")) for sign, said in _GIVEN.items()}


def given_readings(signs: Sequence[str]) -> tuple[str, ...]:
    """How a given name of these signs may be said, the likeliest first; nothing where a sign has no reading here."""
    each = [_READINGS.get(sign, ()) for sign in signs]
    return tuple(islice(("".join(said) for said in product(*each)), MOST_READINGS)) if each else ()
