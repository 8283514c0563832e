"""The GOV.UK components of govuk-frontend-jinja, for our own macros to call.

They live in an environment of their own because they rest on undefined names being empty, which in our templates is
an error. Their markup is indented; the indentation is taken out, since a page has a budget of 30 kB.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

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
