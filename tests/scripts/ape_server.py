"""Imports Ape once, then forks a child for each command line it reads from its input.

Ape needs seconds to start; a test that kills a script after each of twenty transactions cannot
pay them each time. The child is a process of its own, so SIGKILL ends it as it would any.
"""

import json
import os
import sys
import traceback
from importlib import import_module

# What a child would import, most of its time: pandas and py-evm are among it.
HEAVY = (
    "ape.managers.chain",
    "ape_foundry.provider",
    "ape_node.provider",
    "ape_test.provider",
    "cercle.lens",
    "cercle.rollout",
)


def run(order: dict) -> int:
    """In the child: one script, its output in a file."""
    out = os.open(order["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.setsid()
    os.environ.update(order["env"])
    from ape._cli import cli

    try:
        cli.main(["run", *order["argv"]], standalone_mode=True)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    except BaseException:
        traceback.print_exc()
        return 70
    return 0


def main() -> None:
    for name in HEAVY:
        import_module(name)
    # Read from the project, whose build is read along.
    assert sys.modules["ape"].networks.custom_networks

    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            code = run(order)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        print(json.dumps({"pid": child}), flush=True)  # noqa: T201
        _, status = os.waitpid(child, 0)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status)}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
