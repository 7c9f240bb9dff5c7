"""What the vault's tests ask of its page."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from frontend.components.vault import bridge
from frontend.testing.consent import BIT_ADDRESS as ADDRESS
from frontend.testing.consent import BIT_PHONE as PHONE


def task(app: AppTest) -> dict[str, Any] | None:
    """What the browser is told to do."""
    found: dict[str, Any] | None = app.session_state[bridge.STORE].task
    return found


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def has(app: AppTest, key: str) -> bool:
    return key in [one.key for one in app.button]


__all__ = ["ADDRESS", "PHONE", "has", "press", "task"]
