// One event stream per browser, not per tab: browsers allow six connections to a host over HTTP/1.1, and people open eight tabs.
// The tab that holds the lock listens and tells the others; when it closes, the next one takes over. Where locks or channels are missing,
// pages ask again every fifteen seconds.
const POLL_MS = 15_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
const LEAVING_MS = 300;
const UNTOUCHED_MS = 60_000;
const REST_MS = 400;

const others = 'BroadcastChannel' in window ? new BroadcastChannel('balie-live') : null;

// At once, and while more of the same comes at most every 400 milliseconds: a mailing to a whole company changes something with every letter, and
// what comes second is still to be seen within a second of its commit (R1).
const resting = new Map();
function tell(topic) {
  if (topic === '"yours"') {
    setTimeout(anew, LEAVING_MS);
  } else if (resting.has(topic)) {
    resting.set(topic, true);
  } else {
    dispatchEvent(new CustomEvent('balie:changed', { detail: topic }));
    resting.set(topic, false);
    setTimeout(() => {
      const more = resting.get(topic);
      resting.delete(topic);
      if (more) tell(topic);
    }, REST_MS);
  }
}

// A form that the browser itself sends leads to another page; loading this one anew would get in its way. It may not come to that.
let leaving = false;
const stay = () => (leaving = false);
addEventListener('pageshow', stay);
addEventListener('submit', (event) => {
  if (event.defaultPrevented) return;
  leaving = true;
  setTimeout(stay, 5_000);
});
function anew() {
  if (!leaving && !location.pathname.startsWith('/login')) location.reload();
}

// A page that is merely open asks again whenever something changes; that must not keep its session from running out. So what is asked while
// nobody touches the page says so.
let touched = Date.now();
for (const touch of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
  addEventListener(touch, () => (touched = Date.now()), { capture: true, passive: true });
}
const ask = window.fetch;
window.fetch = (what, how) => {
  const request = new Request(what, how);
  if (Date.now() - touched > UNTOUCHED_MS) request.headers.set('balie-untouched', '1');
  return ask(request);
};

// Pages behind sign-in say that they listen; the second time after somebody signed in again, when a refused stream may be waiting for its turn.
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
