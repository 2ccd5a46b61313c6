/**
 * A small reader of JSON Schema, written apart from the library that writes our schemas: it holds a value
 * to the part of draft 2020-12 our documents use, and does not pass over a keyword it does not know.
 */
type Schema = Readonly<Record<string, unknown>>;

const told = new Set(['description', 'default', 'title', '$comment', 'format']);

/** Follows a reference within the document. */
function resolved(document: Schema, pointer: string): Schema {
  const names = pointer.replace(/^#\//, '').split('/');
  return names.reduce<unknown>(
    (value, name) => (value as Schema | undefined)?.[name],
    document,
  ) as Schema;
}

const kindOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

type Check = (rule: unknown, value: unknown, schema: Schema, document: Schema) => string[];

const isObject = (value: unknown): value is Schema => kindOf(value) === 'object';
const fails = (broken: boolean, text: string) => (broken ? [text] : []);

const checks: Readonly<Record<string, Check>> = {
  type: (rule, value) => {
    const kinds = [rule].flat();
    const integer = kinds.includes('integer') && Number.isInteger(value);
    return fails(!integer && !kinds.includes(kindOf(value)), `is no ${kinds.join(' or ')}`);
  },
  const: (rule, value) => fails(rule !== value, `is not ${String(rule)}`),
  enum: (rule, value) => fails(!(rule as unknown[]).includes(value), 'is none of the values'),
  pattern: (rule, value) =>
    fails(typeof value === 'string' && !new RegExp(rule as string, 'u').test(value), 'pattern'),
  minLength: (rule, value) =>
    fails(typeof value === 'string' && value.length < Number(rule), 'short'),
  maxLength: (rule, value) =>
    fails(typeof value === 'string' && value.length > Number(rule), 'long'),
  minimum: (rule, value) => fails(typeof value === 'number' && value < Number(rule), 'small'),
  maximum: (rule, value) => fails(typeof value === 'number' && value > Number(rule), 'large'),
  required: (rule, value) =>
    isObject(value)
      ? (rule as string[]).filter((name) => !(name in value)).map((name) => `lacks ${name}`)
      : [],
  properties: (rule, value, _schema, document) =>
    isObject(value)
      ? Object.entries(rule as Record<string, Schema>).flatMap(([name, inner]) =>
          name in value
            ? problemsOf(document, inner, value[name]).map((text) => `${name}: ${text}`)
            : [],
        )
      : [],
  additionalProperties: (rule, value, schema) =>
    rule === false && isObject(value)
      ? Object.keys(value)
          .filter((name) => !(name in ((schema['properties'] ?? {}) as Schema)))
          .map((name) => `${name} is not described`)
      : [],
  items: (rule, value, _schema, document) =>
    Array.isArray(value)
      ? value.flatMap((item, index) =>
          problemsOf(document, rule as Schema, item).map((text) => `${index}: ${text}`),
        )
      : [],
  anyOf: (rule, value, _schema, document) =>
    fails(
      !(rule as Schema[]).some((inner) => problemsOf(document, inner, value).length === 0),
      'fits none of the alternatives',
    ),
  $ref: (rule, value, _schema, document) => {
    const target = resolved(document, String(rule));
    return target === undefined ? [`no ${String(rule)}`] : problemsOf(document, target, value);
  },
};

/** Everything about a value that a schema of a document forbids; empty when it fits. */
export function problemsOf(document: Schema, schema: object, value: unknown): string[] {
  return Object.entries(schema as Schema).flatMap(([keyword, rule]) => {
    const check = checks[keyword];
    if (check !== undefined) return check(rule, value, schema as Schema, document);
    return told.has(keyword) ? [] : [`keyword ${keyword} is not read`];
  });
}

/** Every reference of a document that leads nowhere. */
export function brokenReferences(document: Schema): string[] {
  const broken: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (isObject(value)) {
      const target = value['$ref'];
      if (typeof target === 'string' && resolved(document, target) === undefined)
        broken.push(target);
      Object.values(value).forEach(walk);
    }
  };
  walk(document);
  return broken;
}
