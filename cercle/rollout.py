"""Carry out a plan: deploy what is missing, wire it, seal it; stop anywhere and run again.

What stands is asked of the chain, never remembered. Only one thing is written down before it
happens: the nonce of the deployment under way, from which its address follows. So a run that
was killed between sending and hearing back finds its contract again instead of a second one.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from . import core
from .calls import Call
from .chain import Chain
from .content import ContentStore, document_hash, parse_document
from .contracts import Contract
from .deployments import Deployed, Deployment
from .errors import ChainError, DeploymentError
from .executors import Executor
from .flags import Right, Role
from .governor_plan import GovernorPlan, guard_arguments
from .journal import Journal, create_address
from .passkeys.accounts import CODE, FACTORY
from .passkeys.p256 import has_p256
from .plan import Plan, PointsPlan, RewardsPlan, SharedPlan, seconds
from .values import ZERO_ADDRESS, ZERO_HASH

# Directory name -> contract, in the order in which they can be deployed.
DIRECTORY = {
    "passport": "Passport",
    "profile": "Profile",
    "consent": "Consent",
    "records": "Records",
    "vault": "Vault",
    "decisions": "Decisions",
    "price_lists": "PriceLists",
    "tariff": "Tariff",
    "agreements": "Agreements",
    "electorate": "Electorate",
    "membership": "Membership",
    "points": "Points",
    "rewards": "Rewards",
    "perks": "Perks",
    "polls": "Polls",
    "governor": "Governor",
}
# What all brands share, and the one contract that each reads: its view names it.
_SHARED_ON = {
    "Profile": ("passport", "Passport"),
    "Consent": ("passport", "Passport"),
    "Records": ("consent", "Consent"),
    "Vault": ("consent", "Consent"),
    "Decisions": ("consent", "Consent"),
    "PriceLists": ("consent", "Consent"),
    "Agreements": ("price_lists", "PriceLists"),
}
_REWARDING = ("Points", "Rewards", "Perks")
GOVERNOR_NAME = "Cercle Governor"  # what wallets show to who signs a ballot
# What the first caller binds for good: by which view it names its binder, and who that should be.
_BOUND_ONCE = {"Electorate": ("membership", "Membership"), "Guard": ("governor", "Governor")}
_PATIENCE = 120.0  # seconds for a deployment that an earlier run left in the queue


class Rollout:
    """A plan on its way to one network.

    Usage example::

        for sentence in Rollout(plan, path, executor, network="local").run():
            print(sentence)
    """

    def __init__(
        self,
        plan: Plan,
        path: str | os.PathLike[str],
        executor: Executor,
        *,
        network: str,
        content: str | None = None,
        passport: str | None = None,
        profile: str | None = None,
        passkeys: str | None = None,
        shared: SharedPlan | None = None,
    ) -> None:
        """
        Args:
            plan: What the brand is to be.
            path: The deployment file to write, after each contract.
            executor: Who signs, as the admin of the plan.
            network: The network's name, for people.
            content: Where the texts lie, as an fsspec URL.
            passport: A shared Passport that stands already; else one is deployed.
            profile: A shared Profile that reads that Passport; else one is deployed.
            passkeys: A shared PasskeyFactory; else one is deployed, where the network has P-256.
            shared: The other shared contracts that stand, instead of those of the plan.
        """
        self.plan = plan
        self.path = Path(path)
        self.executor = executor
        self.chain: Chain = executor.chain
        self.network = network
        self.content = content
        told = shared or plan.shared
        self.token = told.token
        self.shared = {
            "Passport": passport,
            "Profile": profile,
            "Consent": told.consent,
            "Records": told.records,
            "Vault": told.vault,
            "Decisions": told.decisions,
            "PriceLists": told.price_lists,
            "Tariff": told.tariff,
            "Agreements": told.agreements,
            FACTORY: passkeys,
        }
        if executor.sender != plan.roles.admin:
            raise DeploymentError(
                f"The plan's admin is {plan.roles.admin}; {executor.sender} cannot act for it."
            )
        self._journal = Journal(self.path)
        self.deployment = self._known()

    @property
    def entries(self) -> dict[str, str]:
        """The directory of this plan: without points, nothing that pays or takes them."""
        left_out: set[str] = set()
        if self.plan.points is None:
            left_out.update(_REWARDING)
        if self.plan.governor is None:
            left_out.add("Governor")
        if not self._has_vault:
            left_out.add("Vault")
        return {name: one for name, one in DIRECTORY.items() if one not in left_out}

    @property
    def _has_vault(self) -> bool:
        """Whether companies can pay for what they see: a Vault pays in one token, for good."""
        return self.token is not None or self.shared["Vault"] is not None

    # ---- the walk ---------------------------------------------------------------------

    def run(self) -> Iterator[str]:
        """Do what is left to do; one sentence for each thing done."""
        yield from self._act(dry=False)

    def preview(self) -> Iterator[str]:
        """Say what `run` would do now; send nothing."""
        yield from self._act(dry=True)

    def _act(self, *, dry: bool) -> Iterator[str]:
        for name, arguments in self._contracts():
            if self.deployment.has(name):
                continue
            if dry:
                yield f"deploy {name}"
                continue
            yield self._deploy(name, arguments())
        if dry and not all(map(self.deployment.has, ("Charter", *self.entries.values()))):
            yield from self._wiring_words()
            return
        for label, is_done, call in self._wiring():
            if is_done():
                continue
            if not dry:
                self.executor.send(call())
            yield label

    # ---- contracts --------------------------------------------------------------------

    def _contracts(self) -> Iterator[tuple[str, Callable[[], tuple[Any, ...]]]]:
        plan, at = self.plan, self._address
        yield "Passport", lambda: ()
        for name, (_, read) in _SHARED_ON.items():
            if name != "Vault":
                yield name, partial(lambda one: (at(one),), read)
            elif self._has_vault:
                yield name, lambda: (at("Consent"), self.token)
        yield "Tariff", lambda: ()
        yield "Charter", self._charter_arguments
        yield (
            "Electorate",
            lambda: (
                *(at("Passport"), plan.unit_rule, plan.electorate.unit_cap),
                seconds(plan.electorate.maturity_days),
            ),
        )
        yield (
            "Membership",
            lambda: (at("Charter"), at("Electorate"), plan.caps, plan.membership.tiers),
        )
        if plan.points and plan.rewards:
            yield from self._rewarding(plan.points, plan.rewards)
        yield "Polls", lambda: (at("Charter"), at("Electorate"))
        if has_p256(self.chain):  # elsewhere nobody could ever act for a passkey's account
            yield CODE, lambda: ()
            yield FACTORY, lambda: (at(CODE),)
        if plan.governor:
            yield from self._governing(plan.governor)

    def _governing(
        self, governor: GovernorPlan
    ) -> Iterator[tuple[str, Callable[[], tuple[Any, ...]]]]:
        """Who decides together, and what bounds them: the Governor binds its Guard."""
        at = self._address

        def guard() -> tuple[Any, ...]:
            places = {name: at(one) for name, one in self.entries.items() if one != "Governor"}
            return (
                at("Charter"),
                *guard_arguments(governor, {**places, "charter": at("Charter")}),
            )

        yield "Guard", guard
        yield "Governor", lambda: (GOVERNOR_NAME, at("Electorate"), at("Guard"))

    def _rewarding(
        self, points: PointsPlan, rewards: RewardsPlan
    ) -> Iterator[tuple[str, Callable[[], tuple[Any, ...]]]]:
        """What members earn and claim; a brand may do without."""
        at = self._address
        terms = (points.decimals, points.currency, points.millionths, points.expiry_period)
        yield (
            "Points",
            lambda: (at("Charter"), at("Passport"), points.name, points.symbol, *terms),
        )
        people = ("Charter", "Passport", "Membership", "Points")
        budget = (seconds(rewards.period_days), rewards.budget)
        yield "Rewards", lambda: (*map(at, people), *budget)
        yield "Perks", lambda: tuple(map(at, people))

    def _charter_arguments(self) -> tuple[Any, ...]:
        roles = self.plan.roles
        end = self.chain.head(fresh=True).timestamp + seconds(self.plan.charter.warden_term_days)
        return roles.admin, roles.warden or ZERO_ADDRESS, end if roles.warden else 0

    def _deploy(self, name: str, arguments: tuple[Any, ...]) -> str:
        pending = self._journal.read()
        if pending and pending["name"] == name and self._arrived(pending):
            address, arguments = pending["address"], tuple(pending["arguments"])
        else:
            nonce = self._nonce()
            address = create_address(self.executor.sender, nonce)
            self._journal.note(
                {"name": name, "nonce": nonce, "address": address, "arguments": arguments}
            )
            self.executor.deploy(name, arguments, nonce)
        self._record(name, address, arguments)
        return f"deployed {name} at {address}"

    def _record(self, name: str, address: str, arguments: tuple[Any, ...]) -> None:
        code = self._code(address)
        if not code:
            raise DeploymentError(f"{name} was sent, but no code stands at {address}.")
        deployed = Deployed(
            address=address,
            block=self._birth(address),
            codehash="0x" + keccak(code).hex(),
            args=arguments,
        )
        self.deployment = self.deployment.with_contract(name, deployed)
        self.deployment.save(self.path)
        self._journal.forget()

    # ---- wiring -----------------------------------------------------------------------

    def _wiring(self) -> Iterator[tuple[str, Callable[[], bool], Callable[[], Call]]]:
        deployment = self.deployment
        charter = deployment.contract("Charter")
        for account, roles in self.plan.roles.given().items():
            yield (
                f"gave {account} {_words(roles)}",
                partial(self._has_roles, charter, account, roles),
                partial(core.give_roles, deployment, account, roles),
            )
        for name, contract in self.entries.items():
            yield (
                f"put {name} in the directory",
                partial(self._has_entry, charter, name, contract),
                partial(core.set_entry, deployment, name, self._address(contract)),
            )
        if self.plan.profile is not None:
            seal = document_hash(parse_document(self.plan.profile))
            yield (
                "set the brand's profile",
                lambda: "0x" + self._ask(charter, "profile").hex() != ZERO_HASH,
                lambda: self._set_profile(seal),
            )
        if self.plan.charter.dao_uri:
            yield (
                "set the daoURI",
                lambda: self._ask(charter, "daoURI") != "",
                lambda: charter.call("set_dao_uri", self.plan.charter.dao_uri),
            )
        yield (
            "sealed the charter: from now on replacements wait fourteen days",
            lambda: bool(self._ask(charter, "is_sealed")),
            lambda: core.seal(deployment),
        )
        if self.plan.points is None:
            return
        points = deployment.contract("Points")
        for name, contract, right in (
            ("rewards", "Rewards", Right.MINTER),
            ("perks", "Perks", Right.SPENDER),
        ):
            yield (
                f"let the points recognise {name}",
                partial(self._has_right, points, contract, right),
                partial(points.call, "recognise", core.entry_name(name)),
            )

    def _wiring_words(self) -> Iterator[str]:
        for account, roles in self.plan.roles.given().items():
            yield f"give {account} {_words(roles)}"
        yield f"put {', '.join(self.entries)} in the directory"
        if self.plan.profile is not None:
            yield "set the brand's profile"
        yield "seal the charter"
        if self.plan.points is not None:
            yield "let the points recognise rewards and perks"

    def _set_profile(self, seal: str) -> Call:
        """The text is stored before its hash is on the chain: no page meets a bare hash."""
        self._store().put(parse_document(self.plan.profile))
        return self.deployment.contract("Charter").call("set_profile", bytes.fromhex(seal[2:]))

    def _store(self) -> ContentStore:
        return ContentStore(self.content or "content")

    def _has_roles(self, charter: Contract, account: str, roles: Role) -> bool:
        return Role(self._ask(charter, "roles", account)) & roles == roles

    def _has_entry(self, charter: Contract, name: str, contract: str) -> bool:
        """Once sealed, a name changes hands by announcement, which no plan carries out."""
        found = self._ask(charter, "entry", core.entry_name(name))
        return bool(found == self._address(contract) or self._ask(charter, "is_sealed"))

    def _has_right(self, points: Contract, contract: str, right: Right) -> bool:
        holder = self._ask(points, "holder", self._address(contract))
        return right in Right(holder["rights"])

    # ---- the chain --------------------------------------------------------------------

    def _ask(self, contract: Contract, function: str, *arguments: Any) -> Any:
        head = self.chain.head(fresh=True)
        return self.chain.read([contract.read(function, *arguments)], head)[0]

    def _code(self, address: str) -> bytes:
        return bytes.fromhex(str(self.chain.request("eth_getCode", [address, "latest"]))[2:])

    def _nonce(self, block: str = "latest") -> int:
        count = self.chain.request("eth_getTransactionCount", [self.executor.sender, block])
        return int(count, 16)

    def _birth(self, address: str) -> int:
        """A block from which every event of the contract is seen: the newest without its code."""
        low, high = 0, self.chain.head(fresh=True).number
        while low < high:
            middle = (low + high) // 2
            try:
                code = str(self.chain.request("eth_getCode", [address, hex(middle)]))
            except ChainError:  # a node without history: take what is known
                return low
            low, high = (low, middle) if len(code) > 2 else (middle + 1, high)
        return low

    def _arrived(self, pending: dict[str, Any]) -> bool:
        """Whether a deployment of an earlier run has come or is still coming."""
        deadline = time.monotonic() + _PATIENCE
        while not self._code(pending["address"]):
            if self._nonce("pending") <= pending["nonce"] or self._nonce() > pending["nonce"]:
                return False  # it never reached the node, or another took its nonce
            if time.monotonic() > deadline:
                raise DeploymentError(
                    f"The deployment of {pending['name']} is still in the node's queue: "
                    "run again once it is mined."
                )
            time.sleep(0.2)
        return True

    # ---- memory -----------------------------------------------------------------------

    def _known(self) -> Deployment:
        """What an earlier run recorded, less what a reorganisation has taken away."""
        fresh = Deployment(
            chain_id=self.chain.chain_id,
            network=self.network,
            brand=self.plan.brand,
            content=self.content,
        )
        if self.path.exists():
            found = Deployment.load(self.path)
            if (found.chain_id, found.brand) != (fresh.chain_id, fresh.brand):
                raise DeploymentError(
                    f"{self.path} is of {found.brand} on chain {found.chain_id}; "
                    f"this plan is of {fresh.brand} on chain {fresh.chain_id}."
                )
            for name, deployed in found.contracts.items():
                if not self._code(deployed.address):
                    break  # what came later points at it: deploy it and them anew
                if name in _BOUND_ONCE and self._is_taken(name, deployed.address, found):
                    break
                fresh = fresh.with_contract(name, deployed)
        for name, address in self.shared.items():
            if address is not None and not fresh.has(name):
                fresh = fresh.with_contract(name, self._taken_over(name, address, fresh))
                if name == FACTORY:
                    code = fresh.contracts[name].args[0]
                    fresh = fresh.with_contract(CODE, self._taken_over(CODE, code, fresh))
        return fresh

    def _taken_over(self, name: str, address: str, fresh: Deployment) -> Deployed:
        """A contract that all brands share, and that stands already."""
        code = self._code(address)
        if not code:
            raise DeploymentError(f"No contract stands at the {_spelt(name)} {address}.")
        arguments: tuple[str, ...] = ()
        if name in _SHARED_ON:
            view, read = _SHARED_ON[name]
            arguments = (self._ask(Contract(name, address), view),)
            if not fresh.has(read) or arguments[0] != fresh.address(read):
                raise DeploymentError(
                    f"The {_spelt(name)} {address} reads the {_spelt(read)} {arguments[0]}."
                )
        if name == "Vault":
            arguments = (*arguments, self._ask(Contract(name, address), "token"))
        if name == FACTORY:
            arguments = (self._ask(Contract(name, address), "IMPLEMENTATION"),)
            if not has_p256(self.chain):
                raise DeploymentError("This network cannot check passkeys: name no factory.")
        return Deployed(
            address=address,
            block=self._birth(address),
            codehash="0x" + keccak(code).hex(),
            args=arguments,
        )

    def _is_taken(self, name: str, address: str, found: Deployment) -> bool:
        """Whether somebody bound it before our contract could: then it is of no use to us."""
        view, binder = _BOUND_ONCE[name]
        bound = self._ask(Contract(name, address), view)
        pending = self._journal.read() or {}
        ours = [pending.get("address"), ZERO_ADDRESS]
        if found.has(binder):
            ours.append(found.address(binder))
        return bound not in ours

    def _address(self, name: str) -> str:
        return self.deployment.address(name)


def _spelt(name: str) -> str:
    """A contract's name as words."""
    return re.sub("(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _words(roles: Role) -> str:
    return ", ".join(str(role.name).lower() for role in Role if role in roles)


__all__ = ["DIRECTORY", "GOVERNOR_NAME", "Rollout"]
