"""How long what is recorded about a person is kept before somebody looks at it, and what stands against letting it go; how long
what lies beside people is kept; the clock of a breach; what somebody asks about themselves.

No period here is certain: the code of practice that followed MoPI was to be had in excerpts alone. Each is a dated setting of
the force, marked as unconfirmed (`platform/obligations/reference/settings.toml`).

Breaches: Data Protection Act 2018 sections 67 and 68 (law-enforcement processing); articles 33 and 34 of the UK GDPR say the
same of support data. Requests: its sections 45 to 54: a month from the latest of receipt and proof of who asks. The Data (Use
and Access) Act 2025 section 76 changed time limits from 5 February 2026; its words were not to be had, so the month is
unconfirmed, and it may have changed what is around breaches. What may be withheld is section 45(4), in our words and
unconfirmed; what is not put right, erased or restricted needs its reason (sections 46 to 48).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lodestar.platform.time.days import add_months

CATEGORIES = ("victim", "suspect", "witness", "other")
OF_ROLES = {"possible_victim": "victim", "suspect": "suspect", "exploiter": "suspect", "witness": "witness"}
NOT_A_VICTIM = "none"  # no reasonable grounds recorded yet: the shortest period, and nothing marks the person
HELD_FOR = ("investigation", "prosecution", "appeal", "complaint", "inquiry")
KEPT_FOR = ("necessary", "risk", "proceedings", "civil_claim", "they_ask")
LET_GO_FOR = ("period_over", "recorded_wrongly", "they_ask")
LONGEST_KEPT = 120  # months: what is kept is looked at again after ten years at the latest


def categories_of(category: str, roles: Iterable[str]) -> tuple[str, ...]:
    """The categories of the Data Protection Act 2018 section 38(3) in which somebody stands in a case, in a fixed order.

    A person is what somebody said they are, and all that their roles say: a possible victim who is suspected of an offence
    is both, and is looked at twice.
    """
    categories = {OF_ROLES[role] for role in roles if role in OF_ROLES}
    if category != "other" or not categories:
        categories.add(category)
    return tuple(code for code in CATEGORIES if code in categories)


def setting_of(category: str, belief: str) -> str:
    """The setting that holds the period of a category, in months."""
    if category == "victim" and belief == NOT_A_VICTIM:
        return "keep_no_grounds_months"
    return f"keep_{category}_months"


def review_on(
    category: str, belief: str, last_contact: date, settings: Mapping[str, str | int], kept_until: date | None = None
) -> date:
    """The day on which it is to be looked at whether this is still needed. A new contact begins the period anew; what a
    reviewer kept longer is looked at on the day they named."""
    due = add_months(last_contact, int(settings[setting_of(category, belief)]))
    return max(due, kept_until) if kept_until else due


class CodedRefusal(ValueError):
    """Something cannot be done; `codes` say why."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


@dataclass(frozen=True)
class ErasureFacts:
    """What is known of a person when somebody wants to let them go. `due` are the review days by category."""

    due: Mapping[str, date]
    holds: Sequence[str] = ()
    waits_for_answer: bool = False  # a referral on which the competent authority has not decided
    has_asked: bool = False  # it is certain that they, and nobody in their name, ask to be let go (`is_known`)


def against(erasure_facts: ErasureFacts, today: date, reason: str) -> tuple[str, ...]:
    """The codes of what stands against letting somebody go; empty where nothing does.

    A legal hold beats everything. The period must be over in every category, or they were recorded wrongly, or ask for it:
    which a letter does not show. It needs their request, with what makes it certain.
    """
    codes = ["hold"] if erasure_facts.holds else []
    if erasure_facts.waits_for_answer:
        codes.append("waits")
    if reason == "they_ask" and not erasure_facts.has_asked:
        codes.append("not_asked")
    if reason == "period_over":
        codes += [f"not_yet_{category}" for category, day in erasure_facts.due.items() if day > today]
    return tuple(codes)


def latest_keep(today: date) -> date:
    """The last day until which a reviewer can keep something before it is looked at again."""
    return add_months(today, LONGEST_KEPT)


# --- what lies beside people ---------------------------------------------------------------------------------------------
# Earlier records of other systems, likenesses that nobody took for one human, what somebody typed and never sent, stored files to
# which nothing refers. Nobody has to review these: they are copies, guesses and remains.

MONTHS = {"earlier": "keep_earlier_months", "likeness": "keep_likeness_months", "request": "keep_request_months"}
DAYS = {"draft": "keep_draft_days", "file": "keep_file_days"}
MARKED = "keep_let_go_months"


def last_day(kind: str, last: date, settings: Mapping[str, str | int]) -> date:
    """The last day on which something that came in or was changed last on `last` is kept."""
    if kind in MONTHS:
        return add_months(last, int(settings[MONTHS[kind]]))
    return last + timedelta(days=int(settings[DAYS[kind]]))


def latest(kind: str, today: date, settings: Mapping[str, str | int]) -> date:
    """The latest day on which one of them can have been changed last that goes today: for a query that looks for them."""
    day = today
    while last_day(kind, day, settings) >= today:
        day -= timedelta(days=1)
    return day


# --- breaches --------------------------------------------------------------------------------------------------------

HOURS = timedelta(hours=72)  # after the controller became aware: section 67(1)
BREACHES = ("lost", "shown", "destroyed", "changed", "not_there")
TO_COMMISSIONER = ("commissioner_told", "commissioner_not_told")
TO_PEOPLE = ("people_told", "people_not_told")
BREACH_STEPS = (*TO_COMMISSIONER, *TO_PEOPLE, "put_right", "closed")
BREACH_SAYS_WHY = ("commissioner_not_told", "people_not_told", "put_right")  # words are asked for


@dataclass(frozen=True)
class BreachStatus:
    """Where a breach stands: by when the Commissioner is told, and what is still to be answered, by code."""

    tell_by: datetime
    open: tuple[str, ...]
    is_closed: bool
    told_late: bool


def tell_by(aware_at: datetime) -> datetime:
    """By when the Commissioner is told: 72 hours, of every day of the week."""
    return aware_at + HOURS


def needs_delay(aware_at: datetime, kind: str, at: datetime) -> bool:
    """Whether the reasons for the delay have to be said."""
    return kind == "commissioner_told" and at > tell_by(aware_at)


def breach_status(aware_at: datetime, steps: Iterable[tuple[str, datetime]]) -> BreachStatus:
    """Where a breach stands, of the steps by kind and time. It is closed by saying so, once nothing is open."""
    done = list(steps)
    kinds = {kind for kind, _ in done}
    wanted = {"commissioner": TO_COMMISSIONER, "people": TO_PEOPLE, "put_right": ("put_right",)}
    still = [code for code, answers in wanted.items() if not kinds & set(answers)]
    late = any(needs_delay(aware_at, kind, at) for kind, at in done)
    return BreachStatus(tell_by(aware_at), tuple(still), "closed" in kinds, late)


# --- what people ask about themselves --------------------------------------------------------------------------------

REQUESTS = ("copy", "put_right", "erase", "restrict")
CAME = ("themselves", "letter", "agent", "relative")
REQUEST_STEPS = ("identity", "alone", "searched", "reviewed", "answered", "refused", "withdrawn")
REQUEST_ENDS = ("answered", "refused", "withdrawn")
REQUEST_SAYS_WHY = ("searched", "refused")  # words are asked for: by what it was looked for, why not
NEVER = ("address", "support", "others")  # what never goes out to anybody who asks, whoever they say they are
KNOWN = ("identity", "alone")  # what has to be certain before anything is looked for
VERDICTS = ("they", "other", "unsure")  # what whoever has a case says of somebody in it
EXEMPT = ("inquiry", "crime", "public_security", "national_security", "others")  # section 45(4)
CARRIED = ("done", "not")


@dataclass(frozen=True)
class RequestStatus:
    """Where a request stands: by when it is answered, what has to come before an answer, by code, and how much of what was
    found is still open."""

    due_on: date
    before_answer: tuple[str, ...]
    is_over: bool
    waits: int = 0


def needs_alone(came: str) -> bool:
    """Whether the person has to say, alone, that they ask: a letter may be dictated, an agent may be the exploiter's, a
    relative may be who she fled from."""
    return came != "themselves"


def request_status(came: str, received_on: date, steps: Iterable[tuple[str, date]], waits: int = 0) -> RequestStatus:
    """Where a request stands, of the steps by kind and day. `waits`: how much of what was found is open."""
    done = dict(sorted(steps, key=lambda step: step[1]))
    wanted = ["identity", *(["alone"] if needs_alone(came) else []), "searched", "reviewed"]
    begins = max(received_on, done.get("identity", received_on), done.get("alone", received_on))
    missing = tuple(code for code in wanted if code not in done)
    return RequestStatus(add_months(begins, 1), missing, bool(set(done) & set(REQUEST_ENDS)), waits)


def against_step(kind: str, stand: RequestStatus, ticked: Iterable[str], says_why: bool = False) -> tuple[str, ...]:
    """What stands against recording a step, by code: nothing is looked for before it is certain who asks, nothing is answered
    before what comes first or, without a reason, while something found is open; and what was redacted is looked through for the
    three things that never go out."""
    codes: list[str] = []
    if stand.is_over:
        codes.append("over")
    if kind == "searched":
        codes += [code for code in stand.before_answer if code in KNOWN]
    if kind == "answered":
        codes += stand.before_answer
        if stand.waits and not says_why:
            codes.append("open")
    if kind == "reviewed":
        codes += [f"left_{code}" for code in NEVER if code not in set(ticked)]
    return tuple(codes)


def is_known(came: str, steps: Collection[str]) -> bool:
    """Whether it is certain who asks, and that they ask it themselves and alone: only then something is done for them that
    cannot be undone."""
    return "identity" in steps and ("alone" in steps or not needs_alone(came)) and not {"refused", "withdrawn"} & set(steps)


@dataclass(frozen=True)
class TaskVerdict:
    """What whoever has a case says: whether it is they; what may be given; what is withheld, and why; which of the three things
    were looked for and taken out; whether what they ask was done."""

    verdict: str
    gives: str = ""
    withheld: Collection[str] = ()
    because: str = ""
    ticked: Collection[str] = ()
    carried: str = ""


def review_against(kind: str, task_verdict: TaskVerdict) -> tuple[str, ...]:
    """What is missing of a review, by code, of a request of this kind."""
    if task_verdict.verdict not in VERDICTS:
        return ("verdict",)
    codes: list[str] = []
    if task_verdict.verdict == "unsure" and not task_verdict.because:
        codes.append("because")
    if task_verdict.verdict == "they":
        if kind == "copy" and not (task_verdict.gives or task_verdict.withheld):
            codes.append("gives")
        if kind != "copy" and task_verdict.carried not in CARRIED:
            codes.append("carried")
        if (
            task_verdict.withheld or task_verdict.carried == "not" or (kind == "restrict" and task_verdict.carried)
        ) and not task_verdict.because:
            codes.append("because")
        if task_verdict.gives and set(NEVER) - set(task_verdict.ticked):
            codes.append("ticked")
    return tuple(codes)
