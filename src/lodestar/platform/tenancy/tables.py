"""Django's own operations for new tables, constraints and indexes, without building every model again for each.

Django keeps a class for each model while it migrates, and after any change makes anew those of all models that stand in
relation to the changed one: here that is nearly all of them, and it took most of the time of a first start. A new model is
referred to by nobody yet, and a constraint or an index changes no field: the one class is made, or is told.
"""

from typing import Any

from django.db import migrations


class CreateModel(migrations.CreateModel):
    """Makes a new model and its table."""

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Adds the model to `state`, and makes its class where classes are made already."""
        built = state.__dict__.pop("apps", None)  # what is not there is not built anew
        super().state_forwards(app_label, state)
        if built is not None:
            state.apps = built
            state.models[app_label, self.name_lower].render(built)


class AddConstraint(migrations.AddConstraint):
    """Adds a constraint to the table of a model."""

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Adds the constraint to the model of `state`, and tells its class."""
        _add(state, app_label, self.model_name_lower, "constraints", self.constraint)


class AddIndex(migrations.AddIndex):
    """Adds an index to the table of a model."""

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Adds the index to the model of `state`, and tells its class."""
        _add(state, app_label, self.model_name_lower, "indexes", self.index)


def _add(state: Any, app_label: str, model: str, option: str, added: Any) -> None:
    options = state.models[app_label, model].options
    options[option] = [*options[option], added]
    if "apps" in state.__dict__:
        meta = state.apps.get_model(app_label, model)._meta
        setattr(meta, option, [*getattr(meta, option), added])
