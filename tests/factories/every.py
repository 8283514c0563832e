"""Every factory there is, found by importing the modules of this folder."""

import importlib
import pkgutil
from typing import Any

import factory
from django.apps import apps
from django.db.models import Model

import tests.factories

OURS = "lodestar."


def every_factory() -> dict[type[Model], Any]:
    """The factory of each model that has one, by model."""
    for module in pkgutil.iter_modules(tests.factories.__path__):
        importlib.import_module(f"tests.factories.{module.name}")
    found: dict[type[Model], Any] = {}
    todo = [factory.django.DjangoModelFactory]
    while todo:
        for made in todo.pop().__subclasses__():
            todo.append(made)
            if not made._meta.abstract and made._meta.model is not None:
                found.setdefault(made._meta.get_model_class(), made)
    return found


def our_models() -> list[type[Model]]:
    """The models of Lodestar's own apps, in order of their tables."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(OURS)]
    return sorted(ours, key=lambda model: model._meta.db_table)


def tenant_models() -> list[type[Model]]:
    """Those whose rows belong to a tenant."""
    return [model for model in our_models() if any(field.name == "tenant" for field in model._meta.local_fields)]
