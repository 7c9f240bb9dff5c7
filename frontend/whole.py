"""What a press or an answer sets off is done whole.

Streamlit cuts a callback off at its next look at the session's state once the browser has sent
something else, and takes it for done (`SessionState._call_callbacks` says so itself). What a
wallet's answer set off would then stop half-way: let in and not noted, carried and not told.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState


def install() -> None:
    """Let what came meanwhile wait until a callback is at its end; once a process."""
    plain = SessionState._run_callback_and_record_rerun
    if not hasattr(plain, "__wrapped__"):
        SessionState._run_callback_and_record_rerun = _whole(plain)  # type: ignore[method-assign]


def _whole(plain: Callable[..., None]) -> Callable[..., None]:
    @wraps(plain)
    def run(*words: Any) -> None:
        context = get_script_run_ctx(suppress_warning=True)
        state = None if context is None else context.session_state
        if not isinstance(state, SafeSessionState):
            plain(*words)
            return
        cut_off = state._yield_callback
        _on_look(state, lambda: None)
        try:
            plain(*words)
        finally:
            _on_look(state, cut_off)

    return run


def _on_look(state: SafeSessionState, then: Callable[[], None]) -> None:
    object.__setattr__(state, "_yield_callback", then)  # its own way of setting what it is made of


__all__ = ["install"]
