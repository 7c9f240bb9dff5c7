"""The contracts, compiled by Ape as this project's locks say."""

import subprocess

from tools.places import ROOT, environment


def compile_contracts() -> str:
    """Compile what has no build yet; what Ape said if a contract does not compile, else nothing."""
    done = subprocess.run(
        ["ape", "compile"],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout if done.returncode else ""
