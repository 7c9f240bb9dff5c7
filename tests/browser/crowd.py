"""Two hundred members more in a town, whose keys the test holds and who own nothing."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak

from cercle import identity, typed_data
from cercle.flags import Support
from cercle.loyalty import electorate, membership
from cercle.proposals import Draft
from cercle.relayer.client import RelayerClient
from cercle.relayer.wire import ActStatus
from cercle.typed_data import SignedMessage
from tests.browser.town import DAY, Town

STEWARD = 4  # their seat
ETHER = 10**18
HANDS = 4  # ballots handed over at once


def gather(town: Town, count: int) -> list[LocalAccount]:
    """Let so many people register, join, and grow old enough for their votes to count."""
    people = [Account.from_key(keccak(text=f"crowd: {number}")) for number in range(count)]
    wallets = [person.address for person in people]
    _ask(town, [("anvil_setBalance", [wallet, hex(ETHER)]) for wallet in wallets])
    call = identity.register(town.deployment)
    # Side by side, for nobody's needs another's: only the numbers fall as they may.
    fields = {"to": call.to, "data": call.data, "gas": hex(300_000)}
    _mined(town, [{**fields, "from": who} for who in wallets])
    _ask(town, [("anvil_setBalance", [wallet, "0x0"]) for wallet in wallets])
    passport = town.deployment.contract("Passport")
    reads = [passport.read("id_of", wallet) for wallet in wallets]
    numbers = [int(one) for one in town.chain.read(reads, town.chain.head(fresh=True))]
    for start in range(0, count, 100):
        town.act(STEWARD, membership.admit(town.deployment, numbers[start : start + 100]))
    pass_time(town, 31 * DAY)
    everybody = range(1, int(str(town.ask("Membership", "active_count"))) + 1)
    for start in range(0, len(everybody), 100):
        call = electorate.refresh(town.deployment, everybody[start : start + 100])
        steward = {"from": town.accounts[STEWARD], "gas": hex(16_000_000)}
        _mined(town, [{**steward, "to": call.to, "data": call.data}])
    pass_time(town, 60)
    return people


def vote(
    town: Town, relayer: RelayerClient, draft: Draft, people: Sequence[LocalAccount]
) -> list[ActStatus]:
    """Each signs a ballot and hands it to the relayer: every seventh is against it."""
    deadline = town.chain.head(fresh=True).timestamp + DAY

    def cast(place: int) -> ActStatus:
        support = Support.AGAINST if place % 7 == 0 else Support.IN_FAVOUR
        message = typed_data.ballot_until(
            *(town.deployment, people[place].address),
            proposal_id=draft.id,
            support=support,
            deadline=deadline,
        )
        signed = people[place].sign_message(encode_typed_data(full_message=message.full))
        signature = "0x" + signed.signature.hex().removeprefix("0x")
        return relayer.send(SignedMessage(message=message, signature=signature))

    with ThreadPoolExecutor(HANDS) as hands:
        return list(hands.map(cast, range(len(people))))


def pass_time(town: Town, seconds: int) -> None:
    """Let the chain's clock run ahead."""
    town.node.rpc("evm_increaseTime", seconds)
    town.node.rpc("evm_mine")
    town.chain.forget_head()


def _mined(town: Town, transactions: Sequence[dict[str, str]]) -> None:
    """Send what does not need each other, and wait for all of it."""
    for name in _ask(town, [("eth_sendTransaction", [one]) for one in transactions]):
        receipt = town.node.web3.eth.wait_for_transaction_receipt(name, poll_latency=0.02)
        assert receipt["status"] == 1
    town.chain.forget_head()


def _ask(town: Town, calls: Sequence[tuple[str, list[Any]]]) -> list[Any]:
    """Requests that do not need each other, in one."""
    body = [
        {"jsonrpc": "2.0", "id": place, "method": method, "params": params}
        for place, (method, params) in enumerate(calls)
    ]
    answers = sorted(requests.post(town.node.url, json=body, timeout=60).json(), key=_place)
    assert not [one for one in answers if "error" in one], answers
    return [one["result"] for one in answers]


def _place(answer: dict[str, Any]) -> int:
    return int(answer["id"])


__all__ = ["gather", "pass_time", "vote"]
