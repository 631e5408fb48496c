-- Tic-tac-toe: the matchmaker finds two players, this module makes their match and decides what is allowed in it.
local nk = require("nakama")

local OP_STATE = 1    -- to clients: the whole game
local OP_MOVE = 2     -- from clients: {"cell": 0 to 8}
local OP_REJECTED = 3 -- to one client: {"reason": "..."}

local TICK_RATE = 5
local AWAY_TICKS = 30 * TICK_RATE -- who is away for longer loses
local OVER_TICKS = 10 * TICK_RATE -- how long the result can still be seen
local DRAW = 3

local LINES = {
  { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 }, { 1, 4, 7 }, { 2, 5, 8 }, { 3, 6, 9 }, { 1, 5, 9 }, { 3, 5, 7 },
}

local function label_of(state)
  local ids = {}
  for mark, player in ipairs(state.players) do ids[mark] = player.user_id end
  return nk.json_encode({ game = "tic-tac-toe", players = ids, over = state.winner ~= 0 })
end

local function view_of(state)
  local players = {}
  for mark, player in ipairs(state.players) do
    players[mark] = { user_id = player.user_id, username = player.username, connected = player.session_id ~= nil }
  end
  return nk.json_encode({ board = state.board, players = players, turn = state.turn, winner = state.winner })
end

local function mark_of(state, user_id)
  for mark, player in ipairs(state.players) do
    if player.user_id == user_id then return mark end
  end
  return nil
end

-- 0 while the game goes on, 1 or 2 for the mark that has a line, 3 for a draw.
local function winner_of(board)
  for _, line in ipairs(LINES) do
    local mark = board[line[1]]
    if mark ~= 0 and mark == board[line[2]] and mark == board[line[3]] then return mark end
  end
  for _, mark in ipairs(board) do
    if mark == 0 then return 0 end
  end
  return DRAW
end

local function finish(dispatcher, tick, state, winner)
  state.winner = winner
  state.over_at = tick
  dispatcher.match_label_update(label_of(state))
end

-- Applies a move, or returns why it is not allowed.
local function play(state, mark, data)
  local is_json, move = pcall(nk.json_decode, data or "")
  local cell = is_json and type(move) == "table" and move.cell
  if type(cell) ~= "number" or cell < 0 or cell > 8 or cell % 1 ~= 0 then return "a move is a cell from 0 to 8" end
  if state.winner ~= 0 then return "the game is over" end
  if state.turn ~= mark then return "it is not your turn" end
  if state.board[cell + 1] ~= 0 then return "that cell is taken" end
  state.board[cell + 1] = mark
  state.turn = 3 - mark
  return nil
end

local function match_init(context, params)
  local state = { board = { 0, 0, 0, 0, 0, 0, 0, 0, 0 }, players = {}, turn = 1, winner = 0 }
  for mark, player in ipairs(params.players) do
    state.players[mark] = { user_id = player.user_id, username = player.username, away_since = 0 }
  end
  return state, TICK_RATE, label_of(state)
end

local function match_join_attempt(context, dispatcher, tick, state, presence, metadata)
  if mark_of(state, presence.user_id) == nil then return state, false, "this game has its two players" end
  return state, true
end

local function match_join(context, dispatcher, tick, state, presences)
  for _, presence in ipairs(presences) do
    local player = state.players[mark_of(state, presence.user_id)]
    player.session_id = presence.session_id
    player.away_since = nil
  end
  dispatcher.broadcast_message(OP_STATE, view_of(state))
  return state
end

local function match_leave(context, dispatcher, tick, state, presences)
  for _, presence in ipairs(presences) do
    local player = state.players[mark_of(state, presence.user_id)]
    -- A player who has come back with another session stays.
    if player.session_id == presence.session_id then
      player.session_id = nil
      player.away_since = tick
    end
  end
  dispatcher.broadcast_message(OP_STATE, view_of(state))
  return state
end

local function match_loop(context, dispatcher, tick, state, messages)
  local has_changed = false
  for _, message in ipairs(messages) do
    if message.op_code == OP_MOVE then
      local reason = play(state, mark_of(state, message.sender.user_id), message.data)
      if reason then
        dispatcher.broadcast_message(OP_REJECTED, nk.json_encode({ reason = reason }), { message.sender })
      else
        has_changed = true
        local winner = winner_of(state.board)
        if winner ~= 0 then finish(dispatcher, tick, state, winner) end
      end
    end
  end

  if state.winner == 0 then
    for mark, player in ipairs(state.players) do
      if state.winner == 0 and player.away_since and tick - player.away_since > AWAY_TICKS then
        finish(dispatcher, tick, state, 3 - mark)
        has_changed = true
      end
    end
  elseif tick - state.over_at > OVER_TICKS then
    return nil
  end

  if has_changed then dispatcher.broadcast_message(OP_STATE, view_of(state)) end
  return state
end

local function match_terminate(context, dispatcher, tick, state, grace_seconds)
  return state
end

local function match_signal(context, dispatcher, tick, state, data)
  return state, view_of(state)
end

nk.register_matchmaker_matched(function(context, entries)
  if #entries ~= 2 then return nil end
  local players = {}
  for mark, entry in ipairs(entries) do
    players[mark] = { user_id = entry.presence.user_id, username = entry.presence.username }
  end
  return nk.match_create("tic_tac_toe", { players = players })
end)

-- The match that the caller plays in, so that a client that was closed finds back into it.
nk.register_rpc(function(context, payload)
  local query = "+label.game:tic-tac-toe +label.over:F +label.players:" .. context.user_id
  local matches = nk.match_list(1, true, nil, 0, 2, query)
  return nk.json_encode({ match_id = matches[1] and matches[1].match_id or "" })
end, "running_match")

return {
  match_init = match_init,
  match_join_attempt = match_join_attempt,
  match_join = match_join,
  match_leave = match_leave,
  match_loop = match_loop,
  match_terminate = match_terminate,
  match_signal = match_signal,
}
