import { Client } from "@heroiclabs/nakama-js";
import WebSocket from "ws";

globalThis.WebSocket ??= WebSocket; // Node.js before 22 has none of its own

const client = new Client("defaultkey", "localhost", process.argv[2] ?? "7350");
const session = await client.authenticateDevice("the-phone-of-anna", true, "anna");
const socket = client.createSocket();
await socket.connect(session, true);

socket.onchannelmessage = message => console.log(`${message.username} says ${message.content.text}`);
const room = await socket.joinChat("lobby", 1, true, false);
await socket.writeChatMessage(room.id, { text: "hello from JavaScript" });
