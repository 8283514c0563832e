"""What one sign or one custom is read as in more than one way: family names of Korea and of South China, compound surnames,
words that are no name, and words that stand before or between names."""

# A family name in Hangul is written in Latin letters as its family does, seldom as the official table says.


def words(text: str) -> frozenset[str]:
    """The words of a text, apart."""
    return frozenset(text.split())


KOREAN_FAMILIES = {
    "김": "kim gim", "이": "lee yi rhee i ri", "리": "ri lee rhee", "박": "park bak pak", "최": "choi choe",
    "정": "jung jeong chung",
    "강": "kang gang", "조": "cho jo", "윤": "yoon yun", "장": "jang chang", "임": "lim im rim", "림": "rim lim", "한": "han",
    "오": "oh o", "서": "seo suh", "신": "shin sin", "권": "kwon gwon", "황": "hwang", "안": "ahn an", "송": "song",
    "류": "ryu yoo",
    "유": "yoo yu ryu", "전": "jeon chun jun", "홍": "hong", "고": "ko go", "문": "moon mun", "양": "yang", "손": "son sohn",
    "배": "bae pae", "백": "baek paik back", "허": "heo hur huh", "남": "nam", "심": "shim sim", "노": "noh roh no",
    "로": "roh no",
    "하": "ha", "곽": "kwak gwak", "성": "sung seong", "차": "cha", "주": "joo ju", "우": "woo u", "구": "koo gu ku",
    "민": "min",
    "나": "na ra", "라": "ra na", "지": "ji chi", "엄": "um eom", "변": "byun byeon", "원": "won", "방": "bang pang",
    "천": "chun cheon",
    "공": "kong gong", "현": "hyun hyeon", "함": "ham", "여": "yeo", "석": "seok suk", "선": "sun seon", "설": "seol sul",
    "마": "ma", "길": "gil kil", "연": "yeon yun", "위": "wi", "표": "pyo", "명": "myung myeong", "기": "ki gi", "반": "ban",
    "왕": "wang", "금": "keum geum", "옥": "ok", "육": "yuk", "인": "in", "맹": "maeng", "제": "je", "모": "mo", "탁": "tak",
    "국": "kook guk", "어": "eo", "은": "eun", "편": "pyun", "용": "yong", "남궁": "namgung namkoong", "황보": "hwangbo",
    "제갈": "jegal", "선우": "sunwoo seonu", "독고": "dokgo", "사공": "sagong",
}  # fmt: skip
# Of those, the ways that do not sound alike to a reader of English.
KOREAN_IN_LATIN = {
    spelling: tuple(variant for variant in group if variant != spelling)
    for group in (("lee", "yi", "rhee", "ri"), ("park", "pak", "bak"), ("lim", "im", "rim"), ("yoo", "yu", "ryu", "ryoo"),
                  ("noh", "roh"), ("woo", "wu"), ("jeon", "chun", "jun"), ("seo", "suh"), ("choi", "choe"))
    for spelling in group
}  # fmt: skip
# How the same signs are said in Cantonese, Hakka or Hokkien, as families write them; the pinyin of each is read besides.
SOUTHERN = {
    "陈陳": "chan tan", "黄黃": "wong ng", "林": "lam lim", "李": "lee", "张張": "cheung chong teo", "王": "wong ong",
    "吴吳": "ng goh",
    "刘劉": "lau low", "杨楊": "yeung yeo", "梁": "leung neo", "郑鄭": "cheng tay", "谢謝": "tse chia", "罗羅": "law lo",
    "何": "ho",
    "郭": "kwok quek", "叶葉": "yip yap", "冯馮": "fung", "邓鄧": "tang", "曾": "tsang chan", "彭": "pang", "许許": "hui koh",
    "蔡": "choi tsoi chua", "苏蘇": "so soh", "萧蕭肖": "siu siew", "卢盧": "lo loo", "余": "yu yee", "朱": "chu choo",
    "周": "chow chau",
    "徐": "tsui chui", "高": "ko", "马馬": "ma", "胡": "woo wu", "麦麥": "mak", "莫": "mok", "岑": "sum shum", "邱": "yau khoo",
    "石": "shek", "关關": "kwan", "唐": "tong", "潘": "poon pun", "袁": "yuen", "阮": "yuen un", "文": "man", "方": "fong",
    "欧歐": "au",
    "区區": "au", "沈": "shum sim", "赖賴": "lai", "温溫": "wan", "江": "kong", "龙龍": "lung", "侯": "hau", "孙孫": "suen sun",
    "赵趙": "chiu chew", "钟鍾鐘": "chung", "严嚴": "yim", "韩韓": "hon", "洪": "hung ang", "蒋蔣": "cheung", "宋": "sung",
    "程": "ching",
    "姚": "yiu", "施": "sze si", "简簡": "kan", "颜顏": "ngan", "甘": "kam", "尹": "wan", "伍": "ng", "古": "koo",
    "连連": "lin",
    "大": "tai", "小": "siu", "明": "ming", "伟偉": "wai", "强強": "keung", "志": "chi", "国國": "kwok", "华華": "wah wa",
    "美": "mei",
    "玲": "ling", "丽麗": "lai", "英": "ying", "家": "ka", "嘉": "ka", "俊": "chun", "杰傑": "kit", "文斌": "man",
    "子": "tsz tze",
    "永": "wing", "光": "kwong", "建": "kin", "健": "kin", "德": "tak", "金": "kam", "玉": "yuk", "兰蘭": "lan", "芳": "fong",
    "凤鳳": "fung", "霞": "ha", "珍": "chun", "秀": "sau", "月": "yuet", "雪": "suet", "梅": "mui", "燕": "yin", "慧": "wai",
    "敏": "man",
    "静靜": "ching", "海": "hoi", "东東": "tung", "峰": "fung", "平": "ping", "军軍": "kwan", "生": "sang", "仁": "yan",
    "安": "on",
    "心": "sum", "怡": "yi", "欣": "yan", "雅": "nga", "诗詩": "sze", "颖穎": "wing", "琪": "ki", "祥": "cheung", "耀": "yiu",
    "荣榮": "wing", "福": "fuk", "贵貴": "kwai", "成": "shing", "胜勝": "sing", "辉輝": "fai", "龍": "lung", "天": "tin",
    "学學": "hok",
    "浩": "ho", "然": "yin", "思": "sze", "宝寶": "po", "珠": "chu", "莲蓮": "lin", "娟": "kuen", "惠": "wai", "淑": "suk",
    "贤賢": "yin",
    "发發": "fat", "財财": "choi", "春": "chun", "秋": "chau", "红紅": "hung", "青": "ching", "云雲": "wan", "山": "shan",
    "木": "muk",
    "星": "sing", "晓曉": "hiu", "雨": "yu", "婷": "ting", "娜": "na", "勇": "yung", "刚剛": "kong", "鹏鵬": "pang",
    "飞飛": "fei",
    "阳陽": "yeung", "震": "chun", "司": "sze", "徒": "to", "诸諸": "chu", "葛": "kot", "夏": "ha", "田": "tin", "范範": "fan",
    "汪": "wong", "任": "yam", "傅": "fu", "白": "pak", "廖": "liu", "孔": "hung", "毛": "mo", "易": "yik", "戴": "tai",
    "魏": "ngai", "薛": "sit", "丁": "ting", "杜": "to", "顾顧": "koo", "武": "mo", "尤": "yau", "倪": "ngai",
    "柯": "or", "翁": "yung", "崔": "chui", "康": "hong", "钱錢": "chin", "汤湯": "tong", "黎": "lai", "常": "sheung",
    "容": "yung", "霍": "fok", "劳勞": "lo", "利": "lee", "符": "foo", "曹": "tso", "佘": "she",
    "立": "lap", "世": "sai", "树樹": "shu", "松": "chung", "涛濤": "to", "宁寧": "ning",
    "宏": "wang", "洋": "yeung", "亮": "leung", "毅": "ngai", "锋鋒": "fung", "兴興": "hing", "辰": "san", "宇": "yu",
    "轩軒": "hin", "睿": "yui", "涵": "ham", "梓": "tsz", "晨": "san", "倩": "sin", "蕾": "lui", "莉": "lei", "萍": "ping",
    "艳艷": "yim", "菊": "kuk", "芬": "fan", "翠": "chui", "银銀": "ngan", "巧": "hau", "冰": "bing", "晶": "ching",
    "琳": "lam", "媚": "mei", "娥": "ngo", "鸿鴻": "hung", "旭": "yuk", "庆慶": "hing", "全": "chuen", "忠": "chung",
    "孝": "hau", "廷": "ting", "昌": "cheung", "权權": "kuen", "柏": "pak", "根": "kan", "添": "tim", "泉": "chuen",
    "清": "ching", "汉漢": "hon", "启啟": "kai", "绍紹": "siu", "维維": "wai", "继繼": "kai", "承": "shing", "锦錦": "kam",
    "问問": "man", "彦彥": "yin", "祖": "cho jo", "友": "yau", "力": "lik", "乐樂": "lok", "达達": "tat", "伦倫": "lun",
    "恩": "yan",
    "佩": "pui", "珊": "shan", "琴": "kam", "香": "heung", "桂": "kwai", "彩": "choi", "素": "so", "少": "siu", "炳": "ping",
    "良": "leung", "坤": "kwan", "基": "kei", "威": "wai", "豪": "ho", "泽澤": "chak", "煌": "wong", "进進": "chun", "富": "fu",
    "超": "chiu", "波": "bo", "斌": "bun", "新": "sun", "正": "ching", "义義": "yee", "礼禮": "lai", "信": "shun", "智": "chi",
}  # fmt: skip
SOUTHERN_SIGNS = {sign: tuple(spellings.split()) for signs, spellings in SOUTHERN.items() for sign in signs}
# Signs that as a family name are read otherwise than by themselves.
FAMILY_READINGS = {"单": "shan", "單": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "任": "ren", "盖": "ge",
                   "朴": "piao",
                   "尉": "wei", "翟": "zhai", "乐": "yue", "樂": "yue", "区": "ou", "區": "ou", "缪": "miao",
                   "覃": "qin"}  # fmt: skip
# The beginnings of syllables in pinyin and as Wade and Giles spelt them.
WADE = (("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("j", "ch"), ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"),
        ("b", "p"), ("d", "t"), ("g", "k"))  # fmt: skip
TWO_SIGN_FAMILIES = words(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 长孙 長孫 宇文 夏侯 端木 百里"
) | {family for family in KOREAN_FAMILIES if len(family) == 2}

TITLES = words(
    "mr mrs ms miss mx dr prof professor sir madam master sheikh shaikh haji hajji hadji ustad ustaz mullah maulana "
    "imam pan pani sri shri smt kum mst md. pc ps dc insp sgt herr frau monsieur mme mlle senor senora sra domnul "
    "doamna"
)
# Between or before names, often left out.
PARTICLES = words(
    "al el ul ad ar as az ash at ibn bint binti binte bte van von der dos das del dela della i und e of a/l a/p s/o d/o ould "
    "wuld bar beni ou zu af av"
)
# As often a name of its own: kept, told apart by nobody, but no other name stands in its place.
PERHAPS_PARTICLES = words("le do da de di du la an bin ben ha den ter ten so y lo")
ARABIC_PARTICLES = words("بن ابن بنت ال آل بو ولد")
# The last part of names of Afghanistan and Iran, which is written as a word of its own as well.
JOINED_TO_LAST = words("zai zay zey khel kheil zada zadah zade zadeh nejad nezhad زی زئی خیل زاده نژاد")
JOINED_TO_NEXT = words("mc mac abu abou umm um fitz o saint st")
# So common a second or middle name that it tells nobody apart.
WEAK = words(
    "thi van singh kaur begum bibi khatun khatoon kumar kumari devi bai md mohd mohammad mohammed muhammad mohamed "
    "mohamad mst mosammat mossammat miah mia uddin ud din khanam akter akhter akhtar sk sheikh syed sayed"
)
# Of these one is a man's and one a woman's: where each has one of them, they are two people.
OPPOSED = {"singh": ("kaur",), "kaur": ("singh",), "kumar": ("kumari", "devi"), "kumari": ("kumar",), "devi": ("kumar",),
           "miah": ("begum", "bibi", "khatun"), "mia": ("begum", "bibi", "khatun"),
           "begum": ("miah", "mia"), "bibi": ("miah", "mia"), "khatun": ("miah", "mia")}  # fmt: skip
# Words of a name field that say that there is no name, and those that say of what sort somebody is.
NO_NAME = words(
    "unknown unkown unknwon unk unnamed nameless unidentified anonymous anon notknown noname refused declined withheld tbc "
    "tba nfd undisclosed redacted xxx xxxx"
)
OF_A_SORT = words(
    "baby infant male female man men woman women boy girl adult child children juvenile youth teenager lady gentleman person "
    "people subject suspect victim witness driver passenger occupant caller informant neighbour resident worker labourer "
    "customer friend cousin brother sister mother father son daughter uncle aunt husband wife partner nil none null nan test "
    "xx n k nk na a an the of with in from and young old older elderly tall short asian white black european african chinese "
    "vietnamese albanian romanian polish indian pakistani bangladeshi british english eastern foreign name no not uk"
)
NO_NAME_TOGETHER = (
    "not known", "not given", "not stated", "not recorded", "not disclosed", "no name", "no details", "john doe", "jane doe",
    "joe bloggs", "to be confirmed", "details to follow", "would not give", "not provided",
)  # fmt: skip
NO_NAME_OTHER = words(
    "неизвестно неизвестный неизвестная невідомо невідомий غير معروف مجهول مجهولة نامعلوم לא ידוע अज्ञात অজ্ঞাত ਅਗਿਆਤ "
    "தெரியாது ไม่ทราบ አይታወቅም 不明 不详 不詳 未知 무명 미상 άγνωστος άγνωστη necunoscut necunoscută nieznany nieznana i panjohur e "
    "panjohur"
) - {"i", "e"}
