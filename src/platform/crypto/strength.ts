/** How hard a password is to guess, by zxcvbn: common passwords, words, keyboards, sequences, dates. */
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

let estimator: Promise<ZxcvbnFactory> | null = null;

/** Its dictionary takes a third of a second to open: no command waits for it that asks for no password. */
async function open(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

/** 0 (guessed at once) to 4 (more than 10^10 guesses). `own`: words everybody knows of the account. */
export async function strengthOf(password: string, own: readonly string[]): Promise<number> {
  estimator ??= open();
  return (await estimator).check(password, [...own]).score;
}
