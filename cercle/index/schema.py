"""The tables' revision: made, brought up to date, or refused with the command that helps."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select, table, text
from sqlalchemy import column as sql_column

from ..errors import IndexMissing, IndexOutdated
from .tables import METADATA, REVISION, VERSION_TABLE

_VERSION = table(VERSION_TABLE, sql_column("version_num"))


def revision_of(connection: Connection) -> str | None:
    """The revision of the tables that are there; None if there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(select(_VERSION.c.version_num)).scalar_one_or_none()
    return None if found is None else str(found)


def require_current(connection: Connection) -> None:
    """
    Raises:
        IndexMissing: There are no tables.
        IndexOutdated: They are of another version.
    """
    found = revision_of(connection)
    if found is None:
        raise IndexMissing("There is no index here: run `ape run index run` first.")
    if found < REVISION:
        raise IndexOutdated(
            f"The index is of revision {found}, this version needs {REVISION}: "
            "run `ape run index run --upgrade`."
        )
    if found > REVISION:
        raise IndexOutdated(
            f"The index is of revision {found}, this version knows only {REVISION}: "
            "use the newer version of Cercle that made it."
        )


def prepare(connection: Connection, *, upgrade: bool) -> None:
    """Make the tables of a new index; bring old ones up to date if that is wanted.

    Raises:
        IndexOutdated: They are old and it is not wanted, or they are newer than this version.
    """
    found = revision_of(connection)
    if found is None or (upgrade and found < REVISION):
        _migrate(connection)
    require_current(connection)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", "cercle.index:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # it knows no way from there
        raise IndexOutdated(
            "The index is of a revision that nobody can bring up to date: "
            "build it anew with --rebuild."
        ) from error


def drop_all(connection: Connection) -> None:
    """Forget everything, so that the index is built anew."""
    METADATA.drop_all(connection)
    connection.execute(text(f"DROP TABLE IF EXISTS {VERSION_TABLE}"))


__all__ = ["drop_all", "prepare", "require_current", "revision_of"]
