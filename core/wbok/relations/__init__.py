"""The canonical relations: what a billing database must be able to show, column by column.

The single source for the SQL adapter, the demo and the docs. A relation is anything that can be selected
from: a table, a view, a SELECT.
"""

from wbok.relations.canonical import CANONICAL
from wbok.relations.columns import Column, Relation, Rule
from wbok.relations.types import ConversionError, Family, NativeType, parse_type

__all__ = ["CANONICAL", "Column", "ConversionError", "Family", "NativeType", "Relation", "Rule", "parse_type"]
