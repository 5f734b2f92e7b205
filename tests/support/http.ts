import { type IncomingHttpHeaders, request } from 'node:http';

/** What came back, its body as text and, where it is JSON, as a value. */
export interface Came {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  json: any;
}

export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a text as it is. */
  body?: unknown;
}

/** One request over a connection of its own; unlike fetch it may say any Host. */
export function call(base: string, path: string, sent: Sent = {}): Promise<Came> {
  const { body } = sent;
  const data = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const out = request(
      base + path,
      {
        method: sent.method ?? (body === undefined ? 'GET' : 'POST'),
        agent: false,
        headers: {
          ...(data === undefined ? {} : { 'content-type': 'application/json' }),
          ...sent.headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = /json(;|$)/.test(response.headers['content-type'] ?? '');
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text,
            json: isJson && text !== '' ? JSON.parse(text) : null,
          });
        });
      },
    );
    out.once('error', reject);
    out.end(data);
  });
}

/** A browser of sorts: keeps the cookies it is given. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  csrf: string | null = null;

  constructor(
    readonly base: string,
    readonly always: Record<string, string> = {},
  ) {}

  async call(path: string, sent: Sent = {}): Promise<Came> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...this.always,
      ...(cookie ? { cookie } : {}),
      ...(this.csrf ? { 'x-csrf-token': this.csrf } : {}),
      ...sent.headers,
    };
    const came = await call(this.base, path, { ...sent, headers });
    for (const line of came.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    return came;
  }

  /** Signs in and keeps the CSRF token. */
  async signIn(token: string): Promise<Came> {
    const came = await this.call('/api/staff/sign-in', { body: { token } });
    if (came.status === 200) this.csrf = came.json.csrf;
    return came;
  }
}
