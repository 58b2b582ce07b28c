import { request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

type Flood = { url: string; bytes: number; headers: Record<string, string>; announce: boolean };

/** Sends a body until the server answers; tells the answer's status and how much the server took. */
export async function flood({ url, bytes, headers, announce }: Flood): Promise<{ status: number; sent: number }> {
  const length = announce ? { 'Content-Length': String(bytes) } : {};
  const sending = request(url, { method: 'POST', headers: { ...headers, ...length } });
  let answer: IncomingMessage | undefined;
  let broken: Error | undefined;
  sending.on('response', (response) => (answer = response));
  sending.on('error', (error) => (broken = error));
  sending.flushHeaders();
  // A server that refuses by the announced length closes the connection: writing on could lose its answer.
  for (let wait = 0; announce && !answer && !broken && wait < 20; wait++) await drained(sending, 50);
  const chunk = Buffer.alloc(64 * 1024, 'a');
  let sent = 0;
  while (sent < bytes && !answer && !broken) {
    if (!sending.write(chunk)) await drained(sending);
    sent += chunk.length;
    // A pause, so that an answer is read before a closed connection is noticed.
    await sleep(4);
  }
  if (!answer && !broken) sending.end();
  for (const end = Date.now() + 20_000; !answer && !broken && Date.now() < end; ) await drained(sending, 50);
  sending.destroy();
  if (!answer) throw new Error(`no answer after ${sent} bytes: ${broken?.message ?? 'silence'}`);
  return { status: answer.statusCode!, sent };
}

const drained = (stream: NodeJS.WritableStream, atMost = 200) =>
  new Promise<void>((done) => {
    const timer = setTimeout(finish, atMost);
    function finish() {
      clearTimeout(timer);
      stream.off('drain', finish);
      done();
    }
    stream.once('drain', finish);
  });
