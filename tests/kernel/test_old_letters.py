"""Which old encoding a text is in: by the letters that make sense together, and with the doubt that there is."""

import pytest

from lodestar.kernel.old_letters import guess_of

NAMES = {
    "cp1252": ["José", "Zoë Müller", "Lefèvre", "Inês Gonçalves", "Søren Åberg", "Seán Ó Néill", "Jürgen Weiß", "Përparim",
               "Renée O’Brien", "café £5 – “x”"],
    "cp1250": ["Jiří", "Ioniţă", "Małgorzata", "Wójcik", "Ştefan Ţurcanu", "Łódź", "Kovač", "Šarić", "Dvořák", "Bălan",
               "Florenţa", "Agnieszka Dąbrowska", "Grzegorz Brzęczyszczykiewicz", "Kateřina", "Cătălin", "Őry Győr Szűcs",
               "Anđelka Kovačević"],
    "cp1254": ["Ayşe", "Yılmaz", "Çağrı", "Gülşen Öztürk"],
    "cp1251": ["Жанна", "Олена Шевченко", "Цой", "Светлана Иванова"],
    "cp1253": ["Γιώργος", "Νίκα"],
    "cp1255": ["שרה", "דוד כהן"],
    "cp1256": ["نور", "محمد علي"],
    "cp874": ["สมชาย", "ใจดี"],
    "cp1257": ["Jonas Kazlauskas Šarūnas", "Ģirts Bērziņš"],
    "iso8859_2": ["Šárka Šťastná Žofie", "Dąbrowska Świątek"],
    "koi8_r": ["Светлана Иванова"],
    "cp866": ["Светлана Иванова"],
    "gb18030": ["王小明", "陈静怡"],
    "big5": ["陳靜怡"],
    "cp932": ["田中太郎", "さくら"],
    "cp949": ["김민수", "박지영"],
    "mac_roman": ["José Ñúñez"],
    "cp850": ["José Ñúñez"],
    "cp852": ["Zofia Łęcka"],
}  # fmt: skip


@pytest.mark.parametrize(("encoding", "name"), [(encoding, name) for encoding, names in NAMES.items() for name in names])
def test_one_name_is_enough(encoding, name):
    data = f"name,age,narrative\r\n{name},16,The boss has his passport.\r\n".encode(encoding)
    guess = guess_of(data)
    assert data.decode(guess.name) == data.decode(encoding), guess


def test_where_letters_fit_two_it_is_told():
    guess = guess_of("name,age\nRūta,16\n".encode("cp1257"))
    assert guess.other
    assert guess.words
    sure = guess_of("name\nJiří Dvořák\nŽofie Šťastná\nŘehoř Kříž\n".encode("cp1250"))
    assert (sure.name, sure.other) == ("cp1250", "")
    assert sure.words == ("Jiří", "Dvořák", "Žofie")


def test_a_letter_cut_in_half_at_the_end_of_what_is_looked_at_is_no_fault():
    assert guess_of(("name\n" + "王小明\n" * 9).encode("gb18030") + b"\xcd").name == "gb18030"
