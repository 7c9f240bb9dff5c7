"""What every script needs: the chain behind Ape's provider, and one way to send.

A leading underscore keeps Ape from listing this file as a script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
import yaml
from ape.api import AccountAPI, ReceiptAPI
from ape.exceptions import ApeException
from ape.utils import ManagerAccessMixin
from eth_utils.address import is_address, is_checksum_address, to_checksum_address
from hexbytes import HexBytes

from cercle.calls import Call
from cercle.chain import Chain
from cercle.content import ContentStore
from cercle.deployments import Deployment
from cercle.errors import CercleError
from cercle.flags import Role

F = TypeVar("F", bound=Callable[..., Any])


# ---- options -----------------------------------------------------------------------


def deployment_option(command: F) -> F:
    """`--deployment FILE`: by default the one of the connected network."""
    return click.option(
        "--deployment",
        "deployment_path",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The brand's address book [default: deployments/<network>.json].",
    )(command)


def content_option(command: F) -> F:
    """`--content URL`: by default what the deployment says, else a folder."""
    return click.option("--content", "content_url", help="Where the texts lie (an fsspec URL).")(
        command
    )


def dry_run_option(command: F) -> F:
    return click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing.")(
        command
    )


class Account(click.ParamType):
    """An address whose checksum is right."""

    name = "address"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        text = str(value)
        if not is_address(text):
            self.fail(f"{text!r} is not an address, or its checksum is wrong.", param, ctx)
        if text != text.lower() and not is_checksum_address(text):
            self.fail(f"the checksum of {text} is wrong.", param, ctx)
        return str(to_checksum_address(text))


# ---- one clear sentence -------------------------------------------------------------


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Turn what may go wrong into one sentence, never a traceback."""
    try:
        yield
    except (CercleError, ValueError) as why:
        raise click.ClickException(str(why)) from why
    except ApeException as why:
        raise click.ClickException(str(why).splitlines()[0]) from why


def refuses_plainly(command: F) -> F:
    """A command whose refusals are single sentences."""

    @wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with plain_refusals():
            return command(*args, **kwargs)

    return wrapper  # type: ignore[return-value]


# ---- the chain, the brand, the sender -----------------------------------------------


class Desk(ManagerAccessMixin):
    """A brand on the connected network, and the account that acts for it.

    Usage example::

        desk = Desk.open(deployment_path, account)
        desk.send(membership.admit(desk.deployment, [12]), "Admit passport 12")
    """

    def __init__(
        self, deployment: Deployment, path: Path, account: AccountAPI | None, dry_run: bool
    ) -> None:
        self.deployment = deployment
        self.path = path
        self.account = account
        self.dry_run = dry_run
        self.chain = connected_chain()
        if deployment.chain_id != self.chain.chain_id:
            raise click.ClickException(
                f"{path.name} is of chain {deployment.chain_id}, "
                f"but the connected network is chain {self.chain.chain_id}."
            )

    @classmethod
    def open(
        cls, path: Path | None, account: AccountAPI | None = None, *, dry_run: bool = False
    ) -> Desk:
        """Load the address book of the connected network."""
        path = path or default_deployment()
        return cls(Deployment.load(path), path, account, dry_run)

    def send(self, call: Call, label: str, *, listed: bool = False) -> ReceiptAPI | None:
        """Simulate first, so that a refusal costs nothing; then send and wait.

        Raises:
            Refused: The contract says no; nothing was sent.
        """
        assert self.account is not None
        self.chain.simulate(call, self.account.address)
        if self.dry_run:
            click.echo(f"would send: {label}")
            return None
        receipt = send_as(self.account, call, listed=listed)
        click.echo(f"{label}: done in block {receipt.block_number} ({receipt.txn_hash})")
        return receipt

    def require_role(self, role: Role) -> None:
        """Refuse in a sentence before anything is signed that would be worthless."""
        assert self.account is not None
        charter = self.deployment.contract("Charter")
        held = self.chain.read([charter.read("roles", self.account.address)], self.chain.head())[0]
        if role not in Role(held):
            raise click.ClickException(
                f"{self.account.address} does not hold the role {str(role.name).lower()}."
            )

    def store(self, url: str | None) -> ContentStore:
        """The folder of texts."""
        return ContentStore(url or self.deployment.content or "content")


def connected_chain_id() -> int:
    provider = ManagerAccessMixin.provider
    return int(provider.make_request("eth_chainId", []), 16)


def connected_url() -> str:
    """Where the node is that Ape is connected to."""
    provider = ManagerAccessMixin.provider
    url = getattr(provider, "http_uri", None) or getattr(provider, "uri", None)
    if not isinstance(url, str) or not url.startswith("http"):
        raise click.ClickException(
            f"The provider {provider.name!r} has no address of its own; choose a node."
        )
    return url


def connected_chain() -> Chain:
    """The SDK's own view of the node that Ape is connected to."""
    return Chain([connected_url()], connected_chain_id())


def default_deployment() -> Path:
    provider = ManagerAccessMixin.provider
    return Path("deployments") / f"{provider.network.name}.json"


def send_as(account: AccountAPI, call: Call, *, listed: bool = False) -> ReceiptAPI:
    """Sign and send a call of the SDK, and wait for the network's confirmations.

    Args:
        account: Who signs and pays.
        call: What to send.
        listed: With the access list that the node finds for it: cheaper by some 100 gas for each
            slot when a call reads hundreds of them.
    """
    ecosystem = ManagerAccessMixin.provider.network.ecosystem
    entries = access_list(account, call) if listed else []
    # Said to be of type 2, for Ape would take the fees of an older type with a list.
    fields = {"type": 2, "accessList": entries} if entries else {}
    transaction = ecosystem.create_transaction(
        sender=account.address,
        receiver=call.to,
        data=HexBytes(call.data),
        value=call.value,
        **fields,
    )
    return account.call(transaction)


def access_list(account: AccountAPI, call: Call) -> list[dict[str, Any]]:
    """What a call reads, as its node sees it; nothing from a node that cannot say (EIP-2930)."""
    request = {"from": account.address, "to": call.to, "data": call.data, "value": hex(call.value)}
    try:
        answer = ManagerAccessMixin.provider.make_request("eth_createAccessList", [request])
    except ApeException:
        return []
    entries: list[dict[str, Any]] = answer["accessList"]
    return [entry for entry in entries if entry["address"].lower() != call.to.lower()]


# ---- files --------------------------------------------------------------------------


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file that holds one mapping.

    Raises:
        click.ClickException: It is missing or does not read; names line and column.
    """
    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as why:
        raise click.ClickException(f"{path} cannot be read: {why.strerror}.") from why
    except UnicodeDecodeError as why:
        raise click.ClickException(f"{path} is not UTF-8 text.") from why
    except yaml.MarkedYAMLError as why:
        mark = why.problem_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise click.ClickException(f"{path}{where}: {why.problem}.") from why
    if not isinstance(value, dict):
        raise click.ClickException(f"{path} must hold a mapping of names to values.")
    return value
