"""A small brand on the browser tests' own chain: five members, a perk of each kind, a poll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eth_account import Account
from eth_account.messages import encode_typed_data

from cercle import governance, identity, typed_data
from cercle.artifacts import Artifacts
from cercle.calls import Call
from cercle.chain import Chain
from cercle.codes import CodeStore, key_from, new_key
from cercle.content import ContentStore, parse_document
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.events import read_events
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from cercle.loyalty import membership, perks, rewards
from cercle.loyalty.words import Award
from cercle.perk_file import PerkTerms
from cercle.plan import Plan, SharedPlan
from cercle.rollout import Rollout
from demo import script
from tests.browser.kit.processes import ROOT, Anvil

Account.enable_unaudited_hdwallet_features()
MNEMONIC = "test test test test test test test test test test test junk"
DAY = 86_400
MEMBERS = 3  # those with a card and points; two more wallets have none


def key_of(index: int) -> str:
    """The key of one of the node's own accounts: everybody knows it."""
    account = Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}")
    return "0x" + account.key.hex().removeprefix("0x")


@dataclass
class Town:
    """The brand, and hands for what its staff and members do outside the page."""

    node: Anvil
    chain: Chain
    deployment: Deployment
    path: Path
    content: str
    accounts: list[str]
    codes: CodeStore
    codes_key: str
    invitations: int = 0

    @property
    def members(self) -> list[str]:
        return self.accounts[7 : 7 + MEMBERS]

    def member_keys(self, place: int) -> list[str]:
        return [key_of(7 + place)]

    def newcomer_keys(self, place: int = 0) -> list[str]:
        return [key_of(7 + MEMBERS + place)]

    def next_invitation(self) -> int:
        """A number that no invitation had."""
        self.invitations += 1
        return self.invitations

    def invitation(self, app: str) -> str:
        """A link for whoever bears it, as a steward at the counter signs it."""
        deadline = self.chain.head(fresh=True).timestamp + DAY
        steward = self.accounts[4]
        message = typed_data.invitation(
            self.deployment, steward, nonce=self.next_invitation(), deadline=deadline
        )
        signed = Account.sign_message(encode_typed_data(full_message=message.full), key_of(4))
        return typed_data.invitation_link(app, message, signed.signature)

    @property
    def euro(self) -> Contract:
        """What companies pay in, where they do."""
        name = "DemoEuro"
        return Contract(name, str(self.ask("Vault", "token")), Artifacts()[name].abi)

    def act(self, seat: int, call: Call) -> None:
        UnlockedExecutor(self.chain, self.accounts[seat]).send(call)

    def told(self, contract: str, event: str) -> list[dict[str, object]]:
        """What a contract has written under an event, oldest first."""
        return [one.args for one in read_events(self.chain, self.deployment, contract, event)]

    def ask(self, contract: str, function: str, *arguments: object) -> object:
        """Ask the chain itself, past the SDK's pages."""
        read = self.deployment.contract(contract).read(function, *arguments)
        return self.chain.read([read], self.chain.head(fresh=True))[0]


def found(node: Anvil, folder: Path, *, is_paid: bool = False) -> Town:
    """Deploy, admit, award, open: what a member then meets in the app.

    Args:
        node: The chain.
        folder: For its files.
        is_paid: Whether companies pay for what they read, in a token of the town's own.
    """
    plan = Plan.load(ROOT / "plans" / "demo.yaml").model_copy(update={"profile": script.BRAND})
    chain = Chain([node.url], node.chain_id, head_age=0, rest=0)
    if is_paid:
        money = UnlockedExecutor(chain, plan.roles.admin)
        nonce = chain.nonce(plan.roles.admin)
        money.deploy("DemoEuro", (), nonce)
        shared = SharedPlan(token=create_address(plan.roles.admin, nonce))
        plan = plan.model_copy(update={"shared": shared})
    content = (folder / "content").as_uri()
    path = folder / "town.json"
    executor = UnlockedExecutor(chain, plan.roles.admin)
    for _ in Rollout(plan, path, executor, network="test", content=content).run():
        pass
    accounts = [str(account) for account in node.web3.eth.accounts]
    book, key = Deployment.load(path), new_key()
    codes = CodeStore(folder / "codes", key_from(key), node.chain_id, book.address("Perks"))
    codes.add(script.CONCERT, 0, ["SILLON-7Q4M", "SILLON-2B9K"])
    town = Town(node, chain, book, path, content, accounts, codes, key)
    for place in range(MEMBERS):
        town.act(7 + place, identity.register(town.deployment))
    ids = [town.ask("Passport", "id_of", member) for member in town.members]
    town.act(4, membership.admit(town.deployment, [int(str(i)) for i in ids]))
    awards = [Award(member, 1_250, 120) for member in town.members]
    for batch in rewards.batches(awards):
        town.act(2, rewards.award(town.deployment, batch.id, batch.words))
    node.rpc("evm_increaseTime", 31 * DAY)
    node.rpc("evm_mine")
    store = ContentStore(content)
    now = datetime.fromtimestamp(chain.head(fresh=True).timestamp, UTC)
    for perk in script.PERKS:
        seal = store.put(parse_document(perk.content))
        raw = {
            "kind": perk.kind,
            "price": perk.price,
            "stock": list(perk.stock),
            "opens": now,
            "closes": "+60 days",
            "limit": perk.limit,
            "gates": [{"tier": perk.least_tier}] if perk.least_tier else [],
        }
        terms = PerkTerms.parse(raw, now).for_chain(town.deployment)
        town.act(4, perks.open_perk(town.deployment, seal, terms, perk.stock))
    seal = store.put(parse_document(script.POLLS[1]))
    closes = datetime.fromtimestamp(chain.head(fresh=True).timestamp + 5 * DAY, UTC)
    town.act(4, governance.open_poll(town.deployment, seal, 4, closes))
    town.act(9, governance.vote(town.deployment, 1, 1))
    return town
