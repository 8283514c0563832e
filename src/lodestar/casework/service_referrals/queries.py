"""Named reads of referrals to services and of places: of one person, for the ledger, and services to choose from."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.queries import as_text
from lodestar.casework.ledger.queries.obligations import ROW
from lodestar.casework.needs.rules import Record
from lodestar.casework.service_referrals.models import PartnerLink, PlaceMove, PlaceRequest, ServiceReferral
from lodestar.casework.service_referrals.rules import NEEDS_SERVICE, NO_PLACE, SAFE_PLACE, VICTIM_SERVICES, Nights
from lodestar.casework.services.models import Service
from lodestar.platform.accounts.queries import in_force

OFFERED = 60  # services to choose from; more are found by name


def referrals_of(person: Person) -> list[ServiceReferral]:
    """Every referral of a person to a service, the latest first."""
    rows = ServiceReferral.objects.filter(person=person).select_related("service", "owner")
    return list(rows.order_by("-made_at", "-id"))


def services_of(domain: str, words: str) -> list[Service]:
    """Active services for a domain of need, those with these words in their name, by name."""
    need = {"attributes": [{"taxonomy_term": {"taxonomy": "lodestar", "term": f"need:{domain}"}}]}
    rows = Service.objects.filter(status="active", document__contains=need)
    for word in words.split()[:5]:
        rows = rows.filter(name__icontains=word)
    return list(rows.order_by("name", "id")[:OFFERED])


def service_called(name: str) -> Service | None:
    """The one active service of this name, capitals apart."""
    rows = list(Service.objects.filter(status="active", name__iexact=name)[:2])
    return rows[0] if len(rows) == 1 else None


def service_email(service: Service) -> str:
    """The e-mail address at which a service says it is contacted; empty where it says none."""
    contacts = service.document.get("contacts") or ()
    found = [service.document.get("email"), *(contact.get("email") for contact in contacts if isinstance(contact, dict))]
    return next((str(email) for email in found if email and "@" in str(email)), "")


def live_link(row: ServiceReferral) -> PartnerLink | None:
    """The link by which a service may still answer."""
    rows = PartnerLink.objects.filter(referral=row, spent_at__isnull=True, ends_at__gt=timezone.now())
    return rows.select_related("made_by").first()


def phone_of(user: UUID) -> str:
    """The work telephone number of a colleague; empty where none is set."""
    numbers = in_force(timezone.localdate()).filter(user=user).exclude(phone="").values_list("phone", flat=True)
    return numbers.first() or ""


def places_of(person: Person) -> list[PlaceRequest]:
    """Every request for a place for a person, the latest first."""
    rows = PlaceRequest.objects.filter(person=person).select_related("service", "owner")
    return list(rows.order_by("-asked_at", "-id"))


def stays_of(rows: Sequence[PlaceRequest]) -> list[Nights]:
    """The nights of these requests that were taken."""
    return [Nights(row.nights_from, row.nights_to, row.unsuitable) for row in rows if row.nights_from]


def records_of(person: Person) -> list[Record]:
    """What services answered of the person, and what became of a place asked for: what needs read."""
    referrals = ServiceReferral.objects.filter(person=person).exclude(state="revoked")
    places = PlaceMove.objects.filter(row__person=person).select_related("row")
    kinds = {"refused": "place_refused", "not_found": "place_not_found"}
    return [
        *(Record(row.domain, "service_referral", row.rejection, row.id, row.answered_at or row.made_at) for row in referrals),
        *(
            Record("accommodation", _council(move) or kinds.get(move.after, "place"), move.reason, move.row_id, move.moved_at)
            for move in places
        ),
    ]


def _council(move: PlaceMove) -> str:
    return "council_place" if move.after == "not_found" and move.row.kind == "council" else ""


# --- for the ledger --------------------------------------------------------------------------------------------------------


def done_rows(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    """What closes obligations, for the query of the answers: a referral to a service, or to victim services, for which the person
    was asked, a refusal too; a place for the night that was taken or refused."""
    code = Case(When(is_victim_services=True, then=Value(VICTIM_SERVICES)), default=Value(NEEDS_SERVICE))
    referrals = ServiceReferral.objects.filter(person__case__in=cases, agreed__in=["yes", "no"]).exclude(state="revoked")
    places = PlaceRequest.objects.filter(person__case__in=cases, state__in=["taken", "left", "refused"]).exclude(kind=NO_PLACE)
    sides = ((referrals, code, F("made_at")), (places, Value(SAFE_PLACE), Coalesce("taken_at", "refused_at")))
    read = [
        rows.values_list(
            "recorded_at", as_text("person__case_id"), as_text("person_id"), done, Value(""), Value(""), Value("done"), at,
            Value(""), as_text("recorded_by_id"), as_text("id"), Value(ROW),
        )
        for rows, done, at in sides
    ]  # fmt: skip
    return read[0].union(read[1], all=True)
