"""The source of Lodestar, read as text and as trees."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "lodestar"
AREAS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists() and not (path / "apps.py").exists())
# Each app's folder by its name: the apps of the areas, and those that stand in none.
FOLDERS = {
    path.name: path
    for parent in [*(PACKAGE / area for area in AREAS), PACKAGE]
    for path in sorted(parent.iterdir())
    if (path / "__init__.py").exists() and path.name not in AREAS
}
APPS = sorted(FOLDERS)
PLAIN = {"files", "names", "obligations", "statistics", "text", "time"}  # Python that Django knows nothing of


def python_files(*folders: Path) -> list[Path]:
    """The Python files of these folders, of all our code without any."""
    roots = folders or tuple(ROOT / name for name in ("src", "launcher", "tests", "bench", "frontend"))
    found = [path for root in roots for path in root.rglob("*.py") if "__pycache__" not in path.parts]
    return sorted(found)


def app_of(path: Path) -> str:
    """The name of the app that a file of the package belongs to."""
    return next(name for name, folder in FOLDERS.items() if folder in path.parents)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, kinds))


def module_parts(kind: str) -> list[Path]:
    """The files of one of the ten names in every app: `actions.py` and, where it grew, `actions/*.py`."""
    alone = [folder / f"{kind}.py" for folder in FOLDERS.values()]
    grown = [path for folder in FOLDERS.values() for path in (folder / kind).rglob("*.py")]
    return sorted(path for path in [*alone, *grown] if path.exists())


def public_functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in tree(path).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("*.jinja"))


def shown_text(template: str) -> str:
    """What a template itself writes for people: without its comments, statements, tags and attributes."""
    text = re.sub(r"\{#.*?#\}", " ", template, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL))
