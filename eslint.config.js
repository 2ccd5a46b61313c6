// House rules as lint (docs/architecture.md "Names"): sizes, purity of the kernel, no clock, no chance,
// no network and no environment outside src/platform.
import tseslint from 'typescript-eslint';

const impure = [
  { object: 'Date', property: 'now', message: 'Take the clock as an argument (platform/clock).' },
  {
    object: 'Math',
    property: 'random',
    message: 'Take randomness as an argument (platform/random).',
  },
  { object: 'process', property: 'env', message: 'Read the environment in platform/config only.' },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'var', 'coverage', 'mutants', '.tmp'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-restricted-properties': ['error', ...impure],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Network belongs to platform/.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Take the clock as an argument (platform/clock).',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/platform/**/*.ts'],
    rules: {
      'no-restricted-properties': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    // The office asks its own server, through this file only.
    files: ['src/ui/office/client.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // Tests tell stories: long describe blocks, real clocks, the browser's own globals.
    files: ['**/*.test.ts', '**/*.test.tsx', 'tests/**', 'e2e/**', 'scripts/**', '*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-syntax': 'off',
      'no-console': 'off',
    },
  },
);
