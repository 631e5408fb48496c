// The JavaScript module that the load tool calls: the RPC functions, and the match handler "bench". Point runtime.path at this
// folder.

// params: tick_rate, label, tick_marker (one message of op code 2 per tick), echo (messages come back as op code 1).
function benchInit(ctx, logger, nk, params) {
  return {
    state: { marker: params.tick_marker === true, echo: params.echo === true, joined: 0 },
    tickRate: params.tick_rate || 1,
    label: params.label || "",
  };
}

function benchJoinAttempt(ctx, logger, nk, dispatcher, tick, state, presence, metadata) {
  return { state: state, accept: true };
}

function benchJoin(ctx, logger, nk, dispatcher, tick, state, presences) {
  state.joined += presences.length;
  return { state: state };
}

function benchLeave(ctx, logger, nk, dispatcher, tick, state, presences) {
  state.joined -= presences.length;
  return { state: state };
}

function benchLoop(ctx, logger, nk, dispatcher, tick, state, messages) {
  if (state.echo) {
    for (var i = 0; i < messages.length; i++) {
      dispatcher.broadcastMessage(1, messages[i].data, null, messages[i].sender);
    }
  }
  if (state.marker && state.joined > 0) {
    dispatcher.broadcastMessage(2, String(tick), null, null);
  }
  return { state: state };
}

function benchTerminate(ctx, logger, nk, dispatcher, tick, state, graceSeconds) {
  return { state: state };
}

function benchSignal(ctx, logger, nk, dispatcher, tick, state, data) {
  if (data === "stop") {
    state.isStopped = true;
    return { state: state, data: "stopped" };
  }
  return { state: state, data: "ok" };
}

// A signal cannot end a match in JavaScript, so the next loop does.
function benchLoopUntilStopped(ctx, logger, nk, dispatcher, tick, state, messages) {
  return state.isStopped ? null : benchLoop(ctx, logger, nk, dispatcher, tick, state, messages);
}

function rpcEcho(ctx, logger, nk, payload) {
  return payload;
}

// payload: {"leaderboard":"id"}; clients may write to it.
function rpcSetup(ctx, logger, nk, payload) {
  nk.leaderboardCreate(JSON.parse(payload).leaderboard, false, "desc", "best", null, {});
  return "{}";
}

// payload: {"count":n,"tick_rate":r,"echo":bool,"tick_marker":bool,"label_mode":"none"|"index","first":k}
function rpcMatchCreate(ctx, logger, nk, payload) {
  var args = JSON.parse(payload), first = args.first || 0, ids = [];
  for (var i = 0; i < args.count; i++) {
    var n = first + i;
    var label = args.label_mode === "index"
      ? JSON.stringify({ map: "map" + n % 10, mode: n % 2 === 0 ? "ranked" : "casual", skill: n % 100 })
      : "";
    ids.push(nk.matchCreate("bench", { tick_rate: args.tick_rate, echo: args.echo, tick_marker: args.tick_marker, label: label }));
  }
  return JSON.stringify({ ids: ids });
}

// payload: {"ids":[...]}
function rpcMatchStop(ctx, logger, nk, payload) {
  var stopped = 0;
  JSON.parse(payload).ids.forEach(function (id) {
    try {
      nk.matchSignal(id, "stop");
      stopped++;
    } catch (e) {
      // The match is over already.
    }
  });
  return JSON.stringify({ stopped: stopped });
}

function InitModule(ctx, logger, nk, initializer) {
  initializer.registerRpc("bench_echo", rpcEcho);
  initializer.registerRpc("bench_setup", rpcSetup);
  initializer.registerRpc("bench_match_create", rpcMatchCreate);
  initializer.registerRpc("bench_match_stop", rpcMatchStop);
  initializer.registerMatch("bench", {
    matchInit: benchInit,
    matchJoinAttempt: benchJoinAttempt,
    matchJoin: benchJoin,
    matchLeave: benchLeave,
    matchLoop: benchLoopUntilStopped,
    matchTerminate: benchTerminate,
    matchSignal: benchSignal,
  });
}
