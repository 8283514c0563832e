"""The OpenAPI document of the addresses for other systems (`/api/v1/`): each with its token, its limits and its answers."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lodestar.exchange.api.schemas import every_schema
from lodestar.platform.accounts.queries import LONGEST, MOST_A_MINUTE
from lodestar.platform.accounts.request_flow import public
from lodestar.platform.obligations.settings import every_setting
from lodestar.platform.tokens.api import AS, LARGEST

_WAIT = {"Retry-After": {"description": "Seconds to wait", "required": True, "schema": {"type": "integer", "minimum": 1}}}
# Of every address that takes a token: what is wrong with the question as a whole.
_REFUSALS = {
    "401": ("No token, or one that is wrong, revoked, after its last day or of another force: they look the same", {
        "WWW-Authenticate": {"required": True, "schema": {"type": "string"}}
    }),
    "403": ("The token is for another address", {}),
    "411": ("No Content-Length", {}),
    "413": (f"A body above {LARGEST} bytes", {}),
    "415": ("Anything but application/json in UTF-8", {}),
    "422": ("Every fault with its path. Nothing is kept but a line of the log", {}),
    "429": ("The token has asked too often in this minute", _WAIT),
    "503": ("The database is busy or away. Nothing is kept: send it again", _WAIT),
}  # fmt: skip


def _answer(schema: str, description: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "headers": headers or {}, "content": content}


def _post(name: str, summary: str, body: str, answers: dict[str, Any], *headers: dict[str, Any]) -> dict[str, Any]:
    refusals = {status: _answer("Errors", *words) for status, words in _REFUSALS.items()}
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
    return {
        "operationId": name,
        "summary": summary,
        "security": [{"token": []}],
        "parameters": list(headers),
        "requestBody": {"required": True, "content": content},
        "responses": answers | refusals,
    }


def _paths() -> dict[str, Any]:
    officer = {
        "name": AS,
        "in": "header",
        "required": True,
        "schema": {"type": "string", "pattern": "^[!-~]+$"},
        "description": "User name of the officer who reports: at work in the force today, with the right to record",
    }
    made = _answer("ConcernResult", "A case was made")
    known = _answer("ConcernResult", "It came before and changed nothing (stood), or was added to the case (added)")
    return {
        "/api/v1/assess": {
            "post": _post(
                "assess", "What the rules say of an encounter. Nothing is kept", "Encounter",
                {"200": _answer("Answer", "How each person is treated, the route, section 45 and what is to do")},
            )
        },
        "/api/v1/concerns": {
            "post": _post(
                "concerns", "A first report: makes a case once, however often it is sent", "Concern",
                {"200": known, "201": made}, officer,
            )
        },
        "/api/v1/openapi.json": {
            "get": {
                "operationId": "openapi",
                "summary": "This document",
                "security": [],
                "responses": {
                    "200": {"description": "OpenAPI 3.1", "content": {"application/json": {"schema": {"type": "object"}}}}
                },
            }
        },
    }  # fmt: skip


@cache
def openapi_document() -> dict[str, Any]:
    """The document, in OpenAPI 3.1."""
    shipped = every_setting()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lodestar for other systems of a force",
            "version": "1",
            "license": {"name": "MIT", "identifier": "MIT"},
            "description": (
                "An administrator makes a token under Tokens, for one system and one use; it is shown once and ends on the"
                f" last day chosen, at most {shipped[LONGEST]['value']} days ahead. A token is answered at most"
                f" {shipped[MOST_A_MINUTE]['value']} times a minute. A force may set both otherwise. Bodies have at most"
                f" {LARGEST} bytes. Beside its schema a body has to be consistent: dates and ages in order, the days of a"
                " calendar, somebody or something named; every fault is answered with 422 and its path."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {
            "schemas": every_schema(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "lodestar.FORCE.ID.SECRET"}},
        },
    }


@public
@csrf_exempt
@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The document: it says nothing of any force."""
    return JsonResponse(openapi_document())
