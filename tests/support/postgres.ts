import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import pg from 'pg';
import { inject } from 'vitest';

let address: Promise<string> | null = null;

/** The run's PostgreSQL server, started by the first test that asks. @throws Error that says how to install it */
export function postgresUrl(): Promise<string> {
  address ??= new Promise<string>((resolve, reject) => {
    let text = '';
    connect(inject('postgresDoor'))
      .setEncoding('utf8')
      .on('data', (piece: string) => {
        text += piece;
      })
      .on('error', reject)
      .on('end', () => {
        const { url, error } = JSON.parse(text || '{}');
        if (url) resolve(url);
        else reject(new Error(error ?? 'the test run ended'));
      });
  });
  return address;
}

/** Runs statements on a database. */
export async function onPostgres<T = unknown>(url: string, ...statements: string[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: T[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows ?? [];
    return rows;
  } finally {
    await client.end();
  }
}

/** A new empty database. @param server address of the server; the run's when absent */
export async function freshDatabase(server?: string): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = server ?? (await postgresUrl());
  const name = `wence_${randomBytes(6).toString('hex')}`;
  await onPostgres(admin, `create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => void (await onPostgres(admin, `drop database if exists ${name} with (force)`)),
  };
}
