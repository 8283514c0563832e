"""The seven lines as a constable says them aloud. What is owed, and on what authority, stands in the list of obligations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """One line. `words` is the label of its box, `page` the name of the page that answers it instead of a tap.

    `heading_one` is the heading when it is about one person, with their name in it.
    """

    heading: str
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
        heading="Deal with danger",
        text="Part them from anyone who may control them, and stay until somebody takes over. For a child in danger use"
        " police protection.",
        words="Who stays with them",
        ring="emergency",
        short=True,
    ),
    "medical_and_basic_care_first": Wording(
        heading="Hurt, ill, cold, hungry or worn out",
        text="See to that first, before any interview. Emergency care is for everyone, whatever their status.",
        words="What was given, or who was called",
        short=True,
    ),
    "see_alone_with_independent_interpreter": Wording(
        heading="Speak to each of them alone",
        heading_one="Speak to {name} alone",
        text="If they need an interpreter, one who came with nobody. Never a companion, colleague or relative.",
        words="Interpreter’s job number",
        hint="Or leave it blank if none was needed",
        ring="interpreters",
        short=True,
    ),
    "establish_age": Wording(
        heading="Find out how old they may be",
        heading_one="Find out how old {name} may be",
        text="Ask, look, check records. As soon as somebody says they may be a child, they are treated as one.",
        page="person-age",
    ),
    "tell_childrens_services_now": Wording(
        heading="Ring children’s services now",
        text="Give your name. Do not wait for certainty or for a form.",
        words="Who you spoke to",
        is_told=True,
        ring="childrens_services",
        short=True,
    ),
    "safe_place": Wording(
        heading="Decide where they sleep tonight",
        text="Well away from the people who used them. It depends on no form and no answer.",
        words="Who has them tonight",
        hint="Like “police protection, PC Ferreira stays”. No address here: it has a page of its own.",
        ring="duty_sergeant",
    ),
    "section45_first_question": Wording(
        heading="Could someone be making them do this?",
        text="Or profiting from it. Ask yourself once, for all offences together, for each of them. This is section 45"
        " of the Modern Slavery Act 2015. It takes one tap and a few words.",
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
