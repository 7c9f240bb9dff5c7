"""A company's notice: complete, in both languages, and of one hash wherever it is read."""

import json

import jsonschema
import pytest
from pydantic import ValidationError

from cercle.consent import schema
from cercle.content import ContentStore, NoticeDocument, content_hash, document_hash

from .consents import NOTICE, notice, terms


def test_notice__against_its_schema__is_valid_and_nothing_may_lack():
    form = schema("notice")
    jsonschema.validate(NOTICE, form)
    assert notice().model_dump(mode="json") == NOTICE
    for field in NOTICE:
        poorer = {key: value for key, value in NOTICE.items() if key != field}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(poorer, form)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(NOTICE | {"more": 1}, form)


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": 64},
        {"purpose": "0"},
        {"data": []},
        {"data": [{"bit": 1, "is_required": True}, {"bit": 0, "is_required": True}]},
        {"data": [{"bit": 1, "is_required": True}, {"bit": 1, "is_required": True}]},
        {"data": [{"bit": 64, "is_required": True}]},
        {"privacy_notice": "http://sillon.example"},
        {"privacy_notice": "javascript:alert(1)"},
        {"storage_locations": []},
        {"storage_locations": ["France"]},
        {"jurisdiction": "fr"},
        {"sentence": {"fr": "", "en": "x"}},
        {"sentence": {"en": "x"}},
        {"sentence": {"fr": "a\u202eb", "en": "x"}},
        {"operations": ["Sell"]},
        {"is_automated": "no"},
        {"more": 1},
    ],
)
def test_notice__out_of_form__is_refused(changes):
    with pytest.raises(ValidationError):
        notice(**changes)


def test_notice__mask__is_what_is_published_on_the_chain():
    assert notice().categories == 0b1011
    assert document_hash(notice()) == terms().notice_hash


def test_notice__kept_and_read_back__has_the_hash_that_was_published(tmp_path):
    store = ContentStore(str(tmp_path))
    name = store.put(json.loads(json.dumps(NOTICE)))
    assert name == content_hash(NOTICE) == document_hash(notice())
    assert store.get_as(name, NoticeDocument) == notice()
