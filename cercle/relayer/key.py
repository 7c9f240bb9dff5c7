"""The relayer's key: from a keystore and the file of its password, or from the environment."""

from __future__ import annotations

import json
from pathlib import Path

from eth_account import Account
from eth_account.signers.local import LocalAccount

from .settings import Settings, SettingsError

_MAX_FILE = 65_536

_PREFIX = Settings.PREFIX


def load_key(settings: Settings) -> LocalAccount:
    """The account that pays; nothing of its key stands in any error.

    Raises:
        SettingsError: There is no key, two of them, or one that cannot be read.
    """
    if (settings.key is None) == (settings.keystore is None):
        raise SettingsError(f"Name one key: {_PREFIX}KEYSTORE or {_PREFIX}KEY.")
    if settings.key is not None:
        try:
            account: LocalAccount = Account.from_key(settings.key.get_secret_value())
        except Exception:  # the library raises several kinds, some of which quote the key
            raise SettingsError(f"{_PREFIX}KEY is no private key.") from None
        return account
    assert settings.keystore is not None  # dev: one of the two is there
    if settings.password_file is None:
        raise SettingsError(f"{_PREFIX}KEYSTORE needs {_PREFIX}PASSWORD_FILE.")
    password = _text(settings.password_file, "PASSWORD_FILE").rstrip("\r\n")
    try:
        raw = Account.decrypt(json.loads(_text(settings.keystore, "KEYSTORE")), password)
        opened: LocalAccount = Account.from_key(raw)
    except SettingsError:
        raise
    except Exception:
        raise SettingsError(f"{_PREFIX}KEYSTORE does not open with this password.") from None
    return opened


def _text(path: Path, name: str) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_MAX_FILE)
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{_PREFIX}{name} cannot be read.") from None


__all__ = ["load_key"]
