"""Values that a JSON Schema allows, and whether it allows one: as much of it as our document uses, resolved against that."""

import re
from typing import Any

from hypothesis import strategies as st

KINDS = {"string": str, "array": list, "object": dict, "null": type(None), "boolean": bool}
KNOWN = {
    "$ref", "anyOf", "not", "enum", "type", "pattern", "minimum", "maximum", "items", "minItems", "properties", "required",
    "additionalProperties", "description",
}  # fmt: skip


class Schemas:
    """The schemas of one document, by name."""

    def __init__(self, schemas: dict[str, Any]) -> None:
        self.schemas = schemas

    def named(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema that a reference leads to, or itself. Raises AssertionError for a word that is not understood here."""
        assert schema.keys() <= KNOWN, schema.keys() - KNOWN
        return self.schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema

    def allows(self, schema: dict[str, Any], value: Any) -> bool:
        """Whether the value is one of the schema."""
        schema = self.named(schema)
        if "enum" in schema:
            return any(type(value) is type(option) and value == option for option in schema["enum"])
        if "anyOf" in schema and not any(self.allows(option, value) for option in schema["anyOf"]):
            return False
        if "type" in schema and not any(_is(kind, value) for kind in _kinds(schema)):
            return False
        if isinstance(value, str):
            return re.search(schema.get("pattern", ""), value) is not None
        if isinstance(value, list):
            items = schema.get("items", {})
            return len(value) >= schema.get("minItems", 0) and all(self.allows(items, item) for item in value)
        if not isinstance(value, dict):
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return not is_number or "minimum" not in schema or schema["minimum"] <= value <= schema["maximum"]
        known = schema.get("properties", {})
        if not set(schema.get("required", ())) <= value.keys() or ("not" in schema and self.allows(schema["not"], value)):
            return False
        is_closed = schema.get("additionalProperties") is False and not value.keys() <= known.keys()
        return not is_closed and all(self.allows(known.get(key, {}), item) for key, item in value.items())

    def values(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        """Values of the schema; a choice among several `required` is left to `allows`."""
        schema = self.named(schema)
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        if "anyOf" in schema and "type" not in schema:
            return st.one_of([self.values(option) for option in schema["anyOf"]])
        return st.one_of([self._of_kind(kind, schema) for kind in _kinds(schema)])

    def _of_kind(self, kind: str, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        if kind == "string":
            pattern = schema.get("pattern", "^.{0,9}$")
            return st.from_regex(pattern, fullmatch="$" in pattern)
        if kind == "array":
            return st.lists(self.values(schema["items"]), max_size=2)
        if kind == "object":
            needed = schema.get("required", ())
            each = {name: self.values(part) for name, part in schema["properties"].items()}
            return st.fixed_dictionaries(
                {name: each[name] for name in needed}, optional={name: part for name, part in each.items() if name not in needed}
            )
        return {
            "null": st.none(), "boolean": st.booleans(), "number": st.integers(0, 130),
            "integer": st.integers(schema.get("minimum"), schema.get("maximum")),
        }[kind]  # fmt: skip


def _kinds(schema: dict[str, Any]) -> list[str]:
    return [schema["type"]] if isinstance(schema["type"], str) else schema["type"]


def _is(kind: str, value: Any) -> bool:
    if kind in KINDS:
        return isinstance(value, KINDS[kind])
    return isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)
