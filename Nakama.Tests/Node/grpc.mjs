// gRPC as grpc-js speaks it: arguments are the port and the folder of the proto files.
import assert from 'node:assert/strict';
import { credentials, loadPackageDefinition, Metadata, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, unique } from './clients.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** A unary call as a promise; a refusal rejects with its code and details. */
const ask = (service, method, request, metadata, options = {}) =>
  new Promise((resolve, reject) =>
    service[method](request, metadata, options, (error, answer) => (error ? reject(error) : resolve(answer))));

const refused = (promise, code, text) =>
  assert.rejects(promise, (error) => {
    assert.equal(error.code, code, error.message);
    if (text !== undefined) assert.equal(error.details, text);
    return true;
  });

const headers = (entries) => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(entries)) metadata.set(name, value);
  return metadata;
};

await run(async ([port, protos]) => {
  const options = { keepCase: true, longs: String, enums: String, defaults: true, includeDirs: [protos, join(here, 'protos')] };
  const game = loadPackageDefinition(loadSync('api.proto', options));
  const health = loadPackageDefinition(loadSync('health.proto', options));
  const reflection = loadPackageDefinition(loadSync(['reflection.proto', 'reflection_alpha.proto'], options));
  const target = `127.0.0.1:${port}`;
  const nakama = new game.nakama.api.Nakama(target, credentials.createInsecure());
  const key = headers({ authorization: `Basic ${Buffer.from('defaultkey:').toString('base64')}` });

  // Sign in, and ask for the account with the token.
  const username = unique();
  const session = await ask(nakama, 'AuthenticateDevice', { account: { id: unique('device') }, create: { value: true }, username }, key);
  assert.equal(session.created, true);
  const bearer = headers({ authorization: `Bearer ${session.token}` });
  const account = await ask(nakama, 'GetAccount', {}, bearer);
  assert.equal(account.user.username, username);

  // Storage with numbers and text both ways.
  const collection = unique('c');
  const acks = await ask(nakama, 'WriteStorageObjects', { objects: [{ collection, key: 'k', value: '{"text":"Å漢🙂"}', permission_read: { value: 2 } }] }, bearer);
  const read = await ask(nakama, 'ReadStorageObjects', { object_ids: [{ collection, key: 'k', user_id: account.user.id }] }, bearer);
  assert.equal(read.objects[0].version, acks.acks[0].version);
  assert.deepEqual(JSON.parse(read.objects[0].value), { text: 'Å漢🙂' });

  // Refusals: code and sentence, also with letters beyond ASCII in play.
  await refused(ask(nakama, 'AuthenticateDevice', { account: { id: unique('device') }, create: { value: false } }, key), status.NOT_FOUND, 'User account not found.');
  await refused(ask(nakama, 'AuthenticateDevice', { account: { id: 'short' } }, key), status.INVALID_ARGUMENT);
  await refused(ask(nakama, 'GetAccount', {}, new Metadata()), status.UNAUTHENTICATED);
  await refused(ask(nakama, 'GetAccount', {}, headers({ authorization: 'Bearer nonsense' })), status.UNAUTHENTICATED);
  assert.ok(Array.isArray((await ask(nakama, 'ListGroups', {}, bearer)).groups));

  // A deadline that has passed is told, and the connection lives on.
  await refused(ask(nakama, 'GetAccount', {}, bearer, { deadline: Date.now() - 1 }), status.DEADLINE_EXCEEDED);
  assert.equal((await ask(nakama, 'GetAccount', {}, bearer)).user.username, username);

  // Many calls share one connection.
  const many = await Promise.all(Array.from({ length: 200 }, () => ask(nakama, 'GetAccount', {}, bearer)));
  assert.ok(many.every((one) => one.user.id === account.user.id));

  // Health and reflection, as tools ask for them.
  const checker = new health.grpc.health.v1.Health(target, credentials.createInsecure());
  assert.equal((await ask(checker, 'Check', { service: '' }, new Metadata())).status, 'SERVING');
  for (const version of ['v1', 'v1alpha']) {
    const service = reflection.grpc.reflection[version].ServerReflection;
    const call = new service(target, credentials.createInsecure()).ServerReflectionInfo();
    const answers = [];
    const ended = new Promise((resolve, reject) => call.on('data', (answer) => answers.push(answer)).on('end', resolve).on('error', reject));
    call.write({ list_services: '' });
    call.write({ file_containing_symbol: 'nakama.api.Nakama' });
    call.end();
    await ended;
    assert.ok(answers[0].list_services_response.service.some((s) => s.name === 'nakama.api.Nakama'), JSON.stringify(answers[0]));
    assert.ok(answers[1].file_descriptor_response.file_descriptor_proto.length > 0);
  }
});
