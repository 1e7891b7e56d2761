"""Coming in: networks, login, PINs. No Flask here."""
