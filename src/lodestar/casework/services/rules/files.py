"""Files of services: one service, a list, or a page of a feed whose `contents` are services."""

from collections.abc import Sequence
from dataclasses import dataclass

from lodestar.platform.text.strict_json import read_json


class NotServices(ValueError):
    """The file holds no services; `str` says why."""


@dataclass(frozen=True)
class ServiceFile:
    """The records of a file. Those of a page are short forms of services by the standard (service_list): what such a record
    leaves out stays as it is."""

    records: Sequence[object]
    is_page: bool = False


def read_file(content: bytes) -> ServiceFile:
    """The records in a JSON file. Raises NotServices for what is no strict JSON in UTF-8, and no object or list."""
    try:
        given = read_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as fault:
        raise NotServices(f"it is not JSON: {fault}") from None
    if isinstance(given, dict) and isinstance(given.get("contents"), list) and "id" not in given:
        return ServiceFile(given["contents"], is_page=True)
    if not isinstance(given, dict | list):
        raise NotServices("it must be a service, a list of services, or a page with contents")
    return ServiceFile(given if isinstance(given, list) else [given])
