"""The example configuration, as package data: `wbok init` writes it."""
