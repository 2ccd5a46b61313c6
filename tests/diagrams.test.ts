import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Workflow, checkModel, diagramOf } from '../src/kernel/workflow.ts';
import { bulletinWorkflow, responseWorkflow } from '../src/intake/bulletin/workflow.ts';
import { releaseWorkflow, withdrawalWorkflow } from '../src/intake/double-publicity/workflow.ts';
import { proposalWorkflow } from '../src/law/rulebook/workflow.ts';
import { linkReviewWorkflow, linkUndoWorkflow } from '../src/register/subjects/workflow.ts';

const root = resolve(import.meta.dirname, '..');
type Any = Workflow<string, string, never>;

/** Every workflow of the product with the README that shows it. */
const shown: readonly { readonly workflow: Any; readonly readme: string }[] = [
  { workflow: linkReviewWorkflow as unknown as Any, readme: 'src/register/subjects/README.md' },
  { workflow: linkUndoWorkflow as unknown as Any, readme: 'src/register/subjects/README.md' },
  { workflow: releaseWorkflow as unknown as Any, readme: 'src/intake/double-publicity/README.md' },
  {
    workflow: withdrawalWorkflow as unknown as Any,
    readme: 'src/intake/double-publicity/README.md',
  },
  { workflow: bulletinWorkflow as unknown as Any, readme: 'src/intake/bulletin/README.md' },
  { workflow: responseWorkflow as unknown as Any, readme: 'src/intake/bulletin/README.md' },
  { workflow: proposalWorkflow as unknown as Any, readme: 'src/law/rulebook/README.md' },
];

describe('workflows', () => {
  it.each(shown)('$workflow.name stands in its README as it is', ({ workflow, readme }) => {
    const diagram = `\`\`\`mermaid\n${diagramOf(workflow)}\n\`\`\``;
    expect(readFileSync(resolve(root, readme), 'utf8')).toContain(diagram);
  });

  it.each(shown)('$workflow.name has no dead end and no unreachable state', ({ workflow }) => {
    expect(checkModel(workflow)).toEqual([]);
  });

  it('are all listed here', () => {
    const defined = readdirSync(resolve(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('workflow.ts') && !file.startsWith('kernel'))
      .flatMap((file) => [
        ...readFileSync(resolve(root, 'src', file), 'utf8').matchAll(
          /name: '([a-z-]+)',\s+version/g,
        ),
      ])
      .map((match) => match[1]);
    expect(defined.sort()).toEqual(shown.map(({ workflow }) => workflow.name).sort());
  });
});

describe('every feature', () => {
  it('has a README', () => {
    const wings = ['law', 'register', 'trust', 'archive', 'intake', 'answers'];
    for (const wing of wings) {
      for (const feature of readdirSync(resolve(root, 'src', wing))) {
        const readme = resolve(root, 'src', wing, feature, 'README.md');
        expect(existsSync(readme), readme).toBe(true);
        expect(readFileSync(readme, 'utf8').length, readme).toBeGreaterThan(100);
      }
    }
  });
});
