/**
 * Builds `rulebook/codes/calendar/<year>.yaml` from the yearly notices of the State Council:
 *
 *   npx tsx scripts/rulebook/build-calendars.ts FOLDER [CALENDAR]
 *
 * FOLDER holds one `<year>.json` per notice year (repository holiday-cn, MIT). Days of late December
 * can stand in the next year's notice and are kept there: a calendar is the sum of its files. A year
 * whose notice is not out gets an empty file, which covers nothing.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';

/** Shape of a `<year>.json` of the source. */
export const noticeYear = z.object({
  year: z.number().int(),
  papers: z.array(z.string()),
  days: z.array(z.object({ name: z.string(), date: z.string(), isOffDay: z.boolean() })),
});
type NoticeYear = z.infer<typeof noticeYear>;

/** The calendar document of one notice year, as plain data. */
export function calendarDocument(source: NoticeYear): Record<string, unknown> {
  const { year, papers } = source;
  const issued = papers.length > 0;
  return {
    kind: 'calendar',
    id: 'calendar',
    edition: String(year),
    title: `${year}年法定节假日和调休工作日`,
    titleEn: `Public holidays and make-up working days of ${year}`,
    layer: 'nation',
    jurisdiction: 'CN',
    validFrom: `${year}-01-01`,
    validTo: `${year}-12-31`,
    authority: '国务院办公厅',
    citation: [],
    status: issued ? 'in-force' : 'draft',
    supersedes: null,
    confidence: issued ? 'confirmed' : 'unconfirmed',
    sources: ['NateScarlet/holiday-cn（MIT），据国务院办公厅节假日安排通知整理'],
    ...(issued ? {} : { note: '通知尚未发布，本年度未覆盖；按周一至周五推算的日期均为暂定。' }),
    year,
    notices: papers,
    days: source.days.map(({ date, name, isOffDay }) => ({ date, name, off: isOffDay })),
  };
}

/** YAML of a calendar, one day a line. */
export function calendarText(source: NoticeYear): string {
  const { days, ...head } = calendarDocument(source);
  const lines = (days as { date: string; name: string; off: boolean }[]).map(
    (day) => `  - { date: "${day.date}", name: ${day.name}, off: ${day.off} }`,
  );
  const list = lines.length > 0 ? `days:\n${lines.join('\n')}\n` : 'days: []\n';
  // Days are quoted, so that no reader of YAML takes them for time stamps.
  const text = stringify(head, { lineWidth: 0 }).replace(/: (\d{4}-\d\d-\d\d)$/gm, ': "$1"');
  return `${text}${list}`;
}

function main(folder: string | undefined, target = join('rulebook', 'codes', 'calendar')): void {
  if (folder === undefined) {
    console.error('usage: build-calendars.ts FOLDER [CALENDAR]');
    process.exitCode = 2;
    return;
  }
  const files = readdirSync(folder).filter((name) => /^\d{4}\.json$/.test(name));
  for (const name of files) {
    const source = noticeYear.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    writeFileSync(join(target, `${source.year}.yaml`), calendarText(source));
  }
  console.log(`${files.length} years`);
}

if (import.meta.filename === process.argv[1]) main(process.argv[2], process.argv[3]);
