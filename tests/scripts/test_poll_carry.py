"""`ape run poll`: members approve of several answers, and anybody carries what they signed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import yaml
from eth_account import Account

from cercle import governance, identity, lens, typed_data
from cercle.errors import NotSignedByThem, SignatureExpired, StaleBallot, UnknownPoll
from cercle.flags import PollKind, Role
from cercle.loyalty import membership
from cercle.typed_data import SignedMessage
from cercle.values import checksum
from tests.scripts.stage import FIRST_PERSON, Brand

KEYS = "test test test test test test test test test test test junk"
TEXT = "0x" + "44" * 32
POLL = {
    "question": {"fr": "Quels jours ?", "en": "Which days?"},
    "description": {"fr": "", "en": ""},
    "options": [{"fr": "Lundi", "en": "Monday"}, {"fr": "Mardi", "en": "Tuesday"}],
}


@pytest.fixture(scope="module")
def members(brand: Brand) -> list[str]:
    """Four members whose voices count."""
    people = brand.people(4)
    for person in people:
        brand.node.send(person, identity.register(brand.deployment))
    brand.node.send(
        brand.seat(Role.STEWARD),
        membership.admit(brand.deployment, list(range(1, len(people) + 1))),
    )
    brand.node.rpc("evm_increaseTime", 31 * 86_400)
    brand.node.rpc("evm_mine")
    return people


@pytest.fixture
def poll_id(brand, members):
    """An open poll of two options, each picks one."""
    closes_at = brand.node.chain.head(fresh=True).time + timedelta(days=7)
    call = governance.open_poll(brand.deployment, TEXT, 2, closes_at)
    brand.node.send(brand.seat(Role.STEWARD), call)
    return brand.ask("Polls", "poll_count")


@pytest.fixture
def signed(brand, members):
    """A member's ballot as a JSON line."""
    Account.enable_unaudited_hdwallet_features()

    def _signed(who, poll_id, options, sequence=1, life=3_600, by=None):
        path = f"m/44'/60'/0'/0/{FIRST_PERSON + (who if by is None else by)}"
        message = typed_data.ballot(
            brand.deployment,
            members[who],
            poll_id=poll_id,
            content_hash=TEXT,
            options=options,
            sequence=sequence,
            deadline=brand.node.chain.head(fresh=True).timestamp + life,
        )
        key = Account.from_mnemonic(KEYS, account_path=path).key
        signature = Account.sign_typed_data(key, full_message=message.full).signature
        one = SignedMessage(message=message, signature="0x" + signature.hex())
        return one.model_dump_json()

    return _signed


@pytest.fixture
def write(tmp_path):
    def _write(*lines: str) -> str:
        path = tmp_path / "ballots.jsonl"
        path.write_text("\n".join(lines))
        return str(path)

    return _write


def view_of(brand, poll_id):
    return next(one for one in lens.polls(brand.node.chain, brand.deployment) if one.id == poll_id)


# ---- opening ------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["option", "file"])
def test_poll__approval__is_opened_and_listed_as_such(ape, brand, members, tmp_path, how):
    question = {"fr": f"Quels jours ({how}) ?", "en": f"Which days ({how})?"}
    fields = {**POLL, "question": question} | ({"kind": "approval"} if how == "file" else {})
    path = tmp_path / "poll.yaml"
    path.write_text(yaml.safe_dump(fields))
    words = ["--approval"] if how == "option" else []
    opened = ape.run("poll", "open", str(path), *words, *brand.words(Role.STEWARD))
    assert opened.code == 0, opened.text
    assert f"open the approval poll 'Which days ({how})?': done" in opened.text

    poll_id = brand.ask("Polls", "poll_count")
    assert view_of(brand, poll_id).kind is PollKind.APPROVAL
    for member, options in zip(members, ([1, 2], [], [2]), strict=False):
        brand.node.send(member, governance.vote_for(brand.deployment, poll_id, options))
    listed = ape.run("poll", "list", *brand.words()).text
    _, _, after = listed.partition(f"{poll_id}: Which days ({how})?\n")
    assert after.startswith("   approval, open, closes ")
    assert "UTC, 3 voted, tally 1, 2\n" in after


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        ("ranked", [], "poll.yaml: kind must be single or approval."),
        (["approval"], [], "poll.yaml: kind must be single or approval."),
        ("single", ["--approval"], "poll.yaml says kind: single."),
    ],
)
def test_poll__kind_that_is_none__is_refused(ape, brand, tmp_path, kind, words, sentence):
    path = tmp_path / "poll.yaml"
    path.write_text(yaml.safe_dump({**POLL, "kind": kind}))
    outcome = ape.run("poll", "open", str(path), *words, *brand.words(Role.STEWARD))
    assert outcome.code == 1
    assert outcome.refusal == sentence


# ---- carrying -----------------------------------------------------------------------------


def test_carry__good_and_bad__sends_the_good_and_tells_the_others(
    ape, brand, members, poll_id, signed, write
):
    path = write(
        signed(0, poll_id, [1]),
        signed(1, poll_id, [2]),
        signed(2, poll_id, [2], by=3),
        signed(0, poll_id, [2], sequence=2),
        signed(3, poll_id, [1], life=-60),
        signed(3, poll_id + 1, [1]),
    )
    rehearsed = ape.run("poll", "carry", path, "--dry-run", *brand.words(Role.TILL))
    assert rehearsed.code == 0, rehearsed.text
    assert f"would send: carry 3 ballots of poll {poll_id}" in rehearsed.text
    assert brand.ask("Polls", "tally", poll_id) == [0, 0]

    sent = ape.run("poll", "carry", path, *brand.words(Role.TILL))
    assert sent.code == 0, sent.text
    assert f"carry 3 ballots of poll {poll_id}: done in block" in sent.text
    for text in (rehearsed.text, sent.text):
        left = [line.strip() for line in text.splitlines() if "left out" in line]
        assert sorted(left) == [
            f"left out line 3, {checksum(members[2])}: {NotSignedByThem.sentence}",
            f"left out line 5, {checksum(members[3])}: {SignatureExpired.sentence}",
            f"left out line 6, {checksum(members[3])}: {UnknownPoll.sentence}",
        ]
    assert brand.ask("Polls", "tally", poll_id) == [0, 2]
    assert brand.ask("Polls", "ballot_of", poll_id, 1)[1] == 2


def test_carry__sent_again__counts_nothing_twice(ape, brand, members, poll_id, signed, write):
    path = write(*(signed(who, poll_id, [1]) for who in range(3)))
    first = ape.run("poll", "carry", path, *brand.words(Role.TILL))
    assert "carry 3 ballots" in first.text
    before = brand.node.nonce(brand.seat(Role.TILL))
    again = ape.run("poll", "carry", path, *brand.words(Role.TILL))
    assert again.code == 0, again.text
    assert again.text.count("left out line") == 3
    assert again.text.count(StaleBallot.sentence) == 3
    assert "No ballot is left to carry." in again.text
    assert brand.node.nonce(brand.seat(Role.TILL)) == before
    assert brand.ask("Polls", "tally", poll_id) == [3, 0]


def test_carry__broken_file__is_one_sentence_and_nothing_is_sent(
    ape, brand, poll_id, signed, write
):
    path = write(signed(0, poll_id, [1]), "nonsense")
    outcome = ape.run("poll", "carry", path, *brand.words(Role.TILL))
    assert outcome.code == 1
    assert outcome.refusal.startswith("ballots.jsonl, line 2: the line: Invalid JSON")
    assert brand.ask("Polls", "tally", poll_id) == [0, 0]
