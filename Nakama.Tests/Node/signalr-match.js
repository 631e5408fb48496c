// Plays through everything that matches, parties and matchmaking have on the hub, as two players in one process, and prints
// what it met.
import { HubConnectionBuilder, JsonHubProtocol, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const [url, annaToken, benToken, protocol, name] = process.argv.slice(2);

class Player {
  constructor(token) {
    this.events = [];
    this.waiting = [];
    this.connection = new HubConnectionBuilder()
      .withUrl(`${url}/signalr`, { accessTokenFactory: () => token })
      .withHubProtocol(protocol === "messagepack" ? new MessagePackHubProtocol() : new JsonHubProtocol())
      .withStatefulReconnect()
      .configureLogging(LogLevel.None)
      .build();
    const names = ["MatchData", "MatchPresenceEvent", "MatchmakerMatched", "Party", "PartyData", "PartyPresenceEvent",
      "PartyJoinRequest", "PartyLeader", "PartyClose", "PartyUpdate", "PartyMatchmakerTicket", "Error"];
    for (const event of names) {
      this.connection.on(event, (message) => {
        this.events.push({ name: event, message });
        this.waiting.forEach((look) => look());
      });
    }
  }

  call(...call) {
    return this.connection.invoke(...call);
  }

  until(event, fits = () => true) {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.events.find((one) => one.name === event && fits(one.message));
        if (found) resolve(found.message);
      };
      this.waiting.push(look);
      look();
    });
  }
}

const bytes = (...values) => (protocol === "messagepack" ? new Uint8Array(values) : Buffer.from(values).toString("base64"));
const plain = (data) => (typeof data === "string" ? [...Buffer.from(data, "base64")] : [...data]);
const refusal = (promise) => promise.then(() => null, (error) => JSON.parse(error.message.slice(error.message.indexOf("{"))));

const [anna, ben] = [new Player(annaToken), new Player(benToken)];
await Promise.all([anna.connection.start(), ben.connection.start()]);
const story = {};

const match = await anna.call("MatchCreate", null);
const joined = await ben.call("MatchJoin", match.match_id, null, { colour: "red" });
story.match = { size: match.size ?? 0, others: joined.presences.length, self: joined.self.username };
await anna.until("MatchPresenceEvent", (change) => change.joins?.some((one) => one.user_id === joined.self.user_id));

await anna.call("MatchDataSend", match.match_id, 7, bytes(1, 2, 255), [joined.self], true);
const data = await ben.until("MatchData");
story.data = { code: Number(data.op_code), bytes: plain(data.data), reliable: data.reliable ?? false, from: data.presence.user_id };

const streamed = [];
const ended = new Promise((resolve, reject) => ben.connection.stream("MatchDataDownload", match.match_id)
  .subscribe({ next: (item) => streamed.push(plain(item.data)[0]), complete: resolve, error: reject }));
await ben.call("Ping");
const { Subject } = await import("@microsoft/signalr");
const upload = new Subject();
const uploaded = anna.call("MatchDataUpload", match.match_id, upload);
for (let i = 0; i < 20; i++) upload.next({ OpCode: 1, Data: bytes(i), Reliable: true, opCode: 1, data: bytes(i), reliable: true });
upload.complete();
await uploaded;
while (streamed.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
await ben.call("MatchLeave", match.match_id);
await ended;
story.streamed = streamed;
story.eventsBesideTheStream = ben.events.filter((one) => one.name === "MatchData").length - 1;
story.gone = await refusal(ben.call("MatchJoin", "00000000-0000-0000-0000-000000000000.", null, null));

const party = await anna.call("PartyCreate", false, 4, '{"mode":"fun"}', false);
await ben.call("PartyJoin", party.party_id);
const request = await anna.until("PartyJoinRequest");
story.requests = (await anna.call("PartyJoinRequestList", party.party_id)).presences.length;
await anna.call("PartyAccept", party.party_id, request.presences[0]);
await ben.until("Party");
await ben.call("PartyDataSend", party.party_id, 9, bytes(3));
const partyData = await anna.until("PartyData");
story.partyData = { code: Number(partyData.op_code), bytes: plain(partyData.data) };
await anna.call("PartyPromote", party.party_id, request.presences[0]);
story.leader = (await anna.until("PartyLeader")).presence.user_id;
await ben.call("PartyUpdate", party.party_id, "{}", true, false);
story.open = (await anna.until("PartyUpdate")).open;
const partyTicket = await ben.call("PartyMatchmakerAdd", party.party_id, 4, 4, "*", null, { skill: 2 }, null);
story.partyTicketSeen = (await anna.until("PartyMatchmakerTicket")).ticket === partyTicket.ticket;
await ben.call("PartyMatchmakerRemove", party.party_id, partyTicket.ticket);
await ben.call("PartyClose", party.party_id);
await anna.until("PartyClose");

const query = `+properties.name:${name}`;
const tickets = await Promise.all([anna, ben].map((one) => one.call("MatchmakerAdd", 2, 2, query, { name }, { skill: 1.5 }, 2)));
const matched = await anna.until("MatchmakerMatched");
story.matched = { own: matched.ticket === tickets[0].ticket, users: matched.users.length, skill: matched.self.numeric_properties.skill };
const lonely = await anna.call("MatchmakerAdd", 2, 2, "+properties.name:nobody", null, null, null);
await anna.call("MatchmakerRemove", lonely.ticket);
story.removed = await refusal(anna.call("MatchmakerRemove", lonely.ticket));

await Promise.all([anna.connection.stop(), ben.connection.stop()]);
console.log(JSON.stringify(story));
