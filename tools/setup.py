"""Set the house up: environments from their locks, the local chain's binary, a browser.

Standard library only, as this runs before anything is installed. Each part leaves a stamp of what
it was made from in build/stamps, so that a second run has nothing to do.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from tools import chromium, postgres, redis
from tools.places import (
    NODE_MODULES,
    ROOT,
    STAMPS,
    TOOLS_VENV,
    UV_HOME,
    VENV,
    environment,
    python,
)
from tools.say import say, timed

LINT = ROOT / "tools" / "lint"


class SetupFailed(Exception):
    """Something this machine lacks, in one sentence."""


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a step with no stdin; what it printed is shown only when it failed."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=ROOT,
            env=env or environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as missing:
        raise SetupFailed(f"The program {words[0]} is not on this machine.") from missing
    if done.returncode:
        say("\n".join(done.stdout.splitlines()[-40:]))
        raise SetupFailed(f"`{' '.join(words)}` failed (its last lines stand above).")


# ---- stamps -------------------------------------------------------------------------


def fingerprint(*sources: str | Path) -> str:
    """One hash over files (by content) and words."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes() if isinstance(source, Path) else source.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def once(name: str, title: str, mark: str, product: Path, make: Callable[[], None]) -> bool:
    """Make a part unless its stamp says that it stands already; tell whether it was made."""
    stamp = STAMPS / name
    if product.exists() and stamp.is_file() and stamp.read_text() == mark:
        return False
    with timed(title):
        make()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
    return True


# ---- parts --------------------------------------------------------------------------


def find_uv() -> str:
    """The uv of this machine, else one of our own in a project-local environment."""
    if found := shutil.which("uv"):
        return found
    own = UV_HOME / "bin" / "uv"
    if own.exists():
        return str(own)
    with timed("Installing uv for this project alone"):
        try:
            venv.create(UV_HOME, with_pip=True, clear=True)
        except subprocess.CalledProcessError:  # Debian keeps ensurepip in a package of its own
            shutil.rmtree(UV_HOME, ignore_errors=True)
            version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            if not is_root_on_debian():
                raise SetupFailed(
                    f"This Python cannot make environments: please install {version} or uv."
                ) from None
            run("apt-get", "update")
            run("apt-get", "install", "-y", "--no-install-recommends", version)
            venv.create(UV_HOME, with_pip=True, clear=True)
        run(UV_HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "uv")
    return str(own)


def sync(project: Path, target: Path, *options: str) -> None:
    """Make an environment exactly what its lock says."""
    env = environment() | {
        "UV_PROJECT_ENVIRONMENT": str(target),
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_COMPILE_BYTECODE": "1",
    }
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    interpreter = base if base.exists() else Path(sys.executable)
    run(
        find_uv(), "sync", "--frozen", "--project", project, "--python", interpreter, *options,
        env=env,
    )  # fmt: skip


def install_node_tools() -> None:
    """The local chain and the accessibility checker, with no install script run."""
    if not shutil.which("npm"):
        raise SetupFailed("npm is not on this machine: please install Node.js 20 or newer.")
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    link_anvil()


SCRIPT = """#!/bin/sh
here="${{0%/*}}"
exec "$here/{place}" --cache-path "${{CERCLE_CHAINS:-$here/../../build/chains}}" \\
  $CERCLE_CHAIN_OPTIONS "$@"
"""


def link_anvil() -> None:
    """Put the chain's own binary on PATH.

    npm would put a small Node program there (some versions put nothing, as two packages want the
    name); a signal sent to it would leave the chain running. And a chain writes its older states
    into ~/.foundry, up to megabytes each, and leaves them there when killed: a day of tests filled
    a disk. Ours go to build/chains, or where CERCLE_CHAINS says; CERCLE_CHAIN_OPTIONS come after.
    """
    system = {"Linux": "linux", "Darwin": "darwin"}.get(platform.system(), "linux")
    machine = "arm64" if platform.machine() in ("arm64", "aarch64") else "amd64"
    binary = NODE_MODULES / "@foundry-rs" / f"anvil-{system}-{machine}" / "bin" / "anvil"
    if not binary.exists():
        raise SetupFailed(f"There is no local chain (anvil) for {system} {machine} on npm.")
    binary.chmod(0o755)
    link = NODE_MODULES / ".bin" / "anvil"
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    place = os.path.relpath(binary, link.parent)
    link.write_text(SCRIPT.format(place=place))
    link.chmod(0o755)


def is_root_on_debian() -> bool:
    """Whether apt-get may be asked."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_chromium() -> None:
    """A browser: from the distribution if we may, else Playwright's own."""
    if is_root_on_debian():
        try:
            run("apt-get", "update")
            run("apt-get", "install", "-y", "--no-install-recommends", "chromium")
            return
        except SetupFailed:
            say("   the distribution has none to give; asking Playwright")
    run(python(), "-m", "playwright", "install", "chromium")


def install_postgres() -> None:
    """PostgreSQL's server, for the tests of the index; nothing runs before a test starts it."""
    run("apt-get", "update")
    quiet = environment() | {"DEBIAN_FRONTEND": "noninteractive"}
    # Debian would start a cluster of its own at once.
    Path("/etc/postgresql-common").mkdir(exist_ok=True)
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.write_text("create_main_cluster = false\n")
    ours = ("-o", "Dpkg::Options::=--force-confold")
    run("apt-get", "install", "-y", *ours, "--no-install-recommends", "postgresql", env=quiet)


def install_redis() -> None:
    """Redis, for a test of the keeper; its tools alone, which start no service."""
    run("apt-get", "update")
    run("apt-get", "install", "-y", "--no-install-recommends", "redis-tools")


# ---- all ----------------------------------------------------------------------------


def setup() -> bool:
    """Set up what is missing; tell whether anything was."""
    interpreter = f"{sys.version_info.major}.{sys.version_info.minor}"
    locks = (ROOT / "pyproject.toml", ROOT / "uv.lock")
    tools_locks = (LINT / "pyproject.toml", LINT / "uv.lock")
    node_locks = (ROOT / "package.json", ROOT / "package-lock.json")
    made = [
        once(
            "venv",
            "Python environment from uv.lock",
            fingerprint(interpreter, *locks),
            python(),
            lambda: sync(ROOT, VENV, "--all-extras"),
        ),
        once(
            "tools-venv",
            "Contract tools from tools/lint/uv.lock",
            fingerprint(interpreter, *tools_locks),
            TOOLS_VENV / "bin" / "mamushi",
            lambda: sync(LINT, TOOLS_VENV),
        ),
        once(
            "node",
            "Local chain and accessibility checker from package-lock.json",
            fingerprint(SCRIPT, *node_locks),
            NODE_MODULES / ".bin" / "anvil",
            install_node_tools,
        ),
    ]
    if chromium.find() is None:
        made.append(once("chromium", "Chromium", interpreter, VENV, install_chromium))
    if postgres.find() is None and is_root_on_debian():  # elsewhere its tests say what they need
        made.append(once("postgres", "PostgreSQL", interpreter, VENV, install_postgres))
    if redis.find() is None and is_root_on_debian():
        made.append(once("redis", "Redis", interpreter, VENV, install_redis))
    return any(made)
