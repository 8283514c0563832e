"""The OpenAPI document of the addresses for other systems (`/api/v1/`): `openapi.json`, with the lists and limits that they read
with in place of `@name`; `@name?` takes null too."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lodestar.exchange.imports.import_files import WORDS
from lodestar.platform.accounts.queries import LONGEST, MOST_A_MINUTE
from lodestar.platform.accounts.request_flow import public
from lodestar.platform.obligations import facts
from lodestar.platform.obligations.settings import every_setting
from lodestar.platform.tables.rules import template_of
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.tokens.api import LARGEST

_LIST = re.compile(r'"@(\w+)(\??)"')
_LIMIT = re.compile(r"@(\w+)")


@cache
def openapi_document() -> dict[str, Any]:
    """The document, in OpenAPI 3.1."""
    settings = every_setting()
    limits = {"largest": LARGEST, "longest": settings[LONGEST]["value"], "a_minute": settings[MOST_A_MINUTE]["value"]}
    slugs = {name: {row["slug"] for row in reference_list("reference", name).rows} for name in ("tenants", "police_areas")}
    areas = {"forces": sorted(slugs["tenants"]), "areas": sorted(slugs["tenants"] | slugs["police_areas"])}

    def values(match: re.Match[str]) -> str:
        options = areas.get(match[1]) or getattr(facts, match[1])
        return json.dumps([*options, None] if match[2] else [*options])

    text = _LIST.sub(values, Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    document: dict[str, Any] = json.loads(_LIMIT.sub(lambda match: str(limits[match[1]]), text))
    document["components"]["schemas"]["Row"] |= _columns()
    return document


def _columns() -> Mapping[str, Any]:
    """The columns of the template for first reports, and which of them a row cannot do without."""
    template = template_of("concerns")
    texts = ["string", "array", "null"]
    columns = {
        name: {"type": texts if name in WORDS else [*texts, "number"], "items": {"type": "string"}, "description": meaning}
        for name, meaning in template.meanings.items()
    }
    return {"properties": columns, "anyOf": [{"required": [name]} for name in template.required[-1]]}


@public
@csrf_exempt
@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The document: it says nothing of any force."""
    return JsonResponse(openapi_document())
