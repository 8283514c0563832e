"""Every event code, with the sentence that a person reads. An event whose code is not in the list cannot be written."""

from lodestar.platform.audit.models import Operation
from lodestar.platform.text.reference_lists import reference_list

_LIST = reference_list("audit", "event_codes")
CODES: dict[str, tuple[Operation, str]] = {row["code"]: (Operation(row["operation"]), row["words"]) for row in _LIST.rows}
FIELDS: dict[str, str] = _LIST.header["fields"]  # what the columns that an event names are called
