"""A Redis of our own for tests: on loopback, in memory, gone afterwards."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator

from tools.ports import free_port

PATIENCE = 30.0
# One program that does what its name says. Debian has it in redis-tools under the second name,
# without the service that the package of the first would start.
_NAMES = ("redis-server", "redis-check-rdb")


def find() -> str | None:
    """The server's program; None if this machine has none."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start a server, yield its address, stop it."""
    program = find()
    if program is None:
        raise FileNotFoundError("This machine has no Redis: `make setup` installs it.")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="cercle-redis-") as folder:
        process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""],
            executable=program,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(port, process)
            yield f"redis://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while not _answers(port):
        if time.monotonic() > end or process.poll() is not None:
            raise TimeoutError("Redis does not answer.")
        time.sleep(0.02)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16) == b"+PONG\r\n"
    except OSError:
        return False
