"""Puts our typefaces into the file that fpdf2 writes; everything else is written by fpdf2 itself."""

from __future__ import annotations

from typing import Any

from fpdf.output import CIDSystemInfo, OutputProducer, PDFFont
from fpdf.syntax import Name, PDFArray, PDFContentStream, PDFObject, Raw

from wbok.documents.fonts import Embedded, Typeface


class Stream(PDFContentStream):
    """Of bytes that are compressed already."""

    def __init__(self, compressed: bytes, *, length: int | None = None) -> None:
        super().__init__(compressed)
        self.filter = Name("FlateDecode")
        if length is not None:
            self.length1 = length


class Descriptor(PDFObject):
    """What a reader must know of a typeface beside its outlines (PDF 32000-1, 9.8)."""

    def __init__(self, face: Embedded, file: Stream) -> None:
        super().__init__()
        self.type = Name("FontDescriptor")
        self.font_name = Name(face.name)
        self.flags = face.flags
        self.font_b_box = Raw(face.box)
        self.italic_angle = 0
        self.ascent, self.descent, self.cap_height = face.ascent, face.descent, face.cap_height
        self.stem_v = face.stem
        self.font_file2 = file


class Producer(OutputProducer):
    def _add_fonts(self, *_: Any) -> dict[int, Any]:
        faces: list[Any] = list(self.fpdf.fonts.values())
        return {face.i: self._add_typeface(face) for face in faces}

    def _add_typeface(self, typeface: Typeface) -> PDFFont:
        face = typeface.embedded
        whole = PDFFont(subtype="Type0", base_font=face.name, encoding="Identity-H")
        part = PDFFont(
            subtype="CIDFontType2", base_font=face.name, d_w=face.default_width, w=Raw(face.widths)
        )
        info, file = CIDSystemInfo(), Stream(face.file, length=face.file_length)
        descriptor, unicode, glyphs = Descriptor(face, file), Stream(face.unicode), Stream(face.glyphs)
        for made in (whole, part, info, descriptor, file, unicode, glyphs):
            self._add_pdf_obj(made, "fonts")
        whole.descendant_fonts = PDFArray([part])
        whole.to_unicode = unicode
        part.c_i_d_system_info, part.c_i_d_to_g_i_d_map = info, glyphs
        part.font_descriptor = descriptor  # type: ignore[assignment]
        return whole
