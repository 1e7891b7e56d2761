"""All measures of the payment slip ("polecenie przelewu / wpłata gotówkowa"), in millimetres from its corner.

The corner is the upper left one. No norm is at hand; these are the places that the forms in use have in common: a
receipt on the left, the bank's part on the right, 27 signs a row, 5 mm a sign. Sizes of type are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Boxes:
    """`count` boxes side by side, one sign in each."""

    x: float
    y: float
    pitch: float
    h: float
    count: int

    @property
    def w(self) -> float:
        return self.pitch * self.count

    def middle(self, number: int) -> float:
        """Of the box with that number; the first one is 0."""
        return self.x + self.pitch * (number + 0.5)


WIDTH: Final = 210.0
HEIGHT: Final = 107.0
ON_A_PAGE: Final = 2
"""Three would need 321 mm; a sheet has 297."""
FIRST_TOP: Final = 73.0
"""On the sheet. The second slip ends 10 mm above the lower edge, where printers still print."""
PERFORATION: Final = 61.5

THIN, HEAVY, BOLD = 0.15, 0.45, 0.6
"""Of lines."""
DASH = 1.5
CAPTION, TITLE, DATA, SMALL = 5.5, 8.0, 10.0, 8.0
"""Of type: the form's own words, names of the parts, what is filled in, what is filled in without boxes."""
ABOVE = 0.8
"""From a field up to the baseline of its caption."""
BASELINE = 1.35
"""From the lower edge of a box up to the baseline of its sign."""

# The bank's part.
RIGHT, PITCH, BOX, ROW = 66.0, 5.0, 5.0, 27
RECIPIENT = (Boxes(RIGHT, 6, PITCH, BOX, ROW), Boxes(RIGHT, 15, PITCH, BOX, ROW))
ACCOUNT = Boxes(RIGHT, 24, PITCH, BOX, 26)
ACCOUNT_FRAME = Rect(66.3, 20.5, 134.5, 9)
DEPOSIT, TRANSFER = Rect(105, 33, 5, 5), Rect(110.5, 33, 5, 5)
CURRENCY = Boxes(120, 33, 4, 5, 3)
AMOUNT = Boxes(141, 33, PITCH, BOX, 12)
AMOUNT_FRAME = Rect(139.5, 29.5, 61.25, 9)
WORDS = Boxes(RIGHT, 43, 4.5, 5, 26)
WORDS_FIELD = Rect(RIGHT, 43, PITCH * ROW, 5)
WORDS_TEXT = Rect(RIGHT, 43, PITCH * ROW, 4.2)
SHORT_TICK, LONG_TICK = 0.6, 1.2
CROSS = 0.6
"""From the edge of a box to the ends of the cross that strikes it out."""
PAYER = (Boxes(RIGHT, 53, PITCH, BOX, ROW), Boxes(RIGHT, 62, PITCH, BOX, ROW))
TITLE_ROWS = (Boxes(RIGHT, 72, PITCH, BOX, ROW), Boxes(RIGHT, 77, PITCH, BOX, ROW))
SIGNATURE = Rect(66, 83, 68, 20)
SIGNATURE_WORDS_Y = 85.6
STAMP_X, STAMP_Y, STAMP_RADIUS = 165.0, 93.0, 8.0
FEE = Boxes(135.5, 95, 4.5, 4.5, 4)
CODE_X, CODE_Y, CODE_SIDE = 179.0, 85.0, 18.5
"""The QR code without its white zone; ZBP asks for 18 mm at least."""
CODE_WORDS, CODE_WORDS_SIZE = Rect(134.5, 83, 22, 9.5), 6.5
SIDEWAYS_X, SIDEWAYS_Y = 205.5, 46.0
TINTED = Rect(RIGHT - 0.5, 2, PITCH * ROW + 1, 80.5)

# The receipt.
LEFT, LEFT_WIDTH = 8.0, 52.0
RECEIPT_TITLE_Y, RECEIPT_TITLE_SIZE = 2.6, 6.5
RECEIPT_RECIPIENT = Rect(LEFT, 6, LEFT_WIDTH, 17)
RECEIPT_ACCOUNT = Rect(LEFT, 28, LEFT_WIDTH, 5)
RECEIPT_PAYER = Rect(LEFT, 37, LEFT_WIDTH, 17)
RECEIPT_TITLE = Rect(LEFT, 58, LEFT_WIDTH, 10)
RECEIPT_AMOUNT = Rect(LEFT, 72, LEFT_WIDTH, 5)
RECEIPT_STAMP = Rect(8, 82, 22, 24.5)
RECEIPT_FEE = Rect(34, 82, 26, 24.5)

# Digits of an account stand in groups: 2-4-4-4-4-4-4.
GROUP_ENDS = (2, 6, 10, 14, 18, 22)
