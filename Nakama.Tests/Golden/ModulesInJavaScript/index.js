// The functions, hooks and matches of the modules in Lua that the conversations were recorded with.

function call(handler) {
  return function (ctx, logger, nk, payload) {
    return JSON.stringify(handler(ctx, nk, payload === "" ? {} : JSON.parse(payload)) ?? {});
  };
}

function failure(message, code) {
  return { message, code };
}

/** The members of a record under their names in Lua, without those that are not set. */
function snakeCased(record) {
  const result = {};
  for (const [name, value] of Object.entries(record)) {
    if (value !== null && value !== undefined) result[name.replace(/[A-Z]/g, letter => "_" + letter.toLowerCase())] = value;
  }
  return result;
}

function camelCased(record) {
  const result = {};
  for (const [name, value] of Object.entries(record)) result[name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())] = value;
  return result;
}

function streamOf(a) {
  const stream = { mode: a.mode };
  if (a.label) stream.label = a.label;
  if (a.subject) stream.subject = a.subject;
  return stream;
}

const echo = call((ctx, nk, a) => a);
const raw = (ctx, logger, nk, payload) => payload;
const nothing = () => null;
function fail() { throw new Error("plain failure"); }
function failWithCode() { throw failure("coded failure", 10); }
function failOdd() { throw failure("odd code", 99); }
function failNotFound() { throw failure("not found here", 5); }
function numberResult() { return 5; }
function objectResult() { return { a: 1 }; }

const context = call((ctx, nk, a) => ({
  user_id: ctx.userId, username: ctx.username, vars: ctx.vars, mode: ctx.executionMode, lang: ctx.lang, query: ctx.queryParams ?? {},
  has_session: ctx.sessionId !== undefined, has_exp: ctx.userSessionExp !== undefined, node: ctx.node !== undefined,
}));

const leaderboardCreate = call((ctx, nk, a) => nk.leaderboardCreate(
  a.id, a.authoritative ?? false, a.sort === "asc" ? "ascending" : "descending", a.operator ?? "best", a.reset, a.metadata ?? {}, a.enable_ranks !== false));

const leaderboardWrite = call((ctx, nk, a) => snakeCased(nk.leaderboardRecordWrite(
  a.id, a.owner, a.username, a.score, a.subscore ?? 0, a.metadata ?? {}, a.operator)));

const leaderboardDelete = call((ctx, nk, a) => nk.leaderboardDelete(a.id));

const tournamentCreate = call((ctx, nk, a) => {
  const now = Math.floor(Date.now() / 1000);
  nk.tournamentCreate(
    a.id, a.authoritative ?? false, a.sort === "asc" ? "ascending" : "descending", a.operator ?? "best", a.duration ?? 3600, a.reset, a.metadata ?? {},
    a.title ?? "", a.description ?? "", a.category ?? 0, a.start ? now + a.start : undefined, a.stop ? now + a.stop : undefined, a.max_size ?? 0,
    a.max_num_score ?? 0, a.join_required ?? false, true);
});

const notify = call((ctx, nk, a) =>
  nk.notificationSend(a.user_id ?? ctx.userId, a.subject, a.content ?? {}, a.code, a.sender_id, a.persistent !== false));

const matchCreate = call((ctx, nk, a) => ({ match_id: nk.matchCreate(a.module ?? "golden_match", a.params ?? {}) }));
const matchGet = call((ctx, nk, a) => {
  const match = nk.matchGet(a.match_id);
  return match ? snakeCased(match) : {};
});

const matchSignal = call((ctx, nk, a) => ({ result: nk.matchSignal(a.match_id, a.data ?? "") }));

const wallet = call((ctx, nk, a) => {
  const { updated, previous } = nk.walletUpdate(a.user_id ?? ctx.userId, a.changeset, a.metadata ?? {}, a.ledger !== false);
  return { updated, previous };
});

const walletLedger = call((ctx, nk, a) => ({
  items: nk.walletLedgerList(a.user_id ?? ctx.userId, a.limit ?? 10).items.map(({ changeset, metadata }) => ({ changeset, metadata })),
}));

const storageWrite = call((ctx, nk, a) => ({ acks: nk.storageWrite(a.objects.map(camelCased)).map(snakeCased) }));
const storageRead = call((ctx, nk, a) => ({ objects: nk.storageRead(a.objects.map(camelCased)).map(snakeCased) }));

const streamJoin = call((ctx, nk, a) => {
  nk.streamUserJoin(ctx.userId, ctx.sessionId, streamOf(a), a.hidden ?? false, a.persistence !== false, a.status ?? "");
});

const streamLeave = call((ctx, nk, a) => nk.streamUserLeave(ctx.userId, ctx.sessionId, streamOf(a)));
const streamSend = call((ctx, nk, a) => nk.streamSend(streamOf(a), a.data ?? ""));
const streamCount = call((ctx, nk, a) => ({ count: nk.streamCount(streamOf(a)) }));
const ban = call((ctx, nk, a) => nk.usersBanId(a.ids));
const unban = call((ctx, nk, a) => nk.usersUnbanId(a.ids));

function matchmakerMatched(ctx, logger, nk, entries) {
  for (const entry of entries) {
    if (entry.properties && entry.properties.mode === "authoritative") return nk.matchCreate("golden_match", { expected: entries.length });
  }
}

// Hooks act only on inputs that are marked for them.

function isMarked(text) {
  return typeof text === "string" && text.startsWith("hook:");
}

function act(mark, payload) {
  switch (mark) {
    case "hook:nil": return null;
    case "hook:plain": throw new Error("plain hook failure");
    case "hook:code": throw failure("hook says no", 7);
    case "hook:ninetynine": throw failure("odd code", 99);
    case "hook:zero": throw failure("zero code", 0);
    case "hook:empty": return {};
    default: return payload;
  }
}

function beforeUpdateAccount(ctx, logger, nk, payload) {
  const mark = payload.displayName;
  if (!isMarked(mark)) return payload;
  if (mark === "hook:wrong") return { displayName: [1, 2] };
  if (mark === "hook:unknown") return { displayName: "kept", noSuchField: true };
  if (mark === "hook:change") {
    payload.displayName = "changed for " + ctx.username;
    payload.location = "mode " + ctx.executionMode;
    return payload;
  }
  return act(mark, payload);
}

function afterUpdateAccount(ctx, logger, nk, out, request) {
  if (request && request.displayName === "hook:after") {
    nk.notificationSend(ctx.userId, "after update", { name: request.displayName, out: JSON.stringify(out ?? {}) }, 41, undefined, true);
  } else if (request && request.displayName === "hook:afterfail") {
    throw failure("after failure", 3);
  }
}

function beforeAuthenticateCustom(ctx, logger, nk, payload) {
  const mark = payload.account && payload.account.vars && payload.account.vars.hook;
  if (!isMarked(mark)) return payload;
  if (mark === "hook:vars") {
    payload.account.vars.added = "by hook";
    payload.account.vars.caller = `${ctx.userId ?? "nil"}/${ctx.username ?? "nil"}`;
    return payload;
  }
  if (mark === "hook:nocreate") {
    payload.create = false;
    return payload;
  }
  return act(mark, payload);
}

function afterAuthenticateCustom(ctx, logger, nk, out, request) {
  const mark = request.account && request.account.vars && request.account.vars.hook;
  if (mark !== "hook:welcome") return;
  const content = { token: typeof out.token, name: ctx.username, id: request.account.id !== null };
  if (out.created) content.created = true;
  nk.notificationSend(ctx.userId, "welcome", content, 42, undefined, true);
}

function beforeDeleteAccount(ctx) {
  if (ctx.vars && ctx.vars.keep === "yes") throw failure("this account is kept", 9);
}

function beforeWriteStorageObjects(ctx, logger, nk, payload) {
  const first = payload.objects && payload.objects[0];
  if (!first || first.collection !== "hooked") return payload;
  if (first.key === "change") {
    first.value = '{"by":"hook"}';
    first.permissionRead = 2;
    payload.objects = [first, { collection: "hooked", key: "extra", value: '{"extra":true}' }];
    return payload;
  }
  return act(first.key, payload);
}

function afterWriteStorageObjects(ctx, logger, nk, out, request) {
  const first = request.objects && request.objects[0];
  if (!first || first.collection !== "hooked" || first.key !== "after") return;
  const content = { acks: out.acks.length, key: out.acks[0].key, collection: out.acks[0].collection };
  nk.notificationSend(ctx.userId, "written", content, 43, undefined, true);
}

function beforeCreateGroup(ctx, logger, nk, payload) {
  if (payload.name && payload.name.startsWith("hook:limit")) {
    payload.maxCount = 7;
    payload.open = true;
    payload.description = "set by hook";
  }
  if (payload.name && payload.name.startsWith("hook:deny")) throw failure("no groups today", 8);
  return payload;
}

function afterCreateGroup(ctx, logger, nk, out, request) {
  if (!isMarked(out.name)) return;
  const content = { max: out.maxCount, open: out.open, lang: out.langTag, asked: request.maxCount };
  nk.notificationSend(ctx.userId, "group made", content, 44, undefined, true);
}

function beforeEvent(ctx, logger, nk, payload) {
  if (payload.name === "hook:event") {
    const content = { properties: payload.properties };
    if (payload.external) content.external = payload.external;
    nk.notificationSend(ctx.userId, "event", content, 45, undefined, true);
  }
  return payload;
}

function beforeChannelMessageSend(ctx, logger, nk, envelope) {
  const message = envelope.channelMessageSend;
  const found = /"(hook:[A-Za-z]+)"/.exec(message && message.content || "");
  if (!found) return envelope;
  if (found[1] === "hook:change") {
    message.content = JSON.stringify({ changed: ctx.username, session: ctx.sessionId !== undefined });
    return envelope;
  }
  if (found[1] === "hook:cid") {
    envelope.cid = "from hook";
    return envelope;
  }
  return act(found[1], envelope);
}

function afterChannelMessageSend(ctx, logger, nk, out, request) {
  const message = request && request.channelMessageSend;
  if (!message || !message.content.includes("hook:after")) return;
  const ack = out && out.channelMessageAck;
  nk.notificationSend(ctx.userId, "sent", { ack: !!ack, cid: out && out.cid, persistent: ack && ack.persistent }, 46, undefined, false);
}

function beforeStatusUpdate(ctx, logger, nk, envelope) {
  const status = envelope.statusUpdate && envelope.statusUpdate.status;
  if (!isMarked(status)) return envelope;
  if (status === "hook:change") {
    envelope.statusUpdate.status = "changed";
    return envelope;
  }
  if (status === "hook:offline") {
    envelope.statusUpdate = {};
    return envelope;
  }
  return act(status, envelope);
}

function beforePartyCreate(ctx, logger, nk, envelope) {
  const party = envelope.partyCreate;
  if (party && party.label === '{"hook":"max"}') {
    party.maxSize = 3;
    party.open = true;
  }
  return envelope;
}

function afterMatchCreate(ctx, logger, nk, out, request) {
  const name = request && request.matchCreate && request.matchCreate.name;
  if (!isMarked(name)) return;
  const content = { size: out.match.size, named: true };
  if (out.match.authoritative) content.authoritative = true;
  nk.notificationSend(ctx.userId, "match made", content, 47, undefined, false);
}

function beforeMatchmakerAdd(ctx, logger, nk, envelope) {
  const ticket = envelope.matchmakerAdd;
  if (ticket && ticket.stringProperties && ticket.stringProperties.hook === "hook:count") ticket.minCount = 1;
  return envelope;
}

function indexFilter(ctx, logger, nk, write) {
  return !(write.value && write.value.skip);
}

// A match that echoes op codes below 100 to all, and can change its label, kick or end itself.

function initGolden(ctx, logger, nk, params) {
  return { state: { joins: 0, leaves: 0 }, tickRate: params.tick_rate ?? 10, label: params.label ?? "" };
}

function attemptGolden(ctx, logger, nk, dispatcher, tick, state, presence, metadata) {
  return metadata && metadata.reject ? { state, accept: false, rejectMessage: "go away" } : { state, accept: true };
}

function joinGolden(ctx, logger, nk, dispatcher, tick, state, presences) {
  for (const presence of presences) {
    state.joins++;
    dispatcher.broadcastMessage(200, JSON.stringify({ joined: presence.username }));
  }
  return { state };
}

function leaveGolden(ctx, logger, nk, dispatcher, tick, state, presences) {
  state.leaves += presences.length;
  return { state };
}

function loopGolden(ctx, logger, nk, dispatcher, tick, state, messages) {
  for (const { opCode, data, sender } of messages) {
    if (opCode < 100) dispatcher.broadcastMessage(opCode, data, null, sender);
    else if (opCode === 100) dispatcher.matchLabelUpdate(nk.binaryToString(data));
    else if (opCode === 101) dispatcher.matchKick([sender]);
    else if (opCode === 102) return null;
    else if (opCode === 103) dispatcher.broadcastMessage(103, JSON.stringify({ joins: state.joins, leaves: state.leaves }), [sender]);
    else if (opCode === 104) dispatcher.broadcastMessageDeferred(104, data, null, sender);
  }
  return { state };
}

function terminateGolden(ctx, logger, nk, dispatcher, tick, state, graceSeconds) {
  dispatcher.broadcastMessage(300, "bye");
  return { state };
}

function signalGolden(ctx, logger, nk, dispatcher, tick, state, data) {
  return { state, data: "signal:" + data };
}

// A match whose callbacks can be told by metadata, op code or signal to accept, refuse, kick, rename, fail or end.

function initMore(ctx, logger, nk, params) {
  if (params.no_state) return { state: null, tickRate: 10, label: "" };
  const label = params.long_label ? "x".repeat(params.long_label) : params.label ?? "";
  return { state: { max: params.max ?? 100, count: 0, says: params.says ?? "" }, tickRate: params.tick_rate ?? 10, label };
}

function attemptMore(ctx, logger, nk, dispatcher, tick, state, presence, metadata) {
  if (metadata.fail) throw new Error("attempt failed");
  if (metadata.quiet) return { state, accept: false };
  if (metadata.stop) return null;
  if (state.count >= state.max) return { state, accept: false, rejectMessage: "match full" };
  state.says = metadata.says ?? state.says;
  return { state, accept: true };
}

function joinMore(ctx, logger, nk, dispatcher, tick, state, presences) {
  for (const { username, reason } of presences) {
    state.count++;
    dispatcher.broadcastMessage(201, JSON.stringify({ joined: username, count: state.count, says: state.says, reason }));
  }
  return { state };
}

function leaveMore(ctx, logger, nk, dispatcher, tick, state, presences) {
  for (const { username, reason } of presences) {
    state.count--;
    dispatcher.broadcastMessage(202, JSON.stringify({ left: username, count: state.count, reason }));
  }
  return { state };
}

function loopMore(ctx, logger, nk, dispatcher, tick, state, messages) {
  for (const message of messages) {
    const { opCode, data, sender } = message;
    if (opCode === 1) {
      dispatcher.broadcastMessageDeferred(11, "late one");
      dispatcher.broadcastMessageDeferred(12, "late two", null, sender);
      dispatcher.broadcastMessage(13, "now one");
      dispatcher.broadcastMessage(14, "now two", null, sender, false);
    } else if (opCode === 2) {
      dispatcher.matchKick([sender]);
    } else if (opCode === 3) {
      dispatcher.broadcastMessage(31, "only you", [sender]);
      dispatcher.broadcastMessage(32, "nobody", []);
      dispatcher.broadcastMessage(33, null);
    } else if (opCode === 4) {
      dispatcher.broadcastMessage(41, JSON.stringify({
        op: opCode, name: sender.username, user: sender.userId, session: sender.sessionId !== undefined, node: sender.node !== undefined,
        reliable: message.reliable, received: typeof message.receiveTimeMs, data: data ? nk.binaryToString(data) : undefined, tick: typeof tick,
      }), [sender]);
    } else if (opCode === 5) {
      throw new Error("loop failed");
    } else if (opCode === 6) {
      let ok = true;
      try {
        dispatcher.matchLabelUpdate("y".repeat(2049));
      } catch {
        ok = false;
      }
      dispatcher.broadcastMessage(61, String(ok));
    } else if (opCode === 7) {
      dispatcher.broadcastMessage(71, JSON.stringify({
        match_id: ctx.matchId !== undefined, node: ctx.matchNode, label: ctx.matchLabel, rate: ctx.matchTickRate, mode: "match", user: ctx.userId,
      }), [sender]);
    } else if (opCode < 0) {
      dispatcher.broadcastMessage(opCode, data);
    }
  }
  return { state };
}

function terminateMore(ctx, logger, nk, dispatcher, tick, state, graceSeconds) {
  return { state };
}

function signalMore(ctx, logger, nk, dispatcher, tick, state, data) {
  if (data === "label") {
    dispatcher.matchLabelUpdate('{"renamed":1}');
    return { state, data: "renamed" };
  }
  if (data === "stop") return null;
  if (data === "fail") throw new Error("signal failed");
  if (data === "tell") {
    dispatcher.broadcastMessage(81, "signalled");
    return { state, data: JSON.stringify({ count: state.count }) };
  }
  return data === "single" ? { state } : { state, data: "" };
}

function InitModule(ctx, logger, nk, initializer) {
  initializer.registerRpc("g_echo", echo);
  initializer.registerRpc("g_raw", raw);
  initializer.registerRpc("g_nil", nothing);
  initializer.registerRpc("g_fail", fail);
  initializer.registerRpc("g_fail_code", failWithCode);
  initializer.registerRpc("g_ctx", context);
  initializer.registerRpc("g_lb_create", leaderboardCreate);
  initializer.registerRpc("g_lb_write", leaderboardWrite);
  initializer.registerRpc("g_lb_delete", leaderboardDelete);
  initializer.registerRpc("g_match_get", matchGet);
  initializer.registerRpc("g_storage_write", storageWrite);
  initializer.registerRpc("g_storage_read", storageRead);
  initializer.registerRpc("g_tm_create", tournamentCreate);
  initializer.registerRpc("g_notify", notify);
  initializer.registerRpc("g_match_create", matchCreate);
  initializer.registerRpc("g_match_signal", matchSignal);
  initializer.registerRpc("g_wallet", wallet);
  initializer.registerRpc("g_wallet_ledger", walletLedger);
  initializer.registerRpc("g_stream_join", streamJoin);
  initializer.registerRpc("g_stream_leave", streamLeave);
  initializer.registerRpc("g_stream_send", streamSend);
  initializer.registerRpc("g_stream_count", streamCount);
  initializer.registerRpc("g_ban", ban);
  initializer.registerRpc("g_unban", unban);
  initializer.registerRpc("m_number", numberResult);
  initializer.registerRpc("m_table", objectResult);
  initializer.registerRpc("m_fail_99", failOdd);
  initializer.registerRpc("M_Fail_Case", failNotFound);
  initializer.registerMatchmakerMatched(matchmakerMatched);
  initializer.registerBeforeUpdateAccount(beforeUpdateAccount);
  initializer.registerAfterUpdateAccount(afterUpdateAccount);
  initializer.registerBeforeAuthenticateCustom(beforeAuthenticateCustom);
  initializer.registerAfterAuthenticateCustom(afterAuthenticateCustom);
  initializer.registerBeforeDeleteAccount(beforeDeleteAccount);
  initializer.registerBeforeWriteStorageObjects(beforeWriteStorageObjects);
  initializer.registerAfterWriteStorageObjects(afterWriteStorageObjects);
  initializer.registerBeforeCreateGroup(beforeCreateGroup);
  initializer.registerAfterCreateGroup(afterCreateGroup);
  initializer.registerBeforeEvent(beforeEvent);
  initializer.registerRtBefore("ChannelMessageSend", beforeChannelMessageSend);
  initializer.registerRtAfter("ChannelMessageSend", afterChannelMessageSend);
  initializer.registerRtBefore("StatusUpdate", beforeStatusUpdate);
  initializer.registerRtBefore("PartyCreate", beforePartyCreate);
  initializer.registerRtAfter("MatchCreate", afterMatchCreate);
  initializer.registerRtBefore("MatchmakerAdd", beforeMatchmakerAdd);
  initializer.registerStorageIndex("golden_index", "gidx", "", ["name", "level", "tags", "born", "flag", "deep"], ["level", "name"], 5000, false);
  initializer.registerStorageIndex("golden_only", "gonly", "", ["name", "level"], ["level"], 5000, true);
  initializer.registerStorageIndexFilter("golden_index", indexFilter);
  initializer.registerMatch("golden_match", {
    matchInit: initGolden, matchJoinAttempt: attemptGolden, matchJoin: joinGolden, matchLeave: leaveGolden, matchLoop: loopGolden,
    matchTerminate: terminateGolden, matchSignal: signalGolden,
  });
  initializer.registerMatch("golden_match_more", {
    matchInit: initMore, matchJoinAttempt: attemptMore, matchJoin: joinMore, matchLeave: leaveMore, matchLoop: loopMore,
    matchTerminate: terminateMore, matchSignal: signalMore,
  });
}
