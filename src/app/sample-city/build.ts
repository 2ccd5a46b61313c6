/**
 * Building the sample city through the real services. Each finished step is noted, so that a build
 * that was killed goes on where it was; a step that had been done but not noted changes nothing the
 * second time, because the services are idempotent.
 */
import { systemActor } from '../../kernel/act.ts';
import { type Instant, dayOf } from '../../kernel/day.ts';
import { type Result, assert } from '../../kernel/result.ts';
import { receive, retryHeld, runBatch } from '../../intake/collection/index.ts';
import { standardNamed } from '../../law/directory/index.ts';
import { shiftedClock } from '../../platform/clock.ts';
import { type Database, openDatabase, sql } from '../../platform/db/index.ts';
import { listUnits, registerUnits } from '../../register/units/index.ts';
import { makeDoor } from '../../trust/audit/index.ts';
import type { Installation } from '../installation.ts';
import { annulOne, assignDuties, changeOne, clearOne, declareOne, renameOne } from './acts.ts';
import { clerk, officer } from './actors.ts';
import { confirmUnread } from './confirm.ts';
import type { BuildContext } from './context.ts';
import { type TableContent, bytesOf, tableOfOrder } from './files.ts';
import { importRegister } from './import-register.ts';
import { type CityMark, foundingOf, readMark, saveMark } from './mark.ts';
import type { CityPlan } from './organisations.ts';
import { rowCountOf } from './lines.ts';
import { type Parties, partiesOf } from './parties.ts';
import { releaseWaiting } from './releases.ts';
import { reviewOne } from './reviews.ts';
import type { FileOrder } from './orders.ts';
import { type Step, storyOf } from './story.ts';
import { type UnhappyFile, tableOfUnhappyFile } from './unhappy-files.ts';
import { centreUnit, sampleUnits, unitOf } from './units.ts';

/** How far a build is. */
export type BuildProgress = {
  readonly done: number;
  readonly steps: number;
  /** What is being done, in words. */
  readonly doing: { readonly zh: string; readonly en: string };
};

/** What a build is given beside the installation. */
export type BuildOptions = {
  /** Aborted when the program ends: the build stops between two chunks and goes on another day. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BuildProgress) => void;
};

/** A step the services refused: the rulebook and the city no longer fit each other. */
function must<T>(result: Result<T>, doing: string): T {
  assert(result.ok, `sample city, ${doing}: ${JSON.stringify(result)}`);
  return result.value;
}

/** What all steps share, and for each the time at which it happens. */
function contexts(
  installation: Installation,
  mark: CityMark,
  signal: AbortSignal,
): (at: Instant) => BuildContext {
  const parties = partiesOf(mark);
  const standards = (name: string) => {
    const standard = standardNamed(installation.rulebook(), name);
    assert(standard !== null, `the rulebook has no standard ${name}`);
    return standard;
  };
  return (at) => {
    // Acts of the story pass a door that knows the time of the story.
    const clock = shiftedClock(at);
    const door = makeDoor({ clock, positions: () => installation.positions() });
    const collection = installation.collection(() => signal.throwIfAborted());
    return {
      installation: { ...installation, clock, door },
      clock,
      parties,
      collection: { ...collection, database: installation.database, clock, door },
      standards,
    };
  };
}

const finished = { zh: '建成', en: 'the city stands' };
const files = { zh: '归集部门文件', en: 'collecting files of departments' };
const words: Readonly<Record<Step['kind'], BuildProgress['doing']>> = {
  units: { zh: '登记单位', en: 'registering units' },
  confirm: { zh: '两人确认规则包', en: 'two officers confirm the rulebook' },
  registry: { zh: '导入登记库', en: 'importing the registry' },
  retry: { zh: '重新关联待核的行', en: 'linking waiting rows' },
  file: files,
  'unhappy-file': files,
  declare: files,
  rename: { zh: '登记更名', en: 'recording new names' },
  change: { zh: '登记合并分立', en: 'recording mergers and splits' },
  review: { zh: '两人复核关联', en: 'two officers review links' },
  release: { zh: '两人发布', en: 'two officers release' },
  clear: { zh: '核实后恢复公示', en: 'showing again what was looked at' },
  annul: { zh: '撤销决定', en: 'annulling a decision' },
};

/**
 * Builds what is missing of the city. Gives `false` when another process is building it. Throws the
 * signal's reason when it is aborted, and whatever is wrong with the machine.
 */
export async function buildCity(
  installation: Installation,
  options: BuildOptions,
): Promise<boolean> {
  return installation.database.session(async (session) => {
    const [lock] = await session.query<{ taken: boolean }>(
      sql`select pg_try_advisory_lock(hashtextextended('sample-city.build', 0)) as taken`,
    );
    if (lock?.taken !== true) return false;
    try {
      await buildUnderLock(installation, options);
    } finally {
      // Given back at once, not when the connection has gone: whoever broke off may begin again.
      await session
        .execute(sql`select pg_advisory_unlock(hashtextextended('sample-city.build', 0))`)
        .catch(() => undefined);
    }
    return true;
  });
}

async function buildUnderLock(installation: Installation, options: BuildOptions): Promise<void> {
  const mark = await readMark(installation.database);
  assert(mark !== null, 'only a founded city is built');
  if (mark.finishedAt !== null) return;
  const database = openForBuilding(installation.database.url);
  try {
    await build({ ...installation, database }, mark, options);
  } finally {
    await database.close();
  }
}

const filesTogether = 4;
// A file takes a connection for its lock, one for its transaction and one to read.
const connectionsMax = 3 * filesTogether + 2;

/**
 * A pool that is wide enough for files side by side and does not wait for the disk at each commit. A
 * power cut then loses the last steps together with the note that they were done, never one without
 * the other, and the build takes them again.
 */
function openForBuilding(url: string): Database {
  const address = new URL(url);
  address.searchParams.set('options', '-c timezone=UTC -c datestyle=ISO -c synchronous_commit=off');
  return openDatabase(address.href, { connectionsMax });
}

/** Makes the monthly partitions of the story at once: files side by side need not wait for them. */
async function prepareMonths(database: Database, { anchor }: CityPlan): Promise<void> {
  const from = dayOf(foundingOf(anchor));
  await database.execute(sql`
    select operation.ensure_month(parent, month::date)
    from unnest(array['audit.act', 'collection.row_outcome']) as parent,
         generate_series(${from}::date - interval '1 month', ${anchor}::date + interval '1 month',
                         interval '1 month') as month`);
}

async function build(
  installation: Installation,
  mark: CityMark,
  { signal, onProgress }: BuildOptions,
): Promise<void> {
  const { database } = installation;
  const contextAt = contexts(installation, mark, signal);
  const { parties } = contextAt(foundingOf(mark.anchor));
  const steps = storyOf(mark, parties);
  const noteDone = (done: number, finishedAt: Instant | null) =>
    saveMark(
      database,
      { ...mark, done, steps: steps.length, finishedAt },
      installation.clock.now(),
    );
  await prepareMonths(database, mark);
  let done = mark.done;
  while (done < steps.length) {
    signal.throwIfAborted();
    onProgress({ done, steps: steps.length, doing: words[steps[done]!.kind] });
    const together = stepsTogether(steps, done);
    const taken = await Promise.allSettled(together.map((step) => take(contextAt(step.at), step)));
    const failed = taken.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    done += together.length;
    await noteDone(done, null);
  }
  await noteDone(steps.length, installation.clock.now());
  // What was committed without waiting is on the disk before anybody is told that the city stands.
  await database.execute(sql`checkpoint`).catch(() => undefined);
  onProgress({ done: steps.length, steps: steps.length, doing: finished });
}

/**
 * The next steps that may be taken side by side: files of different senders about different things
 * know nothing of each other, and while one waits for the disk another is checked.
 */
function stepsTogether(steps: readonly Step[], from: number): readonly Step[] {
  const first = steps[from]!;
  if (first.kind !== 'file') return [first];
  const senders = new Set<number>();
  let to = from;
  for (; to < steps.length && to - from < filesTogether; to += 1) {
    const step = steps[to]!;
    if (step.kind === 'declare' || step.kind === 'unhappy-file') continue;
    if (step.kind !== 'file' || senders.has(step.order.sourceNo)) break;
    // Who says again what another has said comes after that other.
    if (senders.has(step.order.echoed?.sourceNo ?? -1)) break;
    senders.add(step.order.sourceNo);
  }
  return steps.slice(from, to);
}

async function take(context: BuildContext, step: Step): Promise<void> {
  const { installation, parties, standards } = context;
  switch (step.kind) {
    case 'units':
      await registerAll(installation);
      return assignDuties(context);
    case 'confirm':
      await confirmUnread(installation);
      return installation.reload();
    case 'registry':
      return importRegister(context, step.order);
    case 'retry':
      await retryHeld(context.collection);
      return;
    case 'file':
      return collectFile(context, step.order, tableOfOrder(parties, step.order, standards));
    case 'unhappy-file':
      return collectRefused(context, step.file);
    case 'rename':
      return renameOne(context, step.rename);
    case 'declare':
      return declareOne(context, step.at, step.declared);
    case 'change':
      return changeOne(context, step.change);
    case 'review':
      return reviewOne(context, step);
    case 'release':
      return releaseWaiting(context);
    case 'clear':
      return clearOne(context);
    case 'annul':
      return annulOne(context, step.partly);
  }
}

async function registerAll(installation: Installation): Promise<void> {
  const known = new Set((await listUnits(installation.database)).map(({ code }) => code));
  const units = [centreUnit, ...sampleUnits];
  if (!units.every(({ code }) => known.has(code))) {
    must(await registerUnits(installation, units, officer), 'units');
  }
  await installation.reload();
}

function deliveryOf(parties: Parties, order: FileOrder, table: TableContent) {
  const { source } = order;
  return {
    fileName: table.fileName,
    source: asAsync(bytesOf(table)),
    item: source.item,
    provider: unitOf(source.unit).code,
    period: order.deliveredOn.slice(0, 7),
    actor: clerk,
    ...(source.declares === true ? { declaredRows: rowCountOf(parties, order) } : {}),
  };
}

async function* asAsync(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* bytes;
}

async function collectFile(
  context: BuildContext,
  order: FileOrder,
  table: TableContent,
): Promise<void> {
  const { collection } = context;
  const received = must(
    await receive(collection, deliveryOf(context.parties, order, table)),
    table.fileName,
  );
  must(await runBatch(collection, received.batch, clerk), table.fileName);
}

/** A file that comes back as a whole: the refusal is kept with its batch. */
async function collectRefused(context: BuildContext, file: UnhappyFile): Promise<void> {
  const { installation, collection, standards } = context;
  const table = tableOfUnhappyFile(file, standards);
  // A refused delivery may be sent again, so that only looking tells whether this step was taken.
  const [known] = await installation.database.query<{ refused: boolean }>(sql`
    select exists (select from collection.batch
                   where file_name = ${table.fileName} and state = 'refused') as refused`);
  if (known!.refused) return;
  const received = await receive(collection, {
    fileName: table.fileName,
    source: asAsync(bytesOf(table)),
    item: file.item,
    provider: unitOf(file.unit).code,
    period: file.deliveredOn.slice(0, 7),
    actor: clerk,
  });
  const { batch } = must(received, table.fileName);
  const ran = await runBatch(collection, batch, systemActor);
  assert(!ran.ok, `${table.fileName} was meant to be refused`);
}
