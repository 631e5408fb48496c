// The official JavaScript client: what goes over sockets, in the format the second argument names.
import assert from 'node:assert/strict';
import { client, next, run, socket, unique } from './clients.mjs';

const room = 1;
const direct = 2;

await run(async ([port, format]) => {
  const nakama = client(port);
  const [anna, ben] = await Promise.all([unique(), unique()].map((name) => nakama.authenticateDevice(unique('device'), true, name)));
  const [annas, bens] = [socket(nakama, format), socket(nakama, format)];
  await annas.connect(anna, true);
  await bens.connect(ben, true);

  // A room: both hear who comes, both get what is said, and the history keeps it.
  const name = unique('room');
  const channel = await annas.joinChat(name, room, true, false);
  assert.equal(channel.self.user_id, anna.user_id);
  assert.equal(channel.room_name, name);
  const bensArrival = next(annas, 'onchannelpresence', (e) => (e.joins ?? []).some((p) => p.user_id === ben.user_id));
  const bensChannel = await bens.joinChat(name, room, true, false);
  assert.equal(bensChannel.id, channel.id);
  assert.deepEqual(bensChannel.presences.map((p) => p.user_id), [anna.user_id]);
  await bensArrival;
  const heard = next(bens, 'onchannelmessage');
  const ack = await annas.writeChatMessage(channel.id, { text: 'hello' });
  const message = await heard;
  assert.equal(message.message_id, ack.message_id);
  assert.deepEqual(message.content, { text: 'hello' });
  assert.equal(message.sender_id, anna.user_id);
  assert.equal(message.code, 0);
  await annas.updateChatMessage(channel.id, ack.message_id, { text: 'hello again' });
  await bens.writeChatMessage(channel.id, { text: 'hi' });
  const history = await nakama.listChannelMessages(anna, channel.id, 10, true);
  assert.deepEqual(history.messages.map((m) => m.content.text), ['hello again', 'hi']);
  await annas.removeChatMessage(channel.id, ack.message_id);
  assert.equal((await nakama.listChannelMessages(anna, channel.id, 10, true)).messages.length, 1);
  await assert.rejects(bens.updateChatMessage(channel.id, ack.message_id, { text: 'mine' }));

  // Between two.
  const toBen = await annas.joinChat(ben.user_id, direct, true, false);
  await bens.joinChat(anna.user_id, direct, true, false);
  const whisper = next(bens, 'onchannelmessage', (m) => m.channel_id === toBen.id);
  await annas.writeChatMessage(toBen.id, { text: 'only you' });
  assert.deepEqual((await whisper).content, { text: 'only you' });

  // Status: followed, updated, gone.
  const statuses = await annas.followUsers([ben.user_id]);
  assert.deepEqual(statuses.presences.map((p) => p.user_id), [ben.user_id]);
  const changed = next(annas, 'onstatuspresence', (e) => (e.joins ?? []).some((p) => p.user_id === ben.user_id && p.status === 'busy'));
  await bens.updateStatus('busy');
  await changed;

  // Leaving and vanishing are told.
  const left = next(annas, 'onchannelpresence', (e) => e.channel_id === channel.id && (e.leaves ?? []).some((p) => p.user_id === ben.user_id));
  await bens.leaveChat(channel.id);
  await left;
  const offline = next(annas, 'onstatuspresence', (e) => (e.leaves ?? []).some((p) => p.user_id === ben.user_id));
  bens.disconnect(false);
  await offline;

  // A refusal has a code and a sentence.
  await assert.rejects(annas.joinChat('', room, true, false), (error) => {
    assert.equal(error.code, 3);
    assert.equal(typeof error.message, 'string');
    return true;
  });
});
