// The official JavaScript client: what goes over requests.
import assert from 'node:assert/strict';
import { client, run, unique } from './clients.mjs';

const status = async (work) => {
  try {
    await work;
  } catch (answer) {
    return [answer.status, await answer.json()];
  }
  return [200, null];
};

await run(async ([port]) => {
  const nakama = client(port);

  // Authentication in three ways, and again as the same player.
  const name = unique();
  const device = unique('device');
  const session = await nakama.authenticateDevice(device, true, name, { level: 'one' });
  assert.equal(session.created, true);
  assert.equal(session.username, name);
  assert.deepEqual(session.vars, { level: 'one' });
  const again = await nakama.authenticateDevice(device, true, name);
  assert.equal(again.created, false);
  assert.equal(again.user_id, session.user_id);
  assert.deepEqual(await status(nakama.authenticateDevice(unique('device'), false)), [
    404, { code: 5, message: 'User account not found.' }]);
  const email = `${unique()}@example.com`;
  const byEmail = await nakama.authenticateEmail(email, 'a secret of mine', true);
  assert.equal((await status(nakama.authenticateEmail(email, 'something else', false)))[0], 401);
  const byCustom = await nakama.authenticateCustom(unique('custom'), true);
  assert.notEqual(byEmail.user_id, byCustom.user_id);

  // Refresh and log out.
  const fresh = await nakama.sessionRefresh(again);
  assert.equal(fresh.user_id, session.user_id);

  // The account, changed and read back.
  await nakama.updateAccount(fresh, { display_name: 'Åse 漢字 🙂', location: 'Bergen', lang_tag: 'nb' });
  const account = await nakama.getAccount(fresh);
  assert.equal(account.user.display_name, 'Åse 漢字 🙂');
  assert.equal(account.user.location, 'Bergen');
  assert.equal(account.user.lang_tag, 'nb');
  assert.deepEqual(account.devices.map((d) => d.id), [device]);

  // Links.
  const custom = unique('custom');
  await nakama.linkCustom(fresh, { id: custom });
  assert.equal((await nakama.authenticateCustom(custom, false)).user_id, session.user_id);
  await nakama.linkEmail(fresh, { email: `${unique()}@example.com`, password: 'another secret' });
  await nakama.unlinkCustom(fresh, { id: custom });
  assert.equal((await status(nakama.authenticateCustom(custom, false)))[0], 404);

  // Other people.
  const users = await nakama.getUsers(fresh, [byEmail.user_id], [name]);
  assert.deepEqual(new Set(users.users.map((u) => u.id)), new Set([byEmail.user_id, session.user_id]));

  // Storage: written, read, listed by pages, guarded by versions, deleted.
  const collection = unique('c');
  const acks = await nakama.writeStorageObjects(fresh, ['a', 'b', 'c'].map((key) => ({
    collection, key, value: { key, score: 10 }, permission_read: 2, permission_write: 1 })));
  assert.equal(acks.acks.length, 3);
  const read = await nakama.readStorageObjects(fresh, { object_ids: [{ collection, key: 'b', user_id: fresh.user_id }] });
  assert.deepEqual(read.objects[0].value, { key: 'b', score: 10 });
  assert.equal(read.objects[0].version, acks.acks[1].version);
  const first = await nakama.listStorageObjects(byEmail, collection, fresh.user_id, 2);
  assert.deepEqual(first.objects.map((o) => o.key), ['a', 'b']);
  const second = await nakama.listStorageObjects(byEmail, collection, fresh.user_id, 2, first.cursor);
  assert.deepEqual(second.objects.map((o) => o.key), ['c']);
  assert.equal((await status(nakama.writeStorageObjects(fresh, [{ collection, key: 'a', value: {}, version: '*' }])))[0], 400);
  await nakama.deleteStorageObjects(fresh, { object_ids: [{ collection, key: 'a' }, { collection, key: 'b' }, { collection, key: 'c' }] });
  const none = await nakama.listStorageObjects(fresh, collection, fresh.user_id);
  assert.equal((none.objects ?? []).length, 0);

  // After the end nothing is open any more.
  await nakama.sessionLogout(fresh, fresh.token, fresh.refresh_token);
  assert.equal((await status(nakama.getAccount(fresh)))[0], 401);
  await nakama.deleteAccount(byCustom);
  assert.equal((await status(nakama.getUsers(byEmail, [byCustom.user_id])))[1], null);
});
