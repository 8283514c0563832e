"""Every factory there is, found by importing the modules of this folder, and rows of the tables that have none."""

import importlib
import pkgutil
from functools import partial
from itertools import count
from typing import Any

import factory
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CheckConstraint, Field, Model, fields

import tests.factories
from lodestar.platform.text.ids import new_id
from tests.factories.cases import MET

OURS = "lodestar."
NUMBERS = count(1)
# The plainest value of each kind of column; whatever else is text.
PLAIN = {
    fields.DateTimeField: lambda: MET, fields.DateField: MET.date, fields.UUIDField: new_id, fields.BooleanField: bool,
    fields.IntegerField: lambda: next(NUMBERS), fields.FloatField: float, fields.BinaryField: bytes,
    fields.json.JSONField: dict, ArrayField: lambda: [1],
}  # fmt: skip


def plain_value(model: type[Model], field: Field) -> Any:
    """What the table takes in this column: one of the words that a check names, or the plainest of its kind."""
    for check in model._meta.constraints:
        for word in getattr(check.condition, "children", ()) if isinstance(check, CheckConstraint) else ():
            if isinstance(word, tuple) and word[0] == f"{field.name}__in":
                return word[1][0]
    return next((make() for kind, make in PLAIN.items() if isinstance(field, kind)), new_id().hex[: field.max_length])


def plain_row(model: type[Model], **given: Any) -> Model:
    """A row of a table that no test fills otherwise, with a value in each column that wants one."""
    factories = every_factory()
    for field in model._meta.local_fields:
        if not (field.primary_key or field.name in given or field.name == "tenant" or field.null or field.has_default()):
            related = field.is_relation and factories[field.related_model]
            given[field.name] = related() if related else plain_value(model, field)
    return model._default_manager.create(**given)


def every_factory() -> dict[type[Model], Any]:
    """What makes a row of each model, by model."""
    for module in pkgutil.iter_modules(tests.factories.__path__):
        importlib.import_module(f"tests.factories.{module.name}")
    found: dict[type[Model], Any] = {}
    todo = [factory.django.DjangoModelFactory]
    while todo:
        for made in todo.pop().__subclasses__():
            todo.append(made)
            if not made._meta.abstract and made._meta.model is not None:
                found.setdefault(made._meta.get_model_class(), made)
    return {model: partial(plain_row, model) for model in our_models()} | found


def our_models() -> list[type[Model]]:
    """The models of Lodestar's own apps, in order of their tables."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(OURS)]
    return sorted(ours, key=lambda model: model._meta.db_table)


def tenant_models() -> list[type[Model]]:
    """Those whose rows belong to a tenant."""
    return [model for model in our_models() if any(field.name == "tenant" for field in model._meta.local_fields)]
