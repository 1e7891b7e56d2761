"""Adapters: each makes a `Billing` of a configuration. They know no web, no store and no tab."""
