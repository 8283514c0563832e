"""What the demo force meets: invented names in many scripts, invented places, and the kinds of concern."""

from dataclasses import dataclass

NAMES = (
    "Kieran Tull", "Jaz Okafor-Lamb", "Callum Reddy", "Petra Kovaľová", "Ardit Gjokeja", "Rareș Munteanu", "Nguyễn Thị Hạnh",
    "Trần Văn Đức", "Lê Minh Quân", "Mihaela Ionescu", "Besa Hoxhallari", "Dorina Peshkëpija", "Samira Haile", "ሳሚራ ሃይለ",
    "محمد الأمين", "زهرة احمدي", "李小红", "陈伟", "Kasia Wójcik", "Zofia Dąbrówka", "Oluwaseun Adeyinka", "Blessing Etim",
    "Tendai Moyo-Craig", "Rasa Jankauskė", "Andrius Šimkus", "Shabnam Karimzada", "রফিকুল ইসলাম", "Ana Beatriz Nogueira",
    "Ilir Deda", "Viktória Balogh", "Jean-Baptiste Nkurunziza", "Leyla Çelik", "Shawn Pettifer", "Tia-Mae Grundy",
    "Connor Halfpenny", "Ellie Stannard", "Reece Woolnough", "Maisie Catchpole", "Adanna Obi", "Gabriela Stancu",
    "Florin Dragomir", "Ахмед Салимов", "Оксана Мельник", "Daniel Tesfay", "Hoàng Anh", "Mai", "", "", "", "",
)  # fmt: skip
DESCRIPTIONS = ("man in a grey hoodie", "woman in a red coat", "boy, white trainers", "girl with a rucksack",
                "man, wristband 14", "woman, would not give a name")  # fmt: skip
PLACES = (
    "Harbour Street, Marlsea", "Quay car wash, Marlsea", "Packing shed, Eldham Cross", "Salt Lane, Thornbeck",
    "Nail bar, Fuller's Row, Marlsea", "Farm caravans, Low Wanting", "Railway station, Marlsea", "Flat above the arcade, Marlsea",
    "Industrial unit, Eldham Cross", "Private house, Thornbeck", "Ferry terminal, Marlsea", "School gate, Eldham",
    "Hotel by the ring road", "Building site, Wanting Reach", "Takeaway, Mill Hill, Thornbeck",
)  # fmt: skip
LANGUAGES = ("", "", "Vietnamese", "Albanian", "Romanian", "Polish", "Slovak", "Tigrinya", "Arabic", "Bengali", "Portuguese")


@dataclass(frozen=True)
class Kind:
    """A kind of concern: how often it comes, who is met, and what is suspected."""

    code: str
    weight: int
    what: str
    exploitation: str
    people: tuple[int, int]
    ages: tuple[int, int]
    british: float
    place: str
    act: tuple[str, str, str] | None = None  # act, section, title
    seized: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    organised: bool = False
    in_custody: bool = False


PWITS = ("Misuse of Drugs Act 1971", "5(3)", "possession of a Class A drug with intent to supply")
CANNABIS = ("Misuse of Drugs Act 1971", "4(2)", "production of cannabis")
BLADE = ("Criminal Justice Act 1988", "139", "having a bladed article in a public place")
THEFT = ("Theft Act 1968", "1", "theft from a shop")
DOCUMENT = ("Identity Documents Act 2010", "4", "possession of a false identity document")

KINDS = (
    Kind("county_lines", 26, "Two lads stopped with wraps, one says he owes them.", "criminal", (1, 2), (13, 17), 0.9,
         "street", PWITS, ("drugs", "phone", "cash"), ("food", "safe_place"), True),
    Kind("county_lines_custody", 10, "Boy from out of county booked in with wraps.", "criminal", (1, 1), (14, 19), 0.8,
         "custody", PWITS, ("drugs", "cash"), ("medical", "safe_place"), True, True),
    Kind("cannabis_house", 9, "Warrant: grow over three floors, one male found locked in.", "criminal", (1, 2), (16, 29), 0.05,
         "premises", CANNABIS, ("phone",), ("safe_place", "interpreter", "food"), True),
    Kind("car_wash", 10, "Workers sleeping in the unit, boss answers for them.", "labour", (1, 3), (19, 48), 0.1,
         "premises", None, (), ("safe_place", "interpreter", "food")),
    Kind("nail_bar", 6, "Young woman at a nail bar, no wages, papers held.", "labour", (1, 2), (17, 34), 0.0,
         "premises", None, (), ("interpreter", "safe_place")),
    Kind("farm", 8, "Caravans behind the packing shed, wages kept back.", "labour", (2, 4), (19, 55), 0.05,
         "home", None, (), ("interpreter", "food", "medical")),
    Kind("brothel", 8, "Women moved between flats, phones shared.", "sexual", (1, 3), (18, 41), 0.05,
         "premises", None, (), ("interpreter", "medical", "safe_place"), True),
    Kind("child_sexual", 6, "Girl collected from school by an older man, new phone.", "sexual", (1, 1), (13, 17), 0.9,
         "home", None, (), ("mental_health", "protection")),
    Kind("domestic", 5, "Lives with the family she works for, never out alone.", "domestic", (1, 1), (22, 50), 0.0,
         "home", None, (), ("interpreter", "safe_place")),
    Kind("cuckooed", 5, "His flat is used by others, he is afraid of them.", "criminal", (1, 1), (28, 66), 0.95,
         "home", None, (), ("protection", "mental_health")),
    Kind("shoplifting", 5, "Detained for theft, driver waiting outside.", "criminal", (1, 2), (19, 38), 0.2,
         "street", THEFT, (), ("food", "interpreter")),
    Kind("document", 2, "False document shown at the ferry, travelled with an aunt.", "unknown", (1, 1), (17, 26), 0.0,
         "port", DOCUMENT, (), ("interpreter", "safe_place")),
)  # fmt: skip
