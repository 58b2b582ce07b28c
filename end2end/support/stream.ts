import { expect } from '@playwright/test';
import type { Balie } from './program.ts';

/** A live stream, read as a program would: a browser's own begins anew when it ends. */
export class Stream {
  text = '';
  ended = false;
  private readonly stop = new AbortController();

  static async of(server: Balie, cookie: string): Promise<Stream> {
    const stream = new Stream();
    const answer = await fetch(`${server.url}/live`, { headers: { Cookie: cookie }, signal: stream.stop.signal });
    expect(answer.status).toBe(200);
    void stream.read(answer.body!);
    await expect.poll(() => stream.text).toContain('everything');
    return stream;
  }

  close() {
    this.stop.abort();
  }

  private async read(body: ReadableStream<Uint8Array>) {
    try {
      const [reader, decoder] = [body.getReader(), new TextDecoder()];
      for (let part = await reader.read(); !part.done; part = await reader.read()) this.text += decoder.decode(part.value, { stream: true });
    } catch (error) {
      if (!this.stop.signal.aborted) throw error;
    }
    this.ended = true;
  }
}
