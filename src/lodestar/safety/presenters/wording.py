"""The seven lines as a constable says them aloud. Their titles and their authority are in the list of obligations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """One line. `words` is the label of its box, `page` the name of the page that answers it instead of a tap.

    `heading_one` is the title when it is about one person, with their name in it.
    """

    text: str
    heading_one: str = ""
    words: str = ""
    hint: str = ""
    is_told: bool = False  # the box names who was spoken to
    ring: str = ""
    page: str = ""
    short: bool = False  # a box of a name's width


WORDINGS: dict[str, Wording] = {
    "make_safe": Wording(
        text="Deal with danger first. Separate them from anyone who may control them, and stay until someone takes over."
        " Use police protection for a child in danger.",
        words="Who stays with them",
        ring="emergency",
        short=True,
    ),
    "medical_and_basic_care_first": Wording(
        text="If they are hurt, ill, cold, hungry or exhausted, deal with that before any interview. Emergency care is for"
        " everyone, whatever their status.",
        words="Care given, or who you called",
        short=True,
    ),
    "see_alone_with_independent_interpreter": Wording(
        heading_one="Speak to {name} alone through an independent interpreter",
        text="If they need an interpreter, use an independent one. Never a companion, colleague or relative, or anyone else"
        " who came with them.",
        words="Interpreter’s job number",
        hint="Or leave it blank if none was needed",
        ring="interpreters",
        short=True,
    ),
    "establish_age": Wording(
        heading_one="Find out how old {name} may be",
        text="Ask, look and check records. Treat them as a child once anything suggests, or anyone says, they may be under"
        " 18.",
        page="person-age",
    ),
    "tell_childrens_services_now": Wording(
        text="Give your name. Do not wait to be certain or to fill in a form.",
        words="Who you spoke to",
        is_told=True,
        ring="childrens_services",
        short=True,
    ),
    "safe_place": Wording(
        text="Well away from the exploiter and their associates. Do not make this depend on any form or answer.",
        words="Who has them tonight",
        hint="Like “police protection, PC Ferreira stays”. Do not put an address here: it has its own page.",
        ring="duty_sergeant",
    ),
    "section45_first_question": Wording(
        text="Could someone be making them do this, or profiting from it? Answer once for each person, covering all"
        " offences. Tap an answer and add a few words why.",
        page="person-section45-question",
    ),
}

# With which role something is now, as a sentence names it.
WITH = {
    "frontline": "with the officer",
    "supervisor": "with the duty supervisor",
    "coordinator": "with the coordinator",
    "custody": "with custody",
    "investigator": "with the investigator",
}
OTHERS = "with others"
