"""Where the demo runs and how large it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .node import port_is_free


@dataclass(frozen=True)
class Settings:
    """The choices of one run."""

    folder: Path
    port: int
    rpc_port: int
    members: int
    relayer_port: int = 8502
    gateway_port: int = 8503
    till_port: int = 8504
    world_port: int = 8505
    vault_port: int = 8506
    packer_port: int = 8507

    @property
    def taken(self) -> str | None:
        """The name of a port that somebody else listens on."""
        ports = {
            "PORT": self.port,
            "RELAYER_PORT": self.relayer_port,
            "GATEWAY_PORT": self.gateway_port,
            "TILL_PORT": self.till_port,
            "WORLD_PORT": self.world_port,
            "VAULT_PORT": self.vault_port,
            "PACKER_PORT": self.packer_port,
        }
        return next((name for name, port in ports.items() if not port_is_free(port)), None)


__all__ = ["Settings"]
