"""A brand with a hundred members, whose keys the tests hold, and what they sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import requests
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak

from cercle import governance, identity, typed_data
from cercle.artifacts import BUILD
from cercle.calls import Call
from cercle.chain import Chain
from cercle.deployments import Deployed, Deployment
from cercle.events import Event
from cercle.executors import UnlockedExecutor
from cercle.flags import PerkKind, PollKind
from cercle.journal import create_address
from cercle.loyalty import electorate, membership, perks, rewards
from cercle.loyalty.words import Award
from cercle.slips import Invitation
from cercle.typed_data import SignedMessage, TypedData
from cercle.values import ZERO_HASH, checksum
from tests.authenticator import Passkey
from tests.client.community import DAY, Community, perk_text, poll_text
from tests.client.data_town import DataTown, found_data
from tests.client.nodes import CHAIN_ID, rpc, wait_mined
from tools.build import compile_contracts

MEMBERS = 104  # a full batch, and four more
ETHER = 10**18


def account(name: str) -> LocalAccount:
    """A key that is the same in every run."""
    made: LocalAccount = Account.from_key(keccak(text=f"relayer tests: {name}"))
    return made


def batch(url: str, calls: Sequence[tuple[str, list[Any]]]) -> list[Any]:
    """Many requests in one, the answers in their order."""
    body = [
        {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        for number, (method, params) in enumerate(calls)
    ]
    answers = requests.post(url, json=body, timeout=60).json()
    answers.sort(key=lambda answer: answer["id"])
    assert not [one for one in answers if "error" in one], answers
    return [one["result"] for one in answers]


@dataclass(frozen=True)
class Stage:
    """The brand at work: a poll of each kind is open, everybody's vote counts."""

    town: DataTown
    deployment: Deployment
    members: list[LocalAccount]
    texts: dict[int, str]  # poll -> the hash of its text

    single, approval, perk_id = 1, 2, 1
    payer = account("payer")

    @property
    def url(self) -> str:
        return self.town.url

    @property
    def chain(self) -> Chain:
        return self.town.chain

    @cached_property
    def steward(self) -> LocalAccount:
        """The steward's key: anvil's fifth account."""
        Account.enable_unaudited_hdwallet_features()
        words = "test test test test test test test test test test test junk"
        made: LocalAccount = Account.from_mnemonic(words, account_path="m/44'/60'/0'/0/4")
        assert made.address == self.town.steward
        return made

    # ---- what people sign ----

    def soon(self) -> int:
        return self.town.now() + DAY

    def sign(self, signer: LocalAccount, message: TypedData, **more: Any) -> SignedMessage:
        """As the signer's wallet would."""
        signed = signer.sign_message(encode_typed_data(full_message=message.full))
        return SignedMessage(message=message, signature="0x" + signed.signature.hex(), **more)

    def ballot(
        self,
        voter: LocalAccount,
        options: Sequence[int] = (1,),
        *,
        sequence: int = 1,
        poll: int = 1,
        deadline: int | None = None,
    ) -> SignedMessage:
        message = typed_data.ballot(
            self.deployment,
            voter.address,
            poll_id=poll,
            content_hash=self.texts[poll],
            options=options,
            sequence=sequence,
            deadline=self.soon() if deadline is None else deadline,
        )
        return self.sign(voter, message)

    def leave(self, member: LocalAccount, nonce: int = 1, **more: Any) -> SignedMessage:
        deadline = more.get("deadline", self.soon())
        message = typed_data.leave(self.deployment, member.address, nonce=nonce, deadline=deadline)
        return self.sign(member, message)

    def register(
        self, wallet: LocalAccount, invitation: Invitation | None, nonce: int = 1
    ) -> SignedMessage:
        message = typed_data.register(
            self.deployment, wallet.address, nonce=nonce, deadline=self.soon()
        )
        return self.sign(wallet, message, invitation=invitation)

    def join(
        self, wallet: LocalAccount, invitation: Invitation | None, nonce: int = 1
    ) -> SignedMessage:
        inviter = self.steward.address if invitation is None else invitation.inviter
        message = typed_data.join(
            self.deployment, wallet.address, inviter, nonce=nonce, deadline=self.soon()
        )
        return self.sign(wallet, message, invitation=invitation)

    def claim(
        self, member: LocalAccount, number: int, perk_id: int = 1, order_hash: str = ZERO_HASH
    ) -> SignedMessage:
        """A claim of a perk by the member of this number."""
        contract = self.deployment.contract("Perks")
        reads = [contract.read("next_claim_id", perk_id, number), contract.read("perk", perk_id)]
        claim_id, perk = self.chain.read(reads, self.chain.head(fresh=True))
        message = typed_data.claim(
            self.deployment,
            member.address,
            perk_id=perk_id,
            order_hash=order_hash,
            content_hash="0x" + perk["content_hash"].hex(),
            variant=0,
            price=perk["terms"]["price"],
            claim_id=claim_id,
            deadline=self.soon(),
        )
        return self.sign(member, message)

    def invitation(
        self,
        nonce: int = 7,
        *,
        inviter: LocalAccount | None = None,
        passport_id: int = 0,
        deadline: int | None = None,
    ) -> Invitation:
        who = inviter or self.steward
        message = typed_data.invitation(
            self.deployment,
            who.address,
            nonce=nonce,
            deadline=self.soon() if deadline is None else deadline,
            passport_id=passport_id,
        )
        return Invitation(signature=self.sign(who, message).signature, **message.message)

    def by_passkey(self, passkey: Passkey, at: str, message: TypedData, **more: Any) -> Any:
        """A message that a passkey's account signs (ERC-1271)."""
        around = encode_typed_data(
            domain_data={
                "name": "Cercle Passkey",
                "version": "1",
                "chainId": CHAIN_ID,
                "verifyingContract": at,
            },
            message_types={"Message": [{"name": "digest", "type": "bytes32"}]},
            message_data={"digest": message.digest()},
        )
        challenge = keccak(b"\x19" + around.version + around.header + around.body)
        raw = passkey.answer(challenge).packed()
        return SignedMessage(message=message, signature="0x" + raw.hex(), **more)

    # ---- what the chain says ----

    def read(self, contract: str, function: str, *arguments: Any) -> Any:
        read = self.deployment.contract(contract).read(function, *arguments)
        return self.chain.read([read], self.chain.head(fresh=True))[0]

    def tally(self, poll: int = 1) -> list[int]:
        return list(self.read("Polls", "tally", poll))

    def count(self, who: str | None = None) -> int:
        """How many transactions of an account are mined; the payer's, if nobody is named."""
        return self.chain.nonce(who or self.payer.address)

    def mine(self, blocks: int = 1) -> None:
        rpc(self.url, "anvil_mine", hex(blocks))
        self.chain.forget_head()

    def transactions(self) -> list[dict[str, Any]]:
        """All that the payer ever sent, in order."""
        head = self.chain.head(fresh=True).number
        first = max(0, head - 200)
        blocks = batch(
            self.url,
            [("eth_getBlockByNumber", [hex(n), True]) for n in range(first, head + 1)],
        )
        sent = [tx for block in blocks for tx in block["transactions"]]
        ours = [tx for tx in sent if tx["from"].lower() == self.payer.address.lower()]
        return sorted(ours, key=lambda tx: int(tx["nonce"], 16))

    def events(self, call: Any, sender: str) -> tuple[Event, ...]:
        return self.town.send(call, sender)


def set_up(url: str, folder: Path) -> Stage:
    """Deploy, wire, and let a hundred people grow old enough to vote."""
    if not BUILD.exists():
        assert not compile_contracts()
    people = [checksum(one) for one in rpc(url, "eth_accounts")]
    town = found_data(url, people, folder)
    members = [account(f"member {number}") for number in range(1, MEMBERS + 1)]
    wallets = [member.address for member in members]
    batch(url, [("anvil_setBalance", [who, hex(ETHER)]) for who in wallets])
    register = identity.register(town.deployment)
    for who in wallets:  # a passport's number is its place in the queue: one after the other
        _send(town, register, who)
    batch(url, [("anvil_setBalance", [who, "0x0"]) for who in wallets])  # from here on, nothing
    numbers = [town_number(town, who) for who in wallets]
    assert numbers == list(range(1, MEMBERS + 1))
    hundreds = [numbers[start : start + 100] for start in range(0, MEMBERS, 100)]
    for part in hundreds:
        _send(town, membership.admit(town.deployment, part), town.steward)
    rows = [Award(who, 2_000, 30) for who in wallets[:10]]
    for made in rewards.batches(rows):
        _send(town, rewards.award(town.deployment, made.id, made.words), town.issuer)
    town.pass_time(31 * DAY)
    for part in hundreds:
        _send(town, electorate.refresh(town.deployment, part), town.steward)
    town.pass_time(60)
    stage = Stage(town, _with_passkeys(town), members, _open_polls(town))
    _open_perk(town)
    batch(url, [("anvil_setBalance", [stage.payer.address, hex(10 * ETHER)])])
    return stage


def town_number(town: Community, wallet: str) -> int:
    read = town.deployment.contract("Passport").read("id_of", wallet)
    return int(town.chain.read([read], town.chain.head())[0])


def _send(town: Community, call: Call, sender: str) -> None:
    fields = {"from": sender, "to": call.to, "data": call.data, "gas": hex(16_000_000)}
    sent = rpc(town.url, "eth_sendTransaction", fields)
    wait_mined(town.url, sent)
    assert rpc(town.url, "eth_getTransactionReceipt", sent)["status"] == "0x1"
    town.chain.forget_head()


def _open_polls(town: Community) -> dict[int, str]:
    texts = {}
    for poll, kind in ((1, PollKind.SINGLE), (2, PollKind.APPROVAL)):
        texts[poll] = town.store.put(poll_text(4))
        closes = town.chain.head(fresh=True).time + timedelta(days=7)
        call = governance.open_poll(town.deployment, texts[poll], 4, closes, kind)
        town.send(call, town.steward)
    return texts


def _open_perk(town: Community) -> None:
    open_perk(town, PerkKind.STORE)


def open_perk(town: Community, kind: PerkKind) -> None:
    """Put something on the shelf for a hundred points."""
    now = town.now()
    terms = (int(kind), 100, now, now + 60 * DAY, 0, 2, 14 * DAY, [])
    content = town.store.put(perk_text("Coffee", 1))
    town.send(perks.open_perk(town.deployment, content, terms, (500,)), town.steward)


def _with_passkeys(town: Community) -> Deployment:
    """The brand with a factory of passkey accounts, if its rollout made none."""
    deployment = town.deployment
    if deployment.has("PasskeyFactory"):
        return deployment
    admin = town.people[0]
    executor = UnlockedExecutor(town.chain, admin)
    for name in ("PasskeyAccount", "PasskeyFactory"):
        arguments = (deployment.address("PasskeyAccount"),) if name == "PasskeyFactory" else ()
        nonce = town.chain.nonce(admin)
        executor.deploy(name, arguments, nonce)
        where = Deployed(address=create_address(admin, nonce), block=0, codehash="0x" + "00" * 32)
        deployment = deployment.with_contract(name, where)
    return deployment
