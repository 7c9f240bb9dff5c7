"""A folder of texts, each under the name of its hash. Any folder that fsspec knows will do."""

from __future__ import annotations

from typing import Any, TypeVar

from fsspec.core import url_to_fs  # type: ignore[import-untyped]

from ..errors import ContentForged, ContentMissing, ContentRefused, ContentUnreachable
from ..values import Frozen, hash_text
from .canonical import MAX_BYTES, canonical_bytes, content_hash, parse_canonical
from .documents import (
    AnyDocument,
    BrandDocument,
    MeterDocument,
    NoticeDocument,
    PerkDocument,
    PlanDocument,
    PollDocument,
    PriceListDocument,
    ProfileDocument,
    parse_document,
)

_D = TypeVar(
    "_D",
    BrandDocument,
    MeterDocument,
    NoticeDocument,
    PerkDocument,
    PlanDocument,
    PollDocument,
    PriceListDocument,
    ProfileDocument,
)


def document_hash(document: Frozen) -> str:
    """The name that a document will have in every store."""
    return content_hash(canonical_bytes(document.model_dump(mode="json")))


class ContentStore:
    """Texts by hash.

    Usage example::

        store = ContentStore("file:///var/lib/cercle/content")
        name = store.put(PollDocument(question=..., description=..., options=...))
        poll = store.get_as(name, PollDocument)
    """

    def __init__(self, url: str, **options: Any) -> None:
        self.url = url
        try:
            self._files, self._root = url_to_fs(url, **options)
        except (ImportError, ValueError, OSError) as error:
            raise ContentUnreachable(f"The content folder {url} cannot be opened.") from error

    def __repr__(self) -> str:
        return f"<ContentStore {self.url}>"

    def put(self, document: Frozen | dict[str, Any]) -> str:
        """Keep a document and return its hash. To put it again changes nothing.

        Raises:
            ContentRefused: It is none of the documents that exist, or too big.
            ContentUnreachable: The folder does not take it.
        """
        value = document.model_dump(mode="json") if isinstance(document, Frozen) else document
        raw = canonical_bytes(value)
        parse_document(value)
        name = content_hash(raw)
        path = self._path(name)
        try:
            self._files.makedirs(self._root, exist_ok=True)
            with self._files.transaction, self._files.open(path, "wb") as file:
                file.write(raw)
        except OSError as error:
            raise ContentUnreachable(f"The content folder {self.url} does not answer.") from error
        return name

    def get(self, name: str) -> AnyDocument:
        """Return the document of this hash. Its texts are raw: escape what Markdown shows.

        Raises:
            ContentMissing: The folder does not hold it.
            ContentForged: What the folder holds has another hash.
            ContentRefused: The hash matches, but it is none of the documents that exist.
            ContentUnreachable: The folder does not answer.
        """
        return parse_document(parse_canonical(self.get_bytes(name)))

    def get_as(self, name: str, form: type[_D]) -> _D:
        """Return the document of this hash if it is one of `form`."""
        document = self.get(name)
        if not isinstance(document, form):
            raise ContentRefused(f"The text {name} is a {document.kind}, not what was asked for.")
        return document

    def get_bytes(self, name: str) -> bytes:
        """Return the bytes of this hash, checked against it."""
        name = self._require_name(name)
        try:
            with self._files.open(self._path(name), "rb") as file:
                raw = bytes(file.read(MAX_BYTES + 1))
        except FileNotFoundError as error:
            raise ContentMissing(f"The text {name} is not in the content folder.") from error
        except (OSError, ValueError) as error:
            raise ContentUnreachable(f"The content folder {self.url} does not answer.") from error
        if len(raw) > MAX_BYTES or content_hash(raw) != name:
            raise ContentForged(f"The text kept under {name} is not the one that was published.")
        return raw

    def has(self, name: str) -> bool:
        """Whether the folder holds something under this hash; `get` says whether it is right."""
        try:
            return bool(self._files.exists(self._path(self._require_name(name))))
        except OSError as error:
            raise ContentUnreachable(f"The content folder {self.url} does not answer.") from error

    def forget(self, name: str) -> None:
        """Delete a text, as its person may ask; to forget what is not there changes nothing."""
        path = self._path(self._require_name(name))
        try:
            if self._files.exists(path):
                self._files.rm_file(path)
        except OSError as error:
            raise ContentUnreachable(f"The content folder {self.url} does not answer.") from error

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}.json"

    @staticmethod
    def _require_name(name: str) -> str:
        try:
            return hash_text(name)
        except ValueError as error:
            raise ContentMissing(f"{name!r} is not the hash of a text.") from error


__all__ = ["ContentStore", "document_hash"]
