"""A brand where companies can pay: a token, the four books of consent, and its people."""

from pathlib import Path
from typing import Any

from eth_account import Account

from cercle import identity, typed_data
from cercle.acts import Act
from cercle.artifacts import Artifacts
from cercle.chain import Chain
from cercle.consent import ConsentTerms, calls, company
from cercle.content import ContentStore
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.events import Event
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from cercle.plan import SharedPlan
from cercle.rollout import Rollout

from .community import DAY, Community, plan_of

PLAIN, DECIMALS = 0, 2
KEY, RECORD, NOTICE = "0x" + "33" * 32, "0x" + "44" * 32, "0x" + "55" * 32
PURPOSE, CATEGORIES = 0, 0b1011


class DataTown(Community):
    """The town, and what its people and a company do with data."""

    @property
    def token(self) -> Contract:
        address = self.deployment.contracts["Vault"].args[1]
        return Contract("OddToken", address, Artifacts()["OddToken"].abi)

    @property
    def controller(self) -> str:
        return self.people[15]

    def passport(self, wallet: str) -> int:
        read = self.deployment.contract("Passport").read("id_of", wallet)
        found = int(self.chain.read([read], self.chain.head(fresh=True))[0])
        if found:
            return found
        self.send(identity.register(self.deployment), wallet)
        return self.passport(wallet)

    def found_company(self, *, purpose: int = PURPOSE, categories: int = CATEGORIES) -> int:
        """A company of the controller's, with a notice for one purpose."""
        uri = "https://radio.example"
        made = self.send(company.register(self.deployment, KEY, uri), self.controller)
        number = int(made[0].args["company_id"])
        notice = company.publish_notice(self.deployment, number, purpose, categories, NOTICE)
        self.send(notice, self.controller)
        return number

    def terms(self, wallet: str, number: int, **changes: Any) -> ConsentTerms:
        now = self.now()
        values = {
            "chain_id": 31337,
            "contract": self.deployment.address("Consent"),
            "passport_id": self.passport(wallet),
            "company_id": number,
            "purpose": PURPOSE,
            "categories": CATEGORIES,
            "issued_at": now,
            "until": now + 100 * DAY,
            "keep_until": now + 130 * DAY,
            "reads": 2,
            "notice_version": 1,
            "notice_hash": NOTICE,
        }
        return ConsentTerms(**(values | changes))

    def give(self, wallet: str, number: int, **changes: Any) -> ConsentTerms:
        """Give a company what the terms say; a second later than anything before."""
        self.pass_time(1)
        terms = self.terms(wallet, number, **changes)
        self.send(calls.grant(self.deployment, terms, RECORD), wallet)
        return terms

    def pay_in(self, number: int, amount: int) -> None:
        vault, token = self.deployment.address("Vault"), self.token
        for call in (
            token.call("mint", self.controller, amount),
            token.call("approve", vault, amount),
            company.deposit(self.deployment, number, amount),
        ):
            self.send(call, self.controller)

    def carried(self, act: Act, wallet: str, key: str) -> tuple[Event, ...]:
        """Have an act signed by the key and sent by a stranger; what it did, the nonce aside."""
        assert act.sign is not None
        message = act.sign(self.chain, wallet)
        raw = Account.sign_typed_data(key, full_message=message.full).signature
        signed = act.signed(message, "0x" + raw.hex())
        events = self.send(typed_data.carry(self.deployment, signed), self.outsider)
        return tuple(event for event in events if event.name != "NonceUsed")


def found_data(url: str, people: list[str], folder: Path) -> DataTown:
    """Deploy a brand with a Vault."""
    chain = Chain([url], 31337, head_age=0.0)
    executor = UnlockedExecutor(chain, people[0])
    nonce = chain.nonce(people[0])
    executor.deploy("OddToken", (PLAIN, DECIMALS), nonce)
    shared = SharedPlan(token=create_address(people[0], nonce))
    path, content = folder / "local.json", str(folder / "content")
    rollout = Rollout(
        plan_of(people), path, executor, network="local", content=content, shared=shared
    )
    for _ in rollout.run():
        pass
    return DataTown(url, chain, Deployment.load(path), ContentStore(content), people)
