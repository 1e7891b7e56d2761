"""`wbok lms grants`: the rights that the panel's accounts need on LMS's database, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy.engine import URL, Dialect

from wbok.adapters.lms.rights import (
    LOOKED_AT,
    WRITES,
    columns_of,
    is_numbered,
    read_tables,
    written_tables,
)

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Grants:
    """`url` names database, user and dialect; `host` is where the panel runs, as MariaDB sees it."""

    def __init__(self, url: URL, *, user: str, host: str | None = None) -> None:
        self._dialect: Dialect = url.get_dialect()()
        self._is_postgresql = url.get_backend_name() == "postgresql"
        self._database = url.database or ""
        self._schema = _schema(url)
        self._user = self._name(user)
        if not self._is_postgresql:
            here = str(url.host) if url.host in LOOPBACK else "%"
            self._user = f"{_text(user)}@{_text(host or here)}"

    def reading(self) -> Iterator[str]:
        yield from self._entering()
        for table in read_tables():
            yield self._grant(self._select(columns_of(table)), table)

    def writing(self) -> Iterator[str]:
        """For an account of its own: what is changed, and what must be seen to change it."""
        yield from self._entering()
        for table in sorted({*LOOKED_AT, *written_tables()}):
            yield self._grant(self._select(LOOKED_AT.get(table) or columns_of(table)), table)
        for table in written_tables():
            writes = WRITES[table]
            if writes.updates:
                yield self._grant(f"UPDATE ({', '.join(map(self._name, writes.updates))})", table)
            if writes.inserts:
                yield self._grant("INSERT", table)
            if writes.inserts and self._is_postgresql and is_numbered(table):
                sequence = f"{self._name(self._schema)}.{self._name(f'{table}_id_seq')}"
                yield f"GRANT USAGE ON SEQUENCE {sequence} TO {self._user};"

    def _entering(self) -> Iterator[str]:
        if self._is_postgresql:
            yield f"GRANT CONNECT ON DATABASE {self._name(self._database)} TO {self._user};"
            yield f"GRANT USAGE ON SCHEMA {self._name(self._schema)} TO {self._user};"

    def _grant(self, right: str, table: str) -> str:
        place = self._schema if self._is_postgresql else self._database
        return f"GRANT {right} ON {self._name(place)}.{self._name(table)} TO {self._user};"

    def _select(self, columns: Iterable[str]) -> str:
        """Column by column: LMS keeps passwords in these tables too."""
        return f"SELECT ({', '.join(map(self._name, columns))})"

    def _name(self, name: str) -> str:
        return self._dialect.identifier_preparer.quote(name)


def _schema(url: URL) -> str:
    """Where LMS's tables lie on PostgreSQL: `public`, unless the address says otherwise."""
    _, _, path = str(url.query.get("options", "")).partition("search_path=")
    return path.partition(",")[0].strip(" '\"") or "public"


def _text(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
