"""The order of the house: who may import whom, and what stands in which file."""

import ast
import tomllib
from pathlib import Path

from django.apps import apps
from importlinter.cli import lint_imports

from tests.architecture.reading import APPS, AREAS, FOLDERS, PACKAGE, PLAIN, ROOT, name_of, nodes, python_files, tree
from tests.offenders import each

PYPROJECT = ROOT / "pyproject.toml"
TEN = {"urls", "views", "casefile", "forms", "presenters", "actions", "queries", "access", "models", "rules"}
ALSO = {"__init__", "apps", "jobs", "api", "migrations", "jinja2", "reference", "management", "templatetags"}
MORE = {  # and where a file is named otherwise, on purpose
    "accounts": {
        "adapter", "confined_pages", "form_envelope", "force_sign_in", "links", "middleware", "openid", "permissions",
        "request_flow", "throttling", "token_limits",
    },
    "api": {"openapi", "schemas"},
    "audit": {"codes", "heads", "log_check"},
    "cases": {"people_listeners"},
    "config": {
        "backup", "checks", "environment", "logs", "mail", "manage", "memory", "server", "sessions", "settings", "wsgi",
    },
    "contacts": {"contact_files"},
    "demo": None,  # one file for each thing invented
    "design": None,  # the parts of a page
    "documents": None,  # the parts of a document
    "imports": None,  # one file for each kind of file that comes in
    "ledger": {"ledger"},
    "notices": {"due_items", "kinds"},
    "safety": {"short_question"},
    "settings": {"settings_file"},
    "registry": None,  # one file for each thing that apps register
    "requirements": {"evidence"},
    "tables": {"mappings", "table_files", "template_rows", "values", "workbook"},
    "tenancy": {
        "concurrent_edit", "fields", "force_checks", "request_cache", "roles", "row_security", "sealing", "tables",
        "tenant_transaction",
    },
    "web": {"middleware", "shell"},
}  # fmt: skip
NOT_A_NAME = {"utils", "helpers", "common", "misc", "services", "core", "lib", "tools"}


def order() -> list[str]:
    """Every app, the highest first: the areas in their order, and within each its apps in theirs."""
    contracts = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]
    layers = {contract["id"]: contract.get("layers", []) for contract in contracts}
    return [app for area in layers["areas"] for app in layers.get(area, [area])]


def test_the_import_contracts_hold(capsys):
    code = lint_imports(config_filename=str(PYPROJECT), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_every_app_has_its_place():
    assert sorted(order()) == APPS


def test_rows_refer_downwards_only():
    """What the linter cannot see: a foreign key named by a string."""
    place = order().index
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("lodestar.")
        for field in model._meta.local_fields
        if field.is_relation
        and field.related_model.__module__.startswith("lodestar.")
        and place(model._meta.app_label) > place(field.related_model._meta.app_label)
    ]
    assert upwards == []


def test_files_have_the_ten_names():
    named = {app: MORE.get(app, set()) for app in APPS if app not in PLAIN}
    odd = [
        name_of(path)
        for app, more in named.items()
        if more is not None
        for path in FOLDERS[app].iterdir()
        if path.suffix in ("", ".py") and path.name != "__pycache__" and path.stem not in TEN | ALSO | more
    ]
    assert odd == []


def test_no_file_is_a_drawer():
    assert [name_of(path) for path in python_files() if path.stem in NOT_A_NAME] == []


def test_modules_import_at_their_top():
    """A function-level import hides a cycle. `ready()` of an app waits for the models; manage.py for the settings."""
    hidden = [
        f"{name_of(path)}:{inner.lineno}"
        for path in python_files(PACKAGE)
        if path.name != "apps.py" and path != PACKAGE / "config" / "manage.py"
        for function in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]
    assert hidden == []


def test_apps_do_nothing_but_register():
    for path in PACKAGE.rglob("apps.py"):
        for node in nodes(path, ast.FunctionDef):
            assert node.name == "ready", name_of(path)
            assert all(isinstance(step, (ast.ImportFrom, ast.Expr)) for step in node.body), name_of(path)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in nodes(path, ast.Import, ast.ImportFrom):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        found.update(names)
    return found


def test_nothing_listens_for_signals():
    banned = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.test.signals")
    wrong = [name_of(path) for path in python_files(PACKAGE) if imports_of(path) & set(banned)]
    wrong += [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(PACKAGE)
        for node in nodes(path, ast.Attribute)
        if node.attr == "connect" and not isinstance(node.value, ast.Name)
    ]
    assert wrong == []


def test_rows_do_not_decide():
    """No `save`, `delete` or `clean` of a model's or a form's own that writes or refuses: that is an action's business."""
    wrong = [
        f"{name_of(path)}: {node.name}"
        for path in python_files(PACKAGE)
        if "models" in path.parts or path.stem == "models"
        for node in nodes(path, ast.FunctionDef)
        if node.name in ("save", "delete", "clean", "full_clean")
    ]
    wrong += [
        f"{name_of(path)}: {node.name}"
        for path in python_files(PACKAGE)
        if "forms" in path.parts or path.stem == "forms"
        for node in nodes(path, ast.FunctionDef)
        if node.name == "save"
    ]
    assert wrong == []


@each("app", APPS)
def test_every_app_has_content_and_says_what_it_holds(app):
    folder = FOLDERS[app]
    registers = folder / "apps.py"  # of an app that registers something as it starts
    assert ast.get_docstring(tree(registers if registers.exists() else folder / "__init__.py"))
    assert len(python_files(folder)) > 1


@each("area", AREAS)
def test_every_area_says_what_it_answers_for(area):
    assert ast.get_docstring(tree(PACKAGE / area / "__init__.py"))
    assert f"`{area}`" in (ROOT / "README.md").read_text()
