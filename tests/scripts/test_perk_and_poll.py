"""`ape run perk` and `ape run poll`: texts by hash, terms from a file, each opened once."""

from __future__ import annotations

import pytest
import yaml
from eth_account import Account
from eth_account.messages import encode_typed_data

from cercle import governance, identity, lens, typed_data
from cercle.codes import CodeStore, key_from
from cercle.flags import ClaimState, Role
from cercle.loyalty import membership, perks
from cercle.slips import RedeemCode
from tests.scripts.stage import FIRST_PERSON, Brand

KEYS = "test test test test test test test test test test test junk"

PERK = {
    "content": {
        "name": {"fr": "Un café", "en": "A coffee"},
        "description": {"fr": "Au comptoir.", "en": "At the counter."},
        "variants": [{"fr": "Court", "en": "Short"}, {"fr": "Long", "en": "Long"}],
    },
    "terms": {
        "kind": "store",
        "price": 0,
        "stock": [2, 3],
        "closes": "+30 days",
        "limit": 2,
        "gates": [],
    },
}
POLL = {
    "question": {"fr": "Ouvrir le lundi ?", "en": "Open on Mondays?"},
    "description": {"fr": "Dès janvier.", "en": "From January."},
    "options": [{"fr": "Oui", "en": "Yes"}, {"fr": "Non", "en": "No"}],
}


@pytest.fixture(scope="module")
def member(brand: Brand) -> str:
    """One member whose voice counts."""
    person = brand.people(1)[0]
    brand.node.send(person, identity.register(brand.deployment))
    brand.node.send(brand.seat(Role.STEWARD), membership.admit(brand.deployment, [1]))
    brand.node.rpc("evm_increaseTime", 31 * 86_400)
    brand.node.rpc("evm_mine")
    return person


@pytest.fixture
def write(tmp_path):
    def _write(value: object, name: str = "file.yaml") -> str:
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else yaml.safe_dump(value))
        return str(path)

    return _write


def test_perk__opened_claimed_and_redeemed(ape, brand, member, write):
    path = write(PERK)
    opened = ape.run("perk", "open", path, *brand.words(Role.STEWARD))
    assert opened.code == 0, opened.text
    again = ape.run("perk", "open", path, *brand.words(Role.STEWARD))
    assert "This perk is open already, as perk 1." in again.text
    assert brand.ask("Perks", "perk_count") == 1
    listed = ape.run("perk", "list", *brand.words())
    assert "1: A coffee" in listed.text
    assert "STORE, 0 points, left 2 of 2, 3 of 3" in listed.text

    brand.node.send(member, perks.claim(brand.deployment, 1, 1))
    claim = lens.perks(brand.node.chain, brand.deployment, member)[0].my_claims[0]
    deadline = brand.node.chain.head(fresh=True).timestamp + 600
    message = typed_data.redeem(brand.deployment, member, claim.id, deadline)
    Account.enable_unaudited_hdwallet_features()
    key = Account.from_mnemonic(KEYS, account_path=f"m/44'/60'/0'/0/{FIRST_PERSON}").key
    signed = Account.sign_message(encode_typed_data(full_message=message.full), key)
    code = RedeemCode(
        claim_id=claim.id,
        wallet=member,
        deadline=deadline,
        signature="0x" + signed.signature.hex().removeprefix("0x"),
    ).as_text()
    wrong = ape.run("perk", "redeem", code, *brand.words(Role.STEWARD))
    assert "role" in wrong.refusal
    redeemed = ape.run("perk", "redeem", code, *brand.words(Role.TILL))
    assert redeemed.code == 0, redeemed.text
    after = lens.perks(brand.node.chain, brand.deployment, member)[0].my_claims[0]
    assert after.state == ClaimState.FULFILLED
    twice = ape.run("perk", "redeem", code, *brand.words(Role.TILL))
    assert twice.code == 1
    assert ape.run("perk", "redeem", "nonsense", *brand.words(Role.TILL)).code == 1


def test_perk__stock_and_close(ape, brand, member, write):
    path = write({**PERK, "content": {**PERK["content"], "name": {"fr": "Un thé", "en": "A tea"}}})
    assert ape.run("perk", "open", path, *brand.words(Role.STEWARD)).code == 0
    number = brand.ask("Perks", "perk_count")
    added = ape.run("perk", "stock", str(number), "0", "5", *brand.words(Role.STEWARD))
    assert added.code == 0, added.text
    assert brand.ask("Perks", "perk", number)["stock"] == [7, 3]
    assert ape.run("perk", "close", str(number), *brand.words(Role.STEWARD)).code == 0
    assert brand.ask("Perks", "perk", number)["terms"]["closes_at"] <= (
        brand.node.chain.head(fresh=True).timestamp
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "gift"}, "kind must be one of store, code, ship."),
        ({"stock": [1]}, "2 variants but 1 stocks."),
        ({"price": -1}, "price must be a whole number from 0 to"),
        ({"closes": "tomorrow"}, "closes must be a time with its zone"),
        ({"limit": 9}, "limit must be a whole number from 1 to 4."),
        ({"gates": [{"height": 3}]}, "a gate asks one of tier, standing, took_part, consent."),
        ({"colour": "red"}, "terms know no field 'colour'."),
    ],
)
def test_perk__wrong_terms__are_named(ape, brand, write, change, sentence):
    before = brand.ask("Perks", "perk_count")
    path = write({**PERK, "terms": {**PERK["terms"], **change}})
    outcome = ape.run("perk", "open", path, *brand.words(Role.STEWARD))
    assert outcome.code == 1
    assert sentence in outcome.refusal
    assert brand.ask("Perks", "perk_count") == before


def test_perk__broken_yaml__names_line_and_column(ape, brand, write):
    outcome = ape.run("perk", "open", write("content: [\n"), *brand.words(Role.STEWARD))
    assert "line 2, column 1" in outcome.refusal


def test_poll__opened_once_voted_listed(ape, brand, member, write):
    path = write(POLL)
    opened = ape.run("poll", "open", path, "--days", "3", *brand.words(Role.STEWARD))
    assert opened.code == 0, opened.text
    again = ape.run("poll", "open", path, *brand.words(Role.STEWARD))
    assert "This question is open already, as poll 1." in again.text
    brand.node.send(member, governance.vote(brand.deployment, 1, 2))
    listed = ape.run("poll", "list", *brand.words())
    assert "1: Open on Mondays?" in listed.text
    assert "tally 0, 1" in listed.text
    late = ape.run("poll", "withdraw", "1", *brand.words(Role.STEWARD))
    assert late.code == 1
    assert brand.ask("Polls", "is_open", 1)


def test_poll__withdrawn_before_any_ballot(ape, brand, member, write):
    other = {**POLL, "question": {"fr": "Ouvrir le mardi ?", "en": "Open on Tuesdays?"}}
    assert ape.run("poll", "open", write(other), *brand.words(Role.STEWARD)).code == 0
    number = brand.ask("Polls", "poll_count")
    assert ape.run("poll", "withdraw", str(number), *brand.words(Role.STEWARD)).code == 0
    assert not brand.ask("Polls", "is_open", number)


def test_poll__without_the_role__changes_nothing(ape, brand, write):
    before = brand.ask("Polls", "poll_count")
    other = {**POLL, "question": {"fr": "Et le jeudi ?", "en": "And Thursdays?"}}
    outcome = ape.run("poll", "open", write(other), *brand.words(Role.ISSUER))
    assert outcome.code == 1
    assert "role" in outcome.refusal
    assert brand.ask("Polls", "poll_count") == before


def test_poll__text_missing__is_said_not_shown(ape, brand, member, tmp_path):
    empty = (tmp_path / "elsewhere").as_uri()
    listed = ape.run("poll", "list", "--content", empty, *brand.words())
    assert listed.code == 0, listed.text
    assert "(text withheld:" in listed.text


def test_codes__kept_shown_and_fulfilled(ape, brand, member, write, tmp_path, monkeypatch):
    terms = {**PERK["terms"], "kind": "code", "stock": [2]}
    name = {"fr": "Un concert", "en": "A concert"}
    content = {**PERK["content"], "name": name, "variants": PERK["content"]["variants"][:1]}
    path = write({"content": content, "terms": terms})
    assert ape.run("perk", "open", path, *brand.words(Role.STEWARD)).code == 0
    number = brand.ask("Perks", "perk_count")
    sheet = write("FIRST-1\n\nSECOND-2\n", "codes.txt")
    bare = ape.run("perk", "codes", str(number), "0", sheet, *brand.words())
    assert bare.refusal == (
        "Name the folder of the codes in CERCLE_CODES, their key in CERCLE_CODES_KEY."
    )
    key = ape.run("perk", "code-key").text.strip().splitlines()[-1]
    kept = {"CERCLE_CODES": str(tmp_path / "codes"), "CERCLE_CODES_KEY": key}
    done = ape.run("perk", "codes", str(number), "0", sheet, *brand.words(), env=kept)
    assert f"kept the codes 1 to 2 of perk {number}" in done.text
    assert "FIRST-1" not in "".join(p.read_text() for p in (tmp_path / "codes").glob("*.json"))

    brand.node.send(member, perks.claim(brand.deployment, number, 0))
    shown = [p for p in lens.perks(brand.node.chain, brand.deployment, member) if p.id == number]
    claim = shown[0].my_claims[0]
    address = brand.deployment.address("Perks")
    store = CodeStore(tmp_path / "codes", key_from(key), brand.node.chain_id, address)
    assert store.reveal(claim, member) == "FIRST-1"
    argv = ["perk", "fulfil", "--released", *brand.words(Role.STEWARD)]
    assert "fulfil 1 claims: done" in ape.run(*argv, env=kept).text
    assert brand.ask("Perks", "claim_of", claim.id)["state"] == ClaimState.FULFILLED
    assert "Nothing is left to fulfil." in ape.run(*argv, env=kept).text
