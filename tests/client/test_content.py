"""Texts by hash: one form, bounded, kept anywhere, shown only if the hash matches."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.content import (
    BrandDocument,
    ContentStore,
    MeterDocument,
    PerkDocument,
    PlanDocument,
    PollDocument,
    PriceListDocument,
    ProfileDocument,
    Text,
    canonical_bytes,
    content_hash,
    document_hash,
    parse_document,
)
from cercle.content.canonical import MAX_BYTES, parse_canonical
from cercle.errors import (
    ContentForged,
    ContentMissing,
    ContentRefused,
    ContentUnreachable,
)

POLL = {
    "kind": "poll",
    "question": {"fr": "Où ?", "en": "Where?"},
    "description": {"fr": "Un\ndeux", "en": ""},
    "options": [{"fr": "Ici", "en": "Here"}, {"fr": "Là", "en": "There"}],
}
PERK = {
    "kind": "perk",
    "name": {"fr": "Café", "en": "Coffee"},
    "description": {"fr": "", "en": ""},
    "variants": [{"fr": "Seul", "en": "Only"}],
}
BRAND = {
    "kind": "brand",
    "name": "Sillon",
    "colour": "#aa3322",
    "motto": {"fr": "À l'écoute", "en": "Listening"},
    "tiers": [{"fr": "Ami", "en": "Friend"}, {"fr": "Fidèle", "en": "Regular"}],
    "languages": ["fr", "en"],
    "support_hours": {"fr": "9 h à 18 h", "en": "9 to 18"},
}
WORLDLY = BRAND | {
    "worlds": [{"id": "0x" + "12" * 32, "name": {"fr": "La Place", "en": "The Plaza"}}]
}
PROFILE = {
    "kind": "profile",
    "display_name": "Nadia",
    "bio": "Jazz.\nEt rien d'autre.",
    "worlds": ["0x" + "12" * 32],
    "salt": "0x" + "34" * 32,
}
PRICE_LIST = {
    "kind": "price_list",
    "provider": "Ondine",
    "name": {"fr": "Données en France", "en": "Data in France"},
    "description": {"fr": "Sans engagement.", "en": "Leave when you like."},
    "unit": {"fr": "mégaoctets", "en": "megabytes"},
    "shown_as": {"fr": "Go", "en": "GB"},
    "per_shown": 1_000,
}
PLAN = {
    "kind": "plan",
    "name": {"fr": "Petit", "en": "Small"},
    "description": {"fr": "", "en": "For now and then."},
}
METER = {
    "kind": "meter",
    "name": {"fr": "Compteur", "en": "Meter"},
    "description": {"fr": "", "en": "Counts all that goes out."},
}
DOCUMENTS = [
    *((PRICE_LIST, PriceListDocument), (PLAN, PlanDocument), (METER, MeterDocument)),
    *((POLL, PollDocument), (PERK, PerkDocument), (BRAND, BrandDocument)),
    *((WORLDLY, BrandDocument), (PROFILE, ProfileDocument)),
]
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


@pytest.fixture
def store(tmp_path):
    return ContentStore(str(tmp_path / "texts"))


@pytest.mark.parametrize(("raw", "form"), DOCUMENTS)
def test_put__each_document__comes_back_by_its_hash(store, raw, form):
    name = store.put(raw)
    assert store.get_as(name, form) == form.model_validate(raw)
    assert name == store.put(form.model_validate(raw)) == document_hash(parse_document(raw))
    assert store.has(name)


def test_put__other_kind_of_folder__gives_the_same_name(store):
    assert ContentStore("memory://cercle-test").put(POLL) == store.put(POLL)


def test_content_hash__known_text__is_what_it_always_was():
    assert content_hash({"b": 1, "a": "é"}) == content_hash(b'{"a":"\xc3\xa9","b":1}')
    assert content_hash(b"") == (
        "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    )


def test_get__forged__is_not_shown(store, tmp_path):
    name = store.put(POLL)
    file = tmp_path / "texts" / f"{name}.json"
    file.write_bytes(file.read_bytes().replace(b"Where", b"Whose"))
    with pytest.raises(ContentForged, match="not the one that was published"):
        store.get(name)


def test_get__forged_and_endless__reads_no_further_than_the_bound(store, tmp_path):
    name = store.put(POLL)
    (tmp_path / "texts" / f"{name}.json").write_bytes(b" " * (MAX_BYTES * 4))
    with pytest.raises(ContentForged):
        store.get(name)


def test_get__missing__says_so(store):
    with pytest.raises(ContentMissing, match="not in the content folder"):
        store.get("0x" + "ab" * 32)


@pytest.mark.parametrize("name", ["", "0x12", "../../etc/passwd", "0x" + "z" * 64])
def test_get__no_hash__is_never_a_path(store, name):
    with pytest.raises(ContentMissing, match="not the hash of a text"):
        store.get(name)


def test_get__right_hash_wrong_kind__is_refused(store):
    with pytest.raises(ContentRefused, match="is a poll"):
        store.get_as(store.put(POLL), PerkDocument)


def test_get__right_hash_of_a_stranger__is_refused(store, tmp_path):
    store.put(POLL)
    raw = canonical_bytes({"kind": "virus"})
    name = content_hash(raw)
    (tmp_path / "texts" / f"{name}.json").write_bytes(raw)
    with pytest.raises(ContentRefused, match="not valid"):
        store.get(name)


def test_store__unknown_scheme__is_unreachable():
    with pytest.raises(ContentUnreachable, match="cannot be opened"):
        ContentStore("nowhere://x")


def test_store__folder_is_a_file__is_unreachable(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ContentUnreachable):
        ContentStore(str(tmp_path / "file" / "texts")).put(POLL)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("question", "en"), "x" * 121, "question.en"),
        (("question", "en"), "", "question.en"),
        (("question", "en"), "a\nb", "U+000A"),
        (("question", "en"), "a\x00b", "U+0000"),
        (("question", "en"), "safe\u202eelif", "U+202E"),
        (("question", "en"), "a\u2066b", "U+2066"),
        (("question", "en"), "a\ufeffb", "U+FEFF"),
        (("question", "en"), " a", "blanks"),
        (("description", "fr"), "x" * 4_001, "description.fr"),
        (("description", "fr"), "a\tb", "U+0009"),
        (("options",), [POLL["options"][0]], "options"),
        (("options",), POLL["options"] * 17, "options"),
        (("more",), 1, "more"),
        (("kind",), "pool", "kind"),
    ],
)
def test_put__bad_document__is_refused_by_field(store, path, value, words):
    raw = json.loads(json.dumps(POLL))
    place = raw
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    with pytest.raises(ContentRefused) as refused:
        store.put(raw)
    assert words in str(refused.value)


@pytest.mark.parametrize("colour", ["red", "#AA3322", "#aa33", "#aa3322;}"])
def test_put__bad_colour__is_refused(store, colour):
    with pytest.raises(ContentRefused, match="colour"):
        store.put({**BRAND, "colour": colour})


def test_text__joined_emoji_and_accents__are_kept():
    text = Text(fr="Été 👩\u200d🎤", en="Summer")
    assert text.in_language("fr-CA") == "Été 👩\u200d🎤"
    assert text.in_language("de") == "Summer"


@pytest.mark.parametrize(
    "value",
    [
        [[[[[[[[[[1]]]]]]]]]],
        "x" * 9_000,
        [0] * 300,
        {"x": float("nan")},
        {"x": 2**60},
        {1: 2},
        {"x": "\ud800"},
        [["x" * 8_000] * 10],
    ],
)
def test_canonical__unbounded_or_no_json__is_refused(value):
    with pytest.raises(ContentRefused):
        canonical_bytes(value)


def test_parse_canonical__deep__is_refused_without_recursion():
    with pytest.raises(ContentRefused):
        parse_canonical(b"[" * 60_000)


@pytest.mark.parametrize("raw", [b'{"b":1,"a":2}', b'{ "a":1}', b"\xff", b"", b'{"a":1,"a":1}'])
def test_parse_canonical__another_form__is_refused(raw):
    with pytest.raises(ContentRefused):
        parse_canonical(raw)


@given(json_values)
def test_canonical__any_json__reads_back(value):
    raw = canonical_bytes(value)
    assert parse_canonical(raw) == value
    assert canonical_bytes(json.loads(raw)) == raw


# ---- worlds and people --------------------------------------------------------------


def test_brand__world_by_its_name__is_the_one_that_the_brand_trusts():
    brand = BrandDocument.model_validate(WORLDLY)
    assert brand.world("La Place") == brand.world("The Plaza") == "0x" + "12" * 32
    assert brand.world("Plaza") is None
    assert BrandDocument.model_validate(BRAND).worlds == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"display_name": ""},
        {"display_name": "evil\u202etxt"},
        {"bio": "x" * 1_001},
        {"worlds": ["0x12"]},
        {"worlds": ["0x" + "12" * 32] * 17},
        {"salt": "0x12"},
        {"mail": "nadia@example.org"},
    ],
)
def test_profile__other_than_agreed__is_refused(store, changes):
    with pytest.raises(ContentRefused):
        store.put(PROFILE | changes)
