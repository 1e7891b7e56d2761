"""Ids of the billing as parts of a URL: letters, digits, `_` and `-` as they are, the rest encoded."""

from __future__ import annotations

import base64
import binascii
import re

from werkzeug.routing import BaseConverter, ValidationError

from wbok.domain.blank import is_storable

PLAIN = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


class IdConverter(BaseConverter):
    """`<id:document_id>`; what nobody would have written that way, or no database keeps, is no id."""

    # The longest key has 255 characters of up to four bytes each.
    regex = "~?[A-Za-z0-9_-]{1,1400}"

    def to_python(self, value: str) -> str:
        if not value.startswith("~"):
            return value
        encoded = value[1:]
        try:
            text = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
        except (binascii.Error, ValueError):
            raise ValidationError from None
        if self.to_url(text) != value or not is_storable(text):
            raise ValidationError
        return text

    def to_url(self, value: object) -> str:
        text = str(value)
        if PLAIN.fullmatch(text):
            return text
        return "~" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
