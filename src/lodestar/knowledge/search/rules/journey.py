"""The steps of the journey, each with its topics and what is asked of the library for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step: its code, which stands in an address, what it is called, its topics, and the words that find its passages."""

    code: str
    title: str
    topics: tuple[str, ...]
    ask: str


STEPS = (
    Step("first-hour", "The first hour", ("safety", "first hour"), "possible victim first contact immediate safety basic needs"),
    Step("interpreters", "Seeing them alone, with an interpreter", ("interpreters",), "independent interpreter speak alone"),
    Step(
        "children", "A child, or someone who may be one", ("children", "age"), "child victim referral age assessment presumption"
    ),
    Step(
        "county-lines",
        "Drugs, debt and county lines",
        ("county lines",),
        "child criminal exploitation county lines debt bondage drugs",
    ),
    Step(
        "custody",
        "Custody, and someone who may be made to do it",
        ("custody", "section 45"),
        "custody suspect victim section 45 defence",
    ),
    Step("consent", "Asking an adult about referral", ("consent",), "adult consent national referral mechanism informed explain"),
    Step("duty-to-notify", "When an adult says no", ("duty to notify",), "duty to notify adult does not consent"),
    Step("nrm", "Referral", ("NRM", "referral quality"), "national referral mechanism referral form first responder"),
    Step(
        "investigation",
        "Recording the crime and investigating",
        ("investigation", "crime recording"),
        "investigate modern slavery crime recording",
    ),
    Step("support", "Support after referral", ("support", "victims' code"), "victim support recovery period accommodation"),
    Step(
        "decisions",
        "Decisions and reconsideration",
        ("decisions",),
        "reasonable grounds conclusive grounds decision reconsideration",
    ),
    Step("immigration", "Immigration questions", ("immigration",), "immigration status victim leave to remain"),
)
