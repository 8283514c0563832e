"""What is a handle of all that is typed of a service: a sign or a word that says so outranks towns and ordinary words."""

import pytest

from lodestar.referrals.rules.handles import handles_in


@pytest.mark.parametrize(
    ("contact", "handle"),
    [
        ("Facebook: Kimberley", "Kimberley"), ("Instagram: Chelsea", "Chelsea"), ("Facebook: Angus", "Angus"),
        ("Facebook: Denny", "Denny"), ("Facebook: Bargod", "Bargod"), ("@kimberley", "kimberley"), ("@secret", "secret"),
        ("Snap @private", "private"), ("Facebook: @Lincoln", "Lincoln"), ("@ chelsea.m", "chelsea.m"),
        ("Instagram handle: Newport", "Newport"), ("Instagram account: Newport", "Newport"), ("fb profile: Leeds", "Leeds"),
        ("insta id Shirley", "Shirley"), ("Facebook under Leeds", "Leeds"), ("Instagram username: secret", "secret"),
        ("Instagram handle: private", "private"), ("Facebook called Milton Keynes", "Milton Keynes"),
        ("Facebook: Community", "Community"), ("Snap: Angel Support", "Angel Support"),
        ("Facebook: Linh Service", "Linh Service"),
        ("Facebook: Lily Trust", "Lily Trust"), ("Facebook name Mai Nails Club", "Mai Nails Club"),
        ("Facebook name Mai Police", "Mai Police"), ("Facebook: Fine Girl", "Fine Girl"),
        ("insta account Good Girl", "Good Girl"),
    ],
)  # fmt: skip
def test_a_name_stays_one_where_a_town_or_a_body_is_called_so(contact, handle):
    assert list(handles_in(contact)) == [handle]


@pytest.mark.parametrize(
    "contact",
    [
        "Facebook: Leeds", "Facebook: Milton Keynes", "WhatsApp: Kent Police", "Facebook: Salvation Army", "Facebook: Unseen",
        "WhatsApp: Social Services", "Facebook: Support Team", "Instagram account: private", "Instagram: private", "Meet @Tesco",
        "CALL VIA LANGUAGE LINE: TIGRINYA", "HOT LINE: MODERN SLAVERY", "LAND LINE: BOSTON", "Language Line account Tigrinya",
        "HELP LINE: UNSEEN", "PHONE LINE: BOSTON",
        "Instagram account: mother", "WhatsApp handle: mother", "@church", "WhatsApp: Migrant Help",
    ],
)  # fmt: skip
def test_a_large_town_and_who_helps_is_no_handle(contact):
    assert list(handles_in(contact)) == []
