"""Exchanges what a module made as it was imported for what its broken text makes of it.

Plain values and defaults alone, and only those that differ: a class made anew is another class, and every test would fail for
that. What this cannot exchange survives here, and is tried from a cold start.
"""

import ast
import importlib.machinery
import importlib.util
import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

Taken = Mapping[tuple[str, str], list[tuple[ModuleType, str]]]
_PLAIN = (int, float, str, bytes, date, time, timedelta, Fraction, re.Pattern, type(None))
_OF_PLAIN = (tuple, list, set, frozenset)


def taken_by_name(is_ours: Callable[[ModuleType], bool]) -> Taken:
    """Who took a name from a module as they were imported (`from MODULE import NAME as LOCAL`), by module and name."""
    found = defaultdict[tuple[str, str], list[tuple[ModuleType, str]]](list)
    for module in [each for each in sys.modules.values() if is_ours(each)]:
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for name in node.names:
                    found[node.module, name.name].append((module, name.asname or name.name))
    return found


def exchange(path: str, text: str, taken: Taken) -> bool:
    """Gives the module at `path` what `text` makes of its values. Returns whether anything differs. Raises whatever the
    broken text raises as it is read."""
    module = next(each for each in sys.modules.values() if getattr(each, "__file__", None) == path)
    new = _read(module.__name__, path, text)
    did = False
    for name, old in list(vars(module).items()):
        if not name.startswith("__") and name in vars(new):
            did = _of_one(module, name, old, vars(new)[name], taken) or did
    return did


def _read(name: str, path: str, text: str) -> ModuleType:
    """The module that a text makes; the one that lives is left as it is."""
    loader = _Text(name, path)
    loader.text = text
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    if spec is None:
        raise ImportError(name)
    new = importlib.util.module_from_spec(spec)
    loader.exec_module(new)
    return new


class _Text(importlib.machinery.SourceFileLoader):
    text = ""

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec")


def _of_one(module: ModuleType, name: str, old: Any, new: Any, taken: Taken) -> bool:
    if inspect.isclass(old) and inspect.isclass(new) and old.__module__ == module.__name__:
        return _of_a_class(old, new)
    if inspect.isroutine(inspect.unwrap(old)):
        return old.__module__ == module.__name__ and _of_a_function(inspect.unwrap(old), inspect.unwrap(new))
    if not _differ(old, new):
        return False
    for owner, local in ((module, name), *_takers(module.__name__, name, old, taken)):
        setattr(owner, local, new)
    return True


def _takers(module: str, name: str, old: Any, taken: Taken) -> Iterator[tuple[ModuleType, str]]:
    for owner, local in taken.get((module, name), []):
        if vars(owner).get(local) is old:
            yield owner, local
            yield from _takers(owner.__name__, local, old, taken)


def _of_a_class(old: type, new: type) -> bool:
    did = False
    for name, was in list(vars(old).items()):
        now = vars(new).get(name)
        if inspect.isfunction(was) and inspect.isfunction(now):
            did = _of_a_function(was, now) or did
        elif not name.startswith("__") and _differ(was, now):
            setattr(old, name, now)
            did = True
    return did


def _of_a_function(old: Any, new: Any) -> bool:
    if not (isinstance(old, FunctionType) and isinstance(new, FunctionType)):
        return False
    did = False
    for name in ("__defaults__", "__kwdefaults__"):
        if _differ(getattr(old, name), getattr(new, name)):
            setattr(old, name, getattr(new, name))
            did = True
    return did


def _differ(old: Any, new: Any) -> bool:
    return _is_plain(old) and _is_plain(new) and _in_order(old) != _in_order(new)


def _in_order(value: Any) -> Any:
    return list(value.items()) if isinstance(value, dict) else value


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_plain(key) and _is_plain(held) for key, held in value.items())
    return all(map(_is_plain, value)) if isinstance(value, _OF_PLAIN) else isinstance(value, _PLAIN)
