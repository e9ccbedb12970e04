"""A drawing as SVG, to stand in a page whose style colours the classes; by itself it has the light colours."""

from html import escape

from bot.reports.drawing import LETTERS, WIDTH, Anchor, Box, Drawing, Ink, Words

LIGHT = {Ink.BAR: "#1f6f8b", Ink.QUIET: "#9aa5ab", Ink.LINE: "#dde3e6", Ink.WORDS: "#1c2326", Ink.FAINT: "#59656b"}
DARK = {Ink.BAR: "#64b6d1", Ink.QUIET: "#6d7a80", Ink.LINE: "#333d42", Ink.WORDS: "#e6ecee", Ink.FAINT: "#a3b0b6"}
"""Colours; words stand out from the page by 4.5 to 1 at least (WCAG 2.2, 1.4.3), bars by 3 to 1 (1.4.11)."""


def svg(drawing: Drawing, name: str) -> str:
    """Write a drawing as an element; `name` is its id in the page. Readers of screens get its title."""
    inside = "".join(_box(shape) if isinstance(shape, Box) else _words(shape) for shape in drawing.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {drawing.height:g}" role="img"'
        f' aria-labelledby="{name}-title" font-family="system-ui, sans-serif" font-size="{LETTERS}">'
        f'<title id="{name}-title">{escape(drawing.title)}</title>{inside}</svg>'
    )


def _box(box: Box) -> str:
    place = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    return f'<rect class="{box.ink}" fill="{LIGHT[box.ink]}" {place}/>'


def _words(words: Words) -> str:
    anchor = "" if words.anchor is Anchor.START else f' text-anchor="{words.anchor}"'
    # The middle of capitals lies about a third of their height above the line that they stand on.
    place = f'x="{words.x:.1f}" y="{words.y + LETTERS * 0.35:.1f}"'
    return f'<text class="{words.ink}" fill="{LIGHT[words.ink]}" {place}{anchor}>{escape(words.text)}</text>'
