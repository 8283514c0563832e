"""How code is written: its size, its names, the shape of writes and views."""

import ast
import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, public
from lodestar.platform.audit.codes import CODES
from tests.architecture.reading import (
    FOLDERS,
    PACKAGE,
    ROOT,
    app_of,
    module_parts,
    name_of,
    nodes,
    public_functions,
    python_files,
    tree,
)
from tests.offenders import each

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_CLASS = 400, 50, 200
# Writes that are no deed of a person's, or whose times stand elsewhere.
NO_DEEDS = {
    "referrals": {"begins", "crime_recorded", "no_crime_needed"},  # inside the deed that writes what they follow from
    "decisions": {"moves"},
    "accounts": {"keep_draft", "drop_draft", "claim_submission", "settle_submission", "begin_tour", "on_tour", "token_used"},
    "ledger": {"answer_with_times"},  # each answer carries its own time
    "identities": {"index_people", "index_changed_people"},  # the keys follow from what is recorded
    "support": {"keep_stages"},  # the stage follows from what is recorded
    "measures": {"keep"},  # what is said of cases follows from their rows
    # What search reads, and was asked; and the sending of letters that somebody asked for in a deed.
    "search": {"count_terms", "index_anew", "index_version", "keep_search", "unindex_version"},
    "publishing": {"keep_passages", "send_waiting"},
    "retention": {"count", "store_due"},  # counts of a deed that is written beside them; the nightly list, which is nobody's
    "notices": {"choose_digest", "claim_digest", "release_digest"},  # one's own switch, and what the job does
    "audit": {"audit", "audited"},  # what the others write the log with
}
WRITES = {
    "acting_on", "bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update", "update_or_create",
}  # fmt: skip


def length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


@each("path", python_files(), ids=name_of)
def test_nothing_is_longer_than_one_can_hold(path):
    if "migrations" not in path.parts:
        assert len(path.read_text().splitlines()) <= LONGEST_FILE
    for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef):
        assert length(node) <= LONGEST_FUNCTION, node.name
    for node in nodes(path, ast.ClassDef):
        assert length(node) <= LONGEST_CLASS or "migrations" in path.parts, node.name


@each("path", python_files(PACKAGE, ROOT / "launcher"), ids=name_of)
def test_public_functions_say_what_they_mean(path):
    if path.name == "__init__.py" and not path.read_text().strip():
        return
    assert ast.get_docstring(tree(path)) or "migrations" in path.parts, "the module"
    if {"migrations", "management"} & set(path.parts) or path.name in ("apps.py", "manage.py", "__main__.py"):
        return
    silent = [node.name for node in public_functions(path) if not ast.get_docstring(node)]
    silent += [
        node.name
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


# --- writes ------------------------------------------------------------------------------------------------------------


def writes(function):
    called = {node.func.attr for node in ast.walk(function) if isinstance(node, ast.Call) and hasattr(node.func, "attr")}
    return bool(called & WRITES) or "audit(" in ast.unparse(function)


def deeds():
    for path in module_parts("actions"):
        app = app_of(path)
        for function in public_functions(path):
            if writes(function) and function.name not in NO_DEEDS.get(app, ()):
                yield pytest.param(path, function, id=f"{app}.{function.name}")


@each(("path", "function"), list(deeds()))
def test_a_deed_says_by_whom_and_when_and_names_all_it_takes(path, function):
    taken = function.args
    assert not taken.args, "keyword-only"
    assert not taken.vararg
    assert {"by", "at"} <= {argument.arg for argument in taken.kwonlyargs}


@each(("path", "function"), list(deeds()))
def test_a_deed_never_asks_the_clock_when_it_happened(path, function):
    """`at` is when it happened; the server's clock may only say when it was written down."""
    for node in ast.walk(function):
        if isinstance(node, ast.keyword) and node.arg in ("at", "happened_at"):
            assert "timezone.now" not in ast.unparse(node.value)


def written_names(path, function_names):
    """The texts that stand where a code of the log stands: first after `audit(`, or named `code` or `viewed`."""
    for node in nodes(path, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in function_names:
            continue
        for value in [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]:
            if not isinstance(value, ast.JoinedStr):
                yield from (part.value for part in ast.walk(value) if isinstance(part, ast.Constant))


CODE = re.compile(r"^[a-z0-9]+\.[a-z_0-9]+$")


def codes_in_source():
    return {
        node.value
        for path in python_files(PACKAGE)
        if "migrations" not in path.parts
        for node in nodes(path, ast.Constant)
        if isinstance(node.value, str) and CODE.match(node.value)
    }


def test_every_code_written_to_the_log_is_declared():
    written = {
        code
        for path in python_files(PACKAGE)
        for code in written_names(path, {"audit", "acting_on", "Cause"})
        if isinstance(code, str) and CODE.match(code)
    }
    assert written - set(CODES) - {"rules.changed"} == set()  # a release that mends is no event of anybody's


def test_every_code_declared_is_written():
    source = codes_in_source()
    begun = tuple(code for code in source if code.endswith("_"))  # the rest is put in as it is written
    assert {code for code in CODES if code not in source and not (begun and code.startswith(begun))} == set()


@each("code", sorted(CODES))
def test_a_code_has_a_sentence(code):
    operation, words = CODES[code]
    assert operation.value
    assert re.fullmatch(r"[a-z].{6,80}[^.]", words)
    assert "section 45" not in words or "Modern Slavery Act 2015" in words


# --- views -------------------------------------------------------------------------------------------------------------


@each("path", module_parts("views"), ids=name_of)
def test_views_get_objects_with_the_right_to_see_them(path):
    for node in nodes(path, ast.Attribute):
        assert node.attr not in ("objects", "_default_manager", "raw", "cursor"), f"line {node.lineno}"
    names = {node.id for node in nodes(path, ast.Name)} | {node.attr for node in nodes(path, ast.Attribute)}
    assert not names & {"get_object_or_404", "get_list_or_404", "atomic", "within", "mark_safe"} or path in WITHIN
    imported = {node.module for node in nodes(path, ast.ImportFrom)}
    assert not any(module and module.startswith("django.db") for module in imported)


# Whoever has not come through the door yet has to be let into their tenant: sign-in and signing out.
WITHIN = {
    FOLDERS["accounts"] / "views" / "sign_in.py",
    FOLDERS["staff"] / "views" / "invited.py",  # nobody is signed in
    FOLDERS["service_referrals"] / "views.py",  # nor is the partner who answers by a link
    FOLDERS["person_plans"] / "views.py",  # nor is the person who opens their own plan
    FOLDERS["accounts"] / "views" / "force.py",
    PACKAGE / "web" / "views" / "shell.py",
}


def every_url(resolver=None, before=""):
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every_url(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry


@each(("route", "entry"), [pytest.param(*pair, id=pair[0] or "/") for pair in every_url()])
def test_every_address_declares_who_may(route, entry):
    assert hasattr(entry.callback, "permission"), "wrap the view in @page(Permission.X) or @public"
    assert entry.name, "give it a name"
    assert re.fullmatch(r"(?:[a-z0-9-]+|<[a-z:_]+>)(?:/(?:[a-z0-9-]+|<[a-z:_]+>))*(?:\.json)?|", route), "kebab-case, no regex"


def test_every_form_is_sent_through_the_same_decorator():
    """What tests/killed shows of three forms holds for all: each POST is `page`'s, or an address that needs no sign-in."""
    doors = {made(lambda request: None).__code__ for made in (page(Permission.CASE_VIEW), public)}
    others = {entry.name for _, entry in every_url() if entry.callback.__code__ not in doors}
    assert others == {entry.name for _, entry in every_url() if getattr(entry.callback, "token_permission", None)}


def test_addresses_are_told_apart_by_name():
    names = [entry.name for _, entry in every_url()]
    assert sorted(names) == sorted(set(names))


OWN_NAMES = ("row_security.py", "roles.py")  # tables, roles, columns


def test_sql_is_never_put_together_from_values():
    """`execute` gets a literal, or a name of ours put into one; never `%` or `format` with what somebody sent."""
    wrong = []
    for path in python_files(PACKAGE):
        if {"migrations", "demo"} & set(path.parts) or path.name in OWN_NAMES:
            continue
        for node in nodes(path, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if called in ("execute", "raw", "extra", "RawSQL") and node.args and not fixed_sql(node.args[0]):
                wrong.append(f"{name_of(path)}:{node.lineno}")
    assert wrong == []


def fixed_sql(node):
    """A literal, a constant of the module, or a literal with a table's own name in it."""
    if isinstance(node, ast.JoinedStr):
        inserted = [ast.unparse(part.value) for part in node.values if isinstance(part, ast.FormattedValue)]
        return all(name.endswith("._meta.db_table") for name in inserted)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add) and fixed_sql(node.left) and fixed_sql(node.right)
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and (node.id.isupper() or node.id == "query"))
