"""Of what time earlier records are held, as they had come in by an instant."""

from datetime import date, datetime

from django.db.models import Case, CharField, DateField, DateTimeField, Min, Value, When
from django.db.models.functions import Cast, TruncDate, TruncMonth

from lodestar.cases.models import SettingChange
from lodestar.cases.rules.settings import SHIPPED
from lodestar.kernel.days import LONDON
from lodestar.recognition.models import EarlierRecord, SaidWhole
from lodestar.recognition.rules.look_back import Held

KEPT = "keep_earlier_months"


def held(at: datetime | None = None, *, since: datetime | None = None) -> Held:
    """Of what time records are held, or were by `at`; `since` leaves out those of before. In one
    query, with how long the clock keeps them."""
    records = EarlierRecord.objects.filter(happened_at__isnull=False)
    records = records if at is None else records.filter(recorded_at__lte=at)
    records = records if since is None else records.filter(happened_at__gte=since)
    of_months = (
        records.order_by()
        .annotate(month=TruncMonth("happened_at", output_field=DateField(), tzinfo=LONDON))
        .values("kind", "month")
        .annotate(
            day=Min(TruncDate("happened_at", tzinfo=LONDON)), mark=Value("", CharField()),
            said=Cast(Value(None), DateTimeField()),
        )
        .values_list("kind", "month", "day", "mark", "said")
    )  # fmt: skip
    said = SaidWhole.objects.filter(**({"said_at__lte": at} if at else {})).order_by()
    until = Case(When(taken_back=False, then="last_day"))  # none where it was taken back
    of_spans = said.annotate(until=until).values_list("kind", "first_day", "until", "file_mark", "said_at")
    months: dict[tuple[str, date], date] = {}
    spans: dict[tuple[str, str], tuple[datetime, date, date | None]] = {}
    agreed = SettingChange.objects.filter(decision="approved", key=KEPT).order_by()
    of_clock = agreed.values_list("key", "from_date", "from_date", "value", "decided_at")
    kept: list[tuple[date, datetime, int]] = []
    for kind, first, last, mark, said_at in of_months.union(of_spans, of_clock, all=True):
        if kind == KEPT:
            kept.append((first, said_at, int(mark)))
        elif said_at is None:
            months[kind, first] = last
        elif (kind, mark) not in spans or spans[kind, mark][0] < said_at:
            spans[kind, mark] = (said_at, first, last)
    shipped = [(row.start or date.min, int(row.value)) for row in SHIPPED.rows if row.key == KEPT]
    return Held(
        months,
        tuple((kind, first, last) for (kind, _), (_, first, last) in spans.items() if last is not None),
        (*shipped, *((first, number) for first, _, number in sorted(kept))),
    )


def said_whole() -> list[SaidWhole]:
    """The spans of which somebody said that all records of a kind are here, the latest first: of each file what was said of it
    last, unless that took it back."""
    latest: dict[tuple[str, str], SaidWhole] = {}
    for row in SaidWhole.objects.select_related("said_by").order_by("-said_at", "-id"):
        latest.setdefault((row.kind, row.file_mark), row)
    return [row for row in latest.values() if not row.taken_back]


def said_of(kind: str, file_mark: str) -> SaidWhole | None:
    """What stands as said of a file; None where nothing was, or it was taken back."""
    rows = SaidWhole.objects.filter(kind=kind, file_mark=file_mark).select_related("said_by")
    last = rows.order_by("-said_at", "-id").first()
    return None if last is None or last.taken_back else last
