import { Client } from "@heroiclabs/nakama-js";

const OP_STATE = 1, OP_MOVE = 2, OP_REJECTED = 3, DRAW = 3;
const MARKS = ["", "✕", "○"];

const status = document.querySelector("#status");
const board = document.querySelector("#board");
const find = document.querySelector("#find");
const problem = document.querySelector("#problem");
const [host, port] = (new URLSearchParams(location.search).get("server") ?? "127.0.0.1:7350").split(":");

const client = new Client("defaultkey", host, port);
const session = await client.authenticateDevice(deviceId(), true);
const socket = client.createSocket(false);
let matchId = "";

socket.onmatchmakermatched = matched => join(matched.match_id);
socket.onmatchdata = ({ match_id, op_code, data }) => {
  if (match_id !== matchId) return;
  const message = JSON.parse(new TextDecoder().decode(data));
  if (op_code === OP_STATE) show(message);
  else if (op_code === OP_REJECTED) problem.textContent = message.reason;
};
socket.ondisconnect = () => { status.textContent = "The connection is lost. Reload the page to return to the game."; };
await socket.connect(session, true);

find.onclick = async () => {
  find.hidden = true;
  board.hidden = true;
  status.textContent = "Waiting for an opponent…";
  await socket.addMatchmaker("*", 2, 2);
};

// A page that was closed or reloaded returns to its match.
const running = (await client.rpc(session, "running_match", {})).payload;
if (running.match_id) await join(running.match_id);
else {
  status.textContent = "Ready to play.";
  find.hidden = false;
}

// The browser's own; it is what the account is known by.
function deviceId() {
  const id = localStorage.getItem("device") ?? crypto.randomUUID();
  localStorage.setItem("device", id);
  return id;
}

async function join(id) {
  matchId = id;
  try {
    await socket.joinMatch(id);
  } catch (error) {
    matchId = "";
    problem.textContent = error.message;
    find.hidden = false;
  }
}

function show({ board: cells, players, turn, winner }) {
  const mine = players.findIndex(player => player.user_id === session.user_id) + 1;
  const other = players[2 - mine];
  const isMyTurn = winner === 0 && turn === mine;
  problem.textContent = "";
  status.textContent =
    winner === DRAW ? "A draw." :
    winner === mine ? "You have won." :
    winner !== 0 ? `${other.username} has won.` :
    !other.connected ? `${other.username} is away.` :
    isMyTurn ? "It is your turn." : `It is the turn of ${other.username}.`;
  board.replaceChildren(...cells.map((mark, cell) => {
    const button = document.createElement("button");
    button.textContent = MARKS[mark];
    button.ariaLabel = `Cell ${cell + 1}: ${MARKS[mark] || "empty"}`;
    button.disabled = !isMyTurn || mark !== 0;
    button.onclick = () => socket.sendMatchState(matchId, OP_MOVE, JSON.stringify({ cell }));
    return button;
  }));
  board.hidden = false;
  find.hidden = winner === 0;
}
