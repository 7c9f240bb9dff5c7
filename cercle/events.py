"""What contracts logged: receipts and ranges of logs, decoded by the packaged ABIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from .chain import Chain
from .codec import decode
from .contracts import Contract, Json, name_value, name_values, signature_of, type_of
from .deployments import Deployment
from .errors import ChainError, NodeMisbehaved, NodeUnreachable
from .values import Frozen, checksum

STEP = 2_000  # blocks asked for at first: more while a node gives them, less when it does not
MAX_EVENTS = 20_000
_DYNAMIC = ("string", "bytes")


class Event(Frozen):
    """One event, with its arguments by name."""

    contract: str
    name: str
    address: str
    args: dict[str, Any]
    block: int
    block_hash: str
    tx_hash: str
    index: int


def decode_logs(deployment: Deployment, logs: Iterable[Mapping[str, Any]]) -> tuple[Event, ...]:
    """The events of a receipt's logs that our contracts emitted, in order.

    Args:
        deployment: Whose contracts to listen to; what others logged is left out.
        logs: `receipt["logs"]`, with bytes or with hexadecimal texts.
    """
    names = {one.address: name for name, one in deployment.contracts.items()}
    ours: dict[str, Contract] = {}
    found = []
    for log in logs:
        name = names.get(checksum(_hex(log["address"])))
        topics = [_raw(topic) for topic in log["topics"]]
        if name is None or not topics:
            continue
        contract = ours.get(name) or ours.setdefault(name, deployment.contract(name))
        entry = contract.events().get(topics[0])
        if entry is not None:
            found.append(_decode(contract, entry, topics, log))
    return tuple(found)


def read_events(
    chain: Chain,
    deployment: Deployment,
    contract: str,
    event: str | Sequence[str],
    *,
    filters: Mapping[str, Any] | None = None,
    first: int | None = None,
    last: int | None = None,
) -> Iterator[Event]:
    """History of one kind of event, oldest first, in ranges of blocks as wide as a node gives.

    Args:
        chain: Where to read.
        deployment: The brand.
        contract: Which contract's, by its name.
        event: Which event; or which, if they are several.
        filters: Indexed arguments and the value that each must have.
        first: The first block; the contract's own if none is named.
        last: The last block; the newest if none is named.

    Raises:
        ChainError: More events than any page needs, or the node misbehaved.
    """
    subject = deployment.contract(contract)
    for log in read_logs(chain, deployment, contract, event, filters, first, last):
        topics = [_raw(topic) for topic in log["topics"]]
        yield _decode(subject, subject.events()[topics[0]], topics, log)


def read_logs(
    chain: Chain,
    deployment: Deployment,
    contract: str,
    event: str | Sequence[str],
    filters: Mapping[str, Any] | None = None,
    first: int | None = None,
    last: int | None = None,
) -> Iterator[Mapping[str, Any]]:
    """The same as `read_events`, as a node sends them: for what needs their very bytes."""
    subject = deployment.contract(contract)
    names = [event] if isinstance(event, str) else event
    topics = _topics([_event_entry(subject, name) for name in names], filters or {})
    start = deployment.contracts[contract].block if first is None else first
    end = chain.head().number if last is None else last
    seen, step, grows = 0, STEP, True
    while start <= end:
        upto = min(end, start + step - 1)
        question = {
            "address": subject.address,
            "topics": topics,
            "fromBlock": hex(start),
            "toBlock": hex(upto),
        }
        try:
            logs = chain.request("eth_getLogs", [question])
        except (NodeMisbehaved, NodeUnreachable) as error:
            least = STEP if isinstance(error, NodeUnreachable) else 1  # it took too long, say
            if step <= least:
                raise
            step, grows = max(least, step // 4), False
            continue
        for log in _checked(logs, subject, topics, start, upto):
            seen += 1
            if seen > MAX_EVENTS:
                raise ChainError(f"There are more than {MAX_EVENTS} events: ask for fewer blocks.")
            yield log
        start = upto + 1
        step = 4 * step if grows else step


def _event_entry(contract: Contract, event: str) -> Json:
    for entry in contract.abi:
        if entry["type"] == "event" and entry["name"] == event:
            return entry
    raise TypeError(f"{contract.name} has no event {event}")


_Topics = Sequence[list[str] | None]  # in each place any of these; None: whatever


def _topics(entries: Sequence[Json], filters: Mapping[str, Any]) -> _Topics:
    found = [_filtered(entry, filters) for entry in entries]
    if any(one != found[0] for one in found):
        raise TypeError("These events cannot be searched together.")
    return [["0x" + keccak(text=signature_of(entry)).hex() for entry in entries], *found[0]]


def _filtered(entry: Json, filters: Mapping[str, Any]) -> list[list[str] | None]:
    indexed = [item["name"] for item in entry["inputs"] if item["indexed"]]
    unknown = set(filters) - set(indexed)
    if unknown:
        raise TypeError(f"{entry['name']} cannot be searched by {', '.join(sorted(unknown))}")
    values = [filters.get(name) for name in indexed]
    while values and values[-1] is None:
        values.pop()
    return [None if value is None else [_topic(value)] for value in values]


def _topic(value: Any) -> str:
    if isinstance(value, str):
        value = int(value, 16)
    raw = value if isinstance(value, bytes) else int(value).to_bytes(32, "big")
    return "0x" + raw.hex()


def _checked(
    logs: Any, contract: Contract, topics: _Topics, first: int, last: int
) -> list[Mapping[str, Any]]:
    """The logs, if they are what was asked for; those of a reorganised block are left out."""
    if not isinstance(logs, list):
        raise NodeMisbehaved("A node answered a search for events with something else.")
    try:
        kept = [log for log in logs if not log.get("removed")]
        for log in kept:
            right = checksum(log["address"]) == contract.address and all(
                wanted is None or str(got).lower() in wanted
                for wanted, got in zip(topics, log["topics"], strict=False)
            )
            if not right or not first <= _int(log["blockNumber"]) <= last:
                raise NodeMisbehaved("A node answered with events that were not asked for.")
        return sorted(kept, key=lambda log: (_int(log["blockNumber"]), _int(log["logIndex"])))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NodeMisbehaved("A node answered with events of no form.") from error


def _decode(
    contract: Contract, entry: Json, topics: Sequence[bytes], log: Mapping[str, Any]
) -> Event:
    indexed = [item for item in entry["inputs"] if item["indexed"]]
    rest = [item for item in entry["inputs"] if not item["indexed"]]
    try:
        # Strings are taken as bytes: their sender chose them, and may have chosen no UTF-8.
        types = [type_of(item).replace("string", "bytes") for item in rest]
        values = decode(types, _raw(log["data"]))
        args = {
            item["name"]: topic
            if item["type"] in _DYNAMIC or item["type"].endswith("]")  # only its hash is kept
            else name_value(item, decode([type_of(item)], topic)[0])
            for item, topic in zip(indexed, topics[1:], strict=True)
        }
        args |= name_values(rest, values)
        return Event(
            contract=contract.name,
            name=entry["name"],
            address=contract.address,
            args={item["name"]: args[item["name"]] for item in entry["inputs"]},
            block=_int(log["blockNumber"]),
            block_hash=_hex(log["blockHash"]),
            tx_hash=_hex(log["transactionHash"]),
            index=_int(log["logIndex"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, DecodingError) as error:
        raise NodeMisbehaved(f"An event {entry['name']} cannot be read.") from error


def _raw(value: Any) -> bytes:
    return bytes.fromhex(value[2:]) if isinstance(value, str) else bytes(value)


def _hex(value: Any) -> str:
    return value.lower() if isinstance(value, str) else "0x" + bytes(value).hex()


def _int(value: Any) -> int:
    return int(value, 16) if isinstance(value, str) else int(value)


__all__ = ["MAX_EVENTS", "STEP", "Event", "decode_logs", "read_events", "read_logs"]
