"""Who is immigration by name, whatever purpose is chosen; and whose names only hold such words."""

import time
from datetime import date

from lodestar.casework.disclosures.rules import names_immigration, use_in_effect
from tests.offenders import each

DAY = date(2026, 11, 27)


@each(
    "recipient",
    [
        "Home Office Immigration Enforcement", "HOME OFFICE IMMIGRATION", "CIO Blythe, immigration-enforcement@homeoffice.gov.uk",
        "Immigration", "An immigration officer", "Border Force, Eastfleet", "border-force", "UK Visas and Immigration",
        "UK Visas & Immigration", "UKVI", "U.K.V.I.", "U K V I", "UKBA", "Eastfleet ICE team", "ICE", "the ice officers",
        "Imigration Enforcement", "UK V&I", "UK V & I", "i.c.e. team", "i.c.e., Eastfleet", "Heathrow IRC",
        "Yarl's Wood IRC", "Immigrations Enforcement",
        "Foreign National Offender Returns", "FNORC", "fnorc", "Home Office (IE)", "NRPC", "Removals team, Eastfleet",
        "Children's services removal team; Border Force",
        "Yarl's Wood immigration removal centre", "Home Office removals team", "National Command and Control Unit",
        "Immigration Enforcement Competent Authority and Immigration Enforcement, Eastfleet", "IECA; ICE team", "Op Nexus desk",
        "IMMIGRATION\u00a0ENFORCEMENT", "\uff29\uff2d\uff2d\uff29\uff27\uff32\uff21\uff34\uff29\uff2f\uff2e",
        "Immigration adviser, Border Force", "Home Office Immigration Law Enforcement", "Immigration law enforcement team",
        "Home Office immigration legal proceedings unit", "Immigration and asylum team", "Immigration detainees, Home Office",
        "Immigration detainee escorting", "Bail for Immigration Detainees; Immigration Enforcement", "Immigration and asylum",
    ],
)  # fmt: skip
def test_immigration_is_known_by_its_name(recipient: str) -> None:
    assert names_immigration(recipient, DAY)
    assert use_in_effect("investigation", recipient, DAY) == "immigration"


@each(
    "recipient",
    [
        "Immigration Enforcement Competent Authority", "IECA", "The IECA, M. Ode", "Single Competent Authority", "SCA",
        "Home Office", "Home Office, NRM team", "Salvation Army", "Fen House, Ms Ray", "A qualified immigration adviser",
        "Rowe & Sons, immigration solicitors", "First-tier Tribunal (Immigration and Asylum Chamber)",
        "Office of the Immigration Services Commissioner", "Immigration Advice Authority", "Migrant Help", "Dr Ice", "Police",
        "Nice team at Fen House", "Smith Removals Ltd", "Her mother (ICE contact)", "IOM, Organization for Migration", "", "|",
        "Bail for Immigration Detainees (BID)", "Association of Visitors to Immigration Detainees", "Fen immigration law firm",
        "Immigration Detainee Support, Red Cross", "Fenmarch immigration & asylum law centre", "Immigration legal advice",
        "children's services removal team", "Furniture removals team", "First-tier Tribunal (Immigration & Asylum)",
        "International Rescue Committee (IRC)", "Irc Smith", "Mice team", "Home Office, Ian Jones",
        "Immigration and asylum solicitor, Shelter", "Immigration Law Practitioners' Association", "Fen Immigration Aid Unit",
        "Fenmarch immigration legal centre", "Immigration Law Centre", "Immigration and asylum advisers, Migrant Help",
    ],
)  # fmt: skip
def test_whoever_decides_on_referrals_advises_or_has_another_name_is_not(recipient: str) -> None:
    assert not names_immigration(recipient, DAY)
    assert use_in_effect("support", recipient, DAY) == "support"


def test_a_name_that_is_taken_off_joins_nothing_around_it() -> None:
    assert not names_immigration("border IECA force", DAY)


def test_a_long_name_takes_no_time() -> None:
    begun = time.process_time()
    assert not names_immigration("immigration adviser " * 2_000, DAY)
    assert time.process_time() - begun < 5
