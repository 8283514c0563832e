"""Screens speak plain police English: what is not said any more, in templates, in the texts of Python and in lists."""

import ast
import re
import tomllib

from tests.architecture.reading import PACKAGE, module_parts, name_of, nodes, templates

# Not said on a screen, and what to say instead.
INSTEAD = {
    r"\bnobody\b": "no one, or say it of the thing",
    r"\b(?:whoever|(?<!by )whom)\b": "anyone who, the case owner, who",
    r"\b(?:stands|stood)\b": "is, is below, is still right",
    r"that is not the same as": "Nothing recorded yet",
    r"\btours?\b": "shift",
    r"\b(?:is|are|what is|lines?|things?|recorded as|something) owed\b|\bowed (?:by|in|to|again|for)\b": "to do, task",
    r"\binterim owner": "acting case owner",
    r"\bhand(?:ed|s)? on\b": "hand over",
    r"\blet (?:somebody |them |him |her )?go\b|\bletting go\b": "delete",
    r"\breckon": "count, calculate",
    r"\bwhat (?:came|became) of\b": "outcome",
    r"\bmet (?:before|twice|on)\b": "encountered, earlier records",
    r"\b(?:somebody|anybody|everybody)\b": "someone, anyone, everyone",
    r"\bheld, not shown\b": "on record but hidden",
    r"\bdirects nothing\b": "is not a direction",
    r"\bout of danger just now\b": "safe right now",
    r"\bcame with nobody\b": "independent interpreter",
    r"\btaken in\b|\btake in\b": "imported, import",
}
WORDS = {re.compile(words, re.IGNORECASE): instead for words, instead in INSTEAD.items()}
LONGEST = 8  # words of a heading
# Lists of words to look for in what others wrote, and what is quoted from a source: not our words.
LOOKED_FOR = {
    "words", "phrases", "says", "means", "open_words", "not_for", "unless", "called", "source", "attribution",
    "to_settle", "what",
}  # fmt: skip
QUOTED = (
    "reference/form_2", "reference/form_anonymous", "reference/form_lists", "coach_pages", "leaflet_english",
)  # fmt: skip
SEARCHED = ("knowledge/search/rules/index.py", "platform/accounts/actions.py")
AS_SAID = (
    "Nobody here will be angry.", "has seen nobody", "tests nobody explains", "sold or handed on", "by others and is owed",
    "victim for whom", "nobody answers", "and with whom",
)  # fmt: skip
HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)


def shown(template):
    """What a template says, its texts inside statements among them."""
    text = re.sub(r"\{#.*?#\}", " ", template, flags=re.DOTALL)
    text = re.sub(
        r"\{%.*?%\}|\{\{.*?\}\}",
        lambda code: " ".join(said for said in re.findall(r'"([^"]*)"', code[0]) if " " in said),
        text,
        flags=re.DOTALL,
    )
    return re.sub(r"<[^>]+>", " ", text)


def said_in_python(path):
    docs = {ast.get_docstring(n, clean=False) for n in nodes(path, ast.Module, ast.FunctionDef, ast.ClassDef)}
    for node in nodes(path, ast.Constant):
        if isinstance(node.value, str) and " " in node.value and node.value not in docs and "select " not in node.value:
            yield node.value


def said_in_list(value, key=""):
    if isinstance(value, str) and key not in LOOKED_FOR:
        yield value
    elif isinstance(value, dict):
        for inner, told in value.items():
            yield from said_in_list(told, inner)
    elif isinstance(value, list) and key not in LOOKED_FOR:
        for told in value:
            yield from said_in_list(told, key)


def texts():
    for path in templates():
        yield path, shown(path.read_text())
    for kind in ("presenters", "forms", "views", "casefile", "actions", "permissions", "codes", "rules"):
        for path in module_parts(kind):
            if not name_of(path).endswith(SEARCHED):
                yield path, "\n".join(said_in_python(path))
    for path in sorted(PACKAGE.rglob("reference/*.toml")):
        if not any(part in path.as_posix() for part in QUOTED):
            yield path, "\n".join(said_in_list(tomllib.loads(path.read_text())))


def test_screens_say_it_plainly():
    offenders = []
    for path, text in texts():
        flat = re.sub(r"\s+", " ", text)
        for quote in AS_SAID:
            flat = flat.replace(quote, "")
        for words, instead in WORDS.items():
            for found in words.finditer(flat):
                around = flat[max(0, found.start() - 40) : found.end() + 40]
                offenders.append(f"{name_of(path)}: {around!r}: say {instead}")
    for path in templates():
        for heading in HEADING.findall(re.sub(r"\{#.*?#\}", " ", path.read_text(), flags=re.DOTALL)):
            plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", " ", heading, flags=re.DOTALL)
            if len(plain.split()) > LONGEST:
                offenders.append(f"{name_of(path)}: heading of more than {LONGEST} words: {plain!r}")
    assert not offenders, "\n" + "\n".join(offenders)
