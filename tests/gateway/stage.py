"""A small brand: three members of different tiers, a stranger, an avatar; perks with gates."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak

from cercle import core, gates, governance, identity, typed_data
from cercle.artifacts import BUILD, Artifacts
from cercle.calls import Call
from cercle.chain import Chain
from cercle.content import PerkDocument, Text, parse_document
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.executors import UnlockedExecutor
from cercle.flags import GateQuestion, PerkKind
from cercle.journal import create_address
from cercle.loyalty import membership, perks, rewards
from cercle.loyalty.words import Award, claim_id_of
from cercle.values import checksum
from demo import script
from tests.client.community import DAY, Community, found, poll_text
from tests.client.nodes import rpc
from tools.build import compile_contracts

SOON = 3_600


def account(name: str) -> LocalAccount:
    """A key that is the same in every run."""
    made: LocalAccount = Account.from_key(keccak(text=f"gateway tests: {name}"))
    return made


@dataclass
class Stage:
    """The brand at work. Perk 1 is for everybody, 2 for the second tier, 3 is sold out."""

    town: Community
    deployment: Deployment
    members: list[LocalAccount]
    world: str = ""
    reference: str = "0x" + "5a" * 32
    world_key: LocalAccount = field(default_factory=lambda: account("world"))

    collection: str = ""

    open_perk, gated_perk, empty_perk = 1, 2, 3
    token_id = 7

    @property
    def url(self) -> str:
        return self.town.url

    @property
    def chain(self) -> Chain:
        return self.town.chain

    @property
    def till(self) -> str:
        return self.town.till

    @property
    def stranger(self) -> LocalAccount:
        return account("stranger")

    def sign(self, signer: LocalAccount, message: typed_data.TypedData) -> bytes:
        """As the signer's wallet would."""
        signed = signer.sign_message(encode_typed_data(full_message=message.full))
        return bytes(signed.signature)

    def act(self, call: Call, who: LocalAccount | str) -> None:
        """Send, as somebody whom the node lets anybody be."""
        self.town.send(call, who if isinstance(who, str) else who.address)

    def claim(self, place: int = 0, perk_id: int = 1) -> int:
        """A member claims; the number of the claim."""
        self.act(perks.claim(self.deployment, perk_id, 0), self.members[place])
        return claim_id_of(perk_id, place + 1, 0, 0)

    def code(
        self, claim_id: int, place: int = 0, *, signer: int | None = None, lasts: int = SOON
    ) -> str:
        """The code that a member shows at the till."""
        wallet = self.members[place].address
        message = typed_data.redeem(self.deployment, wallet, claim_id, self.town.now() + lasts)
        signature = self.sign(self.members[place if signer is None else signer], message)
        return typed_data.redeem_code(message, signature).as_text()

    def mine(self, blocks: int = 1) -> None:
        rpc(self.url, "anvil_mine", hex(blocks))
        self.chain.forget_head()


def set_up(url: str, folder: Path) -> Stage:
    """Deploy, admit three people, open a shop."""
    if not BUILD.exists():
        assert not compile_contracts()
    town = found(url, [checksum(one) for one in rpc(url, "eth_accounts")], folder)
    stage = Stage(town, town.deployment, [account(f"member {number}") for number in range(3)])
    deployment = town.deployment
    for one in (*stage.members, stage.stranger, stage.world_key):
        rpc(url, "anvil_setBalance", one.address, hex(10**20))
    for member in stage.members:
        stage.act(identity.register(deployment), member)
    stage.act(membership.admit(deployment, [1, 2, 3]), town.steward)
    rows = [
        Award(member.address, 10_000, standing)
        for member, standing in zip(stage.members, (30, 300, 600), strict=True)
    ]
    for made in rewards.batches(rows):
        stage.act(rewards.award(deployment, made.id, made.words), town.issuer)
    town.pass_time(31 * DAY)
    _open(stage, "Coffee", 500, 100)
    _open(stage, "Sleeve", 5, 0, tier=2)
    _open(stage, "Chair", 1, 0)
    stage.act(perks.claim(deployment, 3, 0), stage.members[2])
    text = town.store.put(poll_text(3))
    closes = town.chain.head(fresh=True).time.replace(microsecond=0)
    later = closes.fromtimestamp(closes.timestamp() + 7 * DAY, closes.tzinfo)
    stage.act(governance.open_poll(deployment, text, 3, later), town.steward)
    _appear(stage)
    profile = town.store.put(parse_document(script.BRAND))
    stage.act(core.set_profile(deployment, profile), town.people[0])
    return stage


def _open(stage: Stage, name: str, stock: int, price: int, tier: int = 0) -> None:
    town = stage.town
    asked = [gates.pack_gate(stage.deployment, GateQuestion.TIER, tier)] if tier else []
    now = town.now()
    text = PerkDocument(
        name=Text(fr=f"{name} (fr)", en=name),
        description={"fr": "", "en": ""},
        variants=(Text(fr="Simple", en="Plain"),),
    )
    terms = (int(PerkKind.STORE), price, now, now + 60 * DAY, 0, 2, 14 * DAY, asked)
    content = town.store.put(text)
    stage.act(perks.open_perk(stage.deployment, content, terms, (stock,)), town.steward)


def _appear(stage: Stage) -> None:
    """The second member appears as what the world attests; the third as a token of its own."""
    deployment, key = stage.deployment, stage.world_key
    stage.act(identity.register_world(deployment, "Harbour", key.address), key)
    stage.world = identity.world_id(key.address, "Harbour")
    issued = stage.town.now()
    message = typed_data.avatar_attestation(
        deployment,
        key.address,
        stage.world,
        stage.reference,
        2,
        issued_at=issued,
        deadline=issued + SOON,
    )
    signed = typed_data.attested(message, stage.sign(key, message))
    stage.act(identity.set_attested_avatar(deployment, signed), stage.members[1])
    executor = UnlockedExecutor(stage.chain, stage.town.steward)
    nonce = stage.chain.nonce(executor.sender)
    executor.deploy("FakeCollection", (), nonce)
    stage.collection = create_address(executor.sender, nonce)
    abi = Artifacts()["FakeCollection"].abi
    contract = Contract("FakeCollection", stage.collection, abi)
    holder = stage.members[2]
    stage.act(contract.call("give", stage.token_id, holder.address), holder)
    world, token = stage.world, stage.collection
    stage.act(identity.set_collection(deployment, world, token, is_recognised=True), key)
    stage.act(identity.set_token_avatar(deployment, world, token, stage.token_id), holder)
