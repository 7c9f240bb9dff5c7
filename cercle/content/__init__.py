"""Texts by hash: canonical JSON in both languages, shown only if the hash matches."""

from .canonical import canonical_bytes, content_hash
from .documents import (
    BrandDocument,
    Document,
    MeterDocument,
    NoticeDocument,
    PerkDocument,
    PlanDocument,
    PollDocument,
    PriceListDocument,
    ProfileDocument,
    Text,
    WorldName,
    parse_document,
)
from .escape import escape_markdown
from .store import ContentStore, document_hash

__all__ = [
    "BrandDocument",
    "ContentStore",
    "Document",
    "MeterDocument",
    "NoticeDocument",
    "PerkDocument",
    "PlanDocument",
    "PollDocument",
    "PriceListDocument",
    "ProfileDocument",
    "Text",
    "WorldName",
    "canonical_bytes",
    "content_hash",
    "document_hash",
    "escape_markdown",
    "parse_document",
]
