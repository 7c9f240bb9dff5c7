"""The kept codes: sealed to their place, released on the record, never mixed up."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from cercle import codes
from cercle.flags import ClaimState
from cercle.models import ClaimView

PERKS = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
OTHER = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"
MEMBER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
NOW = datetime(2026, 3, 15, tzinfo=UTC)


def claim(serial: int, variant: int = 0, perk_id: int = 2) -> ClaimView:
    return ClaimView(
        id=1_000 + serial,
        perk_id=perk_id,
        member_no=42,
        variant=variant,
        serial=serial,
        claimed_at=NOW,
        deadline=NOW + timedelta(days=30),
        state=ClaimState.CLAIMED,
        is_overdue=False,
    )


@pytest.fixture
def key():
    return codes.key_from(codes.new_key())


@pytest.fixture
def store(tmp_path, key):
    return codes.CodeStore(tmp_path / "codes", key, 31_337, PERKS)


def test_reveal__each_serial__gets_its_own_code(store):
    assert store.add(2, 0, ["ONE", "TWO"]) == range(1, 3)
    assert store.add(2, 1, ["RED"]) == range(1, 2)
    assert store.add(2, 0, ["THREE"]) == range(3, 4)
    assert [store.reveal(claim(n), MEMBER) for n in (1, 2, 3)] == ["ONE", "TWO", "THREE"]
    assert store.reveal(claim(1, variant=1), MEMBER) == "RED"
    assert store.count(2, 0) == 3


def test_reveal__no_code_for_the_serial__is_none_and_not_journalled(store):
    store.add(2, 0, ["ONE"])
    assert store.reveal(claim(2), MEMBER) is None
    assert store.reveal(claim(1, perk_id=9), MEMBER) is None
    assert store.journal() == []


def test_reveal__twice__is_journalled_once_for_each_account(store):
    store.add(2, 0, ["ONE"])
    for account in (MEMBER, MEMBER, OTHER):
        store.reveal(claim(1), account, now=NOW)
    assert store.journal() == [
        codes.Released(at=NOW, claim_id=1_001, perk_id=2, variant=0, serial=1, account=account)
        for account in (MEMBER, OTHER)
    ]


def test_files__without_the_key__say_nothing(store):
    store.add(2, 0, ["SECRET-CODE"])
    for path in store.folder.iterdir():
        assert b"SECRET" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0 or path.name == ".lock"


def test_reveal__another_key__is_damaged(store, tmp_path):
    store.add(2, 0, ["ONE"])
    thief = codes.CodeStore(store.folder, codes.key_from(codes.new_key()), 31_337, PERKS)
    with pytest.raises(codes.CodesDamaged, match="does not open"):
        thief.reveal(claim(1), MEMBER)


@pytest.mark.parametrize(
    ("chain_id", "perks"), [(1, PERKS), (31_337, OTHER)], ids=["chain", "contract"]
)
def test_reveal__moved_to_another_brand__is_damaged(store, key, chain_id, perks):
    store.add(2, 0, ["ONE"])
    moved = codes.CodeStore(store.folder, key, chain_id, perks)
    with pytest.raises(codes.CodesDamaged, match="does not open"):
        moved.reveal(claim(1), MEMBER)


def test_reveal__two_codes_swapped__is_damaged(store):
    store.add(2, 0, ["ONE", "TWO"])
    path = store.folder / "perk_2.json"
    sheet = json.loads(path.read_text())
    sheet["codes"]["0"].reverse()
    path.write_text(json.dumps(sheet))
    with pytest.raises(codes.CodesDamaged, match="does not open"):
        store.reveal(claim(1), MEMBER)


def test_reveal__file_renamed_to_another_perk__is_damaged(store):
    store.add(2, 0, ["ONE"])
    (store.folder / "perk_2.json").rename(store.folder / "perk_3.json")
    with pytest.raises(codes.CodesDamaged, match="another perk"):
        store.reveal(claim(1, perk_id=3), MEMBER)


@pytest.mark.parametrize("text", ["", "not json", '{"perk_id": 2, "more": 1}'])
def test_reveal__broken_file__is_damaged(store, text):
    store.add(2, 0, ["ONE"])
    (store.folder / "perk_2.json").write_text(text)
    with pytest.raises(codes.CodesDamaged, match="cannot be read"):
        store.reveal(claim(1), MEMBER)


@pytest.mark.parametrize("bad", ["", "  ", "two\nlines", "x" * 513])
def test_add__no_code__is_refused_and_changes_nothing(store, bad):
    with pytest.raises(codes.CodesError, match="one line"):
        store.add(2, 0, ["GOOD", bad])
    assert store.count(2, 0) == 0


def test_add__same_code_again__is_refused(store):
    store.add(2, 0, ["ONE"])
    with pytest.raises(codes.CodesError, match="twice"):
        store.add(2, 0, ["ONE"])
    with pytest.raises(codes.CodesError, match="twice"):
        store.add(2, 0, ["TWO", "TWO"])
    assert store.count(2, 0) == 1


@pytest.mark.parametrize("text", ["", "short", "!!!", "A" * 44])
def test_key_from__no_key__is_refused(text):
    with pytest.raises(codes.CodesKeyMissing, match=codes.KEY):
        codes.key_from(text)


def test_from_environment__folder_without_key__is_refused(monkeypatch, tmp_path):
    monkeypatch.delenv(codes.FOLDER, raising=False)
    assert codes.from_environment(31_337, PERKS) is None
    monkeypatch.setenv(codes.FOLDER, str(tmp_path))
    monkeypatch.delenv(codes.KEY, raising=False)
    with pytest.raises(codes.CodesKeyMissing, match=codes.KEY):
        codes.from_environment(31_337, PERKS)
