// Joins a room over the hub, says something, waits for an answer from the other side, and prints what it met.
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [url, token, room, transport] = process.argv.slice(2);
const events = [];
const waiting = [];

const connection = new HubConnectionBuilder()
  .withUrl(`${url}/signalr?status=true&lang=de`, { accessTokenFactory: () => token, transport: HttpTransportType[transport] })
  .withStatefulReconnect()
  .configureLogging(LogLevel.None)
  .build();

for (const name of ["ChannelMessage", "ChannelPresenceEvent", "StatusPresenceEvent", "Notifications", "Error"]) {
  connection.on(name, (message) => {
    events.push({ name, message });
    waiting.forEach((look) => look());
  });
}

function until(find) {
  return new Promise((resolve) => {
    const look = () => {
      const found = events.find(find);
      if (found) resolve(found);
    };
    waiting.push(look);
    look();
  });
}

async function refusal(...call) {
  try {
    await connection.invoke(...call);
    return null;
  } catch (error) {
    return JSON.parse(error.message.slice(error.message.indexOf("{")));
  }
}

await connection.start();
const channel = await connection.invoke("ChannelJoin", room, 1, null, null);
const ack = await connection.invoke("ChannelMessageSend", channel.id, '{"from":"hub"}');
const before = events.map((event) => event.name);
const heard = await until((event) => event.name === "ChannelMessage" && event.message.content === '{"from":"socket"}');
const updated = await connection.invoke("ChannelMessageUpdate", channel.id, ack.message_id, '{"from":"hub again"}');
const removed = await connection.invoke("ChannelMessageRemove", channel.id, ack.message_id);
await connection.invoke("StatusUpdate", "busy");
const status = await until((event) => event.name === "StatusPresenceEvent" && event.message.joins?.[0].status === "busy");
const follow = await connection.invoke("StatusFollow", [], ["nobody at all"]);
await connection.invoke("StatusUnfollow", []);
const pong = await connection.invoke("Ping");
const refusals = [
  await refusal("ChannelJoin", "", 1, null, null),
  await refusal("ChannelMessageSend", "2...elsewhere", "{}"),
  await refusal("StatusFollow", ["bad"], null),
];
const left = await connection.invoke("ChannelLeave", channel.id);
await connection.stop();
console.log(JSON.stringify({ channel, ack, before, heard: heard.message, updated, removed, status: status.message, follow, pong, refusals, left }));
