"""Templates: no script or style of their own, no logic that queries, no word that must not be said."""

import ast
import re
from functools import cache

from tests.architecture.reading import FOLDERS, module_parts, name_of, nodes, shown_text, templates
from tests.offenders import each

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)
PAGES = [path for path in templates() if "extends" in path.read_text()]
# A person is never *safe* and a case never *complete*. Of things these may be said: a safe place is a kind of place.
OF_THINGS = re.compile(
    r"safe (?:place|address|addresses|contact|contacts|way|ways|time|times|number)"
    r"|safe to (?:ring|call|write|speak|use|contact)|(?:make|keep) (?:them|everyone|people|yourself|the person) safe"
    r"|safe enough to ask|not safe|unsafe|(?:are they )?safe right now\?",
    re.IGNORECASE,
)
BLAME = (
    "illegals?", "illegal immigrants?", "prostitutes?", "bogus", "alleged victim", "so-called victim", "failed to",
    "you forgot", "invalid", "oops",
)  # fmt: skip
ACT = re.compile(r"section 45(?!\d)", re.IGNORECASE)
NAMED = re.compile(r"section 45(?:\(\d\))?[^.<>]{0,40}?(?:of the )?Modern Slavery Act 2015", re.IGNORECASE)


KINDS = ("presenters", "forms", "views", "casefile", "queries", "actions")
TEXTS = [*templates(), *(path for kind in KINDS for path in module_parts(kind))]


@cache
def words_of(path):
    """What people may come to read: of a template, or of the texts in Python that end up in one."""
    if path.suffix != ".py":
        return shown_text(path.read_text())
    docs = {ast.get_docstring(node, clean=False) for node in nodes(path, ast.Module, ast.FunctionDef, ast.ClassDef)}
    said = [node.value for node in nodes(path, ast.Constant) if isinstance(node.value, str) and " " in node.value]
    return "\n".join(words for words in said if words not in docs)


@each("path", templates(), ids=name_of)
def test_a_template_holds_no_script_and_no_style(path):
    text = path.read_text()
    assert not INLINE.search(text)
    assert not ELSEWHERE.search(text), "nothing comes from, or goes to, another host"
    assert not re.search(r"(?<!')\|safe\b", text.replace(" ", "")), "let the template escape; a literal needs none"
    assert not re.search(r"autoescape\s+false", text)


@each("path", templates(), ids=name_of)
def test_a_template_asks_the_database_nothing(path):
    assert not re.search(r"\.objects\b|_set\b|\.(?:filter|exclude|all|count|exists|first)\(", path.read_text())


@each("path", PAGES, ids=name_of)
def test_a_page_extends_the_shell_so_that_it_is_marked_and_can_be_hidden(path):
    (parent,) = re.findall(r"{%-?\s*extends\s+\"([^\"]+)\"", path.read_text())
    assert parent == "design/layout.jinja" or (FOLDERS[parent.split("/")[0]] / "jinja2" / parent).exists()


@each("path", PAGES, ids=name_of)
def test_a_page_with_a_form_lets_hide_keep_what_was_typed(path):
    if path.parent.name == "assess":
        return  # a made-up case: nothing of it is kept, on purpose
    text = path.read_text()
    forms = re.findall(r"<form\b[^>]*>", text)
    kept_nowhere = ("/sign-out", "lode-findbox")  # a search in the bar is a question: nothing of it is kept
    posts = [form for form in forms if 'method="post"' in form and not any(each in form for each in kept_nowhere)]
    if not posts:
        return
    assert 'name="submission_key"' in text or "form_keys(" in text, "form_keys: csrf, submission key, path"
    for form in posts:
        assert "novalidate" in form, form


@each("path", TEXTS, ids=name_of)
def test_section_45_is_said_with_its_act(path):
    flat = re.sub(r"\s+", " ", words_of(path))
    for found in ACT.finditer(flat):
        assert NAMED.match(flat, found.start()), flat[max(0, found.start() - 40) : found.end() + 60]


@each("path", TEXTS, ids=name_of)
def test_nobody_is_called_safe_and_nothing_complete(path):
    flat = OF_THINGS.sub("", re.sub(r"\s+", " ", words_of(path)))
    assert not re.findall(r".{0,40}\b(?:safe|complete|completed|all clear)\b.{0,20}", flat, re.IGNORECASE)


@each("path", TEXTS, ids=name_of)
def test_no_word_blames(path):
    assert not re.findall(rf".{{0,40}}\b(?:{'|'.join(BLAME)})\b.{{0,20}}", words_of(path), re.IGNORECASE)
