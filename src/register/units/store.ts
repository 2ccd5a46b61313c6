import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';

/** A public body, provider or authority. */
export type Unit = {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly level: string;
  readonly region: string | null;
  readonly sector: string | null;
  readonly status: 'registered' | 'provisional' | 'ended';
  readonly sample: boolean;
};

const unitSelect = sql`code, name, kind, level, region, sector, status, sample`;

/** One unit, or `null`. */
export async function findUnit(db: Queryable, code: string): Promise<Unit | null> {
  const rows = await db.query<Unit>(sql`select ${unitSelect} from units.unit where code = ${code}`);
  return rows[0] ?? null;
}

/** All units by code. A city has hundreds, never millions. */
export function listUnits(db: Queryable): Promise<Unit[]> {
  return db.query<Unit>(sql`select ${unitSelect} from units.unit order by code`);
}

/** Registers units; a known code keeps its row unless it was only provisional. */
export async function saveUnits(
  tx: Tx,
  units: readonly Unit[],
  act: { readonly id: Id; readonly at: Instant },
): Promise<void> {
  for (const unit of units) {
    await tx.execute(sql`
      insert into units.unit
        (code, name, kind, level, region, sector, status, sample, recorded_at, act_id)
      values (${unit.code}, ${unit.name}, ${unit.kind}, ${unit.level}, ${unit.region},
              ${unit.sector}, ${unit.status}, ${unit.sample}, ${act.at}, ${act.id})
      on conflict (code) do update set
        name = excluded.name, kind = excluded.kind, level = excluded.level,
        region = excluded.region, sector = excluded.sector, status = excluded.status,
        recorded_at = excluded.recorded_at, act_id = excluded.act_id
      where units.unit.status = 'provisional' and excluded.status = 'registered'`);
  }
}
