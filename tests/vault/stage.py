"""A brand with the books of consent, a member with a key, a company that may look: all real."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct, encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak

from cercle.artifacts import BUILD
from cercle.consent import calls, company
from cercle.consent.vocabulary import category_of
from cercle.values import checksum
from cercle.vault import Envelope, Ledger, Record, keys, seal_record, wire
from cercle.vault.looking import Look
from tests.client.data_town import NOTICE, PURPOSE, DataTown, found_data
from tests.client.nodes import rpc
from tools.build import compile_contracts

SITE = "vault.example"
ADDRESS = category_of("PhysicalAddress").bit
SIZE = category_of("ClothingSize").bit
PLAIN = "12, rue des Lilas, 75020 Paris"
VAULT_KEY, COMPANY_KEY, MEMBER_KEY = bytes(range(1, 33)), bytes(range(33, 65)), bytes(range(65, 97))


def account(name: str) -> LocalAccount:
    """A key that is the same in every run."""
    made: LocalAccount = Account.from_key(keccak(text=f"vault tests: {name}"))
    return made


@dataclass
class Stage:
    """One member, one company with a notice for one purpose, and what they do on the ledger."""

    town: DataTown
    person: LocalAccount = field(default_factory=lambda: account("person"))
    contact: LocalAccount = field(default_factory=lambda: account("contact"))
    stranger: LocalAccount = field(default_factory=lambda: account("stranger"))
    shop: LocalAccount = field(default_factory=lambda: account("shop"))
    custodian: LocalAccount = field(default_factory=lambda: account("custodian"))
    passport_id: int = 0
    contact_id: int = 0
    company_id: int = 0
    orders: int = 0

    @property
    def url(self) -> str:
        return self.town.url

    @property
    def ledger(self) -> Ledger:
        return Ledger.of(self.town.deployment)

    def send(self, call: Any, who: LocalAccount) -> Any:
        return self.town.send(call, who.address)

    def mine(self, blocks: int = 10) -> None:
        rpc(self.url, "anvil_mine", hex(blocks))
        self.town.chain.forget_head()

    # ---- the member ------------------------------------------------------------------------

    def grant(self, **changes: Any) -> Any:
        """Let the shop see sizes and addresses."""
        both = 1 << ADDRESS | 1 << SIZE
        values = {"categories": both, "reads": 50, **changes}
        return self.town.give(self.person.address, self.company_id, **values)

    def withdraw(self) -> None:
        self.town.pass_time(1)
        self.send(calls.withdraw(self.town.deployment, self.company_id, PURPOSE), self.person)

    def erase(self, category: int = SIZE) -> None:
        self.send(calls.erase(self.town.deployment, category), self.person)

    def move(self, envelope: Envelope) -> None:
        call = calls.move(self.town.deployment, envelope.category, envelope.commitment)
        self.send(call, self.person)

    def envelope(
        self,
        content: str = PLAIN,
        *,
        category: int = SIZE,
        version: int = 1,
        unattended: bool = True,
        passport_id: int | None = None,
    ) -> Envelope:
        """A record, sealed as a browser does it."""
        record = Record.new(category, content, datetime(2027, 1, 2, tzinfo=UTC))
        vault = keys.public_of(VAULT_KEY) if unattended else None
        public = keys.public_of(MEMBER_KEY)
        whose = passport_id or self.passport_id
        return seal_record(record, self.ledger, whose, version, public, vault)

    # ---- the company -----------------------------------------------------------------------

    def look(self, category: int = SIZE, *, wait: int = 10) -> Look:
        """Have a look written down, and let blocks follow."""
        self.orders += 1
        order = "0x" + keccak(text=f"order {self.orders}").hex()
        call = company.request_access(
            self.town.deployment, self.company_id, self.passport_id, PURPOSE, category, order, 0
        )
        found = [one for one in self.send(call, self.shop) if one.name == "AccessRequested"]
        if wait:
            self.mine(wait)
        return Look.of(found[0])

    def fetch(self, look: Look, at: int, *, signer: LocalAccount | None = None, **changes: Any):
        """What the shop sends for a look; `changes` are fields of the ask."""
        names = ("company_id", "passport_id", "purpose", "category", "order_hash")
        told = {name: getattr(look, name) for name in (*names, "transaction_hash", "log_index")}
        self.orders += 1
        nonce = "0x" + keccak(text=f"nonce {self.orders} {at}").hex()
        ask = wire.Fetch(**{**told, "at": at, "nonce": nonce, **changes})
        deployment = self.town.deployment
        full = ask.full(deployment.chain_id, deployment.address("Vault"))
        signed = (signer or self.shop).sign_message(encode_typed_data(full_message=full))
        signature = "0x" + bytes(signed.signature).hex()
        return wire.FetchRequest(ask=ask, signature=signature).model_dump(mode="json")


def sign_text(signer: LocalAccount, text: str) -> str:
    """As a wallet does (EIP-191)."""
    return "0x" + bytes(signer.sign_message(encode_defunct(text=text)).signature).hex()


def set_up(url: str, folder: Path) -> Stage:
    """Deploy, admit, register."""
    if not BUILD.exists():
        assert not compile_contracts()
    people = [checksum(one) for one in rpc(url, "eth_accounts")]
    stage = Stage(found_data(url, people, folder))
    town = stage.town
    for one in (stage.person, stage.contact, stage.stranger, stage.shop):
        rpc(url, "anvil_setBalance", one.address, hex(10**20))
    stage.passport_id = town.passport(stage.person.address)
    stage.contact_id = town.passport(stage.contact.address)
    key = "0x" + keys.public_of(COMPANY_KEY).hex()
    made = town.send(
        company.register(town.deployment, key, "https://shop.example"), stage.shop.address
    )
    stage.company_id = int(made[0].args["company_id"])
    both = 1 << ADDRESS | 1 << SIZE
    notice = company.publish_notice(town.deployment, stage.company_id, PURPOSE, both, NOTICE)
    stage.send(notice, stage.shop)
    named = calls.set_custodians(town.deployment, [stage.custodian.address])
    stage.send(named, stage.person)
    return stage
