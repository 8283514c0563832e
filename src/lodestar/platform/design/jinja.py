"""The Jinja environment of every page: `TEMPLATES` OPTIONS `environment = "lodestar.platform.design.jinja.environment"`."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined, Undefined
from jinja2.utils import missing

from lodestar.platform.design import bound, when, words
from lodestar.platform.design.components import govuk


class Missing(Undefined):
    """Whatever is misspelt or left out is an error; only an `if` without its `else` is merely empty."""

    def __new__(cls, hint: str | None = None, obj: Any = missing, name: str | None = None, **other: Any) -> Any:
        kind = Undefined if name is None and obj is missing else StrictUndefined
        return kind(hint, obj, name, **other)


def environment(**options: Any) -> Environment:
    """Return the environment for Django's Jinja2 backend, which passes its own options, the loader among them.

    Everything is escaped unless it is marked safe. A GOV.UK component is drawn by `govuk(name, parameters)`.
    """
    options.update(autoescape=True, undefined=Missing, trim_blocks=True, lstrip_blocks=True)
    made = Environment(**options)
    made.globals.update(static=static, url=url, govuk=govuk, **bound.GLOBALS)
    made.filters.update(when.FILTERS)
    made.filters.update(words.FILTERS)
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of the view of that name. Never put a person's name in one."""
    return reverse(name, args=args, kwargs=kwargs)
