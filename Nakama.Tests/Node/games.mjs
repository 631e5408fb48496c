// The official JavaScript client: matches and parties, in the format the second argument names.
import assert from 'node:assert/strict';
import { client, next, run, socket, unique } from './clients.mjs';

await run(async ([port, format]) => {
  const nakama = client(port);
  const [anna, ben] = await Promise.all([unique(), unique()].map((name) => nakama.authenticateDevice(unique('device'), true, name)));
  const [annas, bens] = [socket(nakama, format), socket(nakama, format)];
  await annas.connect(anna, false);
  await bens.connect(ben, false);

  // A match: who is there, what is said, to all and to one, and who goes.
  const match = await annas.createMatch();
  assert.equal(match.self.user_id, anna.user_id);
  const arrival = next(annas, 'onmatchpresence', (e) => (e.joins ?? []).some((p) => p.user_id === ben.user_id));
  const joined = await bens.joinMatch(match.match_id);
  assert.equal(joined.match_id, match.match_id);
  assert.deepEqual(joined.presences.map((p) => p.user_id), [anna.user_id]);
  await arrival;
  const heard = next(bens, 'onmatchdata');
  await annas.sendMatchState(match.match_id, 7, 'hello');
  const data = await heard;
  assert.equal(Number(data.op_code), 7);
  assert.equal(new TextDecoder().decode(data.data), 'hello');
  assert.equal(data.presence.user_id, anna.user_id);
  const back = next(annas, 'onmatchdata');
  await bens.sendMatchState(match.match_id, 8, 'back', [match.self]);
  assert.equal(Number((await back).op_code), 8);
  const gone = next(annas, 'onmatchpresence', (e) => (e.leaves ?? []).some((p) => p.user_id === ben.user_id));
  await bens.leaveMatch(match.match_id);
  await gone;
  await assert.rejects(bens.joinMatch('11111111-1111-4111-8111-111111111111.'), (error) => error.code === 4);

  // The same name is the same match. In the binary format this client does not send names.
  if (format === 'json') {
    const name = unique('game');
    const [first, second] = [await annas.createMatch(name), await bens.createMatch(name)];
    assert.equal(first.match_id, second.match_id);
    assert.equal(second.size, 2);
  }

  // Parties have changed their form since this client's binary format was made.
  if (format === 'json') await gather(annas, bens, anna, ben);
});

// A closed party: asked for, let in, led, talked in, closed.
async function gather(annas, bens, anna, ben) {
  const party = await annas.createParty(false, 3);
  const asked = next(annas, 'onpartyjoinrequest');
  await bens.joinParty(party.party_id);
  const [wants] = (await asked).presences;
  assert.equal(wants.user_id, ben.user_id);
  const list = await annas.listPartyJoinRequests(party.party_id);
  assert.equal((list.party_join_request ?? list).presences.length, 1);
  const entered = next(bens, 'onparty');
  await annas.acceptPartyMember(party.party_id, wants);
  const seen = await entered;
  assert.equal(seen.leader.user_id, anna.user_id);
  assert.deepEqual(seen.presences.map((p) => p.user_id), [anna.user_id, ben.user_id]);
  const leads = next(bens, 'onpartyleader');
  await annas.promotePartyMember(party.party_id, seen.self);
  assert.equal((await leads).presence.user_id, ben.user_id);
  const said = next(annas, 'onpartydata');
  await bens.sendPartyData(party.party_id, 3, 'hi');
  assert.equal(new TextDecoder().decode((await said).data), 'hi');
  await assert.rejects(annas.closeParty(party.party_id), (error) => error.code === 3);
  const closed = next(annas, 'onpartyclose');
  await bens.closeParty(party.party_id);
  assert.equal((await closed).party_id, party.party_id);
}
