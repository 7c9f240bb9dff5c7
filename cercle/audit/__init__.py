"""Whether, after the hand-over, no key outside can do more than its role says.

Everything is read from the chain at one block; the deployment file only says where to look.

Usage example::

    for finding in audit(chain, deployment, Artifacts()):
        print(finding.sentence)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..artifacts import Artifacts
from ..chain import Chain
from ..deployments import Deployment
from ..values import checksum
from ..verification import Finding, verify_all
from .keys import known_keys, roles_of
from .standing import of_the_admin, of_the_directory, of_the_offices, of_the_points
from .tries import tried


def audit(
    chain: Chain, deployment: Deployment, artifacts: Artifacts, also: Sequence[str] = ()
) -> Iterator[Finding]:
    """Every finding, right or wrong.

    Args:
        chain: Where to look.
        deployment: The brand.
        artifacts: The build to compare the code with.
        also: More keys to try, such as the founder's other wallets.
    """
    head = chain.head(fresh=True)
    keys = dict.fromkeys((*known_keys(chain, deployment, head), *map(checksum, also)))
    held = roles_of(chain, deployment, keys, head)
    yield from verify_all(chain, deployment, artifacts)
    yield from of_the_admin(chain, deployment, head)
    yield from of_the_offices(held, deployment.address("Governor"))
    yield from of_the_directory(chain, deployment, head)
    yield from of_the_points(chain, deployment, head)
    yield from tried(chain, deployment, held, head)


__all__ = ["Finding", "audit"]
