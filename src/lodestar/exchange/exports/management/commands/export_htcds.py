"""`./lodestar export htcds REFERENCE --as USER --to WHOM --why WHY --for USE`: people of a case, on standard output."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.casework.disclosures.actions import NotApproved
from lodestar.casework.disclosures.presenters import crossed_words
from lodestar.casework.disclosures.rules import CASE_FILE, USES, purpose_changes
from lodestar.exchange.exports import access, actions, queries
from lodestar.exchange.exports.forms import NOT_APPROVED, SAID_NO
from lodestar.exchange.exports.rules.files import FORMATS, encode_records
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import member_named
from lodestar.platform.tenancy.tenant_transaction import within


class Command(BaseCommand):
    """The file goes to standard output, what it does not hold to standard error."""

    help = "Gives people of a case out as HTCDS 2.0."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference")
        parser.add_argument("--as", dest="user", required=True)
        parser.add_argument("--to", dest="recipient", required=True)
        parser.add_argument("--why", dest="reason", required=True)
        parser.add_argument("--for", dest="use", choices=USES, required=True)
        parser.add_argument("--although", dest="crossing", default="")
        parser.add_argument("--format", dest="kind", choices=sorted(FORMATS), default="json")
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("recipient", "reason"):
            if not options[name].strip():
                raise CommandError("Say to whom it goes and why.")
        crossed = purpose_changes(CASE_FILE, options["use"])
        if crossed and not options["crossing"].strip():
            raise CommandError(f"{crossed_words(crossed, options['use'])}, with --although.")
        member = member_named(options["user"], options["tenant"], Permission.EXPORT)
        with within(member.tenant):
            case = access.case_to_export(member, options["reference"])
            if case is None:
                raise CommandError(f"Nothing that can be exported is recorded under {options['reference']}.")
            people = [person.id for person in access.chosen(case, [])]
            details = {"kind": options["kind"], "recipient": options["recipient"][:200], "reason": options["reason"][:400]}
            details |= {"use": options["use"], "crossing": options["crossing"].strip()[:400]}
            try:
                actions.export_case(by=member, at=timezone.now(), case=case, people=people, **details)
            except NotApproved:
                raise CommandError(f"{NOT_APPROVED}.") from None
            except actions.NamedAfterNo:
                raise CommandError(f"{SAID_NO}, with --although.") from None
            records, left_out = queries.records_of(case, people)
        for words in left_out:
            self.stderr.write(words)
        self.stdout.write(encode_records(records, options["kind"]).decode(), ending="")
