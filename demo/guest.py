"""An invitation for whoever opens the demo with no wallet at all: their device becomes one."""

from __future__ import annotations

import json
import secrets

from cercle import typed_data
from cercle.deployments import Deployment

from .node import Node
from .stage import STAFF

LASTS = 7 * 86_400  # seconds


def invitation_link(node: Node, deployment: Deployment, site: str) -> str:
    """A link for whoever bears it, signed by the steward's account, which the node holds.

    Args:
        node: The demo's chain.
        deployment: The demo's brand.
        site: The app under a name: a passkey is bound to one, and an address is none.
    """
    steward = node.rpc("eth_accounts")[STAFF.index("steward")]
    now = int(node.rpc("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
    message = typed_data.invitation(
        deployment, steward, nonce=secrets.randbits(64), deadline=now + LASTS
    )
    signature = node.rpc("eth_signTypedData_v4", steward, json.dumps(message.full, default=str))
    return typed_data.invitation_link(f"{site}/card", message, bytes.fromhex(signature[2:]))


__all__ = ["invitation_link"]
