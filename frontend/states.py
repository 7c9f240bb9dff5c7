"""What every page does alike: refuse in a sentence, never in a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from cercle.content import escape_markdown
from cercle.errors import CercleError

from . import refusals, services
from .i18n import _

log = logging.getLogger("cercle.pages")


@contextmanager
def guarded() -> Iterator[None]:
    """Draw what is inside; if it cannot be, say why in one sentence and stop."""
    try:
        yield
    except CercleError as error:
        log.warning("%s: %s", type(error).__name__, error)
        st.warning(refusals.say(error), icon=":material/cloud_off:")
        st.stop()
    except Exception:
        log.exception("a page failed")
        st.error(
            _("Something went wrong on our side, and nothing has changed. Try again in a minute."),
            icon=":material/error:",
        )
        st.stop()


def refused(key: str, say: Callable[[CercleError], str] = refusals.say) -> None:
    """Say why the last act under `key` was not asked of the wallet, if it was not."""
    error = services.refused(key)
    if error is not None:
        st.warning(say(error), icon=":material/block:")


def own(text: str) -> str:
    """Our own figures: nothing to escape but the dollar, which would begin a formula."""
    return text.replace("$", "&#36;")


def plain(text: str) -> str:
    """Somebody else's text, shown letter by letter."""
    return escape_markdown(text)
