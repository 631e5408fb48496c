// The official JavaScript client: friends, groups and notifications, over requests and a socket.
import assert from 'node:assert/strict';
import { client, next, run, socket, unique } from './clients.mjs';

const groupChannel = 3;

await run(async ([port]) => {
  const nakama = client(port);
  const [anna, ben, carl] = await Promise.all(
    [unique(), unique(), unique()].map((name) => nakama.authenticateDevice(unique('device'), true, name)));
  const annas = socket(nakama, 'json');
  await annas.connect(anna, true);

  // Friends: invited, accepted, listed, of friends, blocked, deleted.
  const invitation = next(annas, 'onnotification');
  await nakama.addFriends(ben, [anna.user_id]);
  assert.deepEqual([(await invitation).code, (await invitation).content], [-2, { username: ben.username }]);
  await nakama.addFriends(anna, [], [ben.username]);
  await nakama.addFriends(anna, [carl.user_id]);
  const friends = await nakama.listFriends(anna, undefined, 1);
  assert.deepEqual(friends.friends.map((f) => [f.user.id, f.state ?? 0]), [[ben.user_id, 0]]);
  const more = await nakama.listFriends(anna, undefined, 1, friends.cursor);
  assert.deepEqual(more.friends.map((f) => [f.user.id, f.state]), [[carl.user_id, 1]]);
  await nakama.addFriends(carl, [anna.user_id]);
  const beyond = await nakama.listFriendsOfFriends(ben);
  assert.deepEqual(beyond.friends_of_friends.map((f) => [f.referrer, f.user.id]), [[anna.user_id, carl.user_id]]);
  await nakama.blockFriends(anna, [carl.user_id]);
  await nakama.deleteFriends(anna, [ben.user_id]);
  assert.deepEqual((await nakama.listFriends(anna)).friends.map((f) => [f.user.id, f.state]), [[carl.user_id, 3]]);

  // Notifications: read on from the cursor, deleted.
  const told = await nakama.listNotifications(ben, 10);
  assert.deepEqual(told.notifications.map((n) => n.code), [-3, -9]);
  assert.equal(((await nakama.listNotifications(ben, 10, told.cacheable_cursor)).notifications ?? []).length, 0);
  await nakama.deleteNotifications(ben, told.notifications.map((n) => n.id));
  assert.equal(((await nakama.listNotifications(ben, 10)).notifications ?? []).length, 0);

  // A group: made, joined while its channel listens, managed, found, deleted.
  const name = unique('group');
  const group = await nakama.createGroup(anna, { name, description: 'chess', lang_tag: 'en', open: true, max_count: 5 });
  await annas.joinChat(group.id, groupChannel, true, false);
  const joined = next(annas, 'onchannelmessage');
  await nakama.joinGroup(ben, group.id);
  assert.deepEqual([(await joined).code, (await joined).sender_id], [3, ben.user_id]);
  await nakama.addGroupUsers(anna, group.id, [carl.user_id]);
  await nakama.promoteGroupUsers(anna, group.id, [ben.user_id]);
  await nakama.updateGroup(ben, group.id, { description: 'checkers', open: false });
  const members = await nakama.listGroupUsers(carl, group.id, undefined, 10);
  assert.deepEqual(members.group_users.map((m) => [m.user.id, m.state ?? 0]), [[anna.user_id, 0], [ben.user_id, 1], [carl.user_id, 2]]);
  assert.deepEqual((await nakama.listUserGroups(carl, carl.user_id)).user_groups.map((g) => [g.group.id, g.state]), [[group.id, 2]]);
  const found = await nakama.listGroups(carl, `${name}%`, undefined, 10);
  assert.deepEqual(found.groups.map((g) => [g.description, g.open ?? false, g.edge_count]), [['checkers', false, 3]]);
  await nakama.demoteGroupUsers(anna, group.id, [ben.user_id]);
  await nakama.banGroupUsers(anna, group.id, [ben.user_id]);
  await nakama.kickGroupUsers(anna, group.id, [carl.user_id]);
  await nakama.joinGroup(carl, group.id);
  await nakama.leaveGroup(carl, group.id);
  await nakama.deleteGroup(anna, group.id);
  assert.equal(((await nakama.listGroups(anna, name)).groups ?? []).length, 0);
  annas.disconnect(false);
});
