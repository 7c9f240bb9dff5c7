"""What a press or an answer sets off is begun, done whole, and shown.

Streamlit looks for what the browser sent since before it takes a press in, and again at each look
at the session's state. What came meanwhile would have the press forgotten before it began, for the
browser tells it once; or cut off what it set off half-way, and taken for done: let in and not
noted, carried and not told.

With `runner.fastReruns`, which the server turns off, a second run would begin beside it as well,
draw what the first has not done yet, and be the last to draw.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState


def install() -> None:
    """Let what came meanwhile wait until a press is taken in and done; once a process."""
    plain = SafeSessionState.on_script_will_rerun
    if not hasattr(plain, "__wrapped__"):
        SafeSessionState.on_script_will_rerun = _whole(plain)  # type: ignore[method-assign]


def _whole(plain: Callable[..., None]) -> Callable[..., None]:
    @wraps(plain)
    def run(state: SafeSessionState, *words: Any, **more: Any) -> None:
        cut_off = state._yield_callback
        _on_look(state, lambda: None)
        try:
            plain(state, *words, **more)
        finally:
            _on_look(state, cut_off)

    return run


def _on_look(state: SafeSessionState, then: Callable[[], None]) -> None:
    object.__setattr__(state, "_yield_callback", then)  # its own way of setting what it is made of


__all__ = ["install"]
