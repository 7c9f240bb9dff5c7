"""What the environment says about this server, checked once at the start."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


class SettingsError(Exception):
    """One sentence for whoever starts the server."""


@dataclass(frozen=True)
class Settings:
    """How this server was told to run.

    `CERCLE_RPC_URLS` one or more nodes, separated by commas · `CERCLE_DEPLOYMENT` the address
    book · `CERCLE_CONTENT` the folder of texts · `CERCLE_PUBLIC_URL` the address people type
    (needed off loopback: it names the host that is served and the domain that a sign-in names) ·
    `CERCLE_HOSTS` more host names to answer to · `CERCLE_MAX_HEAD_AGE` seconds after which the
    health route calls the chain late · `CERCLE_DEMO_WALLET=1` the demo's wallet ·
    `CERCLE_DEMO_PEOPLE` the file that says whose accounts a visitor may borrow ·
    `CERCLE_RELAYER_URL` who carries members' signed acts and pays for them, if anybody does ·
    `CERCLE_INDEX_URL` where the index of the brand's events lies: a file's path, `sqlite:///…` or
    `postgresql://…` ·
    `CERCLE_VAULT_URL` the service that keeps members' data shut, if there is one.
    """

    port: int = 8501
    address: str = "127.0.0.1"
    rpc_urls: tuple[str, ...] = ()
    deployment: Path | None = None
    content: str | None = None
    public_url: str = ""
    more_hosts: tuple[str, ...] = ()
    max_head_age: int | None = None
    demo_wallet: bool = False
    demo_people: Path | None = None
    relayer_url: str = ""
    index_url: str = ""
    vault_url: str = ""

    @classmethod
    def read(
        cls, env: Mapping[str, str] | None = None, *, port: int = 8501, address: str = "127.0.0.1"
    ) -> Settings:
        """Read the environment.

        Raises:
            SettingsError: Something is missing or contradicts itself.
        """
        env = os.environ if env is None else env
        urls = tuple(part for part in _list(env, "CERCLE_RPC_URLS"))
        for url in urls:
            if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
                raise SettingsError(f"CERCLE_RPC_URLS: {url!r} is not an http or https address.")
        public_url = _public_url(env, port, address)
        age = env.get("CERCLE_MAX_HEAD_AGE", "").strip()
        if age and not age.isdecimal():
            raise SettingsError("CERCLE_MAX_HEAD_AGE must be a whole number of seconds.")
        return cls(
            port=port,
            address=address,
            rpc_urls=urls,
            deployment=_path(env, "CERCLE_DEPLOYMENT"),
            content=env.get("CERCLE_CONTENT") or None,
            public_url=public_url,
            more_hosts=tuple(part.lower() for part in _list(env, "CERCLE_HOSTS")),
            max_head_age=int(age) if age else None,
            demo_wallet=env.get("CERCLE_DEMO_WALLET", "") == "1",
            demo_people=_path(env, "CERCLE_DEMO_PEOPLE"),
            relayer_url=_service(env, "CERCLE_RELAYER_URL"),
            index_url=env.get("CERCLE_INDEX_URL", "").strip(),
            vault_url=_service(env, "CERCLE_VAULT_URL"),
        )

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names this server answers to, without ports."""
        own = (urlsplit(self.public_url).hostname or "", *self.more_hosts)
        local = LOOPBACK_NAMES if is_loopback(self.address) else ()
        return tuple(dict.fromkeys(name for name in (*own, *local) if name))

    @property
    def domain(self) -> str:
        """The domain that a sign-in names: from here, never from a request's Host."""
        return urlsplit(self.public_url).netloc

    @property
    def site(self) -> str:
        """The name that passkeys are bound to, for ever: that of the public address."""
        return (urlsplit(self.public_url).hostname or "").lower()

    @property
    def origin(self) -> str:
        """The origin of our own pages, as browsers write it."""
        parts = urlsplit(self.public_url)
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        port = f":{parts.port}" if parts.port not in (None, usual) else ""
        return f"{parts.scheme}://{self.site}{port}"


_current: Settings | None = None


def use(settings: Settings) -> None:
    """Let the pages of this process read what the server was told."""
    global _current
    _current = settings


def current() -> Settings:
    """The server's settings, or the environment's where no server runs (a page under test)."""
    return _current or Settings.read()


def is_loopback(host: str) -> bool:
    """Whether a host can only be this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _service(env: Mapping[str, str], name: str) -> str:
    url = env.get(name, "").strip().rstrip("/")
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise SettingsError(f"{name} is not an http or https address.")
    return url


def _public_url(env: Mapping[str, str], port: int, address: str) -> str:
    given = env.get("CERCLE_PUBLIC_URL", "").strip().rstrip("/")
    if not given:
        if is_loopback(address):
            return f"http://localhost:{port}"
        raise SettingsError(
            "Set CERCLE_PUBLIC_URL: off loopback the server answers only to its own name."
        )
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise SettingsError(
            "CERCLE_PUBLIC_URL must be a scheme and a host, as in https://club.example."
        )
    return given


def _list(env: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in env.get(name, "").split(",") if part.strip()]


def _path(env: Mapping[str, str], name: str) -> Path | None:
    return Path(env[name]).resolve() if env.get(name) else None
