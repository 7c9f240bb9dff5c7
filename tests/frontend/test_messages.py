"""The catalogues: nothing untranslated, nothing stale, no placeholder lost, no literal outside."""

import ast
import re
import string

import pytest

from frontend import i18n, refusals
from frontend.i18n import HERE

SHOWING = {  # what puts words on the screen: positional text, and these keywords
    "alert", "badge", "button", "caption", "download_button", "error", "expander",
    "form_submit_button", "header", "info", "markdown", "metric", "page_link", "progress",
    "radio", "segmented_control", "selectbox", "subheader", "success", "text", "title",
    "toast", "toggle", "warning", "write",
}  # fmt: skip
KEYWORDS = {"alt", "caption", "help", "label", "placeholder", "text", "title"}
SOURCES = [
    path
    for path in sorted(HERE.rglob("*.py"))
    if "testing" not in path.parts and "components" not in path.parts
]


def words(message: object) -> list[str]:
    return list(message) if isinstance(message, (list, tuple)) else [str(message)]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", i18n.LANGUAGES)
def test_catalogue__against_the_code__holds_every_message_and_no_other(code):
    written = {tuple(words(m.id)) for m in i18n.catalogue(code) if m.id}
    assert written == {tuple(words(m.id)) for m in i18n.extracted() if m.id}


@pytest.mark.parametrize("code", i18n.LANGUAGES)
def test_catalogue__each_message__is_translated(code):
    for message in i18n.catalogue(code):
        assert not message.fuzzy or not message.id, message.id
        assert all(text.strip() for text in words(message.string)), message.id


def test_catalogue__french__keeps_every_placeholder():
    for message in i18n.catalogue("fr"):
        if message.id:
            wanted = set.union(*(fields(text) for text in words(message.id)))
            for text in words(message.string):
                assert fields(text) == wanted, message.id


def test_catalogue__french__is_french():
    """A message left in English would be equal to its source; these few are the same word."""
    same = {
        m.id
        for m in i18n.catalogue("fr")
        if m.id and words(m.id) == words(m.string) and re.search("[a-z]{2}", str(m.id))
    }
    assert {tuple(words(one)) for one in same} == {
        ("Message",),
        ("Points",),
        ("Votes",),
        ("{n} point", "{n} points"),
        ("{n}, {tier}",),
        ("{variant} ({left})",),
    }


def test_catalogue__french__spaces_its_punctuation():
    for message in i18n.catalogue("fr"):
        for text in words(message.string) if message.id else []:
            assert not re.search(r"[^\s\u00a0][?!»;]", text), text
            assert not re.search(r" [?!:;»]|« ", text), text
            assert "'" not in text, text


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(HERE)))
def test_source__words_on_the_screen__go_through_gettext(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            inside = [n for n in ast.walk(node) if isinstance(n, ast.Call) and is_gettext(n)]
            assert not inside, f"{path}:{node.lineno}: extraction cannot see into an f-string"
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        shown = [k.value for k in node.keywords if k.arg in KEYWORDS]
        if node.func.attr in SHOWING:
            shown += node.args[:1]
        for value in shown:
            for literal in literals(value):
                assert not re.search("[A-Za-z]{2}", bare(literal)), f"{path}:{value.lineno}"


def is_gettext(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in i18n.KEYWORDS


def literals(node: ast.expr) -> list[str]:
    """The words written in an expression itself, not in what it calls."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return [part.value for part in node.values if isinstance(part, ast.Constant)]
    if isinstance(node, ast.BinOp):
        return literals(node.left) + literals(node.right)
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return []


def bare(literal: str) -> str:
    return re.sub(r":material/\w+:|:small\[|app_pages/\w+\.py", "", literal)


@pytest.mark.parametrize("kind", i18n.refusals(), ids=lambda kind: kind.__name__)
def test_refusal__each_class__has_a_sentence_in_both_languages(kind):
    english = refusals.sentence(kind)
    assert english.endswith((".", "?", "!"))
    assert i18n.translations("fr").gettext(english) != english


def test_refusal__each_other_error__has_a_sentence():
    for kind, sentence in refusals.TROUBLES.items():
        assert refusals.sentence(kind) == sentence
