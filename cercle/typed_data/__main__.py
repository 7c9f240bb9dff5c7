"""`python -m cercle.typed_data DEPLOYMENT FOLDER [URL]`: write the descriptors for wallets."""

from __future__ import annotations

import sys

from ..deployments import Deployment
from ..errors import CercleError
from .descriptors import write


def main(arguments: list[str]) -> int:
    """Write them, and print where."""
    if len(arguments) not in (2, 3):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        written = write(Deployment.load(arguments[0]), *arguments[1:])
    except CercleError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{path}\n" for path in written)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
