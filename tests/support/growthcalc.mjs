// The program that the tests of the command line run.
import { spawnSync } from 'node:child_process';

export const program = process.env.GROWTHCALC ?? new URL('../../build/native/growthcalc', import.meta.url).pathname;

/** Runs it to its end, without a language of the machine's own. */
export const run = (args, input = '', env = {}) =>
  spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, LC_ALL: 'C', ...env } });

/** The answers to many scenarios. */
export const batch = (scenarios) =>
  run(['batch', '--threads', '2'], scenarios.map((s) => JSON.stringify(s)).join('\n'))
    .stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
