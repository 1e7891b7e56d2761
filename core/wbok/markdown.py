"""A part of Markdown that is safe for whoever reads it: paragraphs, bold, italic, headings, lists, links. No HTML.

Everything else of Markdown, and every tag, is text. A line stays a line, unlike in Markdown proper: who writes to
customers presses Enter where he wants one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, repeat
from typing import Literal
from urllib.parse import urlsplit

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

RULES = ("text_join", "linkify", "heading", "list", "newline", "escape", "emphasis", "link", "autolink")
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SHOWN_BARE = ("mailto:", "tel:")
REL = "noopener nofollow"
HEADINGS = {"h1": "h3"}
"""Above the text stand the page's title and the name of its part; every deeper heading is a small one."""
DEEPER = "h4"
BULLET = "•"
OF_AN_EMPTY_ITEM = frozenset({"list_item_close", "bullet_list_open", "ordered_list_open"})
"""What may follow its mark at once: the end of it, or a list within that has all of its words."""
MOST_LISTS = 10
"""In each other; a mark that would open one more is text."""
LEVELS_OF_A_LIST = 2
"""As the parser counts: the list, and its item."""
MOST_LEVELS = MOST_LISTS * LEVELS_OF_A_LIST

BlockKind = Literal["heading", "paragraph", "item"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the text without its marks. `mark`: what stands before an item; `depth`: 0 outside of lists.

    A heading is bold throughout.
    """

    kind: BlockKind
    lines: tuple[tuple[Run, ...], ...] = ()
    mark: str = ""
    depth: int = 0

    @property
    def text(self) -> str:
        return "\n".join("".join(run.text for run in line) for line in self.lines)


def to_html(text: str) -> Markup:
    parser = _parser()
    tokens = list(parser.parse(text))
    for token in _all(tokens):
        _make_ours(token)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 (of tokens, all text escaped)


def to_blocks(text: str) -> tuple[Block, ...]:
    """In their order; a second paragraph of an item is an item without a mark, an empty item one without text."""
    return tuple(_blocks(_parser().parse(text)))


def to_plain(text: str) -> str:
    """As it reads well in a letter that knows no markup: addresses of links stand behind their words."""
    whole, before = "", None
    for block in to_blocks(text):
        is_one_list = before is not None and before.depth and block.depth
        whole += "" if before is None else "\n" if is_one_list else "\n\n"
        whole += _line(block)
        before = block
    return whole


def _line(block: Block) -> str:
    if not block.depth:
        return block.text
    margin = "  " * (block.depth - 1)
    first = f"{margin}{block.mark} " if block.mark else f"{margin}  "
    return (first + block.text.replace("\n", f"\n{' ' * len(first)}")).rstrip()


@lru_cache(1)
def _parser() -> MarkdownIt:
    # What stands at the most levels the parser leaves out, so nothing may come there.
    options = {"html": False, "breaks": True, "linkify": True, "maxNesting": MOST_LEVELS + 1}
    parser = MarkdownIt("zero", options).enable(RULES)
    parser.block.ruler.at("list", _list, {"alt": ["paragraph"]})
    parser.core.ruler.push("whole_links", _say_whole_links)
    # Addresses are found where they are written out; else "Sp.z.o.o" would be one.
    parser.linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    parser.validateLink = _is_allowed  # type: ignore[method-assign,assignment]
    return parser


def _list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    return state.level < MOST_LEVELS and list_block(state, line, end, silent)


def _say_whole_links(state: StateCore) -> None:
    for token in state.tokens:
        token.children = list(_with_titles(token.children or ()))


def _with_titles(tokens: Iterable[Token]) -> Iterator[Token]:
    """Titles, which telephones never show, behind the words of links; the address where there are no words."""
    address, title, is_empty = "", "", False
    for token in tokens:
        if token.type == "link_open":
            address, title, is_empty = str(token.attrs["href"]), str(token.attrs.pop("title", "")), True
        elif token.type == "link_close":
            if is_empty:
                yield _text(_bare(address))
            if title := " ".join(title.split()):
                yield from (token, _text(f" ({title})"))
                continue
        elif token.content.strip():
            is_empty = False
        yield token


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _bare(address: str) -> str:
    for bare in SHOWN_BARE:
        address = address.removeprefix(bare)
    return address


def _is_allowed(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return bool(parts.netloc)
    return parts.scheme in SCHEMES and bool(parts.path)


def _all(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _make_ours(token: Token) -> None:
    if token.type == "link_open":
        token.attrs = {"href": token.attrs["href"], "rel": REL}
    elif token.type.startswith("heading_"):
        token.tag = HEADINGS.get(token.tag, DEEPER)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    marks, mark, is_heading = list[Iterator[str]](), "", False
    for token in tokens:
        if mark and token.type in OF_AN_EMPTY_ITEM:
            yield Block("item", (), mark, len(marks))
            mark = ""
        if token.type.endswith("_list_open"):
            marks.append(_marks(token))
        elif token.type.endswith("_list_close"):
            marks.pop()
        elif token.type == "list_item_open":
            mark = next(marks[-1])
        elif token.type == "heading_open":
            is_heading = True
        elif token.type == "inline":
            kind: BlockKind = "item" if marks else "heading" if is_heading else "paragraph"
            yield Block(kind, _lines(token.children or [], is_bold=is_heading), mark, len(marks))
            mark, is_heading = "", False


def _marks(opened: Token) -> Iterator[str]:
    """Of a list's items: numbers as a browser counts them, from the first, whatever is typed before the others."""
    if opened.type == "bullet_list_open":
        return repeat(BULLET)
    return (f"{number}{opened.markup}" for number in count(int(opened.attrs.get("start", 1))))


def _lines(tokens: Sequence[Token], *, is_bold: bool) -> tuple[tuple[Run, ...], ...]:
    lines, address, words, strong = list[list[Run]]([[]]), "", "", int(is_bold)
    for token in tokens:
        strong += token.nesting if token.tag == "strong" else 0
        written = token.content
        if token.type == "link_open":
            address, words = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            written = _behind(words, address)
        elif token.type in {"softbreak", "hardbreak"}:
            lines.append([])
            words += "\n"
        words += written
        if written:
            lines[-1].append(Run(written, strong > 0))
    return tuple(map(tuple, lines))


def _behind(words: str, address: str) -> str:
    """The address in brackets, unless the words say it already."""
    address = _bare(address)
    said = words.removeprefix("mailto:").rstrip("/")
    return "" if said == address.rstrip("/") or "".join(said.split()) == address else f" ({address})"
