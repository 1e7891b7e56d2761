"""What several tests stand on: a clock that is set by hand, billing files, a panel of one's own."""
