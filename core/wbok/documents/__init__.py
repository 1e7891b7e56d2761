"""Documents that several tabs hand out. No web: what is made here is bytes."""

from wbok.documents.table import Cell, csv_table

__all__ = ["Cell", "csv_table"]
