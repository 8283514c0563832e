"""What the demo force does besides its cases: the rota, guidance, settings, leave and emergency access. Each is recorded on its
day, through the actions of the pages."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.db.models import Q

from lodestar.casework.cases.models import Case
from lodestar.casework.decisions.actions import keep_letter, settle_pairing
from lodestar.casework.referrals.models import Pairing
from lodestar.demo.concerns import SEED, listed
from lodestar.demo.work import Office
from lodestar.information_governance.access_alerts.actions import settle_alert, use_emergency_access
from lodestar.information_governance.access_alerts.models import StandardsAlert
from lodestar.knowledge.publishing.actions.intake import About, take_in
from lodestar.knowledge.publishing.actions.stages import approve, publish
from lodestar.knowledge.search.actions import keep_search
from lodestar.platform.accounts.actions import set_duty
from lodestar.platform.accounts.models import Unit
from lodestar.platform.files.mail import Mail
from lodestar.platform.files.text_alone import read
from lodestar.platform.settings.actions import decide_setting, propose_setting
from lodestar.platform.staff.actions.requests import enter_leave
from lodestar.platform.time.days import london_date

Act = Callable[[Office], None]
POSTS = (("supervisor", "Marlsea response", "supervisor"), ("supervisor2", "Eldham response", "supervisor"),
         ("coordinator", "Modern slavery team", "coordinator"), ("inspector", "Modern slavery team", "inspector"))  # fmt: skip
ROTA = timedelta(days=28)


def pairings_settled(begins: datetime, now: datetime) -> Iterator[tuple[datetime, Act]]:
    """The days on which the coordinator settles the pairings of the cases that are made in this step."""
    at = begins + timedelta(days=3, hours=7)
    while at < now:
        yield at, _settle
        at += ROTA


def matters(begins: datetime, now: datetime) -> Iterator[tuple[datetime, Act]]:
    """What happens once, whatever cases there are, and when."""
    at = begins
    while at < now:
        yield at, _rota
        at += ROTA
    in_cells, at_desk = "She is in my cells and says that she was here before.", "A man asks for her at the desk."
    acts: dict[int, Act] = {
        410: _setting, 330: partial(_emergency, "custody", in_cells),
        150: partial(_guidance, "night-desk", True), 128: partial(_emergency, "officer2", at_desk),
        12: partial(_guidance, "seizing-phones", False), 5: _leave, 2: _letter,
    }  # fmt: skip
    for days, act in acts.items():
        yield now - timedelta(days=days, minutes=days * 7), act
    for number, words in enumerate(listed("words")["searches"]):
        yield now - timedelta(days=2 + 3 * number, minutes=41 * number), partial(_search, words)


def _rota(office: Office) -> None:
    by, at = office.members["inspector"], office.clock.now()
    for username, unit, post in POSTS:
        row = Unit.objects.get(name=unit)
        set_duty(by=by, at=at, unit=row, user=office.members[username].user, post=post, from_at=at, to_at=at + ROTA)


def _settle(office: Office) -> None:
    """The coordinator says of most crimes without a referral, and the other way round, why that is right."""
    at, by = office.clock.now(), office.members["coordinator"]
    ago, random = at - timedelta(days=20), Random(f"{SEED} {at:%Y-%m-%d}")
    one_alone = Q(crime_at__lt=ago, referral_at=None) | Q(referral_at__lt=ago, crime_at=None)
    for pairing in (
        Pairing.objects.filter(one_alone, settled=False, person__case__in=office.lives)
        .select_related("person__case")
        .order_by("id")
    ):
        if random.random() < 0.6:
            side = "no_crime" if pairing.crime_at is None else "no_referral"
            reason = random.choice(listed("words")[side])
            settle_pairing(by=by, at=office.clock.pass_by(3), person=pairing.person, side=side, reason=reason)


def _letter(office: Office) -> None:
    words = "Please provide the crime reference for case 88-104-77. No other reference was given in your form."
    mail = Mail("Your referral: further information", words, office.clock.now(), "")
    keep_letter(by=office.members["coordinator"], at=office.clock.now(), mail=mail, kind="asks")


def _setting(office: Office) -> None:
    day = london_date(office.clock.now())
    change = propose_setting(
        by=office.members["policy"], at=office.clock.now(), key="keep_draft_days", value="60", from_date=day + timedelta(days=7),
        reason="Drafts of a quarter ago are finished by nobody.",
    )  # fmt: skip
    at = office.clock.pass_by(60)
    because = "Agreed with the coordinator."
    decide_setting(by=office.members["policy2"], at=at, row=change, approved=True, because=because)


def _guidance(name: str, publishes: bool, office: Office) -> None:
    page = listed("words")["guidance"][name]
    content = page["text"].encode()
    about = About(
        title=page["title"], publisher="Fenmarch Police", origin="force", topics=page["topics"], audience=["first_responder"]
    )
    by, at, parsed = office.members["editor"], office.clock.now(), read(content, "md")
    version = take_in(by=by, at=at, file_name=f"{name}.md", content=content, read=parsed, about=about).version
    if publishes:
        at, second = office.clock.pass_by(1500), office.members["editor2"]
        approve(by=second, at=at, version=version)
        publish(by=second, at=at, version=version)


def _search(words: str, office: Office) -> None:
    keep_search(words=sorted(words.split()), dropped=0, result_count=3, has_answer=False)


def _leave(office: Office) -> None:
    by, at = office.members["inspector"], office.clock.now()
    for name, days in (("trainee", 20), ("liaison", 33)):
        first = london_date(at) + timedelta(days=days)
        enter_leave(by=by, at=at, user=office.members[name].user, first_day=first, last_day=first + timedelta(days=8))


def _emergency(username: str, reason: str, office: Office) -> None:
    by, at = office.members[username], office.clock.now()
    case = Case.objects.filter(sealed=False).exclude(unit=by.unit).order_by("-recorded_at")[0]
    use_emergency_access(by=by, at=at, case=case, reason=reason)
    alert = StandardsAlert.objects.get(subject=str(case.id), about=by.user)
    at = office.clock.pass_by(2400)
    because = "Rung at once, and the sergeant confirms it."
    settle_alert(by=office.members["standards"], at=at, alert=alert.id, outcome="no_concern", because=because)
