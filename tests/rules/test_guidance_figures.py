"""Every figure of a topic page is that of a dated list or a rule, or is named here with the source that it is read in."""

import re
import tomllib
from datetime import date, timedelta

from lodestar.casework.allocation.rules.ranking import AUTHORITY_HOURS
from lodestar.knowledge.library.models import Passage
from lodestar.knowledge.library.presenters.documents import passage_rows
from lodestar.knowledge.library.rules.documents import Fact, occurrences, stated
from lodestar.platform.obligations.ages import ADULT
from lodestar.platform.text.reference_lists import PACKAGE, reference_list

ROWS = reference_list("publishing", "superseded_facts").rows
FACTS = [Fact(row["code"], row["called"], tuple(row["says"]), row["replaced_by"], row["from_date"]) for row in ROWS]


def codes(text):
    return [fact.code for fact in stated(text, FACTS)]


def test_each_row_states_its_true_example_and_not_its_false_one():
    wrong = [row["code"] for row in ROWS if codes(row["states_it"]) != [row["code"]] or codes(row["does_not"])]
    assert wrong == []


def test_the_march_2020_guidance_is_marked_where_it_is_out_of_date_and_nowhere_else():
    texts = {
        "will receive a Recovery Period of at least 45\ncalendar days and will be able to receive support": ["recovery_45_days"],
        "as soon as possible after the 45-calendar day Recovery Period has ended": ["recovery_45_days"],
        "a Conclusive Grounds decision is made which will be at least 45 days.": ["recovery_45_days"],
        "will receive at least 45 calendar days of support during the move-on support period": [],
        "A timely assessment based on the needs of the child will then take place within 45 days": [],
        "calling 0300  303 8151": ["salvation_army_number"],
        "calling 0300 303 81519": [],
        "Complete an anonymous duty to notify (ms1) form": ["form_ms1"],
        "the Gangmasters Licensing Authority and the National Crime Agency": ["glaa_section_52"],
        "relevant partners including the police, GLAA, health services": [],
    }
    assert {text: codes(text) for text in texts} == texts


def test_a_page_marks_the_longest_phrase_and_says_what_holds_now():
    text = "Move-on: at least 45 days. A Recovery Period of at least 45\ndays. Send the MS 1 form."
    facts = [Fact("x", "form", ("MS 1", "MS 1 form"), "the online form", date(2020, 1, 1)), FACTS[1]]
    (page,) = passage_rows([Passage(number=0, heading="", text=text, stale=["x", FACTS[1].code])], facts)
    assert "".join(words for words, _ in page["parts"]) == text
    assert [words for words, is_marked in page["parts"] if is_marked] == ["Recovery Period of at least 45\ndays", "MS 1 form"]
    assert page["warnings"][0] == "Differs from the force’s confirmed form: the online form"
    assert occurrences(text, []) == []


TOPICS = sorted((PACKAGE / "knowledge" / "library" / "reference" / "topics").glob("*.md"))
# What is no figure: acts, sections, chapters; telephone numbers, which the facts hold; names.
NO_FIGURE = re.compile(
    r"Act (?:19|20)\d\d|[Ss](?:ections?|chedules?) \d+[A-Z]?(?:\(\d+\))?(?:(?:,| and| to) \d+[A-Z]?)*"
    r"|\b0\d{3,4}[\d ]{6,9}\d\b|[Cc]hapters? \d+|\bMS1\b|\bPIP[23]\b|\bPart \d+[A-Z]?"
)


def rows(code):
    return [row for row in reference_list("obligations", "obligations").rows if row["code"] == code]


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
    ("how-quickly-to-refer", f"aimed at within {RG} working days"),
    ("immigration", f"since {rows('explain_home_office_role')[-1]['from']:%B %Y}"),
    ("nrm-decisions", f"Decide by day {due('consider_reconsideration')['warn_days']}"),
    ("section-45-record", f"before {day(list_begins('section45', 'trigger_list'))}"),
    ("telling-the-person", f"its {due('consider_reconsideration')['days']} days"),
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
    ("after-the-referral", "until about day 30", "statutory guidance (March 2020) 14.244"),
    ("age-in-doubt", "under 10", "Children and Young Persons Act 1933 section 50"),
    ("missed-steps", "within 72 hours of the force becoming aware", "Data Protection Act 2018 section 67"),
    ("police-protection", "72 hours at most", "Children Act 1989 section 46(6)"),
    ("police-protection", "within 24 hours", "statutory guidance (March 2020) 9.15"),
    ("child-referral", "The first 24 hours carry the greatest risk", "First Responder Toolkit (April 2026) section 8"),
    ("nrm-decisions", "(R v Brecani, 2021)", "R v Brecani [2021] EWCA Crim 731: the year of a judgment"),
    ("place-of-safety", "the Salvation Army's 24-hour line", "First Responder Toolkit (April 2026) section 8: at any hour"),
    ("turning-eighteen", "Since 13 February 2026 the answer may be spoken", "Home Office form's guidance, February 2026"),
]


def body(page):
    path = PACKAGE / "knowledge" / "library" / "reference" / "topics" / f"{page}.md"
    return " ".join(path.read_text().split("+++\n")[2].split())


def test_a_figure_is_that_of_the_dated_lists_or_is_named_here_with_its_source():
    assert [(page, words) for page, words, *_ in [*HELD, *NAMED] if words not in body(page)] == []
    assert next(fact.from_date for fact in FACTS if fact.code == "recovery_45_days") == OLD["to"] + timedelta(1)


def figures_of_steps():
    """Of each page the times of the obligations that it is shown beside."""
    figures = {}
    for row in reference_list("search", "step_topics").rows:
        times = {number for place in rows(row["code"]) for number in re.findall(r"\d+", str(place.get("due")))}
        for topic, _ in row["sections"]:
            figures.setdefault(topic, set()).update(times)
    return figures


def test_no_other_figure_stands_on_a_page():
    left, of_steps = [], figures_of_steps()
    for path in TOPICS:
        text = NO_FIGURE.sub(lambda match: "_" * len(match[0]), body(path.stem))
        for page, words, *_ in [*HELD, *NAMED]:
            if page == path.stem:
                text = text.replace(words, "_" * len(words))
        text = text.replace(f"under {ADULT}", "_")
        times = of_steps.get(path.stem, set())
        left += [
            (path.stem, text[max(0, match.start() - 50) : match.end() + 20])
            for match in re.finditer(r"(\d+)( (?:working )?(?:hours?|days?)\b)?", text)
            if not (match[2] and match[1] in times)
        ]
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
