/** Style of the parts: search box, facts, records, tags, tables. Phone first. */
export const partsCss = `
.search { margin: 1rem 0; }
.search input, .filters select, .post input, .post select { font: inherit; min-height: 2.9rem; border: 2px solid var(--edge); border-radius: 0; background: var(--paper); color: var(--ink); }
.search button, .filters button, .post button { font: inherit; font-weight: 700; padding: .5rem 1.3rem; min-height: 2.9rem; border: 2px solid var(--blue); background: var(--blue); color: #fff; cursor: pointer; white-space: nowrap; border-radius: 0; }
.search label { display: block; font-weight: 700; margin-bottom: .1rem; }
.search .hint { margin: 0 0 .5rem; color: var(--soft-ink); font-size: .92rem; }
.search .field { display: flex; max-width: 42rem; }
.search input { flex: 1; min-width: 0; padding: .5rem .7rem; border-right: 0; }
.search button:hover { background: var(--link); border-color: var(--link); }
.filters { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: flex-end; margin: 1rem 0; }
.filters p { margin: 0; min-width: 0; max-width: 100%; }
.filters label { display: block; font-weight: 700; font-size: .92rem; }
.filters select { max-width: 100%; padding: .4rem .5rem; }
.post p { margin: 0 0 .8rem; max-width: 30rem; }
.post label { display: block; font-weight: 700; }
.post .hint { display: block; color: var(--soft-ink); font-size: .92rem; }
.post input, .post select { width: 100%; padding: .4rem .6rem; }
.hero { background: var(--ground); border-bottom: 1px solid var(--line); padding: .4rem 0 .8rem; }
.hero .search { margin-bottom: .4rem; }
.columns { display: grid; gap: 0 2.4rem; }
.facts { margin: 0 0 1rem; max-width: 46rem; }
.facts ul { padding-left: 1.1em; margin: 0; }
.facts > div { display: grid; grid-template-columns: 7.5rem 1fr; gap: 0 .7rem; padding: .35rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--soft-ink); font-size: .88rem; padding-top: .12rem; }
.facts dd { min-width: 0; }
.facts dd { margin: 0; }
.tag { display: inline-block; padding: 0 .5em; font-size: .85rem; font-weight: 700; line-height: 1.65; border: 1px solid currentColor; color: var(--soft-ink); background: var(--paper); vertical-align: .1em; white-space: nowrap; }
.tag.good { color: var(--good); background: var(--good-ground); }
.tag.care { color: var(--care); background: var(--care-ground); }
.tag.grave { color: var(--grave); background: var(--grave-ground); }
.tag.plain { color: var(--blue); background: #eaf1f8; }
.notice { border-left: 5px solid var(--blue); background: var(--ground); padding: .7rem 1rem; margin: 1rem 0; max-width: 46rem; }
.notice > :last-child { margin-bottom: 0; }
.notice-title { font-weight: 700; margin-bottom: .2rem; }
.notice.care { border-color: #b07a00; background: var(--care-ground); }
.notice.grave { border-color: var(--grave); background: var(--grave-ground); }
.notice.good { border-color: var(--good); background: var(--good-ground); }
.contents { list-style: none; padding: 0; border-top: 1px solid var(--line); max-width: 46rem; }
.contents li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: .35rem 0; margin: 0; border-bottom: 1px solid var(--line); }
.contents span { flex: 0 1 auto; }
.record { border-top: 1px solid var(--line); padding: .7rem 0 .6rem; max-width: 46rem; }
.record h3, .record h4 { margin: 0 0 .1rem; font-size: 1.05rem; }
.record p { margin: 0; font-size: .93rem; }
.record .until { border-left: 4px solid var(--line); padding-left: .7rem; margin-top: .3rem; }
.record .until strong { font-size: 1rem; }
.rest { border-top: 1px solid var(--line); padding-top: .6rem; max-width: 46rem; }
.sum { border-left: 5px solid var(--blue); background: var(--ground); padding: .8rem 1rem; margin: 0 0 1rem; max-width: 46rem; font-size: 1.05rem; }
.hits { list-style: none; padding: 0; max-width: 46rem; }
.hits li { padding: .7rem 0; border-bottom: 1px solid var(--line); }
.hits a { font-weight: 700; font-size: 1.08rem; }
.hits p { margin: .1rem 0 0; font-size: .93rem; color: var(--soft-ink); }
.crumbs ol { display: flex; flex-wrap: wrap; list-style: none; padding: 0; margin: .8rem 0 0; font-size: .9rem; }
.crumbs li:not(:last-child)::after { content: "›"; padding: 0 .5em; color: var(--soft-ink); }
.pager { display: flex; gap: 1.6rem; margin: 1.2rem 0; }
.pager a { padding: .4rem 0; }
details { margin: .4rem 0 1rem; max-width: 46rem; }
summary { cursor: pointer; color: var(--link); padding: .25rem 0; }
summary:hover { color: var(--link-hover); }
.details-body { border-left: 4px solid var(--line); padding: .3rem 0 .1rem 1rem; }
.counts { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(2, 1fr); gap: .6rem; }
.counts li { border-top: 3px solid var(--edge); background: var(--ground); padding: .5rem .8rem; margin: 0; font-size: .93rem; }
.counts strong { display: block; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.2rem; }
caption { text-align: left; font-weight: 700; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem .8rem .5rem 0; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: break-word; }
thead th { white-space: nowrap; font-weight: 700; border-bottom: 2px solid var(--edge); }
:target { background: var(--care-ground); }
.chart { display: block; overflow: visible; font-size: .88rem; margin: .4rem 0 .2rem; max-width: 46rem; }
.chart text { fill: var(--ink); }
.chart .end { text-anchor: end; font-weight: 700; }
.chart .scale { fill: var(--soft-ink); font-size: .8rem; }
.chart .bar-of { fill: #2a6099; }
.chart .track { fill: #e8edf2; }
.chart line { stroke: var(--line); }
.total strong { font-size: 1.7rem; font-variant-numeric: tabular-nums; }
.figures { width: auto; min-width: 14rem; }
.figures .number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; }
.figures th, .figures td { padding-top: .25rem; padding-bottom: .25rem; }
.tiles { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .3rem 1.2rem; }
.tiles a { display: inline-block; padding: .2rem 0; }
.tasks { display: grid; gap: .2rem 2.4rem; }
.tasks h3 { margin-top: .8rem; }
.tasks ul { list-style: none; padding: 0; }
.tasks li a { display: inline-block; padding: .15rem 0; }
.news { list-style: none; padding: 0; }
.news li { padding: .4rem 0; border-bottom: 1px solid var(--line); margin: 0; }
.news p { margin: 0; font-size: .9rem; color: var(--soft-ink); }
.timeline { list-style: none; padding: 0; max-width: 46rem; border-left: 3px solid var(--line); }
.timeline li { margin: 0; padding: .2rem 0 .2rem 1rem; }
.timeline time { display: block; color: var(--soft-ink); font-size: .88rem; font-variant-numeric: tabular-nums; }
@media (max-width: 47.99rem) {
  .stack, .stack tbody, .stack tr, .stack td, .stack tbody th, .stack caption { display: block; }
  .stack thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .stack tr { border: 1px solid var(--line); padding: .5rem .8rem; margin-bottom: .7rem; }
  .stack td, .stack tbody th { border: 0; padding: .15rem 0; }
  .stack tbody th { font-weight: 700; }
  .stack td::before { content: attr(data-label); margin-right: .8em; color: var(--soft-ink); font-size: .86rem; }
  .stack td:empty { display: none; }
}
@media (min-width: 48rem) {
  .columns, .figure-grid { grid-template-columns: 1fr 1fr; }
  .tasks { grid-template-columns: repeat(3, 1fr); }
  .figure-grid { display: grid; gap: 0 2.8rem; }
  .timeline li { display: grid; grid-template-columns: 8rem 1fr; }
  .timeline time { font-size: .95rem; }
  .counts { grid-template-columns: repeat(4, 1fr); }
  .facts > div { grid-template-columns: 12rem 1fr; gap: 0 1.2rem; }
}
html.large .tasks, html.large .figure-grid { grid-template-columns: 1fr; }
html.large .timeline li { display: block; }
html.large .counts { grid-template-columns: 1fr; }
html.large .facts > div { display: block; }
`;
