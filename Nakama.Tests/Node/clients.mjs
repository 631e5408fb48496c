// What the scripts beside this one share.
import { WebSocket } from 'ws';
import { Client } from '@heroiclabs/nakama-js';
import { WebSocketAdapterPb } from '@heroiclabs/nakama-js-protobuf';
import { randomUUID } from 'node:crypto';

// The official client was written for browsers.
globalThis.WebSocket = WebSocket;

// How long the client waits for an answer; a busy machine needs longer than the client's own 7 and 10 seconds.
const patienceMs = 60_000;

export const client = (port) => new Client('defaultkey', '127.0.0.1', port, false, patienceMs);

export const unique = (prefix = 'u') => prefix + randomUUID().replaceAll('-', '').slice(0, 16);

/** A socket in the text or the binary format. */
export const socket = (nakama, format) => {
  const adapter = format === 'protobuf' ? new WebSocketAdapterPb() : undefined;
  const made = nakama.createSocket(false, false, adapter, patienceMs);
  made.setHeartbeatTimeoutMs(patienceMs);
  return made;
};

/** A promise for the next event a socket raises, if it fulfils the condition. */
export const next = (target, name, condition = () => true) =>
  new Promise((resolve) => {
    const before = target[name].bind(target);
    target[name] = (event) => {
      if (!condition(event)) return before(event);
      target[name] = before;
      resolve(event);
    };
  });

/** Runs a script's body; any failure, also one that nobody waited for, is its exit code. */
export const run = async (body) => {
  const tooLong = setTimeout(() => {
    console.error('the script took too long');
    process.exit(2);
  }, 3 * patienceMs);
  try {
    await body(process.argv.slice(2));
  } catch (error) {
    if (error instanceof Response) console.error(error.status, await error.text());
    else console.error(error);
    process.exit(1);
  }
  clearTimeout(tooLong);
  console.log('done');
  process.exit(0);
};
