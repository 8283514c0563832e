"""A field for a name that names nobody takes no word out of a text; a name that is a word too is found where it is a name."""

import pytest

from lodestar.exchange.rules.guarded import guarded, names_of_others
from lodestar.referrals.rules.called import called
from lodestar.referrals.rules.naming import Identifier, occurrences
from lodestar.referrals.rules.withheld import LEFT_OUT

SAID = "She was not paid, did not know her age and never left. No one came. The man and the girl were unknown to her."


def left(text, *names):
    return guarded(text, names_of_others("", names)).replace(LEFT_OUT, "[…]")


@pytest.mark.parametrize(
    "name",
    [
        "Not known", "not known", "NOT KNOWN", "Unknown", "unknown", "Female not known", "(unknown female)", "Unknown Male 2",
        "No name", "no name given", "None", "N/K", "Not given", "would not give", "Would not say", "Refused", "Refuses to say",
        "won't say", "did not say", "A man", "young white man", "the girl", "Victim", "victim 1", "Child", "Boy",
        "first name not known", "Surname unknown", "Not sure", "can not say", "Mr Unknown", "Vietnamese female", "tbc",
        "Name to be confirmed", "John Doe", "not yet known", "doesn’t know", "no details", "unable to say", "Baby",
        "Woman and child", "Sex worker, name not given", "Cannabis gardener 1", "Lorry driver", "Foreign national",
        "Gardener, male", "Eritrean male 2", "Male 12", "Taxi driver (refused)", "young white lorry driver, name unknown",
        "an elderly man", "an unknown man", "my brother", "Car wash worker", "Nail bar girl", "Unnamed", "unnamed girl",
        "Unknown (speaks Mandarin)", "Potential victim", "PV 2", "IP", "VP1", "Girl with tattoo", "Woman upstairs", "victim2",
        "Unknown male - white trainers", "DOB unknown", "Security guard", "chef", "Source", "Name withheld at her request",
        "Man in red overalls", "IP, female", "Male on mattress", "Unknown, wearing a cap", "Female (Tigrinya)", "ip",
        "TBC - male on mattress", "Asian female 20s", "Manager's wife", "Manager’s brother", "man with scar", "unborn baby",
        "Potential IP", "Tamil girl", "IP, unknown", "IP female", "IP man", "IP, Man", "IP 2 - unknown", "Male in red cap",
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_typed", [str, str.lower, str.upper])
def test_a_field_that_names_nobody_takes_nothing_out_of_a_text(name, as_typed):
    more = "As victim2 the Source, a chef and the security guard upstairs at her request saw potential IP, VP1, PV and Mandarin, "
    more += "Tigrinya, a tattoo, white trainers and red overalls on the mattress, a cap. A scar, a Tamil. "
    more += "The managers and a Manager’s 20s, unborn. A foreign national, 12, a sex worker, Eritrean, "
    more += "and White British men came by lorry to grow cannabis, wash unnamed."
    text = as_typed(f"{SAID} He refused to say why he was there, would not say who, and gave no name. {more}")
    assert left(text, name) == text


@pytest.mark.parametrize(
    "name", ["Ahmed not known", "Unknown (Ahmed)", "Ahmed, surname unknown", "Mr Ahmed", "refused, maybe Ahmed",
             "Unknown (speaks Mandarin, Ahmed)", "Man in overalls, ahmed", "Female called ahmed", "IP Ahmed", "VP1 Ahmed",
             "Unknown ahmed", "Potential victim Ahmed", "Male at Ahmed", "female ahmed in overalls", "Man in cap called ahmed"]
)
def test_of_a_field_that_names_somebody_besides_that_is_looked_for(name):
    text = f"Ahmed was there. {SAID}"
    assert [one.typed for one in occurrences(text, [Identifier("name", name)])] == ["Ahmed"]


@pytest.mark.parametrize(
    ("name", "text", "goes"),
    [
        ("Will", "Will said he will pay in May.", "[…] said he will pay in May."),
        ("Will", "I know Will. He said it will do.", "I know […]. He said it will do."),
        ("Will", "Will’s room, and a will.", "[…] room, and a will."),
        ("Will Smith", "will smith was seen and Smith will come.", "[…] […] was seen and […] will come."),
        ("WILL", "WILL SAID HE KNEW", "[…] SAID HE KNEW"),
        ("will", "will said he knew", "[…] said he knew"),
        ("May", "In May 2024 May told us. It may be on 3 May.", "In May 2024 […] told us. It may be on 3 May."),
        ("Hope", "I asked Hope, who lost hope.", "I asked […], who lost hope."),
        ("Ashley Young", "a young man and Young, and Ashley", "a young man and […], and […]"),
        ("Young", "I asked Young about a young woman. Young men came.", "I asked […] about a young woman. Young men came."),
        ("Mr Do", "I asked Mr Do what Mr Jones can do.", "I asked Mr […] what Mr Jones can do."),
        ("Grace", "GRACE WAS NOT PAID", "[…] WAS NOT PAID"),
        ("Nguyen Van Minh", "In a white van, Nguyen Van Minh did.", "In a white van, […] […] […] did."),
        ("Do Van Can", "They can not do it in the van. Do Van Can said.", "They can not do it in the van. […] […] […] said."),
        ("Do Van Can", "do van can was not there", "[…] […] […] was not there"),
        ("He Ming", "He was not paid. I asked He. He Ming left.", "He was not paid. I asked […]. […] […] left."),
        ("No Minjun", "No pay. I asked Minjun. No, he said. No Minjun left.", "No pay. I asked […]. No, he said. […] […] left."),
        ("No Minjun", "minjun no longer works", "[…] no longer works"),
        ("An", "He asked An. An adult came. Then: An ran; An fell", "He asked […]. An adult came. Then: […] ran; […] fell"),
        ("Ân", "I saw an open door and An", "I saw an open door and […]"),
        ("An Na", "An Na ran. It was an open door. AN NA?", "[…] […] ran. It was an open door. […] […]?"),
        ("Son Young", "Son Young has a young son. I asked Son", "[…] […] has a young son. I asked […]"),
        ("Young White", "Young White drove a white van; I saw White", "[…] […] drove a white van; I saw […]"),
        ("An (surname unknown)", "It was An. An old man came. An was paid.", "It was […]. An old man came. […] was paid."),
        ("My, surname unknown", "I asked My. My name is Hoa. My said so", "I asked […]. My name is Hoa. […] said so"),
        ("An, Vietnamese female", "A Vietnamese female called An", "A Vietnamese female called […]"),
        ("Said (unknown)", "She said that Said came", "She said that […] came"),
        ("Linh, sex worker", "Linh is a sex worker", "[…] is a sex worker"),
        ("Nguyễn Thị Mỹ", "Mỹ said she was not paid. My name", "[…] said she was not paid. My name"),
        ("Do Van Can", "Cần, Đỗ: \"Can you do it?\" she asked", "[…], […]: \"[…] you do it?\" she asked"),
        ("No Minjun", "Nô was not paid", "[…] was not paid"),
        ("Mai, sex worker", "MAI WAS A SEX WORKER", "[…] WAS A SEX WORKER"),
        ("Taylor", "taylor and Taylor", "[…] and […]"),
        ("Never", "Never Moyo said she never left. Never again.", "Never Moyo said she never left. Never again."),
        ("Never Moyo", "Never Moyo said she never left. Never again.", "[…] […] said she never left. Never again."),
        ("Nail", "I asked Nail about the nail bar", "I asked […] about the nail bar"),
        ("Read", "I asked Read to read it", "I asked […] to read it"),
        ("Minjun No", "I asked Minjun No.", "I asked […] […]."),
        ("John Doe", "John Brown came", "John Brown came"),
        ("Ming He", "He Ming left. He was paid.", "[…] […] left. He was paid."),
        ("An", "an an", "an an"),
        ("He would not say", "Later He left", "Later He left"),
        ("An, would not say more", "I asked An", "I asked […]"),
        ("No Minjun", "No Police came", "No Police came"),
        ("May", "On 1 May and 31 May she came. In room 0 May slept.", "On 1 May and 31 May she came. In room 0 […] slept."),
        ("May", "In room 32 May slept; in 031 May did", "In room 32 […] slept; in 031 […] did"),
        ("May", "It was May 2024. In 2024 May came", "It was May 2024. In 2024 […] came"),
        ("Do Van Can", "HE CAN NOT DO IT IN THE VAN at 5pm", "HE CAN NOT DO IT IN THE […] at 5pm"),
        ("An", "AT 5pm AN OFFICER CAME. HE SAW AN, AND An", "AT 5pm AN OFFICER CAME. HE SAW AN, AND […]"),
        ("My", "SHE SAID MY AUNT CAME AT 5pm. MY. Then she left", "SHE SAID MY AUNT CAME AT 5pm. MY. Then she left"),
        ("Do Van Can", "DO VAN CAN WAS AT 12b MILL LANE, no pay", "[…] […] […] WAS AT 12b MILL LANE, no pay"),
        ("Will", "WILL SAID AT 5pm HE WILL PAY. he will", "[…] SAID AT 5pm HE […] PAY. he will"),
        ("Can", "I asked CAN and HMP staff. A CAN.", "I asked […] and HMP staff. A […]."),
        ("Can", "CAN WAS NOT PAID AT 5pm", "CAN WAS NOT PAID AT 5pm"),
        ("Can", "she was not paid. HE CAN NOT PAY AT 5pm. they left", "she was not paid. HE CAN NOT PAY AT 5pm. they left"),
        ("Can", "SHE SAID THAT ALL OF THEM LEFT. then i asked CAN", "SHE SAID THAT ALL OF THEM LEFT. then i asked […]"),
        ("Can", "I asked CAN at 5pm, 6pm, 7pm", "I asked […] at 5pm, 6pm, 7pm"),
        ("My", "SHE SAID MY AUNT CAME. 5pm: MY. Then she left", "SHE SAID MY AUNT CAME. 5pm: […]. Then she left"),
        ("An", "she was there and left. I SAW AN. they left", "she was there and left. I SAW […]. they left"),
        ("Can", "5pm: CAN PAID him", "5pm: […] PAID him"),
        ("female kim in soo", "Soo came with Kim", "[…] came with […]"),
        ("Linh2", "I asked Linh2 and Linh", "I asked […] and Linh"),
        ("Unknown Tran", "unknown to Tran", "unknown to […]"),
        ("female An Nguyen", "The female is An Nguyen", "The female is […] […]"),
        ("Ip Wai", "I asked Ip", "I asked […]"),
        ("Do", "Present: DO, MAI, LINH, CAN.", "Present: […], MAI, LINH, CAN."),
        ("Can", "THEN DO AND CAN CAME. She left", "THEN DO AND CAN CAME. She left"),
        ("IP Man", "So IP Man met an ip, a man", "So […] […] met an […], a man"),
        ("IP Wai Yan", "So IP Wai Yan came", "So […] […] […] came"), ("Vp Singh", "So Vp Singh came", "So […] […] came"),
        ("Tamil Selvi", "So Tamil Selvi came", "So […] […] came"), ("Dari Musa", "So Dari Musa came", "So […] […] came"),
        ("Hausa Ibrahim", "Hausa came", "[…] came"), ("Punjabi Kaur", "Punjabi came", "[…] came"),
        ("Sorani Ali", "Sorani came", "[…] came"), ("Tamil", "Tamil came", "[…] came"),
        ("unknown in sook", "I saw sook", "I saw […]"), ("wife on thi hoa", "saw thi hoa", "saw […] […]"),
        ("baby in hye", "I saw hye", "I saw […]"), ("thai lady has name mai", "I saw mai", "I saw […]"),
        ("unknown female speaking to mai", "I saw mai", "I saw […]"), ("Linh in cap", "A cap", "A […]"),
        ("Unknown in Cap", "I saw Cap", "I saw […]"), ("woman at cap hoa", "cap hoa came", "[…] […] came"),
        ("Security Ncube", "Security came", "[…] came"), ("Legend", "Legend came", "[…] came"),
        ("Request", "Request came", "[…] came"),
        ("Ncube, chef", "Chef came", "Chef came"), ("Mary Guest", "So Guest came", "So […] came"),
        ("Can", "CAN he come? So CAN PAID him", "CAN he come? So […] PAID him"),
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_too_is_left_out_where_it_is_written_as_a_name(name, text, goes):
    assert left(text, name) == goes


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("2pac Tran", {"2pac", "tran"}), ("Yo Tran", {"yo", "tran"}), ("Do cap", {"do", "cap"}),
        ("Do in cap", {"do", "in", "cap"}),
        ("PV Tran 14", {"pv", "tran"}),
    ],
)  # fmt: skip
def test_a_figure_a_thing_or_a_short_form_beside_a_name_may_be_one(name, parts):
    assert parts <= called(name).parts.keys()


def test_a_long_text_is_read_in_no_time():
    text = f"{'will not '.title()}{' ' * 20000}{'No no ' * 20000}"
    assert left(text, "Will No", "No Minjun")
    for word in ("unknown ", "in ", "unknown in cap ", "tamil ", "IP ", "guest Guest "):
        assert left("Mary said", f"{word * 20000}Mary") == "[…] said"


@pytest.mark.parametrize("word", ["not", "no", "never", "without", "cannot"])
def test_what_denies_stays_whatever_a_name_is(word):
    for name in (f"{word} Ahmed", f"Will {word}", word, word.title()):
        text = f"She was {word} paid. {word.title()}. I asked Ahmed. {word.title()} said Will."
        assert left(text, name).lower().count(word) == 3


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("An", "An adult came. An ran.", ["An", "An"]),
        ("My, surname unknown", "My name was asked of my aunt", ["My"]),
        ("Do Van Can", "do they use the van? can they?", ["do", "van", "can"]),
        ("Minjun No", "No pay, no food for Minjun", ["Minjun"]),
        ("Would not say", "Would they say? She would not say", []),
        ("Young man", "Young men came", []),
        ("an unknown man", "An adult came", []),
        ("Mai, sex worker", "MAI WAS A SEX WORKER", ["MAI", "SEX", "WORKER"]),
    ],
)  # fmt: skip
def test_where_an_officer_decides_a_name_that_is_a_word_is_found_where_a_sentence_begins_too(name, text, found):
    assert [one.typed for one in occurrences(text, [Identifier("name", name)], is_wide=True)] == found
