"""Conditions of SQLAlchemy that several questions share."""

import json
from collections.abc import Collection

from sqlalchemy import ARRAY, Column, ColumnElement, Connection, String, any_, func, literal, select


def is_among(
    connection: Connection, column: Column[str], values: Collection[str]
) -> ColumnElement[bool]:
    """Return the condition that a text is one of these, however many.

    As one parameter, not one each.
    """
    if connection.dialect.name == "postgresql":
        return column == any_(literal(sorted(values), ARRAY(String)))
    listed = func.json_each(json.dumps(sorted(values))).table_valued("value")
    return column.in_(select(listed.c.value))
