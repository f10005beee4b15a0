"""How the report looks in the browser: by light and by dark, on narrow screens and on paper."""

from __future__ import annotations

from emotion_gui.core.emotions import EMOTIONS

_LOOK = """
:root { color-scheme: light dark; --text: #1f2328; --muted: #5c6370; --ground: #ffffff; --card: #f5f6f8;
  --line: #d9dce1; --tense: #9a3412; --calm: #14532d; --open: #3f4650; }
@media screen and (prefers-color-scheme: dark) {
  :root { --text: #e9ecef; --muted: #a9b0b8; --ground: #22262b; --card: #2b3036; --line: #444b53;
    --tense: #fdba74; --calm: #86efac; --open: #cbd2d9; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); line-height: 1.5;
  font-family: system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
.kind { margin: 0; color: var(--muted); }
h1 { margin: 0 0 1rem; font-size: 2rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.25rem; }
p, li, dd, th, td { overflow-wrap: anywhere; }
p { max-width: 46rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .75rem 1.5rem; margin: 0; }
section dl { grid-template-columns: 1fr; }
section dl > div { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: 1rem; }
dt { color: var(--muted); font-size: .875rem; }
dd { margin: 0; white-space: pre-line; max-height: 24rem; overflow-y: auto; }
.consent { margin: 1rem 0 0; padding: .5rem .75rem; border-left: 3px solid var(--line); }
.quiet, figcaption { color: var(--muted); font-size: .875rem; }
.verdict { padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  border-left: .375rem solid var(--open); }
.verdict p { margin: .25rem 0; }
.word { font-size: 1.5rem; font-weight: 700; color: var(--open); }
.nervous { border-left-color: var(--tense); } .nervous .word { color: var(--tense); }
.not_nervous { border-left-color: var(--calm); } .not_nervous .word { color: var(--calm); }
.caveat { font-style: italic; color: var(--muted); }
figure { margin: 1.25rem 0; }
figure img { display: block; width: 100%; height: auto; }
.frame { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .25rem 0 .5rem; }
th, td { padding: .375rem 1rem .375rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; overflow-wrap: normal; }
tbody th, td { min-width: 3rem; max-width: 24rem; overflow-wrap: anywhere; white-space: pre-line; }
thead th { color: var(--muted); font-size: .8125rem; font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 500; min-width: 9rem; }
td:last-child { min-width: 6rem; }
.figure { text-align: right; white-space: nowrap; }
thead th.figure { white-space: normal; }
th i { display: inline-block; width: .75rem; height: .75rem; margin-right: .25rem; border-radius: 2px;
  vertical-align: -1px; }
@media (max-width: 40rem) { section dl > div { grid-template-columns: 1fr; gap: 0; } }
@media print {
  @page { size: A4; margin: 16mm; }
  html { font-size: 11px; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  figure, tr, .verdict { break-inside: avoid; }
  dd { max-height: none; overflow: visible; }
  .frame { overflow: visible; }
  th, td { padding: .25rem .5rem .25rem 0; }
  thead { break-inside: avoid; break-after: avoid; }
  caption { break-after: avoid; }
}
"""
# Classes and no style attributes, which a strict policy of a server refuses.
STYLE = _LOOK + "\n".join(f".of-{emotion.value} {{ background: {emotion.color}; }}" for emotion in EMOTIONS) + "\n"
