"""`./lodestar cps summary REFERENCE NUMBER --as USER --to WHOM --why WHY --format pdf|docx`: the summary as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import Http404
from django.utils import timezone

from lodestar.casework.cases.access import case_for
from lodestar.casework.prosecutions import actions, presenters
from lodestar.casework.prosecutions.queries import summary_of
from lodestar.casework.prosecutions.rules import SUMMARY_WORDS
from lodestar.casework.section45.access import offences_in
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.documents.made import KINDS, made
from lodestar.platform.tenancy.tenant_transaction import within

NUMBER = (
    "the number of the suspected offence within the case, over all of its people in the order recorded: 2 where its page says "
    "“offence 2 of the case”. It is not the number among the offences of one person"
)


class Command(BaseCommand):
    """Writes the file into a folder and its path to standard output; exit code 2 where nothing is given out."""

    help = "What the records say of section 45 of the Modern Slavery Act 2015 for one suspected offence, for the CPS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="the case")
        parser.add_argument("number", type=int, help=NUMBER)
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--to", dest="recipient", required=True, help="a name or post in the CPS")
        parser.add_argument("--why", dest="reason", required=True)
        parser.add_argument("--format", dest="kind", choices=sorted(KINDS), default="pdf")
        parser.add_argument("--folder", type=Path, default=Path(), help="where the file goes; this one without it")
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, reference: str, number: int, folder: Path, **options: Any) -> None:
        given = {name: options[name].strip() for name in ("recipient", "reason", "kind")}
        try:
            member = member_named(options["user"], options["tenant"], Permission.CPS_SUMMARY)
            content = self._made(member, reference, number, given)
        except CommandError as fault:
            raise CommandError(str(fault), returncode=2) from None
        path = folder / f"cps-summary-{reference}-{number}-{timezone.now():%Y%m%dT%H%M%S}.{given['kind']}"
        path.touch(mode=0o600)
        path.write_bytes(content)
        self.stdout.write(str(path.resolve()))

    def _made(self, member: Member, reference: str, number: int, given: dict[str, str]) -> bytes:
        if not all(given.values()):
            raise CommandError("Say to whom it goes and why.")
        now, unchecked = timezone.now(), ""
        with within(member.tenant):
            try:
                case = case_for(member, reference, Permission.CPS_SUMMARY, viewed=True)
                offence = dict(enumerate(offences_in(case), 1))[number]
            except (Http404, KeyError):
                raise CommandError(f"No suspected offence {number} is recorded under {reference}.") from None
            offence.person.case = case
            summary = summary_of(offence, [row for row in offences_in(case) if row.person_id == offence.person_id], number)
            if summary is None:
                raise CommandError("They were under ten then, and are nobody's suspect.")
            checked = presenters.check_summary(summary)
            if all(text.is_clear for text in checked):
                content = made(presenters.summary_document(summary, checked, now), given["kind"])
                try:
                    actions.give_summary(by=member, at=now, summary=summary, **given)
                except actions.NotForProsecution:
                    raise CommandError(f"{SUMMARY_WORDS['not_immigration']}.") from None
                return content
            unchecked = f"/people/{offence.person_id}/section-45/{offence.id}/cps-summary/check"
        raise CommandError(f"A person has to check its texts before they leave: {unchecked}")  # the check stays in the log
