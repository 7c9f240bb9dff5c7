"""The demo's gateway, and the two that ask it: a till in the shop and a world."""

from __future__ import annotations

import json
from pathlib import Path

from cercle.deployments import Deployment
from cercle.gateway.client import new_key

from .beside import Beside
from .node import Node

SCOPES = {"till": ["brand", "wallets", "redeem"], "world": ["brand", "avatars"]}


class Doors:
    """Three processes. Their keys are made anew at each start, and open this gateway alone."""

    def __init__(self, ports: tuple[int, int, int], folder: Path, node: Node) -> None:
        self.folder = folder / "gateway"
        self.node = node
        gateway, till, world = ports
        self.gateway = Beside("gateway", gateway, self.folder)
        self.till = Beside("till", till, self.folder, "/")
        self.world = Beside("world", world, self.folder, "/")

    @property
    def _all(self) -> tuple[Beside, ...]:
        return self.gateway, self.till, self.world

    def start(
        self,
        path: Path,
        *,
        till: str,
        world: str,
        collection: str,
        content: str,
        index: str | None = None,
    ) -> None:
        """Start them; `wait` until they answer.

        Args:
            path: The deployment file.
            till: The account that redeems; the node signs for it.
            world: The world's id.
            collection: Its tokens.
            content: Where the texts lie.
            index: An index of the brand's events, if there is one.
        """
        keys = self._register({"world": [world]})
        book = Deployment.load(path)
        self.gateway.start(
            ["cercle.gateway"],
            {
                "CERCLE_RPC_URLS": self.node.url,
                "CERCLE_DEPLOYMENT": str(path.resolve()),
                "CERCLE_CONTENT": content,
                "CERCLE_GATEWAY_CALLERS": str((self.folder / "callers.json").resolve()),
                "CERCLE_INDEX_URL": index or "",
            },
        )
        account = ["--account", till, "--perks", book.address("Perks"), "--node", self.node.url]
        self.till.start(["examples.till", *self._as("till", keys), *account])
        place = ["--world", world, "--token", collection]
        self.world.start(["examples.world", *self._as("world", keys), *place])

    def wait(self) -> None:
        """Until all three answer.

        Raises:
            DemoError: One does not come up.
        """
        for one in self._all:
            one.wait()

    def stop(self) -> None:
        """End them."""
        for one in self._all:
            one.stop()

    def _register(self, worlds: dict[str, list[str]]) -> dict[str, Path]:
        """Make everybody a key, and tell the gateway the public halves."""
        self.folder.mkdir(parents=True, exist_ok=True)
        rows, keys = [], {}
        for name, scopes in SCOPES.items():
            private, public = new_key()
            keys[name] = self.folder / f"{name}.key"
            keys[name].touch(mode=0o600)
            keys[name].write_text(private)
            rows.append(
                {"id": name, "key": public, "scopes": scopes, "worlds": worlds.get(name, [])}
            )
        (self.folder / "callers.json").write_text(json.dumps({"callers": rows}, indent=1))
        return keys

    def _as(self, name: str, keys: dict[str, Path]) -> list[str]:
        return ["--gateway", self.gateway.url, "--caller", name, "--key", str(keys[name])]


__all__ = ["Doors"]
