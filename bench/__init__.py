"""How fast the panel is, as ratios: a page against a bare page of the same work, a long ledger against a short."""
