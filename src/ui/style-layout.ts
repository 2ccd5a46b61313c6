/**
 * Style of the page as a whole: colours, type, header, footer. Sizes are in rem, so that large type is
 * one rule. All pairs of colours reach 4.5 : 1, focus and borders of controls 3 : 1.
 */
export const layoutCss = `
:root {
  --ink: #1c2733;
  --soft-ink: #4c5a69;
  --paper: #fff;
  --ground: #f4f6f8;
  --line: #d3dae2;
  --edge: #6b7a8a;
  --blue: #0f3a63;
  --link: #0a5496;
  --link-hover: #083a68;
  --focus: #ffbf2f;
  --good: #17623a; --good-ground: #e7f3ec;
  --care: #6d4a00; --care-ground: #fdf4dc;
  --grave: #93212b; --grave-ground: #fbecec;
}
* { box-sizing: border-box; }
html { font-size: 106.25%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
html.large { font-size: 143.75%; }
body {
  margin: 0; color: var(--ink); background: var(--paper);
  font-family: "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif;
  line-height: 1.7; overflow-wrap: anywhere;
}
.wide { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:hover { color: var(--link-hover); text-decoration-thickness: 3px; }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 0; background-color: var(--focus); color: var(--ink); }
input:focus-visible, button:focus-visible { box-shadow: 0 0 0 6px var(--focus); }
input:focus-visible { background-color: var(--paper); }
button:focus-visible { background-color: var(--blue); color: #fff; }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; padding: .5rem 1rem; background: var(--focus); color: var(--ink); z-index: 1; }
.skip:focus { left: 0; top: 0; }
h1, h2, h3, h4 { line-height: 1.35; font-weight: 700; margin: 0; text-wrap: balance; }
h1 { font-size: 1.6rem; margin: .9rem 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
p, ul, ol, dl { margin: 0 0 .8rem; }
ul, ol { padding-left: 1.4em; }
li { margin: .15rem 0; }
.measure { max-width: 42rem; }
.lead { font-size: 1.1rem; color: var(--soft-ink); max-width: 40rem; }
.quiet { color: var(--soft-ink); }
.small { font-size: .88rem; }
.nowrap { white-space: nowrap; }
.code { font-variant-numeric: tabular-nums; letter-spacing: .02em; }
code { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; background: var(--ground); padding: .6rem; }
.sample { background: var(--care-ground); color: var(--care); border-bottom: 1px solid #e3cf96; }
.sample p { margin: 0; padding: .45rem 0; font-size: .92rem; }
.bar { background: var(--blue); color: #fff; }
.bar .wide { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .1rem .6rem; padding-top: .4rem; padding-bottom: .4rem; }
.bar a { color: #fff; }
.brand { display: flex; align-items: center; gap: .6rem; text-decoration: none; font-weight: 700; font-size: 1.12rem; line-height: 1.3; padding: .3rem 0; }
.brand svg { width: 2rem; height: 2rem; flex: none; }
.brand small { display: block; font-weight: 400; font-size: .8rem; }
.bar a:focus-visible { color: var(--ink); }
.ways { display: flex; flex-wrap: wrap; gap: 0 .9rem; list-style: none; padding: 0; margin: 0; font-size: .92rem; }
.ways a, .ways strong { display: inline-block; padding: .35rem 0; min-height: 24px; }
.menu { border-bottom: 1px solid var(--line); background: var(--ground); }
.menu ul { display: flex; flex-wrap: wrap; gap: 0 .8rem; font-size: .95rem; list-style: none; margin: 0; padding: 0; }
.menu li { margin: 0; }
.menu a { display: inline-block; padding: .55rem 0 .45rem; border-bottom: 3px solid transparent; text-decoration: none; color: var(--ink); }
.menu a:hover { border-color: var(--edge); }
.menu a[aria-current] { border-color: var(--blue); font-weight: 700; }
main { display: block; padding-bottom: 3rem; min-height: 60vh; }
.foot { border-top: 3px solid var(--blue); background: var(--ground); padding: 1.2rem 0 2rem; font-size: .9rem; }
.foot ul { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; list-style: none; padding: 0; }
.foot li a { display: inline-block; padding: .2rem 0; }
.foot p { margin: 0 0 .4rem; color: var(--soft-ink); }
@media (min-width: 48rem) {
  .menu ul { gap: 0 1.6rem; font-size: 1rem; }
  h1 { font-size: 2rem; margin-top: 1.4rem; }
  h2 { font-size: 1.4rem; }
}
.printed { display: none; }
@page { margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print {
  html { font-size: 10.5pt; }
  main { min-height: 0; padding-bottom: 1rem; }
  .wide { max-width: none; padding: 0; }
  .printed { display: block; font-size: 9pt; margin: .6rem 0 0; }
  .menu, .ways, .skip, .search, .filters, .crumbs, .pager, .foot ul, .contents, .tasks { display: none; }
  .bar { background: none; color: #000; border-bottom: 2pt solid #000; }
  .bar a, a { color: #000; }
  .brand svg { display: none; }
  .record, tr, .figure { break-inside: avoid; }
  .chart .bar-of { fill: #333; }
  :root, html.large { --ground: #fff; }
  h2, h3 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
