"""Which Chromium the browser tests and the demo open pages with."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find() -> str | None:
    """The path of a Chromium on this machine, or None where Playwright has its own.

    Usage example::

        playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
    """
    if wanted := os.environ.get("CHROMIUM"):
        return wanted
    return next((path for path in map(shutil.which, NAMES) if path), None)
