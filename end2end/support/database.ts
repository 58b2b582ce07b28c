import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type Engine = 'sqlite' | 'postgres';
export type Database = { url: string; drop(): Promise<void> };

export const createDatabase = (engine: Engine): Promise<Database> =>
  engine === 'sqlite' ? createSqlite() : createPostgres();

async function createSqlite(): Promise<Database> {
  const dir = await mkdtemp(join(tmpdir(), 'balie-e2e-'));
  return { url: `sqlite:${dir}/balie.db`, drop: () => rm(dir, { recursive: true, force: true }) };
}

async function createPostgres(): Promise<Database> {
  const admin = process.env.BALIE_TEST_POSTGRES;
  if (!admin) throw new Error('BALIE_TEST_POSTGRES is not set: run `make test`, or `npx playwright test --project=sqlite`');
  const name = `balie_e2e_${randomBytes(6).toString('hex')}`;
  await psql(admin, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => psql(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function psql(url: string, statement: string) {
  await promisify(execFile)('psql', ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--command', statement, url]);
}
