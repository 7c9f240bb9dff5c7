"""A PostgreSQL of our own for tests and benchmarks: on loopback, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.ports import free_port

PATIENCE = 60.0
_HOMES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")
_USERS = ("postgres", "nobody")  # the server refuses to run as root


def find() -> Path | None:
    """The folder of the server's programs; None if this machine has none."""
    homes = [Path(home) for home in _HOMES if Path(home).is_dir()]
    found = [one.parent for home in homes for one in home.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: _version(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _version(name: str) -> int:
    digits = "".join(letter for letter in name if letter.isdigit())
    return int(digits or 0)


@dataclass(frozen=True)
class Server:
    """A running server, and how to reach a database of it."""

    port: int
    programs: Path

    def url(self, database: str = "postgres") -> str:
        """The address of a database."""
        return f"postgresql://cercle@127.0.0.1:{self.port}/{database}"


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Start a server with a fresh cluster, yield it, stop it."""
    programs = find()
    if programs is None:
        raise FileNotFoundError("This machine has no PostgreSQL: `make setup` installs it.")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="cercle-postgres-"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        server = Server(free_port(), programs)
        _run(programs / "initdb", "-D", folder / "data", "-U", "cercle", "-A", "trust", "-N",
             "-E", "UTF8", "--locale=C", user=user)  # fmt: skip
        process = _start(server, folder, user)
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(server: Server, folder: Path, user: str | None) -> "subprocess.Popen[bytes]":
    options = {
        "port": server.port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": folder,
        "fsync": "off",  # gone with the machine anyway
        "full_page_writes": "off",
        "max_connections": 40,
    }
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [str(server.programs / "postgres"), "-D", str(folder / "data"), *words],
        user=user,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait(server: Server, process: "subprocess.Popen[bytes]") -> None:
    import psycopg

    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(server.url(), connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > end or process.poll() is not None:
                raise
            time.sleep(0.05)


def _run(*words: object, user: str | None) -> None:
    command = [str(word) for word in words]
    subprocess.run(command, user=user, cwd="/", check=True, capture_output=True)


def _user() -> str | None:
    """Somebody without rights, if we are root."""
    if os.geteuid() != 0:
        return None
    for name in _USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise FileNotFoundError("PostgreSQL does not run as root, and there is nobody else here.")
