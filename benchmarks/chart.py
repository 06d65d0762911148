"""Cost against size as a picture: small drawings side by side, both axes logarithmic.

It is SVG as text, since a handful of lines is all that it takes. Colours are told for a light and
a dark background; whoever tells colours apart with difficulty has the width of the lines.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

Points = Sequence[tuple[float, float]]

_COLUMNS = 3
_WIDTH, _HEIGHT = 330, 250
_LEFT, _TOP, _RIGHT, _BOTTOM = 52, 34, 28, 62
_STYLE = """\
  text { font: 11px system-ui, sans-serif; fill: #444; }
  .title { font-size: 13px; font-weight: 600; fill: #1a1a1a; }
  .grid { stroke: #8884; stroke-width: 1; }
  polyline { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
  .ours { stroke: #c2410c; fill: #c2410c; } polyline.ours { stroke-width: 3; fill: none; }
  .floor { stroke: #555; fill: #555; } polyline.floor { stroke-dasharray: 5 3; fill: none; }
  .peer0 { stroke: #1d6fb8; fill: #1d6fb8; } .peer1 { stroke: #2e8b57; fill: #2e8b57; }
  .peer2 { stroke: #8e5bb5; fill: #8e5bb5; } .peer3 { stroke: #a07c00; fill: #a07c00; }
  polyline[class^=peer] { fill: none; }
  text[class] { stroke: none; }
  @media (prefers-color-scheme: dark) {
    text { fill: #bbb; } .title { fill: #eee; }
    .ours { stroke: #fb923c; fill: #fb923c; } .floor { stroke: #aaa; fill: #aaa; }
    .peer0 { stroke: #6cb4f0; fill: #6cb4f0; } .peer1 { stroke: #6fcf97; fill: #6fcf97; }
    .peer2 { stroke: #c9a0e8; fill: #c9a0e8; } .peer3 { stroke: #e0c050; fill: #e0c050; }
  }
"""


@dataclass(frozen=True)
class Line:
    """One line: its name, its class (`ours`, `floor` or a peer's), and triples and seconds."""

    name: str
    kind: str
    points: Points


def draw(drawings: Mapping[str, Sequence[Line]]) -> str:
    """Draw lines by title; those without two points are left to the table."""
    rows = math.ceil(len(drawings) / _COLUMNS)
    width, height = _COLUMNS * _WIDTH, rows * _HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>Seconds against triples, both on logarithmic scales</title>",
        f"<style>\n{_STYLE}</style>",
    ]
    for place, (title, lines) in enumerate(drawings.items()):
        x, y = place % _COLUMNS * _WIDTH, place // _COLUMNS * _HEIGHT
        parts.append(f'<g transform="translate({x} {y})">')
        parts += _drawing(title, lines)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _drawing(title: str, lines: Sequence[Line]) -> list[str]:
    points = [point for line in lines for point in line.points]
    parts = [f'<text class="title" x="{_LEFT}" y="20">{escape(title)}</text>']
    if not points:
        return parts
    across = _Axis([x for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    up = _Axis([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    for power in across.powers:
        at = across(10.0**power)
        parts.append(f'<path class="grid" d="M{at:.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/>')
        parts.append(_text(at, _HEIGHT - _BOTTOM + 14, _amount(power), "middle"))
    for power in up.powers:
        at = up(10.0**power)
        parts.append(f'<path class="grid" d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}"/>')
        parts.append(_text(_LEFT - 5, at + 4, _duration(power), "end"))
    for line in lines:
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in line.points)
        parts.append(f'<polyline class="{line.kind}" points="{path}"/>')
        parts += [
            f'<circle class="{line.kind}" cx="{across(x):.1f}" cy="{up(y):.1f}" r="2"/>'
            for x, y in line.points
        ]
    return [*parts, *_legend(lines)]


def _legend(lines: Sequence[Line]) -> list[str]:
    parts, half = [], (_WIDTH - _LEFT) // 2
    for place, line in enumerate(lines):
        x, y = _LEFT + place % 2 * half, _HEIGHT - 32 + place // 2 * 13
        parts.append(f'<polyline class="{line.kind}" points="{x},{y - 4} {x + 14},{y - 4}"/>')
        parts.append(_text(x + 18, y, line.name.removesuffix(" by hand"), "start"))
    return parts


class _Axis:
    """A logarithmic axis between two places, from one power of ten to another."""

    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        self.powers = range(low, max(high, low + 1) + 1)
        self._first = first
        self._step = (last - first) / (len(self.powers) - 1)

    def __call__(self, value: float) -> float:
        return self._first + (math.log10(value) - self.powers[0]) * self._step


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _amount(power: int) -> str:
    names = {3: "1,000", 4: "10,000", 5: "100,000", 6: "1 million", 7: "10 million"}
    return names.get(power, f"{10**power:,}")


def _duration(power: int) -> str:
    if power >= 0:
        return f"{10**power:,} s"
    return f"{10 ** (power + 3):g} ms"
