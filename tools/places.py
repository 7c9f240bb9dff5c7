"""Where the things that set-up makes live, and the environment that our commands run in."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
STAMPS = BUILD / "stamps"
VENV = ROOT / ".venv"
TOOLS_VENV = ROOT / ".tools-venv"
NODE_MODULES = ROOT / "node_modules"
UV_HOME = ROOT / ".uv"  # only when the machine has no uv


def python() -> Path:
    """The project's interpreter."""
    return VENV / "bin" / "python"


def environment() -> dict[str, str]:
    """The caller's environment with the project's programs first on PATH.

    Ape takes the first `vyper` and `anvil` on PATH, so this order is what binds a run to the locks.
    """
    env = dict(os.environ)
    for foreign in ("VIRTUAL_ENV", "PYTHONHOME"):
        env.pop(foreign, None)
    # A suite starts hundreds of processes; without byte code each would compile Ape anew.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    first = [str(VENV / "bin"), str(NODE_MODULES / ".bin")]
    env["PATH"] = os.pathsep.join([*first, env.get("PATH", os.defpath)])
    env["PYTHONPATH"] = str(ROOT)
    env["PYTHONUNBUFFERED"] = "1"
    env.setdefault("UV_SYSTEM_CERTS", "1")  # a machine behind a proxy trusts what its system trusts
    return env
