// A player of the dice game: node dice.mjs [server] [name] [match]
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const ROLLS = 3;
const ROLL_CODE = 1;

const [server = "http://localhost:7350", name = `player-${Math.floor(Math.random() * 1e6)}`, matchName = "dice"] = process.argv.slice(2);

async function signIn() {
  const answer = await fetch(`${server}/v2/account/authenticate/device?create=true&username=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa("defaultkey:")}` },
    body: JSON.stringify({ id: `dice-${name}-device` }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()).token;
}

const token = await signIn();
const connection = new HubConnectionBuilder()
  .withUrl(`${server}/signalr`, { accessTokenFactory: () => token })
  .withAutomaticReconnect()
  .withHubProtocol(new MessagePackHubProtocol())
  .configureLogging(LogLevel.None)
  .build();

let meet;
const opponent = new Promise((resolve) => (meet = resolve));
const welcome = (presences) => (presences ?? []).filter((one) => one.username !== name).forEach(meet);
connection.on("MatchPresenceEvent", (change) => welcome(change.joins));

const rolls = [];
let finish;
const done = new Promise((resolve) => (finish = resolve));
connection.on("MatchData", (message) => {
  rolls.push(message.data[0]);
  if (rolls.length === ROLLS) finish();
});
await connection.start();

const match = await connection.invoke("MatchCreate", matchName);
welcome(match.presences);
console.log(`${name} plays against ${(await opponent).username}`);

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const own = Array.from({ length: ROLLS }, () => 1 + Math.floor(Math.random() * 6));
for (const roll of own) await connection.invoke("MatchDataSend", match.match_id, ROLL_CODE, new Uint8Array([roll]), null, true);
await done;

const outcome = { 1: "wins", "-1": "loses", 0: "draws" }[Math.sign(sum(own) - sum(rolls))];
console.log(`${name} ${outcome} with ${sum(own)} to ${sum(rolls)}`);
await connection.invoke("MatchLeave", match.match_id);
await connection.stop();
