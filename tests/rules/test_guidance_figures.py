"""Every figure of a topic page is that of a dated list or a rule, or is named here with the source that it is read in."""

import re
import tomllib
from datetime import date, timedelta

from lodestar.guidance.rules.superseded import stated
from lodestar.investigations.rules.policies import AUTHORITY_HOURS
from lodestar.kernel.person_age import ADULT
from lodestar.kernel.reference_lists import PACKAGE, reference_list
from tests.rules.test_guidance_superseded import FACTS

TOPICS = sorted((PACKAGE / "guidance" / "reference" / "topics").glob("*.md"))
# What is no figure: acts, sections, chapters; telephone numbers, which test_guidance_superseded.py holds; names.
NO_FIGURE = re.compile(
    r"Act (?:19|20)\d\d|[Ss](?:ections?|chedules?) \d+[A-Z]?(?:\(\d+\))?(?:(?:,| and| to) \d+[A-Z]?)*"
    r"|\b0\d{3,4}[\d ]{6,9}\d\b|[Cc]hapters? \d+|\bMS1\b|\bPIP2\b"
)


def rows(code):
    return [row for row in reference_list("cases", "obligations").rows if row["code"] == code]


def due(code, place=-1):
    return rows(code)[place]["due"]


def day(value: date) -> str:
    return f"{value:%-d %B %Y}"


def contact(code):
    return next(row["number"] for row in reference_list("reference", "contacts").rows if row["code"] == code)


def list_begins(app, name):
    return min(row["from"] for row in reference_list(app, name).rows)


RG, NOTIFY = due("watch_reasonable_grounds_decision")["working_days"], rows("notify_home_office_without_identity")[-1]
RECOVERY = due("recovery_period_minimum")["days"]
OLD = rows("recovery_period_minimum")[0]
AGAIN = "{}, {} and {} days".format(*due("offer_again_later")["days_each"])
HELD = [  # page, its words with the figure as the dated lists and the rules have it
    ("adult-says-no", f"Lodestar brings the offer back after {AGAIN}"),
    ("child-referral", f"Everyone under {ADULT} is referred"),
    ("child-referral", f"may be under {ADULT}"),
    ("duty-to-notify", f"the force asks for {NOTIFY['due']['hours']} hours"),
    ("duty-to-notify", f"Nobody first met before {day(NOTIFY['from'])} falls under the duty"),
    ("duty-to-notify", f"## Before {NOTIFY['from']:%B %Y}"),
    ("first-hour", f"treat it as an emergency: {contact('emergency')}"),
    ("nrm-decisions", f"Asked within {RG} working days"),
    ("nrm-decisions", f"After at least {RECOVERY} days"),
    ("nrm-decisions", "Since {:%B %Y} the limit is taken as {} days".format(
        rows("consider_reconsideration")[-1]["from"], due("consider_reconsideration")["days"])),
    ("nrm-in-short", f"decision within {RG} working days"),
    ("nrm-in-short", f"at least {RECOVERY} days"),
    ("recording-the-crime", f"recorded within {due('record_crime')['hours']} hours"),
    ("recording-the-crime", f"with reasons, for {AUTHORITY_HOURS} hours"),
    ("section-45-adult", f"on or after {day(list_begins('section45', 'trigger_list'))}"),
    ("section-45-child", f"someone under {ADULT} at the time of the act"),
    ("support-after-referral", f"At least {RECOVERY} days from a positive"),
    ("support-after-referral", f"Before {day(OLD['to'] + timedelta(1))} it was {OLD['due']['days']} days"),
    ("support-after-referral", f"goes on for at least {due('plan_before_support_ends')['if_positive']['days']} days"),
    ("turning-eighteen", f"# Turning {ADULT} while"),
    ("turning-eighteen", f"Whoever turns {ADULT} before"),
    ("turning-eighteen", f"what happened before {ADULT}."),
    ("turning-eighteen", f"Begin to prepare {-due('turning_18_consent')['days']} days before the birthday"),
    ("victims-rights", f"Told within {due('victim_update')['working_days']} working day when"),
    ("victims-rights", f"victim services within {due('refer_victim_services')['working_days']} working days"),
]  # fmt: skip
NAMED = [  # page, its words, and where they stand: no dated list has a counterpart
    ("child-referral", "The first 24 hours carry the greatest risk", "First Responder Toolkit (April 2026) section 8"),
    ("nrm-decisions", "(R v Brecani, 2021)", "R v Brecani [2021] EWCA Crim 731: the year of a judgment"),
    ("place-of-safety", "the Salvation Army's 24-hour line", "First Responder Toolkit (April 2026) section 8: at any hour"),
    ("turning-eighteen", "Since 13 February 2026 the answer may be spoken", "Home Office form's guidance, February 2026"),
]


def body(page):
    path = PACKAGE / "guidance" / "reference" / "topics" / f"{page}.md"
    return " ".join(path.read_text().split("+++\n")[2].split())


def test_a_figure_is_that_of_the_dated_lists_or_is_named_here_with_its_source():
    assert [(page, words) for page, words, *_ in [*HELD, *NAMED] if words not in body(page)] == []


def test_no_other_figure_stands_on_a_page():
    left = []
    for path in TOPICS:
        text = NO_FIGURE.sub(lambda match: "_" * len(match[0]), body(path.stem))
        for page, words, *_ in [*HELD, *NAMED]:
            if page == path.stem:
                text = text.replace(words, "_" * len(words))
        left += [(path.stem, text[max(0, match.start() - 50) : match.end() + 20]) for match in re.finditer(r"\d+", text)]
    assert left == []


def test_a_page_says_where_it_is_from_and_when_is_short_and_gives_no_order():
    kinds = {row["code"] for row in reference_list("reference", "exploitation_types").rows}
    numbers = {re.sub(r"\D", "", row.get("number", "")) for row in reference_list("reference", "contacts").rows}
    wrong = []
    for path in TOPICS:
        head, text = tomllib.loads(path.read_text().split("+++\n")[1]), path.read_text().split("+++\n")[2]
        rung = {re.sub(r"\D", "", number) for number in re.findall(r"\b0\d{3,4}[\d ]{6,9}\d\b", text)}
        rules = {
            "head": head["title"] and head["sources"] and head["date"] < head["review_by"],
            "kinds": set(head["exploitation"]) <= kinds,
            "length": len(text.split()) < 320,
            "arrest": not re.search(r"\barrest", text, re.IGNORECASE),
            "superseded": {fact.code for fact in stated(text, FACTS)} <= {"form_ms1"},
            "section 45": all("Act 20" in part for part in text.split("\n\n") if re.search(r"section 45\b", part)),
            "numbers": rung <= numbers,
        }
        wrong += [(path.stem, rule) for rule, is_kept in rules.items() if not is_kept]
    assert wrong == []
