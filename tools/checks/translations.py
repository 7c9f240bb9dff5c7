"""Every message of the app stands in every catalogue, translated and not in doubt."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tools.checks.tree import Finding, Tree

LANGUAGES = ("en", "fr")
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def used(frontend: Path) -> dict[str, tuple[str, int]]:
    """The messages of the code, each with the first place that says it."""
    messages: dict[str, tuple[str, int]] = {}
    for name, line, message, _, _ in extract_from_dir(frontend, keywords=KEYWORDS):
        text = message if isinstance(message, str) else message[0]
        messages.setdefault(text, (name, line))
    return messages


def is_translated(message: Message) -> bool:
    """Whether every form of a message has its text."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms) and not message.fuzzy


def find(tree: Tree) -> Iterator[Finding]:
    """Messages of the code that a catalogue lacks or leaves open."""
    frontend = tree.root / "frontend"
    if not any(frontend.rglob("*.py")):
        return
    messages = used(frontend)
    for language in LANGUAGES:
        catalogues = sorted((frontend / "locale" / language).rglob("*.po"))
        if not catalogues:
            yield Finding(Path("frontend/locale"), 1, f"no catalogue for {language}")
            continue
        known: set[str] = set()
        for path in catalogues:
            catalogue: Catalog = read_po(path.open("rb"), locale=language)
            for entry in catalogue:
                if not entry.id:
                    continue
                text = entry.id if isinstance(entry.id, str) else entry.id[0]
                known.add(text)
                if not is_translated(entry):
                    yield Finding(tree.short(path), entry.lineno or 1, f"open: {text!r}")
        for text, (name, line) in messages.items():
            if text not in known:
                yield Finding(Path("frontend") / name, line, f"not in {language}: {text!r}")
