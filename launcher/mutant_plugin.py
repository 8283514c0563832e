"""A plug-in for pytest that lets one module be imported from another text than its own. No file is touched."""

import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import CodeType, ModuleType

# Between the launcher, which knows the standard library alone, and the plug-ins: the names of what the environment holds.
MODULE, CODE = "LODESTAR_MUTANT_MODULE", "LODESTAR_MUTANT_CODE"
ORDERS, ANSWERS = "LODESTAR_MUTANT_ORDERS", "LODESTAR_MUTANT_ANSWERS"
CALLS = "LODESTAR_MUTANT_CALLS"  # a file: which functions each test calls, and how long it took; written without orders
COLLECTED = ""  # in its calls, instead of a test: what is called while modules are read and tests collected
SURVIVED = 0  # pytest's exit code when every test passed
PATIENCE = 1800  # seconds: a mutant may never end


class _Broken(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        with open(os.environ[CODE]) as text:
            return compile(text.read(), self.path, "exec")


class _Finder(MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != os.environ[MODULE]:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.origin is None:
            return None
        inside = spec.submodule_search_locations
        return importlib.util.spec_from_file_location(
            name, spec.origin, loader=_Broken(name, spec.origin), submodule_search_locations=inside
        )


if os.environ.get(MODULE):
    sys.meta_path.insert(0, _Finder())
