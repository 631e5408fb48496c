// The official JavaScript client: looking for opponents, in the format the second argument names.
import assert from 'node:assert/strict';
import { client, next, run, socket, unique } from './clients.mjs';

await run(async ([port, format]) => {
  const nakama = client(port);
  const [anna, ben] = await Promise.all([unique(), unique()].map((name) => nakama.authenticateDevice(unique('device'), true, name)));
  const [annas, bens] = [socket(nakama, format), socket(nakama, format)];
  await annas.connect(anna, true);
  await bens.connect(ben, true);

  // Both ask for the same and find each other.
  const mode = unique('mode');
  const query = `+properties.mode:${mode} +properties.skill:>=10`;
  const [hers, his] = [next(annas, 'onmatchmakermatched'), next(bens, 'onmatchmakermatched')];
  const ticket = await annas.addMatchmaker(query, 2, 2, { mode }, { skill: 12 });
  await bens.addMatchmaker(query, 2, 2, { mode }, { skill: 15 });
  const [matched, bensMatched] = await Promise.all([hers, his]);
  assert.equal(matched.ticket, ticket.ticket);
  assert.equal(matched.self.presence.user_id, anna.user_id);
  assert.equal(matched.self.string_properties.mode, mode);
  assert.equal(matched.self.numeric_properties.skill, 12);
  assert.deepEqual(matched.users.map((user) => user.presence.user_id).sort(), [anna.user_id, ben.user_id].sort());
  assert.equal(matched.token, bensMatched.token);

  // The token lets both into one match.
  const match = await annas.joinMatch(null, matched.token);
  const bensMatch = await bens.joinMatch(null, bensMatched.token);
  assert.equal(match.match_id, bensMatch.match_id);
  assert.deepEqual(bensMatch.presences.map((presence) => presence.user_id), [anna.user_id]);

  // A ticket can be given up once.
  const unwanted = await annas.addMatchmaker('+properties.none:x', 2, 2, {}, {});
  await annas.removeMatchmaker(unwanted.ticket);
  await assert.rejects(annas.removeMatchmaker(unwanted.ticket), (error) => {
    assert.equal(error.code, 3);
    assert.equal(error.message, 'Matchmaker ticket not found');
    return true;
  });
  await assert.rejects(annas.addMatchmaker('properties.x:', 2, 2, {}, {}));
});
