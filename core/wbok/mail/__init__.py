"""E-mail that leaves the panel: written out for one recipient, and handed to the provider's mail server. No web."""
