"""The Jinja environment of every page: `TEMPLATES` OPTIONS `environment = "lodestar.platform.design.jinja.environment"`."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined, Undefined
from jinja2.utils import missing
from markupsafe import Markup

from lodestar.platform.design import bound, when, words


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


# --- the GOV.UK components of govuk-frontend-jinja, for our own macros to call -----------------------------------------------
# They live in an environment of their own because they rest on undefined names being empty, which in our templates is an error.
# Their markup is indented; the indentation is taken out, since a page has a budget of 30 kB.

LINES = re.compile(r">(?=\s*\n)\s*+(?=<)")  # what stands in a field may be thousands of empty lines


def govuk(component: str, parameters: Mapping[str, Any]) -> Markup:
    """Draw one component, named as its folder (`error-summary`), from the parameters in its documentation.

    Text parameters are escaped by the component; those called `html` are written as they are. Raises
    `jinja2.TemplateNotFound` for a component that the package does not have.
    """
    return Markup(LINES.sub(">\n", macro(component)(dict(parameters)).strip()))


@cache
def macro(component: str) -> Callable[[dict[str, Any]], str]:
    """The macro that draws this component."""
    name = "govuk" + "".join(part.title() for part in component.split("-"))
    template = library().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    component_macro: Callable[[dict[str, Any]], str] = getattr(template.module, name)
    return component_macro


@cache
def library() -> Environment:
    """The environment that finds the components of the package."""
    return Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}), autoescape=True, trim_blocks=False
    )
