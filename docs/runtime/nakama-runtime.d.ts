// What JavaScript and TypeScript modules find at run time. This file is made from the descriptions in
// Nakama.Server/Runtime; do not edit it. Copy it into a project, or name it in `types` of tsconfig.json.

declare namespace nkruntime {
  /** An object of a game, such as metadata or the value of a storage object. */
  type Json = { [name: string]: any };

  /** The call that runs: who caused it, and where. */
  interface Context {
    env: { [name: string]: string };
    executionMode: string;
    node: string;
    version: string;
    headers?: { [name: string]: string[] };
    queryParams?: { [name: string]: string[] };
    userId?: string;
    username?: string;
    vars?: { [name: string]: string };
    userSessionExp?: number;
    sessionId?: string;
    lang?: string;
    clientIp?: string;
    clientPort?: string;
    traceId?: string;
    matchId?: string;
    matchNode?: string;
    matchLabel?: string;
    matchTickRate?: number;
  }

  /** Writes to the server's log; formats are those of `%s`, `%d`, `%v`, `%f`, `%q` and `%t`. */
  interface Logger {
    debug(format: string, ...values: any[]): void;
    info(format: string, ...values: any[]): void;
    warn(format: string, ...values: any[]): void;
    error(format: string, ...values: any[]): void;
    withField(key: string, value: string): Logger;
    withFields(fields: { [key: string]: string }): Logger;
    getFields(): { [key: string]: string };
  }

  /** Thrown, it becomes the error that the caller gets. */
  interface Error {
    message: string;
    code?: Codes;
  }

  const enum Codes {
    CANCELLED = 1,
    UNKNOWN = 2,
    INVALID_ARGUMENT = 3,
    DEADLINE_EXCEEDED = 4,
    NOT_FOUND = 5,
    ALREADY_EXISTS = 6,
    PERMISSION_DENIED = 7,
    RESOURCE_EXHAUSTED = 8,
    FAILED_PRECONDITION = 9,
    ABORTED = 10,
    OUT_OF_RANGE = 11,
    UNIMPLEMENTED = 12,
    INTERNAL = 13,
    UNAVAILABLE = 14,
    DATA_LOSS = 15,
    UNAUTHENTICATED = 16,
  }

  interface Presence {
    userId: string;
    sessionId: string;
    username: string;
    node: string;
    reason?: number;
  }

  interface MatchMessage {
    sender: Presence;
    opCode: number;
    data: ArrayBuffer | null;
    reliable: boolean;
    receiveTimeMs: number;
  }

  interface MatchDispatcher {
    broadcastMessage(opCode: number, data?: ArrayBuffer | string | null, presences?: Presence[] | null, sender?: Presence | null, reliable?: boolean): void;
    broadcastMessageDeferred(opCode: number, data?: ArrayBuffer | string | null, presences?: Presence[] | null, sender?: Presence | null, reliable?: boolean): void;
    matchKick(presences?: Presence[] | null): void;
    matchLabelUpdate(label: string): void;
  }

  interface MatchHandler<S = Json> {
    matchInit(ctx: Context, logger: Logger, nk: Nakama, params: { [name: string]: any }): { state: S; tickRate: number; label?: string };
    matchJoinAttempt(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, presence: Presence, metadata: { [name: string]: string }): { state: S; accept: boolean; rejectMessage?: string } | null;
    matchJoin(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, presences: Presence[]): { state: S } | null;
    matchLeave(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, presences: Presence[]): { state: S } | null;
    matchLoop(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, messages: MatchMessage[]): { state: S } | null;
    matchTerminate(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, graceSeconds: number): { state: S };
    matchSignal(ctx: Context, logger: Logger, nk: Nakama, dispatcher: MatchDispatcher, tick: number, state: S, data: string): { state: S; data?: string };
  }
  interface User {
    userId: string;
    username: string;
    displayName: string;
    avatarUrl: string;
    langTag: string;
    location: string;
    timezone: string;
    appleId?: string;
    facebookId?: string;
    facebookInstantGameId?: string;
    googleId?: string;
    gamecenterId?: string;
    steamId?: string;
    online: boolean;
    edgeCount: number;
    createTime: number;
    updateTime: number;
    metadata: Json;
  }

  interface Account {
    user: User;
    wallet: { [currency: string]: number };
    email?: string;
    devices?: { id: string }[];
    customId?: string;
    verifyTime?: number;
    disableTime?: number;
  }

  /** State: 0 a friend, 1 invited, 2 has invited, 3 blocked. */
  interface Friend {
    state: number;
    updateTime?: number;
    user: User;
    metadata: Json;
  }

  interface Group {
    id: string;
    creatorId: string;
    name: string;
    description: string;
    avatarUrl: string;
    langTag: string;
    open: boolean;
    edgeCount: number;
    maxCount: number;
    createTime: number;
    updateTime: number;
    metadata: Json;
  }

  /** State: 0 superadmin, 1 admin, 2 member, 3 asks to join. */
  interface GroupUser {
    user: User;
    state: number;
  }

  interface UserGroup {
    group: Group;
    state: number;
  }

  interface StorageObject {
    key: string;
    collection: string;
    userId: string | null;
    version: string;
    permissionRead: number;
    permissionWrite: number;
    createTime: number;
    updateTime: number;
    value: Json;
  }

  interface StorageObjectAck {
    key: string;
    collection: string;
    userId: string;
    version: string;
  }

  interface Match {
    matchId: string;
    authoritative: boolean;
    /** Absent for relayed matches. */
    label?: string;
    size: number;
  }

  /** How a session takes part in a stream. */
  interface StreamMeta {
    hidden: boolean;
    persistence: boolean;
    username: string;
    status: string;
    reason: number;
  }

  interface StreamUser extends StreamMeta {
    userId: string;
    sessionId: string;
    nodeId: string;
  }

  interface Leaderboard {
    id: string;
    authoritative: boolean;
    operator: string;
    sortOrder: number;
    metadata: Json;
    createTime: number;
    nextReset?: number;
    prevReset?: number;
  }

  interface LeaderboardRecord {
    leaderboardId: string;
    ownerId: string;
    username: string | null;
    score: number;
    subscore: number;
    numScore: number;
    maxNumScore: number;
    metadata: Json;
    createTime: number;
    updateTime: number;
    expiryTime: number | null;
    rank: number;
  }

  interface Tournament {
    id: string;
    title: string;
    description: string;
    category: number;
    sortOrder: number;
    size: number;
    maxSize: number;
    maxNumScore: number;
    duration: number;
    startActive: number;
    endActive: number;
    canEnter: boolean;
    nextReset?: number;
    prevReset?: number;
    metadata: Json;
    createTime: number;
    startTime: number;
    endTime: number | null;
    operator: string;
    joinRequired: boolean;
  }

  interface Purchase {
    userId: string;
    productId: string;
    transactionId: string;
    store: string;
    providerResponse: string;
    purchaseTime?: number;
    createTime?: number;
    updateTime?: number;
    refundTime?: number;
    environment: string;
    seenBefore: boolean;
  }

  interface Subscription {
    userId: string;
    productId: string;
    originalTransactionId: string;
    store: string;
    purchaseTime?: number;
    createTime?: number;
    updateTime?: number;
    refundTime?: number;
    environment: string;
    expiryTime?: number;
    active: boolean;
    providerResponse: string;
    providerNotification: string;
  }

  interface ChannelMessage {
    channelId: string;
    messageId: string;
    code: number;
    senderId: string;
    username: string;
    content: string;
    createTime: number;
    updateTime: number;
    persistent: boolean;
    roomName: string;
    groupId: string;
    userIdOne: string;
    userIdTwo: string;
  }

  interface ChannelMessageAck {
    channelId: string;
    messageId: string;
    code: { Value: number };
    username: string;
    createTime: number;
    updateTime: number;
    persistent: { Value: boolean };
  }

  interface WalletUpdateResult {
    userId: string;
    previous: { [currency: string]: number };
    updated: { [currency: string]: number };
  }

  interface WalletLedgerItem {
    id: string;
    userId: string;
    createTime: number;
    updateTime: number;
    changeset: { [currency: string]: number };
    metadata: Json;
  }

  interface Job {
    name: string;
    schedule: string;
    nextTime?: number;
    isRunning: boolean;
    isRequested: boolean;
    runCount: number;
    failureCount: number;
    lastRun?: { dueTime: number; startTime: number; durationMs: number; outcome: string; error?: string; node: string };
  }

  /** The functions of Satori. */
  interface Satori {
    /** Creates an identity or updates its properties `{default, custom}`, and returns them all. */
    authenticate(id: string, properties?: Json | any[] | null, noSession?: boolean | undefined, ip?: string | null): any;
    /** Publishes events `{name, id?, value?, metadata?, timestamp?}` of an identity. */
    eventsPublish(id: string, events: Json | any[], ip?: string | null): void;
    /** The experiments of an identity, some by name or label. */
    experimentsList(id: string, names?: Json | any[] | null, labels?: Json | any[] | null): any;
    /** The feature flags of an identity, or the default ones without an identity. */
    flagsList(id?: string | null, names?: Json | any[] | null, labels?: Json | any[] | null): any;
    /** What overrides the flags of an identity. */
    flagsOverridesList(id?: string | null, names?: Json | any[] | null, labels?: Json | any[] | null): any;
    /** Deletes an identity. */
    identityDelete(id: string): void;
    /** Lets an identity take part in a live event. */
    liveEventJoin(id: string, liveEventId: string): void;
    /** The live events of an identity. */
    liveEventsList(id: string, names?: Json | any[] | null, labels?: Json | any[] | null, pastRunCount?: number | null, futureRunCount?: number | null, startTimeSec?: number | null, endTimeSec?: number | null): any;
    /** Deletes a message. */
    messageDelete(id: string, messageId: string): void;
    /** Marks a message as read, and consumed. */
    messageUpdate(id: string, messageId: string, readTime: number, consumeTime?: number | null): void;
    /** A page of the messages of an identity. */
    messagesList(id: string, limit?: number | null, forward?: boolean | null, cursor?: string | null, messageIds?: Json | any[] | null): { messages: any; nextCursor?: string | null; prevCursor?: string | null; cacheableCursor?: any };
    /** The properties of an identity. */
    propertiesGet(id: string): any;
    /** Updates properties `{default?, custom?, recompute?}` of an identity. */
    propertiesUpdate(id: string, properties: Json | any[]): void;
    /** Publishes events of any identities: as `events_publish`, with `identity_id?, session_id?, session_issued_at?, session_expires_at?`. */
    serverEventsPublish(events: Json | any[], ip?: string | null): void;
  }

  /** The functions of the server. */
  interface Nakama {
    /** Deletes an account with all that belongs to it; when recorded, it is remembered that there was one. */
    accountDeleteId(userId: string, recorded?: boolean | null): void;
    /** An account with all that belongs to it, as the JSON that the console exports. */
    accountExportId(userId: string): string;
    /** An account by its id. */
    accountGetId(userId: string): Account;
    /** Imports the metadata, wallet and storage objects of an export into an account; without a user id, a new account under its exported id. */
    accountImportId(data: string, userId?: string | null): Account;
    /** Changes a profile; metadata is replaced as a whole. In Lua an empty text keeps a value, elsewhere it clears it. */
    accountUpdateId(userId: string, username?: string | null, displayName?: string | null, timezone?: string | null, location?: string | null, langTag?: string | null, avatarUrl?: string | null, metadata?: Json | any[] | null): void;
    /** The accounts with the ids or devices; unknown ones are left out. */
    accountsGetId(userIds?: Json | any[] | null, deviceIds?: Json | any[] | null): Account[];
    /** Decrypts with a key of 16 bytes; the spaces at the end stay. */
    aes128Decrypt(input: string | ArrayBuffer, key: string | ArrayBuffer): string;
    /** Encrypts with a key of 16 bytes. */
    aes128Encrypt(input: string | ArrayBuffer, key: string | ArrayBuffer): string;
    /** Decrypts with a key of 32 bytes; the spaces at the end stay. */
    aes256Decrypt(input: string | ArrayBuffer, key: string | ArrayBuffer): string;
    /** Encrypts with a key of 32 bytes. */
    aes256Encrypt(input: string | ArrayBuffer, key: string | ArrayBuffer): string;
    /** The account with the Apple ID of a token; it is made when there is none. */
    authenticateApple(token: string, username?: string | undefined, create?: boolean | undefined): { userId: string; username: string; created: boolean };
    /** The account with an id of the game's own; it is made when there is none. */
    authenticateCustom(id: string, username?: string | undefined, create?: boolean | undefined): { userId: string; username: string; created: boolean };
    /** The account with a device; it is made when there is none. */
    authenticateDevice(id: string, username?: string | undefined, create?: boolean | undefined): { userId: string; username: string; created: boolean };
    /** The account with an address and a password; it is made when there is none. Without an address, the one with the username. */
    authenticateEmail(email: string | null, password: string, username?: string | undefined, create?: boolean | undefined): { userId: string; username: string; created: boolean };
    /** The account with the Facebook id of a token; it is made when there is none. */
    authenticateFacebook(token: string, importFriends?: boolean | undefined, username?: string | undefined, create?: boolean | undefined): { userId: string; username: string; created: boolean };
    /** The account of a player of an Instant Game; it is made when there is none. */
    authenticateFacebookInstantGame(playerInfo: string, username?: string | undefined, create?: boolean | undefined): { userId: string; username: string; created: boolean };
    /** The account of a player of Game Center; it is made when there is none. */
    authenticateGameCenter(playerId: string, bundleId: string, timestamp: number, salt: string, signature: string, publicKeyUrl: string, username?: string | undefined, create?: boolean | undefined): { userId: string; username: string; created: boolean };
    /** The account with the Google id of a token; it is made when there is none. */
    authenticateGoogle(token: string, username?: string | undefined, create?: boolean | undefined): { userId: string; username: string; created: boolean };
    /** The account with the Steam id of a ticket; it is made when there is none. */
    authenticateSteam(token: string, importFriends?: boolean | undefined, username?: string | undefined, create?: boolean | undefined): { userId: string; username: string; created: boolean };
    /** A session token for a user who is not looked up, and when it expires in UTC seconds. */
    authenticateTokenGenerate(userId: string, username: string, expirySec?: number | null, vars?: Json | any[] | null): { token: string; exp: number };
    /** Reads hexadecimal digits. */
    base16Decode(text: string): ArrayBuffer;
    /** Writes bytes as lower-case hexadecimal digits. */
    base16Encode(input: string | ArrayBuffer): string;
    /** Reads base64; with padding, what is missing of it is added. */
    base64Decode(text: string, padding?: boolean | undefined): ArrayBuffer;
    /** Writes bytes in base64. */
    base64Encode(input: string | ArrayBuffer, padding?: boolean | undefined): string;
    /** Reads base64 of URLs; WITHOUT padding, what is missing of it is added. */
    base64UrlDecode(text: string, padding?: boolean | undefined): ArrayBuffer;
    /** Writes bytes in the alphabet of base64 that is safe in URLs. */
    base64UrlEncode(input: string | ArrayBuffer, padding?: boolean | undefined): string;
    /** Whether a text makes a bcrypt hash. */
    bcryptCompare(hash: string | ArrayBuffer, plaintext: string | ArrayBuffer): boolean;
    /** The bcrypt hash of at most 72 bytes, with cost 13. */
    bcryptHash(input: string | ArrayBuffer): string;
    /** The text of UTF-8 bytes. */
    binaryToString(bytes: ArrayBuffer): string;
    /** The id of a room (1), of the channel between two users (2) or of a group's (3). */
    channelIdBuild(senderId: string | null, target: string, type: number): string;
    /** Removes a message of its own sender. */
    channelMessageRemove(channelId: string, messageId: string, senderId?: string | null, senderUsername?: string | null, persist?: boolean | null): ChannelMessageAck;
    /** Writes a message into a channel, in a user's name or the system's. */
    channelMessageSend(channelId: string, content?: Json | any[] | null, senderId?: string | null, senderUsername?: string | null, persist?: boolean | null): ChannelMessageAck;
    /** Changes a message of its own sender. */
    channelMessageUpdate(channelId: string, messageId: string, content?: Json | any[] | null, senderId?: string | null, senderUsername?: string | null, persist?: boolean | null): ChannelMessageAck;
    /** A page of what was said in a channel. */
    channelMessagesList(channelId: string, limit?: number | null, forward?: boolean | null, cursor?: string | null): { messages: ChannelMessage[]; nextCursor: string; prevCursor: string };
    /** The next time of a schedule after a time, both in UTC seconds; -62135596800 when there is none. */
    cronNext(expression: string, timestampSec: number): number;
    /** The last time of a schedule before a time, both in UTC seconds. */
    cronPrev(expression: string, timestampSec: number): number;
    /** Sends an event to the functions that modules have registered for events; without any it does nothing. */
    event(name: string, properties?: Json | any[] | null, timestampSec?: number | null, external?: boolean | undefined): void;
    /** The content of a file in the folder of modules. */
    fileRead(path: string): any;
    /** Replaces what a user has noted about another; nothing happens when they are not related. */
    friendMetadataUpdate(userId: string, friendUserId: string, metadata: Json | any[]): void;
    /** Invites users, and accepts those who have invited the user. */
    friendsAdd(userId: string, username: string, ids: Json | any[] | null, usernames: Json | any[] | null, metadata: Json | any[]): void;
    /** Blocks users. */
    friendsBlock(userId: string, username: string, ids?: Json | any[] | null, usernames?: Json | any[] | null): void;
    /** Ends friendships, invitations and the user's own blocks. */
    friendsDelete(userId: string, username: string, ids?: Json | any[] | null, usernames?: Json | any[] | null): void;
    /** A page of a user's friends (0), invitations sent (1) and received (2), and blocks (3); -1 is any state. */
    friendsList(userId: string, limit?: number | null, state?: number | null, cursor?: string | null): { friends: Friend[]; cursor?: string | null };
    /** A page of the friends of a user's friends who are not the user's own, each with who is in between. */
    friendsOfFriendsList(userId: string, limit?: number | null, cursor?: string | null): { friendsOfFriends: { referrer: string; user: User }[]; cursor?: string | null };
    /** Makes a group with a user as its superadmin. */
    groupCreate(userId: string, name: string, creatorId?: string | null, langTag?: string | null, description?: string | null, avatarUrl?: string | null, open?: boolean | null, metadata?: Json | any[] | null, maxCount?: number | null): Group;
    /** Deletes a group. */
    groupDelete(groupId: string): void;
    /** Changes a group as a user, or as the system when none is named. In Lua an empty text keeps a value. */
    groupUpdate(groupId: string, userId?: string | null, name?: string | null, creatorId?: string | null, langTag?: string | null, description?: string | null, avatarUrl?: string | null, open?: boolean | null, metadata?: Json | any[] | null, maxCount?: number | null): void;
    /** Brings a user into an open group, or asks those who run a closed one. */
    groupUserJoin(groupId: string, userId: string, username: string): void;
    /** Takes a user out of a group. The last member deletes it. */
    groupUserLeave(groupId: string, userId: string, username: string): void;
    /** Adds users to a group, as a user or as the system. */
    groupUsersAdd(groupId: string, userIds: Json | any[], callerId?: string | null): void;
    /** Bans users from a group, as a user or as the system. */
    groupUsersBan(groupId: string, userIds: Json | any[], callerId?: string | null): void;
    /** Lowers members by one rank, as a user or as the system. */
    groupUsersDemote(groupId: string, userIds: Json | any[], callerId?: string | null): void;
    /** Takes users out of a group, as a user or as the system. */
    groupUsersKick(groupId: string, userIds: Json | any[], callerId?: string | null): void;
    /** A page of a group's superadmins (0), admins (1), members (2), those who asked to join (3) or are banned (4); -1 is any state but the last. */
    groupUsersList(groupId: string, limit?: number | null, state?: number | null, cursor?: string | null): { groupUsers: GroupUser[]; cursor?: string | null };
    /** Raises members by one rank, as a user or as the system. */
    groupUsersPromote(groupId: string, userIds: Json | any[], callerId?: string | null): void;
    /** The groups with the ids; unknown ones are left out. */
    groupsGetId(groupIds: Json | any[]): Group[];
    /** Some groups by chance, at most 1000. */
    groupsGetRandom(count: number): Group[];
    /** A page of groups by name, in which % stands for any text, or by language, openness and the most members. */
    groupsList(name?: string | null, langTag?: string | null, open?: boolean | null, members?: number | null, limit?: number | null, cursor?: string | null): { groups: Group[]; cursor?: string | null };
    /** The 32 bytes of an HMAC with SHA-256. */
    hmacSha256Hash(input: string | ArrayBuffer, key: string | ArrayBuffer): ArrayBuffer;
    /** Sends a request and waits for the whole answer: its status, its headers by name and its body. */
    httpRequest(url: string, method: string, headers?: Json | any[] | null, body?: string | null, timeoutMs?: number | null, insecure?: boolean | null): { code: number; headers: { [name: string]: string[] }; body: string };
    /** One job as `jobs_list` shows it, or nothing. */
    jobGet(name: string): Job | null;
    /** Runs a job as soon as possible, on any node of the cluster, whatever its schedule; returns before it has begun. */
    jobRun(name: string): void;
    /** The registered jobs by name: `{name, schedule, next_time?, is_running, is_requested, run_count, failure_count, last_run?}`, where `last_run` is `{due_time, start_time, duration_ms, outcome, error?, node}`, and `outcome` one of `succeeded`, `failed`, `lost`. */
    jobsList(): Job[];
    /** Signs claims as HS256 with a secret, or as RS256 with a PKCS #8 private key in PEM. */
    jwtGenerate(algorithm: string, key: string | ArrayBuffer, claims: Json | any[]): string;
    /** Makes a leaderboard; nothing happens when there is one of that id. */
    leaderboardCreate(id: string, authoritative?: boolean | undefined, sortOrder?: string | undefined, operator?: string | undefined, resetSchedule?: string | null, metadata?: Json | any[] | null, enableRanks?: boolean | null): void;
    /** Deletes a leaderboard with all its records, if there is one. */
    leaderboardDelete(id: string): void;
    /** A page of leaderboards in the order in which they were made. */
    leaderboardList(limit?: number | null, cursor?: string | null): { leaderboards: Leaderboard[]; cursor?: string | null };
    /** Keeps no ranks of a leaderboard any more; there is no way back. */
    leaderboardRanksDisable(id: string): void;
    /** Deletes the owner's record, if there is one. */
    leaderboardRecordDelete(id: string, ownerId: string): void;
    /** Submits a score; `override` is one of `best`, `set`, `incr` and `decr`. */
    leaderboardRecordWrite(id: string, ownerId: string, username?: string | null, score?: number | null, subscore?: number | null, metadata?: Json | any[] | null, override?: string | null): LeaderboardRecord;
    /** The owner's record with its neighbours. */
    leaderboardRecordsHaystack(id: string, ownerId: string, limit?: number | null, cursor?: string | null, expiry?: number | null): { records: LeaderboardRecord[]; nextCursor?: string | null; prevCursor?: string | null; rankCount: number };
    /** A page of records and those of the owners; without a limit only the latter. */
    leaderboardRecordsList(id: string, owners?: Json | any[] | null, limit?: number | null, cursor?: string | null, expiry?: number | null): { records: LeaderboardRecord[]; ownerRecords: LeaderboardRecord[]; nextCursor?: string | null; prevCursor?: string | null; rankCount: number };
    /** A cursor for the page that begins at a rank. */
    leaderboardRecordsListCursorFromRank(id: string, rank: number, expiry?: number | null): string | null;
    /** The leaderboards with the ids; unknown ones are left out. */
    leaderboardsGetId(ids: Json | any[]): Leaderboard[];
    /** Lets a user sign in with the Apple ID of a token. */
    linkApple(userId: string, token: string): void;
    /** Lets a user sign in with an id of the game's own. */
    linkCustom(userId: string, customId: string): void;
    /** Lets a user sign in with a device. */
    linkDevice(userId: string, deviceId: string): void;
    /** Lets a user sign in with an address and a password. */
    linkEmail(userId: string, email: string, password: string): void;
    /** Lets a user sign in with the Facebook id of a token. */
    linkFacebook(userId: string, username: string, token: string, importFriends?: boolean | null): void;
    /** Lets a user sign in with a player of an Instant Game. */
    linkFacebookInstantGame(userId: string, playerInfo: string): void;
    /** Lets a user sign in with a player of Game Center. */
    linkGameCenter(userId: string, playerId: string, bundleId: string, timestamp: number, salt: string, signature: string, publicKeyUrl: string): void;
    /** Lets a user sign in with the Google id of a token. */
    linkGoogle(userId: string, token: string): void;
    /** Lets a user sign in with the Steam id of a ticket. */
    linkSteam(userId: string, username: string, token: string, importFriends?: boolean | null): void;
    /** Drops all cached values. */
    localcacheClear(): void;
    /** Drops a cached value. */
    localcacheDelete(key: string): void;
    /** A cached value, or the default when there is none. */
    localcacheGet(key: string, defaultValue?: any | null): any;
    /** Keeps a value for some seconds, or for good without them. */
    localcachePut(key: string, value?: any | null, ttlSec?: number | null): void;
    /** Creates a match with the handler of that name, which gets the params, and returns its id. */
    matchCreate(module: string, params?: Json | any[] | undefined): string;
    /** A match by its id; nil when it is over or nobody is in it. */
    matchGet(matchId: string): Match | null;
    /** The matches that fit, those of game logic first. */
    matchList(limit?: number | undefined, authoritative?: boolean | null, label?: string | null, minSize?: number | null, maxSize?: number | null, query?: string | null): Match[];
    /** Sends data to a match with a handler and returns the handler's answer. */
    matchSignal(matchId: string, data?: string | undefined): string;
    /** The MD5 digest as hexadecimal digits. */
    md5Hash(input: string | ArrayBuffer): string;
    /** Adds to the counter `custom_<name>`. */
    metricsCounterAdd(name: string, tags: Json | any[], delta: number): void;
    /** Sets the gauge `custom_<name>`. */
    metricsGaugeSet(name: string, tags: Json | any[], value: number): void;
    /** Records nanoseconds in the timer `custom_<name>`. */
    metricsTimerRecord(name: string, tags: Json | any[], nanoseconds: number): void;
    /** Makes all changes or none: accounts `{user_id, username?, display_name?, timezone?, location?, lang_tag?, avatar_url?, metadata?}`, then objects as `storage_write` and `storage_delete` take them, then wallets as `wallets_update` does. */
    multiUpdate(accountUpdates?: any[] | null, storageWrites?: Json | any[] | null, storageDeletes?: Json | any[] | null, walletUpdates?: Json | any[] | null, updateLedger?: boolean | null): { storageWriteAcks: StorageObjectAck[]; walletUpdateAcks: WalletUpdateResult[] };
    /** Sends a notification to a user, and keeps it when it is persistent. */
    notificationSend(userId: string, subject: string, content: Json | any[], code: number, senderId?: string | null, persistent?: boolean | undefined): void;
    /** Sends a notification to every connected session; a persistent one to every user there is. */
    notificationSendAll(subject: string, content: Json | any[], code: number, persistent?: boolean | null): void;
    /** Deletes notifications `{user_id, notification_id}`. */
    notificationsDelete(notifications: Json | any[]): void;
    /** Deletes notifications by their ids, those of one user if one is named. */
    notificationsDeleteId(ids: Json | any[], userId?: string | null): void;
    /** Notifications by their ids, those of one user if one is named; unknown ones are left out. */
    notificationsGetId(ids: Json | any[], userId?: string | null): any;
    /** A page of what a user has been notified of, oldest first. */
    notificationsList(userId: string, limit?: number | null, cursor?: string | null): { notifications: any; cursor?: string | null };
    /** Sends notifications `{user_id, subject, content, code, sender_id?, persistent?=false}`. */
    notificationsSend(notifications: Json | any[]): void;
    /** Makes all changes `{id, content?, subject?, sender?}` or none. */
    notificationsUpdate(updates: Json | any[]): void;
    /** A page of parties by their labels. */
    partyList(limit: number | null, open: boolean | null, showHidden: boolean, query?: string | null, cursor?: string | null): { parties: any; cursor?: string | null };
    /** A purchase that was confirmed. */
    purchaseGetByTransactionId(transactionId: string): Purchase;
    /** Has a receipt of the App Store confirmed. */
    purchaseValidateApple(userId: string, receipt: string, persist?: boolean | null, password?: string | null): { validatedPurchases: Purchase[] };
    /** Has a purchase in an Instant Game confirmed. */
    purchaseValidateFacebookInstant(userId: string, signedRequest: string, persist?: boolean | null): { validatedPurchases: Purchase[] };
    /** Has a receipt of Google Play confirmed. */
    purchaseValidateGoogle(userId: string, receipt: string, persist?: boolean | null, clientEmail?: string | null, privateKey?: string | null): { validatedPurchases: Purchase[] };
    /** Has a purchase of the AppGallery confirmed: the purchase as JSON, and its signature. */
    purchaseValidateHuawei(userId: string, purchase: string, signature: string, persist?: boolean | null): { validatedPurchases: Purchase[] };
    /** Has a purchase of the Galaxy Store confirmed. */
    purchaseValidateSamsung(userId: string, purchaseId: string, persist?: boolean | null): { validatedPurchases: Purchase[] };
    /** A page of purchases, of one user or of all, newest first. */
    purchasesList(userId?: string | null, limit?: number | null, cursor?: string | null): { validatedPurchases: Purchase[]; cursor?: string | null; prevCursor?: string | null };
    /** The PKCS #1 v1.5 signature with a PKCS #1 private key in PEM. */
    rsaSha256Hash(input: string | ArrayBuffer, key: string): ArrayBuffer;
    /** Random bytes that nobody can foresee, at most 1000. */
    secureRandomBytes(count: number): ArrayBuffer;
    /** Closes a session; one that does not exist is no error. */
    sessionDisconnect(sessionId: string, reason?: number | null): void;
    /** Ends the logins that the tokens name; without tokens, all of the user. */
    sessionLogout(userId: string, token?: string | undefined, refreshToken?: string | undefined): void;
    /** The SHA-256 digest as hexadecimal digits. */
    sha256Hash(input: string | ArrayBuffer): string;
    /** Runs a statement with parameters `$1`, `$2`, ... and returns how many rows it touched. */
    sqlExec(query: string, params?: any[] | undefined): { rowsAffected: number };
    /** Runs a query with parameters `$1`, `$2`, ... and returns its rows by the names of the columns. */
    sqlQuery(query: string, params?: any[] | undefined): Json[];
    /** Lets a session hear of users' status; a session that does not exist is no error. */
    statusFollow(sessionId: string, userIds: Json | any[]): void;
    /** Lets a session hear no more of users' status; a session that does not exist is no error. */
    statusUnfollow(sessionId: string, userIds: Json | any[]): void;
    /** Deletes all objects or none: `{collection, key, user_id?, version?}`. */
    storageDelete(keys: Json | any[]): void;
    /** A page of the objects of an index that a query finds, ordered by fields such as `-value.level`. */
    storageIndexList(indexName: string, query: string, limit: number | null, order: any[], callerId?: string | null, cursor?: string | null): { objects: StorageObject[]; cursor?: string | null };
    /** A page of a collection, of one user or of all. */
    storageList(userId?: string | null, collection?: string | null, limit?: number | null, cursor?: string | null, callerId?: string | null): { objects: StorageObject[]; cursor?: string | null };
    /** The objects of the list that exist, in no order. Keys are `{collection, key, user_id?}`. */
    storageRead(keys: any[]): StorageObject[];
    /** Writes all objects or none: `{collection, key, value, user_id?, version?, permission_read?=1, permission_write?=1}`. */
    storageWrite(objects: any[]): StorageObjectAck[];
    /** Reads objects, writes what `fn(objects)` makes of them, and begins anew when one has changed meanwhile; at most 10 times. */
    storageWriteRetry(keys: any[], fn: (...values: any[]) => any, maxRetries: number): StorageObjectAck[];
    /** Takes everyone out of a stream; nobody is told. */
    streamClose(stream: Json | any[]): void;
    /** How many presences a stream has, hidden ones included. */
    streamCount(stream: Json | any[]): number;
    /** Sends a text to a stream, or to the presences `{session_id, node?}` given. */
    streamSend(stream: Json | any[], data: string, presences?: Json | any[] | null, reliable?: boolean | null): void;
    /** Sends an envelope as it is to a stream, or to the presences given. */
    streamSendRaw(stream: Json | any[], envelope: Json | any[], presences?: Json | any[] | null, reliable?: boolean | null): void;
    /** How a session takes part in a stream; nil when it does not. */
    streamUserGet(userId: string, sessionId: string, stream: Json | any[]): StreamMeta | null;
    /** Brings a session into a stream; true when it was not there. */
    streamUserJoin(userId: string, sessionId: string, stream: Json | any[], hidden?: boolean | null, persistence?: boolean | null, status?: string | null): boolean;
    /** Takes a presence `{user_id, session_id, node?}` out of a stream. */
    streamUserKick(presence: Json | any[], stream: Json | any[]): void;
    /** Takes a session out of a stream. */
    streamUserLeave(userId: string, sessionId: string, stream: Json | any[]): void;
    /** The presences of a stream `{mode, subject?, subcontext?, label?}`. */
    streamUserList(stream: Json | any[], includeHidden?: boolean | null, includeNotHidden?: boolean | null): StreamUser[];
    /** Brings a session into a stream or changes how it takes part. */
    streamUserUpdate(userId: string, sessionId: string, stream: Json | any[], hidden?: boolean | null, persistence?: boolean | null, status?: string | null): void;
    /** The UTF-8 bytes of a text. */
    stringToBinary(text: string): ArrayBuffer;
    /** A user's subscription to a product. */
    subscriptionGetByProductId(userId: string, productId: string): Subscription;
    /** Has a receipt of the App Store confirmed. */
    subscriptionValidateApple(userId: string, receipt: string, persist?: boolean | null, password?: string | null): { validatedSubscription: Subscription };
    /** Has a receipt of Google Play confirmed. */
    subscriptionValidateGoogle(userId: string, receipt: string, persist?: boolean | null, clientEmail?: string | null, privateKey?: string | null): { validatedSubscription: Subscription };
    /** A page of subscriptions, of one user or of all, those bought last first. */
    subscriptionsList(userId?: string | null, limit?: number | null, cursor?: string | null): { validatedSubscriptions: Subscription[]; cursor?: string | null; prevCursor?: string | null };
    /** Lets an owner submit more scores in this round, or fewer. */
    tournamentAddAttempt(id: string, ownerId: string, count: number): void;
    /** Makes a tournament whose rounds are open for `duration` seconds; nothing happens when there is one of that id. */
    tournamentCreate(id: string, authoritative?: boolean | null, sortOrder?: string | undefined, operator?: string | undefined, duration?: number | null, resetSchedule?: string | null, metadata?: Json | any[] | null, title?: string | null, description?: string | null, category?: number | null, startTime?: number | null, endTime?: number | null, maxSize?: number | null, maxNumScore?: number | null, joinRequired?: boolean | null, enableRanks?: boolean | null): void;
    /** Deletes a tournament with all its records, if there is one. */
    tournamentDelete(id: string): void;
    /** Lets a user take part. */
    tournamentJoin(id: string, userId: string, username: string): void;
    /** A page of tournaments by start, end, category and id. Without an end time those that have not ended; 0 is those that never end. */
    tournamentList(categoryStart?: number | null, categoryEnd?: number | null, startTime?: number | null, endTime?: number | null, limit?: number | null, cursor?: string | null): { tournaments: Tournament[]; cursor?: string | null };
    /** Deletes the owner's record, if there is one, and frees the place. */
    tournamentRecordDelete(id: string, ownerId: string): void;
    /** Submits a score; `override` is one of `best`, `set`, `increment`, `decrement` and `no_override`. */
    tournamentRecordWrite(id: string, ownerId: string, username?: string | null, score?: number | null, subscore?: number | null, metadata?: Json | any[] | null, override?: string | null): LeaderboardRecord;
    /** The owner's record with its neighbours. */
    tournamentRecordsHaystack(id: string, ownerId: string, limit?: number | null, cursor?: string | null, expiry?: number | null): { records: LeaderboardRecord[]; nextCursor?: string | null; prevCursor?: string | null; rankCount: number };
    /** A page of records and those of the owners; without a limit only the latter. */
    tournamentRecordsList(id: string, owners?: Json | any[] | null, limit?: number | null, cursor?: string | null, expiry?: number | null): { records: LeaderboardRecord[]; ownerRecords: LeaderboardRecord[]; nextCursor?: string | null; prevCursor?: string | null; rankCount: number };
    /** The tournaments with the ids; unknown ones are left out. */
    tournamentsGetId(ids: Json | any[]): Tournament[];
    /** Keeps no ranks of a tournament any more; there is no way back. */
    tournamentsRanksDisable(id: string): void;
    /** Takes a user's Apple ID away; what is named must be the user's. */
    unlinkApple(userId: string, token?: string | undefined): void;
    /** Takes a user's id of the game's own away; what is named must be the user's. */
    unlinkCustom(userId: string, customId?: string | undefined): void;
    /** Takes a user's device away; what is named must be the user's. */
    unlinkDevice(userId: string, deviceId: string): void;
    /** Takes a user's address away; what is named must be the user's. */
    unlinkEmail(userId: string, email?: string | undefined): void;
    /** Takes a user's Facebook id away; what is named must be the user's. */
    unlinkFacebook(userId: string, token?: string | undefined): void;
    /** Takes a user's player of an Instant Game away; what is named must be the user's. */
    unlinkFacebookInstantGame(userId: string, playerInfo?: string | undefined): void;
    /** Takes a user's player of Game Center away; what is named must be the user's. */
    unlinkGameCenter(userId: string, playerId?: string | undefined, bundleId?: string | undefined, timestamp?: number | undefined, salt?: string | undefined, signature?: string | undefined, publicKeyUrl?: string | undefined): void;
    /** Takes a user's Google id away; what is named must be the user's. */
    unlinkGoogle(userId: string, token?: string | undefined): void;
    /** Takes a user's Steam id away; what is named must be the user's. */
    unlinkSteam(userId: string, token?: string | undefined): void;
    /** A page of the groups that a user is something to, by the same states. */
    userGroupsList(userId: string, limit?: number | null, state?: number | null, cursor?: string | null): { userGroups: UserGroup[]; cursor?: string | null };
    /** Bans users: their sockets close, and none of their tokens is good any more. */
    usersBanId(userIds: Json | any[]): void;
    /** What users are to a user; those who are nothing are left out. */
    usersGetFriendStatus(userId: string, userIds: Json | any[]): Friend[];
    /** The users with the ids or Facebook ids; unknown ones are left out. */
    usersGetId(userIds?: any[] | null, facebookIds?: any[] | null): User[];
    /** Some users by chance, at most 1000. */
    usersGetRandom(count?: number | null): User[];
    /** The users with the names; unknown ones are left out. */
    usersGetUsername(usernames: Json | any[]): User[];
    /** Lets banned users sign in again. */
    usersUnbanId(userIds: Json | any[]): void;
    /** A new random identifier. */
    uuidv4(): string;
    /** A page of a user's ledger, newest first. */
    walletLedgerList(userId: string, limit?: number | undefined, cursor?: string | undefined): { items: WalletLedgerItem[]; cursor?: string | null };
    /** Adds to the metadata of an entry; the result shows the added metadata alone. */
    walletLedgerUpdate(itemId: string, metadata: Json | any[]): WalletLedgerItem;
    /** Adds whole numbers to a wallet by name, `{coins = -5}`; none becomes negative. */
    walletUpdate(userId: string, changeset: Json | any[], metadata?: Json | any[] | null, updateLedger?: boolean | undefined): { updated: { [currency: string]: number }; previous: { [currency: string]: number }; userId: string };
    /** Changes all wallets or none: `{user_id, changeset, metadata?}`. Unknown users are left out. */
    walletsUpdate(updates: Json | any[], updateLedger?: boolean | undefined): WalletUpdateResult[];
    getSatori(): Satori;
  }

  /** Registers functions while the module is loaded. */
  interface Initializer {
    /** A client or another server calls a function by its id. */
    registerRpc(name: string, fn: (ctx: Context, logger: Logger, nk: Nakama, payload: string) => string | null | undefined | void): void;
    /** Before a method of the API; what it returns replaces the request; returning nothing refuses it. */
    registerBeforeAddFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAddGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeSessionRefresh(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeSessionLogout(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAuthenticateApple(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAuthenticateCustom(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAuthenticateDevice(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAuthenticateEmail(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAuthenticateFacebook(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAuthenticateFacebookInstantGame(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAuthenticateGameCenter(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAuthenticateGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeAuthenticateSteam(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeBanGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeBlockFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeCreateGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeDeleteAccount(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeDeleteFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeDeleteGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeDeleteLeaderboardRecord(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeDeleteNotifications(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeDeleteTournamentRecord(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeDeleteStorageObjects(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeEvent(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeGetAccount(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeGetUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeGetSubscription(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeGetMatchmakerStats(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeImportFacebookFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeImportSteamFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeJoinGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeJoinTournament(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeKickGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLeaveGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLinkApple(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLinkCustom(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLinkDevice(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLinkEmail(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLinkFacebook(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLinkFacebookInstantGame(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLinkGameCenter(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLinkGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeLinkSteam(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListChannelMessages(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListFriendsOfFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListGroups(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListLeaderboardRecords(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListLeaderboardRecordsAroundOwner(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListMatches(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListParties(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListNotifications(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListStorageObjects(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListSubscriptions(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListTournaments(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListTournamentRecords(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListTournamentRecordsAroundOwner(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeListUserGroups(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforePromoteGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeDemoteGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeReadStorageObjects(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUnlinkApple(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUnlinkCustom(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUnlinkDevice(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUnlinkEmail(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUnlinkFacebook(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUnlinkFacebookInstantGame(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUnlinkGameCenter(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUnlinkGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUnlinkSteam(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUpdateAccount(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeUpdateGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeValidatePurchaseApple(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeValidateSubscriptionApple(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeValidatePurchaseGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeValidateSubscriptionGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeValidatePurchaseHuawei(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeValidatePurchaseFacebookInstant(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeValidatePurchaseSamsung(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeWriteLeaderboardRecord(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeWriteStorageObjects(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    registerBeforeWriteTournamentRecord(fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void): void;
    /** After a method of the API has succeeded. */
    registerAfterAddFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAddGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterSessionRefresh(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterSessionLogout(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAuthenticateApple(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAuthenticateCustom(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAuthenticateDevice(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAuthenticateEmail(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAuthenticateFacebook(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAuthenticateFacebookInstantGame(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAuthenticateGameCenter(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAuthenticateGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterAuthenticateSteam(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterBanGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterBlockFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterCreateGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterDeleteAccount(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterDeleteFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterDeleteGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterDeleteLeaderboardRecord(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterDeleteNotifications(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterDeleteTournamentRecord(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterDeleteStorageObjects(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterEvent(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterGetAccount(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterGetUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterGetSubscription(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterGetMatchmakerStats(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterImportFacebookFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterImportSteamFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterJoinGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterJoinTournament(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterKickGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLeaveGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLinkApple(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLinkCustom(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLinkDevice(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLinkEmail(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLinkFacebook(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLinkFacebookInstantGame(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLinkGameCenter(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLinkGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterLinkSteam(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListChannelMessages(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListFriendsOfFriends(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListGroups(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListLeaderboardRecords(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListLeaderboardRecordsAroundOwner(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListMatches(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListParties(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListNotifications(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListStorageObjects(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListSubscriptions(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListTournaments(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListTournamentRecords(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListTournamentRecordsAroundOwner(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterListUserGroups(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterPromoteGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterDemoteGroupUsers(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterReadStorageObjects(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUnlinkApple(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUnlinkCustom(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUnlinkDevice(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUnlinkEmail(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUnlinkFacebook(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUnlinkFacebookInstantGame(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUnlinkGameCenter(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUnlinkGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUnlinkSteam(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUpdateAccount(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterUpdateGroup(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterValidatePurchaseApple(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterValidateSubscriptionApple(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterValidatePurchaseGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterValidateSubscriptionGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterValidatePurchaseHuawei(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterValidatePurchaseFacebookInstant(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterValidatePurchaseSamsung(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterWriteLeaderboardRecord(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterWriteStorageObjects(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    registerAfterWriteTournamentRecord(fn: (ctx: Context, logger: Logger, nk: Nakama, response: any | null, request: any | null) => void): void;
    /** Before a message of the socket; what it returns replaces the envelope; returning nothing refuses it. */
    registerRtBefore(name: string, fn: (ctx: Context, logger: Logger, nk: Nakama, envelope: any) => any | null | undefined | void): void;
    /** After a message of the socket has succeeded. */
    registerRtAfter(name: string, fn: (ctx: Context, logger: Logger, nk: Nakama, out: any | null, inValue: any) => void): void;
    /** A client or a module has sent an event. */
    registerEvent(fn: (ctx: Context, logger: Logger, nk: Nakama, event: any) => void): void;
    /** A session of a socket has begun. */
    registerEventSessionStart(fn: (ctx: Context, logger: Logger, nk: Nakama, event: any) => void): void;
    /** A session of a socket has ended. */
    registerEventSessionEnd(fn: (ctx: Context, logger: Logger, nk: Nakama, event: any) => void): void;
    /** Players were matched; the id of a match that they shall join, or nothing for a new one. */
    registerMatchmakerMatched(fn: (ctx: Context, logger: Logger, nk: Nakama, entries: any[]) => string | null | undefined | void): void;
    /** Chooses among the matches that could be made. */
    registerMatchmakerOverride(fn: (ctx: Context, logger: Logger, nk: Nakama, candidates: any) => any): void;
    /** Makes matches of all players who wait, in place of the matchmaker's own rules. */
    registerMatchmakerProcessor(fn: (ctx: Context, logger: Logger, nk: Nakama, entries: any[]) => any): void;
    /** A tournament stops taking scores. */
    registerTournamentEnd(fn: (ctx: Context, logger: Logger, nk: Nakama, tournament: any, end: number, reset: number) => void): void;
    /** A tournament begins its next round. */
    registerTournamentReset(fn: (ctx: Context, logger: Logger, nk: Nakama, tournament: any, end: number, reset: number) => void): void;
    /** A leaderboard begins its next period. */
    registerLeaderboardReset(fn: (ctx: Context, logger: Logger, nk: Nakama, leaderboard: any, reset: number) => void): void;
    /** Apple has news of a purchase. */
    registerPurchaseNotificationApple(fn: (ctx: Context, logger: Logger, nk: Nakama, purchase: any, providerPayload: string, notificationType: string) => void): void;
    /** Google has news of a purchase. */
    registerPurchaseNotificationGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, purchase: any, providerPayload: string, notificationType: string) => void): void;
    /** Apple has news of a subscription. */
    registerSubscriptionNotificationApple(fn: (ctx: Context, logger: Logger, nk: Nakama, subscription: any, providerPayload: string, notificationType: string) => void): void;
    /** Google has news of a subscription. */
    registerSubscriptionNotificationGoogle(fn: (ctx: Context, logger: Logger, nk: Nakama, subscription: any, providerPayload: string, notificationType: string) => void): void;
    /** Whether an object that was written belongs into an index. */
    registerStorageIndexFilter(name: string, fn: (ctx: Context, logger: Logger, nk: Nakama, write: any) => boolean): void;
    /** The node stops and has time left. */
    registerShutdown(fn: (ctx: Context, logger: Logger, nk: Nakama) => void): void;
    /** A request to a path of the game's own, on the port of clients. */
    registerHttp(path: string, fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void, methods?: string[]): void;
    /** A request to a path of the game's own, on the port of the console. */
    registerConsoleHttp(path: string, fn: (ctx: Context, logger: Logger, nk: Nakama, request: any) => any | null | undefined | void, methods?: string[]): void;
    /** The schedule of a job is due, on one node of the cluster. */
    registerJob(name: string, schedule: string, fn: (ctx: Context, logger: Logger, nk: Nakama, job: any) => void): void;
    registerMatch(name: string, handler: MatchHandler<any>): void;
    registerStorageIndex(name: string, collection: string, key: string | null, fields: string[], sortableFields: string[], maxEntries: number, indexOnly?: boolean): void;
    getConfig(): Json;
  }

  type InitModule = (ctx: Context, logger: Logger, nk: Nakama, initializer: Initializer) => void;
}
