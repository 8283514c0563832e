"""Fixtures for the design tests: the environment of the templates, and a browser that is served them without a server."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from jinja2 import Environment
from playwright.sync_api import Page, Route

SHELL = {
    "signed_in": True,
    "marking": "OFFICIAL-SENSITIVE",
    "who": "Fenmarch, officer",
    "nav": [{"label": "My work", "href": "/my-work", "current": True}, {"label": "Record", "href": "/record", "current": False}],
    "not_real_data": True,
    "finds": False,
    "calls_wrong": True,
    "form_path": "/gallery",
    "submission_key": "01j9",
    "form_of": "0123456789abcdef",
    "files_missing": [],
}


@pytest.fixture
def jinja() -> Environment:
    """The environment that pages are drawn in."""
    return next(engine.env for engine in engines.all() if engine.name == "jinja2")


@pytest.fixture
def draw(jinja: Environment) -> Callable[..., str]:
    """Draws a few lines of template."""
    imports = "{%- import 'design/fields.jinja' as fields -%}{%- import 'design/patterns.jinja' as patterns -%}"

    def drawn(source: str, **context: Any) -> str:
        return jinja.from_string(imports + source).render(context)

    return drawn


@pytest.fixture
def draw_page(jinja: Environment) -> Callable[..., str]:
    """Draws a whole template, inside the shell unless `shell` is given as None."""

    def drawn(template: str, *, shell: dict[str, Any] | None = SHELL, **context: Any) -> str:
        if shell is not None:
            context["shell"] = SimpleNamespace(**shell)
        return jinja.get_template(template).render({"csrf_input": "", **context})

    return drawn


@pytest.fixture
def show(opened: Callable[..., Page]) -> Callable[..., Page]:
    """Shows HTML in the browser under the content security policy of the real thing, with the real style and script."""

    def shown(html: str, viewport: dict[str, int], **options: Any) -> Page:
        page = opened(viewport, **options)

        def answer(route: Route) -> None:
            path = urlsplit(route.request.url).path
            if path.startswith("/static/"):
                found = finders.find(path.removeprefix("/static/"))
                assert found, f"{path} is not there: has frontend/build.py run?"
                route.fulfill(path=Path(found))
            else:
                policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'"
                headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}
                route.fulfill(body=html, headers=headers)

        page.route("**/*", answer)
        page.goto("http://localhost/")
        return page

    return shown
