"""A ballot's reason is in somebody's own words: as long as the contract takes, and nowhere else."""

import json

import pytest

from cercle import typed_data
from cercle.flags import Support
from cercle.relayer.wire import ActRequest

HEADERS = {"Content-Type": "application/json"}


@pytest.fixture
def body(whole_stage):
    """A ballot with a reason, on a proposal that nobody made."""

    def _body(reason="Why not?", params=b""):
        voter = whole_stage.members[0]
        message = typed_data.extended_ballot(
            *(whole_stage.deployment, voter.address),
            proposal_id=1,
            support=Support.AGAINST,
            reason=reason,
            params=params,
        )
        return ActRequest.of(whole_stage.sign(voter, message)).model_dump(mode="json")

    return _body


@pytest.fixture
def ask(idle):
    """Post, and see that nothing was written; the status and the word."""

    def _ask(body):
        answer = idle.post("/v1/acts", content=json.dumps(body).encode(), headers=HEADERS)
        assert idle.relayer.parts.store.number("SELECT COUNT(*) FROM acts") == 0
        return answer.status_code, answer.json()["code"]

    return _ask


@pytest.mark.parametrize(
    ("reason", "params"),
    [("", b""), ("e" * 1_024, b""), ("é" * 512, b"\x01" * 256), ("a\x00b\n\U0001f3b5", b"")],
    ids=["none", "long", "letters of two bytes", "odd"],
)
def test_reason__that_the_contract_takes__is_carried_to_it(body, ask, reason, params):
    assert ask(body(reason, params)) == (409, "unknown_proposal")


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "e" * 1_025},
        {"reason": "é" * 513},
        {"reason": "half a letter: \ud83c"},
        {"reason": 5},
        {"reason": ["words"]},
        {"reason": None},
        {"params": "0x" + "11" * 257},
        {"params": "words"},
        {"params": "0x1"},
        {"params": "0xzz"},
        {"voter": "words"},
        {"proposalId": "words"},
        {"nonce": "0xzz"},
        {"nonce": ""},
    ],
    ids=lambda change: ascii(change)[:40],
)
def test_words__too_many_or_in_the_wrong_place__are_malformed(body, ask, change):
    told = body()
    told["message"] |= change
    assert ask(told) == (400, "malformed")


def test_reason__other_than_what_was_signed__is_not_theirs(body, ask):
    told = body()
    told["message"]["reason"] += "!"
    assert ask(told) == (422, "not_signed")
