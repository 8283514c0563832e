"""When professional standards is alerted to what somebody looked at: their own name, address or colleague, many people in a
night, emergency access that was refused, things taken along before they leave. Pure: from rows of the log, names, and the
force's numbers.

An alert says that somebody should ask, never that anything was wrong. Police staff meet people who share their name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lodestar.platform.text.sorting import NO_NAME, sort_key
from lodestar.platform.time.days import LONDON, london_date

OWN_NAME, COLLEAGUE, NIGHT, LEAVING, EMERGENCY = "own_name", "colleague", "night", "leaving", "emergency"
ADDRESS, DAY, REFUSED_LOOKS = "address", "day", "refused"
# How colleagues are called before their names. A person met is never named by them.
RANKS = frozenset(
    {
        "pc", "ps", "pcso", "sgt", "sergeant", "dc", "ds", "di", "dci", "dsupt", "dcs", "insp", "inspector", "ch", "chief",
        "supt", "superintendent", "t", "a", "tdc", "tsgt", "asgt", "ainsp", "mr", "mrs", "ms", "miss", "dr", "prof",
    }
)  # fmt: skip
NIGHT_BEGINS, NIGHT_ENDS = 22, 6  # by the clocks of London
SHORTEST = 3  # letters of a family name that is compared by itself: shorter ones are anybody's
SEARCH = "search"  # what tells a name typed into the search box from a page of that name that was opened
REFUSED = "refused"  # what tells tries of emergency access that were shown nothing from those that opened a case


Asked = tuple[str, datetime, str, frozenset[str]]  # who asked, when, for what, and whom they were shown


@dataclass(frozen=True)
class Look:
    """One row of the log in which somebody was shown people, or wrote them down: who, when, whom, and whether as a list. `case`
    is the case on whose page they stood, if it was one."""

    by: str
    at: datetime
    people: frozenset[str]
    is_list: bool = False
    is_written: bool = False
    case: str = ""


@dataclass(frozen=True)
class Raised:
    """An alert: of which kind, about whom, on which day, with what it counts. `subject` tells two of one day apart."""

    kind: str
    about: str
    day: date
    number: int
    subject: str = ""
    people: frozenset[str] = frozenset()


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: without accents, capitals and ranks."""
    filed = sort_key(name).partition("\t")[0]
    return tuple(word for word in filed.split() if word not in RANKS and word != NO_NAME)


def night_of(at: datetime) -> date | None:
    """The day on which the night began that `at` lies in, by London's clocks; None by day."""
    local = at.astimezone(LONDON)
    if NIGHT_ENDS <= local.hour < NIGHT_BEGINS:
        return None
    return local.date() if local.hour >= NIGHT_BEGINS else local.date() - timedelta(days=1)


def many_in_a_night(looks: Iterable[Look], *, opened: int, listed: int) -> list[Raised]:
    """Whoever opened more than `opened` different people's pages in one night, or was shown more than `listed` in lists.

    A page of a case shows all of its people, whoever one came for: with several it is one page that was opened, and they were
    shown in a list. One house with fifty people is the work of a night; fifty cases are fifty.
    """
    seen: dict[tuple[str, date, bool], set[str]] = defaultdict(set)
    for look in looks:
        night = night_of(look.at)
        if night is None or look.is_written:
            continue
        is_many = look.case != "" and len(look.people) > 1
        if look.is_list or is_many:
            seen[look.by, night, True] |= look.people
        if not look.is_list:
            seen[look.by, night, False] |= {look.case} if is_many else look.people
    limits = {False: opened, True: listed}
    alerts = [
        Raised(NIGHT, by, night, len(people), "lists" if is_list else "pages")
        for (by, night, is_list), people in seen.items()
        if len(people) > limits[is_list]
    ]
    return sorted(alerts, key=lambda alert: (alert.day, alert.about, alert.subject))


def many_in_a_day(looks: Iterable[Look], *, opened: int) -> list[Raised]:
    """Whoever opened more than `opened` different people's pages on one day, outside its nights; a page of a case is one page, as
    by night."""
    seen: dict[tuple[str, date], set[str]] = defaultdict(set)
    for look in looks:
        if night_of(look.at) is None and not look.is_list and not look.is_written:
            seen[look.by, london_date(look.at)] |= {look.case} if look.case and len(look.people) > 1 else look.people
    return [Raised(DAY, by, day, len(pages)) for (by, day), pages in sorted(seen.items()) if len(pages) > opened]


def many_refused(tries: Iterable[Asked], *, most: int) -> list[Raised]:
    """Whoever asked within an hour for more than `most` different things that are not there or not theirs: users with instants
    and what they asked for. One alert a person and day, with the most of any hour; what is there and what is not count alike."""
    of_user: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for by, at, asked, _ in tries:
        of_user[by].append((at, asked))
    alerts: dict[tuple[str, date], Raised] = {}
    for by, asked_for in sorted(of_user.items()):
        asked_for.sort()
        first, within_hour = 0, Counter[str]()
        for at, asked in asked_for:
            within_hour[asked] += 1
            while at - asked_for[first][0] > timedelta(hours=1):
                within_hour -= Counter([asked_for[first][1]])
                first += 1
            key = (by, london_date(at))
            if len(within_hour) > max(most, alerts[key].number if key in alerts else 0):
                alerts[key] = Raised(REFUSED_LOOKS, by, key[1], len(within_hour))
    return list(alerts.values())


def names_looked_up(looks: Iterable[Look], *, staff: Mapping[str, str], people: Mapping[str, str]) -> list[Raised]:
    """Whoever opened the page of a person, or of a case in which one stands, with their own family name or their own whole
    name, however short, or with the whole name of a colleague.

    `staff` are names by user, `people` names by person; whoever has none in them is compared with nobody.
    """
    own = {user: words_of(name) for user, name in staff.items()}
    whole: dict[frozenset[str], set[str]] = defaultdict(set)
    for user, words in own.items():
        if len(words) > 1:
            whole[frozenset(words)].add(user)
    alerts: dict[tuple[str, str, str], Raised] = {}
    for look in looks:
        if look.is_list or look.is_written:
            continue
        for person in sorted(look.people):
            kind = _kind(look.by, words_of(people.get(person, "")), own.get(look.by, ()), whole)
            if kind:
                day = london_date(look.at)
                alerts.setdefault((kind, look.by, person), Raised(kind, look.by, day, 1, person, frozenset({person})))
    return sorted(alerts.values(), key=lambda alert: (alert.day, alert.about, alert.kind, alert.subject))


def own_name_searched(searches: Iterable[Asked]) -> list[Raised]:
    """Whoever typed their own name into the search box: users with instants and whom they were shown. One alert a person and day,
    with how often, also where they were shown nobody: a search that ends with nothing is still a search."""
    counted: dict[tuple[str, date], int] = Counter()
    shown: dict[tuple[str, date], frozenset[str]] = defaultdict(frozenset)
    for by, at, _, people in searches:
        counted[by, london_date(at)] += 1
        shown[by, london_date(at)] |= people
    return [Raised(OWN_NAME, by, day, number, SEARCH, shown[by, day]) for (by, day), number in sorted(counted.items())]


def is_own_name(typed: str, own: str) -> bool:
    """Whether what was typed holds the family name, or the whole name, of the one who typed it."""
    return _kind("", words_of(typed), words_of(own), {}) == OWN_NAME


def addresses_looked_up(
    looks: Iterable[Look], *, staff: Mapping[str, frozenset[int]], people: Mapping[str, frozenset[int]]
) -> list[Raised]:
    """Whoever opened the page of a person with an address of their own, or wrote one down. Of all only the keyed marks are known:
    `staff` by user, `people` by person."""
    alerts: dict[tuple[str, str], Raised] = {}
    for look in looks:
        if look.is_list or look.by not in staff:
            continue
        for person in sorted(look.people):
            if staff[look.by] & people.get(person, frozenset()):
                day = london_date(look.at)
                alerts.setdefault((look.by, person), Raised(ADDRESS, look.by, day, 1, person, frozenset({person})))
    return sorted(alerts.values(), key=lambda alert: (alert.day, alert.about, alert.subject))


def _kind(by: str, name: Sequence[str], own: Sequence[str], whole: Mapping[frozenset[str], set[str]]) -> str:
    if not name:
        return ""
    family = own[-1] if own else ""
    is_own = len(own) > 1 and set(own) <= set(name)
    if is_own or (len(family) >= SHORTEST and family in name):
        return OWN_NAME
    return COLLEAGUE if whole.get(frozenset(name), set()) - {by} else ""


def given_out_before_leaving(given: Iterable[tuple[str, datetime]], *, leaves: Mapping[str, date], days: int) -> list[Raised]:
    """Whoever gave things out within `days` of their last day in the force. `given` are users with instants, `leaves` the
    last days of those who have one; one alert a person, dated by their last day."""
    of_leavers = [(by, london_date(at), leaves[by]) for by, at in given if by in leaves]
    counted = Counter(by for by, day, last in of_leavers if last - timedelta(days=days) <= day <= last)
    return [Raised(LEAVING, by, leaves[by], number) for by, number in sorted(counted.items())]


def tries_refused(tries: Iterable[Asked]) -> list[Raised]:
    """Whoever tried emergency access and was shown nothing: users with instants, one alert a person and day, with how often.

    What is sealed and what is not there are refused alike, and are the same here: an alert must not say that a case is sealed.
    """
    counted = Counter((by, london_date(at)) for by, at, *_ in tries)
    return [Raised(EMERGENCY, by, day, number, REFUSED) for (by, day), number in sorted(counted.items())]


def is_whole(alert: Raised, since: datetime) -> bool:
    """Whether all of the night, or of the day, that an alert counts lies after `since`: what was read of a part of one counts
    less than was counted before. Other alerts count nothing of the kind."""
    begins = {NIGHT: NIGHT_BEGINS, EMERGENCY: 0, DAY: NIGHT_ENDS, REFUSED_LOOKS: 0, SEARCH: 0}.get(
        SEARCH if alert.subject == SEARCH else alert.kind
    )
    return begins is None or datetime.combine(alert.day, time(begins), LONDON) >= since
