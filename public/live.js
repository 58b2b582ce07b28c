// One event stream per browser, not per tab: browsers allow six connections to a host over HTTP/1.1, and people open eight tabs.
// The tab that holds the lock listens and tells the others; when it closes, the next one takes over. Where locks or channels are missing,
// pages ask again every fifteen seconds.
const POLL_MS = 15_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

const others = 'BroadcastChannel' in window ? new BroadcastChannel('balie-live') : null;
const tell = (topic) => dispatchEvent(new CustomEvent('balie:changed', { detail: topic }));

// Pages say that they listen; the second time after somebody signed in again, when a refused stream may be waiting for its turn.
let listening = false;
addEventListener('balie:listen', () => {
  if (listening) {
    tryNow();
    return;
  }
  listening = true;
  if (!others || !navigator.locks || !('EventSource' in window)) {
    setInterval(() => tell('"everything"'), POLL_MS);
    return;
  }
  others.onmessage = (message) => tell(message.data);
  // Never settles: the lock is held until the tab goes.
  navigator.locks.request('balie-live', () => new Promise(listen));
});

let pause = FIRST_PAUSE_MS;
let waiting = null;

// The first message of a stream says "everything": what changed before it opened was not heard.
function listen() {
  const source = new EventSource('/live');
  source.onmessage = (message) => {
    pause = FIRST_PAUSE_MS;
    tell(message.data);
    others.postMessage(message.data);
  };
  source.onerror = () => {
    // While the browser tries again by itself there is nothing to do; a refusal closes the source for good: nobody is signed in any more.
    if (source.readyState !== EventSource.CLOSED) return;
    waiting = setTimeout(again, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };
}

function again() {
  waiting = null;
  listen();
}

function tryNow() {
  if (waiting === null) return;
  clearTimeout(waiting);
  pause = FIRST_PAUSE_MS;
  again();
}
