"""What a browser knows of the page it shows: pages to go to, things to press, parts that live."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

WALLET = "cercle_wallet"  # the bridge's key, frontend.components.wallet.bridge.KEY
BROKEN = (":material/cloud_off:", ":material/error:")  # how frontend.states says a page failed
Status = ForwardMsg.ScriptFinishedStatus
OVER = frozenset(
    Status.Value(name) for name in ("FINISHED_SUCCESSFULLY", "FINISHED_FRAGMENT_RUN_SUCCESSFULLY")
)


@dataclass
class View:
    """The page as the newest run has drawn it."""

    pages: dict[str, str] = field(default_factory=dict)  # path -> hash
    wallet: str = ""
    buttons: dict[str, str] = field(default_factory=dict)  # key -> id
    expanders: dict[str, str] = field(default_factory=dict)
    radios: dict[str, tuple[str, list[str]]] = field(default_factory=dict)  # with the answers
    live: dict[str, float] = field(default_factory=dict)  # fragment -> seconds between its runs
    titles: list[str] = field(default_factory=list)
    trouble: str = ""

    def forget(self) -> None:
        """A new run of the whole page draws everything anew."""
        for drawn in (self.buttons, self.expanders, self.radios, self.live, self.titles):
            drawn.clear()
        self.trouble = ""

    def take(self, message: ForwardMsg) -> bool:
        """Take a message in; says whether it was the last of its run."""
        kind = message.WhichOneof("type")
        if kind == "new_session" and not message.metadata.run.fragment_ids:
            self.forget()
        elif kind == "navigation":
            self.pages = {
                "" if page.is_default else page.url_pathname: page.page_script_hash
                for page in message.navigation.app_pages
            }
        elif kind == "auto_rerun":
            self.live[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(message.delta.new_element)
        elif kind == "delta" and message.delta.WhichOneof("type") == "add_block":
            part = message.delta.add_block.expandable
            if part.id:
                self.expanders[key_of(part.id)] = part.id
        elif kind == "script_finished":
            if message.script_finished == Status.Value("FINISHED_WITH_COMPILE_ERROR"):
                self.trouble = "the script does not compile"
                return True
            return message.script_finished in OVER
        return False

    def _draw(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        drawn = getattr(element, kind)
        if kind == "button" and not drawn.disabled:
            self.buttons[key_of(drawn.id)] = drawn.id
        elif kind == "radio":
            self.radios[key_of(drawn.id)] = (drawn.id, list(drawn.options))
        elif kind == "bidi_component" and key_of(drawn.id) == WALLET:
            self.wallet = drawn.id
        elif kind == "heading":
            self.titles.append(drawn.body)
        elif kind == "exception":
            self.trouble = f"{drawn.type}: {drawn.message}"
        elif kind == "alert" and (drawn.format == Alert.Format.ERROR or drawn.icon in BROKEN):
            self.trouble = drawn.body


def key_of(widget: str) -> str:
    """The key in a widget's id, which is `$$ID-<hash>-<key>`."""
    return widget.split("-", 2)[-1]
