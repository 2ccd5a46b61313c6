/** Reads one document from a text somebody pasted: the same shape as a file, and nothing beside it. */
import { LineCounter, parseDocument } from 'yaml';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type Document, documentSchema } from '../../kernel/rulebook/document.ts';

const charsMax = 60_000;
const unreadable = (line: number, message: string) =>
  refuse('rulebook.unreadable', { file: '提交的文本', line, message, more: 0 });

/**
 * Reads YAML as an edition. Refuses `rulebook.unreadable {file, line, message, more}` with the first fault.
 * A table beside the document can not come this way: it is delivered with a deployment.
 */
export function documentOfText(text: string): Result<Document> {
  if (text.length > charsMax) return unreadable(0, `more than ${charsMax} characters`);
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const fault = yaml.errors[0];
  if (fault !== undefined) return unreadable(fault.linePos?.[0].line ?? 0, fault.message);
  let plain: unknown;
  try {
    // Aliases are how a small text becomes a huge one.
    plain = yaml.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return unreadable(0, error instanceof Error ? error.message : String(error));
  }
  const parsed = documentSchema.safeParse(plain);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []) as (string | number)[];
    const node = yaml.getIn(path, true) as { range?: number[] } | undefined;
    const offset = node?.range?.[0];
    const line = offset === undefined ? 0 : lines.linePos(offset).line;
    return unreadable(line, `${path.join('.')}: ${issue?.message ?? ''}`);
  }
  const { data } = parsed;
  if (data.kind === 'codes' && data.file !== undefined) {
    return unreadable(0, 'file: a table file is delivered with a deployment');
  }
  return ok(data);
}
