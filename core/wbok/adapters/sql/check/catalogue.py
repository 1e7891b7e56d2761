"""What the database knows about its own tables: names, indexes, roughly how large they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exc, func, inspect, literal, select

from wbok.adapters.sql.database import Database
from wbok.adapters.sql.statements import Statements

MAX_NAMES = 20


class Catalogue:
    def __init__(self, database: Database, statements: Statements) -> None:
        self._database = database
        self._statements = statements

    def names(self, schema: str | None) -> tuple[str, ...]:
        """Tables and views, the first ones by name; empty when the database does not tell."""
        try:
            look = inspect(self._database.engine())
            names = sorted([*look.get_table_names(schema), *look.get_view_names(schema)])
        except exc.SQLAlchemyError:
            return ()
        return (*names[:MAX_NAMES], "…") if len(names) > MAX_NAMES else tuple(names)

    def indexes(self, table: str) -> tuple[tuple[str, ...], ...] | None:
        """The columns of each index of a table; None for a view, or when the database does not tell."""
        schema, name = split_name(table)
        try:
            look = inspect(self._database.engine())
            if name not in look.get_table_names(schema):
                return None
            found: list[Sequence[str | None]] = [look.get_pk_constraint(name, schema)["constrained_columns"]]
            found += [index["column_names"] for index in look.get_indexes(name, schema)]
            found += [one["column_names"] for one in look.get_unique_constraints(name, schema)]
        except exc.SQLAlchemyError:
            return None
        return tuple(tuple(str(column) for column in columns) for columns in found if columns)

    def has_rows(self, relation: str, number: int) -> bool:
        """Whether it has at least so many. Raises Unavailable."""
        origin = self._statements.origin(relation, ())
        some = select(literal(1).label("one")).select_from(origin).limit(number).subquery()
        return bool(self._database.rows(select(func.count()).select_from(some), {})[0][0] >= number)


def split_name(table: str) -> tuple[str | None, str]:
    schema, _, name = table.rpartition(".")
    return schema or None, name
