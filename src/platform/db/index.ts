export { type Sql, sql, raw, joinSql, prepared } from './sql.ts';
export { type CopyRow, type CopyValue, copyHex, copyText, idArray, textArray } from './copy.ts';
export { type Database, type Queryable, type Tx, openDatabase } from './database.ts';
export { migrate } from './migrate.ts';
export { checkLocale } from './check-locale.ts';
export { type Embedded, type EmbeddedStep, startEmbedded } from './embedded.ts';
export { remedyOf } from './embedded-remedies.ts';
export { prepareDatabase } from './prepare-database.ts';
