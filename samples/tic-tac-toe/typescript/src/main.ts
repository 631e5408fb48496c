// Tic-tac-toe: the matchmaker finds two players, this module makes their match and decides what is allowed in it.

const OP_STATE = 1; // to clients: the whole game
const OP_MOVE = 2; // from clients: {"cell": 0 to 8}
const OP_REJECTED = 3; // to one client: {"reason": "..."}

const TICK_RATE = 5;
const AWAY_TICKS = 30 * TICK_RATE; // who is away for longer loses
const OVER_TICKS = 10 * TICK_RATE; // how long the result can still be seen
const DRAW = 3;

const LINES = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];

interface Player {
  userId: string;
  username: string;
  sessionId: string | null;
  awaySince: number | null;
}

interface Game {
  board: number[];
  players: Player[];
  turn: number;
  winner: number;
  overAt: number;
}

function labelOf(game: Game): string {
  return JSON.stringify({ game: "tic-tac-toe", players: game.players.map(player => player.userId), over: game.winner !== 0 });
}

function viewOf(game: Game): string {
  const players = game.players.map(player => ({
    user_id: player.userId, username: player.username, connected: player.sessionId !== null,
  }));
  return JSON.stringify({ board: game.board, players, turn: game.turn, winner: game.winner });
}

/** 1 or 2; 0 for others. */
function markOf(game: Game, userId: string): number {
  return game.players.findIndex(player => player.userId === userId) + 1;
}

/** 0 while the game goes on, 1 or 2 for the mark that has a line, 3 for a draw. */
function winnerOf(board: number[]): number {
  for (const [a, b, c] of LINES) {
    if (board[a] !== 0 && board[a] === board[b] && board[a] === board[c]) return board[a];
  }
  return board.includes(0) ? 0 : DRAW;
}

function finish(dispatcher: nkruntime.MatchDispatcher, tick: number, game: Game, winner: number): void {
  game.winner = winner;
  game.overAt = tick;
  dispatcher.matchLabelUpdate(labelOf(game));
}

function parseCell(text: string): unknown {
  try {
    return JSON.parse(text)?.cell;
  } catch {
    return undefined;
  }
}

/** Applies a move, or returns why it is not allowed. */
function play(game: Game, mark: number, text: string): string | null {
  const cell = parseCell(text);
  if (typeof cell !== "number" || !Number.isInteger(cell) || cell < 0 || cell > 8) return "a move is a cell from 0 to 8";
  if (game.winner !== 0) return "the game is over";
  if (game.turn !== mark) return "it is not your turn";
  if (game.board[cell] !== 0) return "that cell is taken";
  game.board[cell] = mark;
  game.turn = 3 - mark;
  return null;
}

function matchInit(ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, params: { [key: string]: any }) {
  const players: Player[] = params.players.map((player: any) => ({ ...player, sessionId: null, awaySince: 0 }));
  const game: Game = { board: [0, 0, 0, 0, 0, 0, 0, 0, 0], players, turn: 1, winner: 0, overAt: 0 };
  return { state: game, tickRate: TICK_RATE, label: labelOf(game) };
}

function matchJoinAttempt(
  ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, dispatcher: nkruntime.MatchDispatcher, tick: number, game: Game,
  presence: nkruntime.Presence, metadata: { [key: string]: any },
) {
  return markOf(game, presence.userId) > 0
    ? { state: game, accept: true }
    : { state: game, accept: false, rejectMessage: "this game has its two players" };
}

function matchJoin(
  ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, dispatcher: nkruntime.MatchDispatcher, tick: number, game: Game,
  presences: nkruntime.Presence[],
) {
  for (const presence of presences) {
    const player = game.players[markOf(game, presence.userId) - 1];
    player.sessionId = presence.sessionId;
    player.awaySince = null;
  }
  dispatcher.broadcastMessage(OP_STATE, viewOf(game));
  return { state: game };
}

function matchLeave(
  ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, dispatcher: nkruntime.MatchDispatcher, tick: number, game: Game,
  presences: nkruntime.Presence[],
) {
  for (const presence of presences) {
    const player = game.players[markOf(game, presence.userId) - 1];
    // A player who has come back with another session stays.
    if (player.sessionId !== presence.sessionId) continue;
    player.sessionId = null;
    player.awaySince = tick;
  }
  dispatcher.broadcastMessage(OP_STATE, viewOf(game));
  return { state: game };
}

function matchLoop(
  ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, dispatcher: nkruntime.MatchDispatcher, tick: number, game: Game,
  messages: nkruntime.MatchMessage[],
) {
  let hasChanged = false;
  for (const message of messages) {
    if (message.opCode !== OP_MOVE) continue;
    const text = message.data === null ? "" : nk.binaryToString(message.data);
    const reason = play(game, markOf(game, message.sender.userId), text);
    if (reason !== null) {
      dispatcher.broadcastMessage(OP_REJECTED, JSON.stringify({ reason }), [message.sender]);
      continue;
    }
    hasChanged = true;
    const winner = winnerOf(game.board);
    if (winner !== 0) finish(dispatcher, tick, game, winner);
  }

  if (game.winner === 0) {
    const away = game.players.findIndex(player => player.awaySince !== null && tick - player.awaySince > AWAY_TICKS) + 1;
    if (away > 0) {
      finish(dispatcher, tick, game, 3 - away);
      hasChanged = true;
    }
  } else if (tick - game.overAt > OVER_TICKS) {
    return null;
  }

  if (hasChanged) dispatcher.broadcastMessage(OP_STATE, viewOf(game));
  return { state: game };
}

function matchTerminate(
  ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, dispatcher: nkruntime.MatchDispatcher, tick: number, game: Game,
  graceSeconds: number,
) {
  return { state: game };
}

function matchSignal(
  ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, dispatcher: nkruntime.MatchDispatcher, tick: number, game: Game,
  data: string,
) {
  return { state: game, data: viewOf(game) };
}

function matchmakerMatched(
  ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, entries: { presence: nkruntime.Presence }[],
): string | void {
  if (entries.length !== 2) return;
  const players = entries.map(entry => ({ userId: entry.presence.userId, username: entry.presence.username }));
  return nk.matchCreate("tic_tac_toe", { players });
}

/** The match that the caller plays in, so that a client that was closed finds back into it. */
function runningMatch(ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, payload: string): string {
  const query = `+label.game:tic-tac-toe +label.over:F +label.players:${ctx.userId}`;
  const matches = nk.matchList(1, true, null, 0, 2, query);
  return JSON.stringify({ match_id: matches.length > 0 ? matches[0].matchId : "" });
}

function InitModule(ctx: nkruntime.Context, logger: nkruntime.Logger, nk: nkruntime.Nakama, initializer: nkruntime.Initializer) {
  initializer.registerMatch("tic_tac_toe", { matchInit, matchJoinAttempt, matchJoin, matchLeave, matchLoop, matchTerminate, matchSignal });
  initializer.registerMatchmakerMatched(matchmakerMatched);
  initializer.registerRpc("running_match", runningMatch);
}
