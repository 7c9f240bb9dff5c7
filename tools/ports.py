"""A port that stays free until somebody listens on it.

A port from the system's own range (`bind` to 0) may become the local end of any connection
before its server listens; with hundreds of requests a second it sometimes does. These lie below
that range, and no two choices of one run are alike.
"""

import random
import socket

LOWEST, HIGHEST = 20_000, 32_000  # Linux gives out 32,768 and up, macOS 49,152 and up
TRIES = 100

_chosen: set[int] = set()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on.

    Raises:
        OSError: None was found.
    """
    for port in random.SystemRandom().sample(range(LOWEST, HIGHEST), TRIES):
        if port in _chosen:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _chosen.add(port)
        return port
    raise OSError(f"No free port between {LOWEST} and {HIGHEST}.")
