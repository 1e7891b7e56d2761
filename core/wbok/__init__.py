"""WBOK, the customer panel of an internet provider. What others may import is in `wbok.api`."""
