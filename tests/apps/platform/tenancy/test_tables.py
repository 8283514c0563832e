"""The operations of tables do what Django's own do, to the state and to the classes that are made of it."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ProjectState

from lodestar.platform.tenancy import tables

KEY = ("id", models.UUIDField(primary_key=True))
NAMED = models.CheckConstraint(condition=~models.Q(name=""), name="part_is_named")
BY_NAME = models.Index(fields=["name"], name="part_by_name")


def _run(kinds, *, built):
    state = ProjectState()
    if built:
        assert not state.apps.get_models()
    for operation in (
        kinds.CreateModel("Whole", [KEY]),
        kinds.CreateModel(
            "Part", [KEY, ("name", models.TextField()), ("whole", models.ForeignKey("parts.Whole", models.CASCADE))]
        ),
        kinds.AddConstraint("part", NAMED),
        kinds.AddIndex("part", BY_NAME),
    ):
        operation.state_forwards("parts", state)
    return state


def _told(state):
    whole, part = state.apps.get_model("parts", "whole"), state.apps.get_model("parts", "part")
    relations = [each.name for each in whole._meta.related_objects]
    return part._meta.constraints, part._meta.indexes, relations, part._meta.get_field("whole").remote_field.model is whole


@pytest.mark.parametrize("built", [False, True], ids=["before the classes", "after the classes"])
def test_the_state_and_its_classes_are_what_djangos_own_operations_make(built):
    ours, djangos = _run(tables, built=built), _run(migrations, built=built)
    assert ours == djangos
    assert _told(ours) == _told(djangos) == ([NAMED], [BY_NAME], ["part"], True)


def test_the_state_before_knows_nothing_of_what_came():
    state = _run(tables, built=True)
    before = state.clone()
    tables.AddIndex("part", models.Index(fields=["whole"], name="part_by_whole")).state_forwards("parts", state)
    tables.CreateModel("Other", [KEY]).state_forwards("parts", state)
    assert before.models["parts", "part"].options["indexes"] == [BY_NAME]
    with pytest.raises(LookupError):
        before.apps.get_model("parts", "other")
    assert state.apps.get_model("parts", "other")
