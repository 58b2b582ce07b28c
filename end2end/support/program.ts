import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cookie } from '@playwright/test';
import { createDatabase, type Database, type Engine } from './database.ts';
import { Mailbox } from './mail.ts';

const here = resolve(import.meta.dirname, '..');
const BINARY = resolve(process.env.BALIE_BIN ?? resolve(here, '../target/debug/balie'));
const SITE = resolve(process.env.BALIE_SITE ?? resolve(here, '../target/site'));

export type StartOptions = { engine: Engine; logFile: string; env?: Record<string, string> };

/** A running program with the demo in a database of its own. */
export class Balie {
  readonly url: string;
  readonly mail: Mailbox;
  /** Session cookies by username, so that most tests need not sign in anew. */
  readonly sessions = new Map<string, Cookie[]>();
  private child: ChildProcess;
  private stopped?: Promise<void>;

  private constructor(
    private readonly environment: NodeJS.ProcessEnv,
    private readonly database: Database,
    private readonly logFile: string,
  ) {
    this.url = `http://${environment.BALIE_ADDR}`;
    this.mail = new Mailbox(this.url);
    this.child = run('serve', environment, logFile);
  }

  static async start({ engine, logFile, env = {} }: StartOptions): Promise<Balie> {
    if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: build it first, or set BALIE_BIN`);
    const database = await createDatabase(engine);
    const environment = { ...outside(), ...settings(database.url, await freePort()), ...env };
    mkdirSync(dirname(logFile), { recursive: true });
    await runToEnd(run('demo', environment, logFile), logFile);
    const balie = new Balie(environment, database, logFile);
    await balie.ready();
    return balie;
  }

  /** One more program on the same database, under the same public address. To be stopped before this one, which drops the database. */
  async beside(logFile: string): Promise<Balie> {
    const environment = { ...this.environment, BALIE_ADDR: `127.0.0.1:${await freePort()}` };
    const another = new Balie(environment, { ...this.database, drop: async () => undefined }, logFile);
    await another.ready();
    return another;
  }

  readonly clock = {
    advance: async (seconds: number) => {
      const answer = await fetch(`${this.url}/dev/clock`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', Origin: this.url },
        body: JSON.stringify({ advance_seconds: seconds }),
      });
      if (!answer.ok) throw new Error(`POST /dev/clock answered ${answer.status}: ${await answer.text()}`);
    },
  };

  log(from = 0): string {
    return readFileSync(this.logFile, 'utf8').slice(from);
  }

  /** Ends it as a service manager would; more than 10 seconds or another code than 0 is an error. */
  stop(): Promise<void> {
    return (this.stopped ??= this.end());
  }

  /** The same database, address and secret; the clock is back at the real time. */
  async restart() {
    await this.terminate();
    this.child = run('serve', this.environment, this.logFile);
    await this.ready();
  }

  private async end() {
    try {
      await this.terminate();
    } finally {
      await this.database.drop();
    }
  }

  private async terminate() {
    const exited = exitOf(this.child);
    this.child.kill('SIGTERM');
    const code = await Promise.race([exited, sleep(10_000, 'late' as const, { ref: false })]);
    if (code === 'late') {
      this.child.kill('SIGKILL');
      await exited;
      throw new Error('10 seconds after SIGTERM the program still ran');
    }
    if (code !== 0) throw new Error(`After SIGTERM the program ended with ${code}, not 0:\n${tail(this.log())}`);
  }

  private async ready() {
    for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
      if (this.child.exitCode !== null) break;
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.status === 200) return;
    }
    this.child.kill('SIGKILL');
    await this.database.drop();
    throw new Error(`The program did not become ready:\n${tail(this.log())}`);
  }
}

export const tail = (text: string, lines = 80) => text.split('\n').slice(-lines).join('\n');

export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}

function settings(database: string, port: number): Record<string, string> {
  return {
    DATABASE_URL: database,
    BALIE_DEV: '1',
    BALIE_SECRET: randomBytes(32).toString('hex'),
    BALIE_PUBLIC_URL: `http://127.0.0.1:${port}`,
    BALIE_ADDR: `127.0.0.1:${port}`,
    BALIE_SITE: SITE,
    RUST_BACKTRACE: '1',
  };
}

/** Whatever the person who runs the tests has set for a Balie of theirs must not reach this one. */
function outside(): NodeJS.ProcessEnv {
  const ours = (name: string) => !/^(BALIE_|DATABASE_URL)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => ours(name)));
}

function run(command: 'demo' | 'serve', env: NodeJS.ProcessEnv, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a');
  const child = spawn(BINARY, [command], { env, stdio: ['ignore', log, log] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
}

async function runToEnd(child: ChildProcess, logFile: string) {
  const code = await exitOf(child);
  if (code !== 0) throw new Error(`balie demo ended with ${code}:\n${tail(readFileSync(logFile, 'utf8'))}`);
}

function exitOf(child: ChildProcess): Promise<number | string> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((ended, failed) => {
    child.once('error', failed);
    child.once('exit', (code, signal) => ended(code ?? signal ?? 'nothing'));
  });
}
