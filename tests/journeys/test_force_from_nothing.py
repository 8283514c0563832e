"""A new force, from an empty production to its first case, without the demo: a command makes two administrators, all the rest is
done on pages, each person on a small telephone of their own without JavaScript. What pages may not do, the staff worker does."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.management import call_command
from django.test.utils import _TestState
from django.utils import timezone
from playwright.sync_api import Locator, Page

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.cases.models import Case
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.casework.ledger.models import Obligation
from lodestar.knowledge.publishing.jobs import send_newsletters
from lodestar.platform.accounts.models import Accreditation, Membership
from lodestar.platform.staff.models import Fulfilment
from lodestar.platform.tenancy.tenant_transaction import within
from tests.browser import PHONE
from tests.factories.administering import as_the_owner
from tests.journeys.harness.checks import check_width
from tests.journeys.harness.hand import Hand

FORCE, PASSWORD = "norfolk", "a lantern over the estuary"
HEAD = ["username", "name", "email", "collar_number", "unit", "rank", "roles", "skills"]
NAMED = {
    "brandreth": ["PC Hanna Brandreth", "constable", "frontline", ""],
    "solanki": ["PC Dev Solanki", "constable", "frontline", "speaks_polish"],
    "okoro": ["DC Samuel Okoro", "detective_constable", "investigator", "pip2 until 2099-01-01"],
    "haldane": ["DI Ruth Haldane", "detective_inspector", "detective_inspector", "abe"],
    "vale": ["Alma Vale", "", "coordinator", ""],
    "castle": ["Ines Castle", "", "crime_allocation", ""],
    "lindqvist": ["Maeve Lindqvist", "", "guidance_editor", ""],
}
OTHERS = {f"pc{number}": [f"PC Person {number}", "constable", "frontline", ""] for number in range(40 - len(NAMED))}


def owner(command: str, *words: str) -> str:
    """Runs a command as the launcher does for the owner of the database; what it prints."""
    said = StringIO()
    with as_the_owner():
        call_command(command, *words, stdout=said)
    return said.getvalue()


def fulfil() -> None:
    """`./lodestar work --staff`, once: everything that was asked for and agreed to can be done."""
    owner("staff_work", "--once")
    with within(FORCE):
        assert list(Fulfilment.objects.exclude(failure="").values_list("failure", flat=True)) == []


def digits(secret: str) -> str:
    """What a code generator with this secret shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def people_csv(*wrong: str) -> bytes:
    """Forty people as a force's personnel system writes them, and rows that are wrong."""
    table = io.StringIO()
    lines = csv.writer(table)
    lines.writerow(HEAD)
    for number, (username, (name, *rest)) in enumerate((NAMED | OTHERS).items(), 1):
        lines.writerow([username, name, f"{username}@norfolk.example", number, "Headquarters", *rest])
    return "\r\n".join([table.getvalue().rstrip(), *wrong]).encode()


class Somebody(Hand):
    """One person at their own telephone."""

    def go(self, what: str | Locator, role: str = "button") -> None:
        """Taps what leads to another page, and waits for it."""
        with self.page.expect_navigation():
            self.tap(what, role)

    def follow(self, words: str) -> None:
        """Follows the first link whose words hold these."""
        self.go(self.page.get_by_role("link", name=words).first)

    def fill(self, **typed: str) -> None:
        """Writes into boxes by the names of their fields."""
        for name, words in typed.items():
            self.type(self.page.locator(f"main [name={name}]"), words)

    def sign_in(self, username: str, password: str, secret: str) -> None:
        """Signs in with all three."""
        self.open("/sign-in")
        self.fill(username=username, password=password, code=digits(secret))
        self.go("Sign in")
        assert self.page.url.endswith(("/my-work", "/morning-list", "/custody"))

    def agree(self, yes: str | Locator) -> None:
        """Says yes to what a colleague asks, and why."""
        self.tick(yes)
        self.type("Why?", "Seen the papers, and nothing less will do")
        self.go("Decide")

    def choose_file(self, name: str, content: bytes) -> None:
        """Gives the page a file."""
        self.page.locator("#file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})

    def shown_code(self) -> str:
        """The code of the invitation that their request made, which is shown once."""
        self.go("Show the code")
        return self.page.locator(".lode-out").inner_text()

    def accept(self, username: str, code: str) -> tuple[str, str, str]:
        """Answers an invitation: what they sign in with from now on."""
        self.open(f"/invited/{FORCE}")
        self.fill(username=username, code=code)
        self.go("Continue")
        secret = self.page.locator("input[name=secret]").input_value()
        self.fill(digits=digits(secret), password=PASSWORD)
        self.go("Save")
        return username, PASSWORD, secret


@pytest.fixture
def somebody(live: str, opened: Callable[..., Page]) -> Callable[[], Somebody]:
    """Gives the next person a telephone."""
    return lambda: Somebody(opened(PHONE, base_url=live, java_script_enabled=False))


def test_a_force_begins_with_nothing_and_works_by_pages_alone(somebody, settings, tmp_path):
    settings.EMAIL_BACKEND = _TestState.saved_data.email_backend  # production's, for which pytest puts one in memory
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    robin, nadia = two_administrators(somebody)
    third = a_third_administrator(robin, nadia, somebody())
    forty_people_come_by_a_file(third, nadia)
    people = the_invited_sign_in(third, somebody)
    numbers_are_set(people["vale"])
    case = a_concern_is_recorded(people["brandreth"])
    crime_allocation_gives_it_to_a_detective(people["castle"], case)
    an_inspector_approves_an_immigration_disclosure(people["okoro"], people["haldane"], case)
    a_newsletter_comes_by_e_mail(people["lindqvist"], people["vale"], people["brandreth"], tmp_path / "mail")
    a_leavers_work_is_handed_over(robin, people["vale"], case)
    for each in (robin, nadia, third, *people.values()):
        check_width(each.page)


def two_administrators(somebody) -> list[Somebody]:
    """Given: a command makes them, and what it prints lets them in."""
    said = owner("admin", "create", "robin", "nadia", "--force", FORCE)
    proofs = re.findall(r"^(\w+) can sign in.*?password +(\S+).*?generator +(\S+)", said, re.MULTILINE | re.DOTALL)
    assert [name for name, *_ in proofs] == ["robin", "nadia"]
    people = [somebody() for _ in proofs]
    for person, proof in zip(people, proofs, strict=True):
        person.sign_in(*proof)
    return people


def a_third_administrator(robin: Somebody, nadia: Somebody, third: Somebody) -> Somebody:
    """When one asks for a third and the other agrees, the third can sign in with what they chose themselves."""
    robin.open("/staff/add")
    robin.fill(name="Kim Adeyemi", username="kim", reason="The two of us cannot be here every day")
    robin.page.locator("#unit").select_option(label="Headquarters")
    robin.tick("Administrator", "checkbox")
    robin.go("Ask for it")
    nadia.open("/staff/requests")
    nadia.follow("Kim Adeyemi")
    nadia.agree("Yes, do it")
    fulfil()
    robin.page.reload()
    proof = third.accept("kim", robin.shown_code())
    fulfil()
    third.sign_in(*proof)
    return third


def forty_people_come_by_a_file(third: Somebody, nadia: Somebody) -> None:
    """When the third looks at a file and takes it in, the second administrator agrees to its ranks, roles and skills."""
    file = people_csv("general,Gen. Nobody,,,Headquarters,general,frontline,")
    third.open("/staff/import")
    third.choose_file("people.csv", file)
    third.go("Check the file")
    assert third.page.locator("[data-counts]").get_attribute("data-counts") == "40 0 1"
    with within(FORCE):
        assert Membership.objects.count() == 3
    third.choose_file("people.csv", file)
    third.go("Ask for these people")
    nadia.open("/staff/requests")
    nadia.follow("Decide on all people to add")
    nadia.agree("Yes, add them")
    fulfil()
    with within(FORCE):
        ranks = dict(Membership.objects.filter(user__username__in=NAMED).values_list("user__username", "rank"))
        assert ranks == {username: row[1] for username, row in NAMED.items()}
        assert Membership.objects.count() == 43
        skills = set(Accreditation.objects.values_list("user__username", "code"))
        assert skills == {("okoro", "pip2"), ("haldane", "abe"), ("solanki", "speaks_polish")}


def the_invited_sign_in(third: Somebody, somebody) -> dict[str, Somebody]:
    """Then each who is handed their code chooses a password and a code generator, and comes in."""
    people, proofs = {}, {}
    for username in NAMED:
        third.open(f"/staff?words={username}")
        third.follow(NAMED[username][0])
        third.follow(f"Add a person: {NAMED[username][0]}")
        people[username] = somebody()
        proofs[username] = people[username].accept(username, third.shown_code())
    fulfil()
    for username, person in people.items():
        person.sign_in(*proofs[username])
    return people


def numbers_are_set(coordinator: Somebody) -> None:
    """When the coordinator fills in the numbers of the force's settings, none is missing."""
    coordinator.open("/contacts")
    assert coordinator.page.locator("[data-state=missing]").count() > 5
    coordinator.follow("Save or read in the force’s settings as a file")
    with coordinator.page.expect_download() as download:
        coordinator.tap("Save the file", "link")
    content = json.loads(download.value.path().read_text("utf-8"))
    for number, row in enumerate(content["contacts"], 100):
        row |= {"telephone": f"01632 960{number}", "checked_on": timezone.localdate().isoformat()}
    coordinator.choose_file("settings.json", json.dumps(content).encode())
    coordinator.go("Check the file")
    coordinator.go("Import")
    coordinator.open("/contacts")
    assert coordinator.page.locator("[data-contact]").count() == len(content["contacts"])
    assert coordinator.page.locator("[data-state=missing]").count() == 0


def a_concern_is_recorded(officer: Somebody) -> str:
    """When an officer records a concern, the numbers that were set are before them. The case's reference."""
    officer.follow("Record a concern")
    officer.fill(what="Woman living in the back room of a car wash", **{"p1-name": "Petra"})
    officer.tick(officer.page.locator("#p1-part"))
    officer.go("Continue")
    officer.go("Continue")
    officer.tick(officer.page.locator("#belief"))
    officer.go("That is all I saw")
    assert officer.page.locator("a[href^='tel:01632960']").count()
    found = re.search(r"/cases/(NO-\d\d-\d{4})/do-now$", officer.page.url)
    assert found, officer.page.url
    return found[1]


def crime_allocation_gives_it_to_a_detective(allocator: Somebody, case: str) -> None:
    """When crime allocation opens what is owed, the one PIP2 detective of the force is there to be chosen."""
    allocator.open("/my-work")
    allocator.go(allocator.page.locator(f"main a[href='/cases/{case}/allocate']").first)
    assert allocator.page.locator("input[type=radio][name=owner]").count() == 1
    allocator.tick(NAMED["okoro"][0])
    allocator.go("Give them the case")
    with within(FORCE):
        row = Allocation.objects.get()
        assert (row.owner.username, row.by.username, row.case.owner.username) == ("okoro", "castle", "okoro")
        assert not Obligation.objects.filter(code="allocate_pip2_owner", state="open").exists()


def an_inspector_approves_an_immigration_disclosure(detective: Somebody, inspector: Somebody, case: str) -> None:
    """When the detective asks, the detective inspector decides, and the detective records that it went."""
    detective.open("/my-cases")
    detective.follow(case)
    detective.go(detective.page.locator("main a[href^='/people/']").filter(has_text="Petra").first)
    detective.go(detective.page.locator("main a[href$='/immigration']").first)
    detective.fill(recipient="CIO Blythe, Norwich team", what="That she was found", power="Data Protection Act 2018 section 36",
                   reason="They hold the papers of the van's owner")  # fmt: skip
    detective.tick(detective.page.locator("input[name=way][value=told]"))
    detective.tick(detective.page.locator("input[name=purposes][value=investigation]"))
    detective.tick(detective.page.locator("input[name=parts][value=law_enforcement]"))
    detective.go("Propose or record")
    inspector.open("/more")
    inspector.follow("Immigration disclosures")
    inspector.follow("CIO Blythe")
    inspector.agree(inspector.page.locator("input[name=approved][value=yes]"))
    detective.page.reload()
    detective.follow("Record when it was disclosed")
    detective.go("Record the disclosure")
    with within(FORCE):
        row = ImmigrationDisclosure.objects.get()
        assert (row.asked_by.username, row.decided_by.username, row.approved) == ("okoro", "haldane", True)
        assert (row.told_by.username, row.happened_without) == ("okoro", False)


def a_newsletter_comes_by_e_mail(editor: Somebody, second: Somebody, reader: Somebody, folder) -> None:
    """When the editor writes one and a second person approves it, it comes to whoever wants it."""
    reader.open("/guidance/newsletters")
    reader.go("Send them to me")
    editor.open("/guidance/newsletters/new")
    editor.type("Title", "First news")
    editor.type("In short", "See the person alone, and ring early.")
    editor.go("Keep it as a draft")
    second.open("/guidance/keeping")
    second.follow("First news")
    second.go("Approve it")
    second.go("Publish it")
    editor.page.reload()
    editor.go("Send it by e-mail to subscribers")
    send_newsletters(0)
    (letter,) = [message_from_bytes(each.read_bytes(), policy=policy.default) for each in folder.glob("*.eml")]
    assert (letter["Subject"], letter["Bcc"]) == ("First news", "brandreth@norfolk.example")
    link = re.search(r"/guidance/documents/\S+", letter.get_body().get_content())[0]
    reader.open(link)
    assert reader.page.locator("h1").inner_text() == letter["Subject"]


def a_leavers_work_is_handed_over(administrator: Somebody, coordinator: Somebody, case: str) -> None:
    """When an officer's last day is set, the coordinator gives what they still have to a colleague."""
    last = timezone.localdate() + timedelta(days=7)
    administrator.open("/staff?words=Brandreth")
    administrator.follow(NAMED["brandreth"][0])
    administrator.go(administrator.page.locator("main a[href$='/end']"))
    administrator.fill(last=f"{last:%d %B %Y}", reason="Transfers to another force")
    administrator.go("Set it")
    fulfil()
    with within(FORCE):
        before = Obligation.objects.filter(state="open", holder__username="brandreth").count()
        assert before
    coordinator.open("/more")
    coordinator.follow("Work of leavers")
    coordinator.go(coordinator.page.locator("main a[href^='/leavers/']").first)
    coordinator.tick(coordinator.page.locator("input[name=cases]"))
    coordinator.fill(colleague="solanki")
    coordinator.go("Hand over the ticked cases")
    assert coordinator.page.locator("[data-leaver]").count() == 0
    with within(FORCE):
        assert Case.objects.get(reference=case).interim_owner.username == "solanki"
        assert not Obligation.objects.filter(state="open", holder__username="brandreth").exists()
        assert Obligation.objects.filter(state="open", holder__username="solanki").count() == before
