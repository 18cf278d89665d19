// The store's public API. A failure says what happened, and whether anything can have been bought.

/** Where the store is; empty on its own pages, and the lab's page says where. */
export const place = document.querySelector('meta[name=store]')?.content ?? '';

/** What went wrong; status is 0 when no answer came. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function call(path, options) {
  let answer;
  let body;
  try {
    answer = await fetch(place + path, options);
    body = await answer.json();
  } catch {
    throw new Refusal(0, 'no answer came');
  }
  if (!answer.ok) {
    throw new Refusal(answer.status, body.error?.message ?? `status ${answer.status}`);
  }
  return body.data;
}

/** A key that no other purchase has: whoever sends it again buys nothing twice. */
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Buys once, however often it is called with this key. */
export const buy = (key, name, quantity) =>
  call('/orders', {
    method: 'POST',
    headers: {'Content-Type': 'application/json', 'Idempotency-Key': key},
    body: JSON.stringify({name, quantity}),
  });

/** Listens to events, and never gives up: tells also when the line is lost. */
export function listen(path, onNews, onLost) {
  const source = new EventSource(place + path);
  source.onmessage = (event) => onNews(JSON.parse(event.data));
  source.onerror = () => {
    onLost();
    if (source.readyState === EventSource.CLOSED) {
      // A refusal, such as a 503, ends it for good; a broken line it mends by itself.
      setTimeout(() => listen(path, onNews, onLost), 2000);
    }
  };
}
