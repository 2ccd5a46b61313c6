/**
 * SQL as text with parameters that cannot be forgotten: sql`select … where id = ${id}`. Nested
 * fragments are spliced, everything else becomes `$n`. No builder: what stands in store.ts is what runs.
 */

/** A statement or a fragment of one. */
export type Sql = {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
  /** See {@link prepared}. */
  readonly name?: string;
};

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'strings' in value && 'values' in value;
}

/** Tagged template; interpolated fragments are spliced, other values become parameters. */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  const texts: string[] = [strings[0] ?? ''];
  const parameters: unknown[] = [];
  values.forEach((value, index) => {
    const after = strings[index + 1] ?? '';
    if (isSql(value)) {
      texts[texts.length - 1] += value.strings[0] ?? '';
      texts.push(...value.strings.slice(1));
      parameters.push(...value.values);
      texts[texts.length - 1] += after;
    } else {
      parameters.push(value);
      texts.push(after);
    }
  });
  return { strings: texts, values: parameters };
}

/** A fixed piece of SQL (an identifier or keyword of ours, never input). */
export function raw(text: string): Sql {
  return { strings: [text], values: [] };
}

/** Joins fragments with a separator. */
export function joinSql(parts: readonly Sql[], separator: string): Sql {
  return parts.reduce<Sql>(
    (joined, part, index) => (index === 0 ? part : sql`${joined}${raw(separator)}${part}`),
    raw(''),
  );
}

/**
 * A statement each connection parses and plans once, under a name of ours: for short statements of which
 * most of the time goes into planning. The name stands for one text: nothing may be spliced in by case.
 */
export function prepared(name: string, statement: Sql): Sql {
  return { ...statement, name };
}

/** Text with `$1…$n` and the values, as the driver wants it. */
export function compile(statement: Sql): { name?: string; text: string; values: unknown[] } {
  return {
    ...(statement.name === undefined ? {} : { name: statement.name }),
    text: statement.strings.reduce(
      (text, piece, index) => (index === 0 ? piece : `${text}$${index}${piece}`),
      '',
    ),
    values: [...statement.values],
  };
}
