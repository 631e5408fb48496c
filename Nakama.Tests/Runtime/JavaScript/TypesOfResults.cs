using System.Text;
using System.Text.Json;
using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>The declarations for TypeScript against what functions return: each returned value is compiled as a literal of its declared type.</summary>
public sealed class TypesOfResults(JavaScriptNode node) : IClassFixture<JavaScriptNode>
{
    // Calls in their order; the results of some are used by others.
    private const string Calls = """
        const made = {}, id = nk.uuidv4().slice(0, 8), server = nk;
        nk = new Proxy({}, { get: (_, name) => (...values) => { try { return server[name](...values); } catch (e) { throw new Error(name + ": " + e); } } });
        const keep = (name, value) => made[name] = value;
        const one = keep("authenticateCustom", nk.authenticateCustom("typed-one-" + id));
        const two = nk.authenticateDevice("typed-two-" + id);
        nk.linkEmail(one.userId, id + "@example.com", "password");
        nk.friendsAdd(one.userId, one.username, [two.userId], [], {});
        keep("accountGetId", nk.accountGetId(one.userId));
        keep("accountsGetId", nk.accountsGetId([one.userId, two.userId]));
        keep("accountExportId", nk.accountExportId(one.userId));
        keep("usersGetId", nk.usersGetId([one.userId]));
        keep("usersGetUsername", nk.usersGetUsername([one.username]));
        keep("usersGetRandom", nk.usersGetRandom(2));
        keep("friendsList", nk.friendsList(one.userId));
        keep("authenticateTokenGenerate", nk.authenticateTokenGenerate(one.userId, one.username));
        const group = keep("groupCreate", nk.groupCreate(one.userId, "typed " + id));
        keep("groupsGetId", nk.groupsGetId([group.id]));
        keep("groupsList", nk.groupsList("typed " + id));
        keep("groupsGetRandom", nk.groupsGetRandom(1));
        keep("groupUsersList", nk.groupUsersList(group.id));
        keep("userGroupsList", nk.userGroupsList(one.userId));
        keep("storageWrite", nk.storageWrite([{ collection: "typed", key: "k", userId: one.userId, value: { a: 1 } }, { collection: "typed", key: "s" + id, value: {} }]));
        keep("storageRead", nk.storageRead([{ collection: "typed", key: "k", userId: one.userId }, { collection: "typed", key: "s" + id }]));
        keep("storageList", nk.storageList(one.userId, "typed", 10));
        nk.leaderboardCreate("typed-" + id, false, "descending", "best", "0 0 * * *", { a: 1 });
        keep("leaderboardRecordWrite", nk.leaderboardRecordWrite("typed-" + id, one.userId, one.username, 5, 1, { b: 2 }));
        keep("leaderboardRecordsList", nk.leaderboardRecordsList("typed-" + id, [one.userId], 5));
        keep("leaderboardsGetId", nk.leaderboardsGetId(["typed-" + id]));
        keep("leaderboardList", nk.leaderboardList());
        nk.tournamentCreate("typed-t-" + id, false, "descending", "best", 3600, "", {}, "Title", "", 1);
        keep("tournamentRecordWrite", nk.tournamentRecordWrite("typed-t-" + id, one.userId, null, 5));
        keep("tournamentsGetId", nk.tournamentsGetId(["typed-t-" + id]));
        keep("tournamentRecordsList", nk.tournamentRecordsList("typed-t-" + id, [], 5));
        keep("walletUpdate", nk.walletUpdate(one.userId, { coins: 5 }, {}, true));
        keep("walletsUpdate", nk.walletsUpdate([{ userId: one.userId, changeset: { coins: 1 } }], true));
        const ledger = keep("walletLedgerList", nk.walletLedgerList(one.userId, 5));
        keep("walletLedgerUpdate", nk.walletLedgerUpdate(ledger.items[0].id, { note: "x" }));
        const channel = keep("channelIdBuild", nk.channelIdBuild(one.userId, "typed", 1));
        keep("channelMessageSend", nk.channelMessageSend(channel, { text: "x" }, one.userId, one.username, true));
        keep("channelMessagesList", nk.channelMessagesList(channel, 5));
        keep("multiUpdate", nk.multiUpdate([], [{ collection: "typed", key: "m", userId: one.userId, value: {} }], [], [{ userId: one.userId, changeset: { coins: 1 } }], false));
        keep("matchCreate", nk.matchCreate("quiet"));
        keep("matchGet", nk.matchGet(made.matchCreate));
        keep("matchList", nk.matchList(10));
        keep("streamUserGet", nk.streamUserGet(one.userId, nk.uuidv4(), { mode: 100, label: id }));
        keep("cronNext", nk.cronNext("0 0 * * *", 0));
        keep("cronPrev", nk.cronPrev("0 0 * * *", 100000));
        keep("md5Hash", nk.md5Hash("x"));
        keep("sha256Hash", nk.sha256Hash("x"));
        keep("bcryptHash", nk.bcryptHash("x"));
        keep("bcryptCompare", nk.bcryptCompare(made.bcryptHash, "x"));
        keep("hmacSha256Hash", nk.hmacSha256Hash("x", "k"));
        keep("aes128Encrypt", nk.aes128Encrypt("x", "0123456789abcdef"));
        keep("aes128Decrypt", nk.aes128Decrypt(made.aes128Encrypt, "0123456789abcdef"));
        keep("aes256Encrypt", nk.aes256Encrypt("x", "0123456789abcdef0123456789abcdef"));
        keep("aes256Decrypt", nk.aes256Decrypt(made.aes256Encrypt, "0123456789abcdef0123456789abcdef"));
        keep("base16Encode", nk.base16Encode("x"));
        keep("base16Decode", nk.base16Decode("78"));
        keep("base64Encode", nk.base64Encode("x"));
        keep("base64Decode", nk.base64Decode("eA=="));
        keep("base64UrlEncode", nk.base64UrlEncode("x"));
        keep("base64UrlDecode", nk.base64UrlDecode("eA=="));
        keep("stringToBinary", nk.stringToBinary("x"));
        keep("binaryToString", nk.binaryToString(nk.stringToBinary("x")));
        keep("secureRandomBytes", nk.secureRandomBytes(4));
        keep("uuidv4", nk.uuidv4());
        keep("sqlQuery", nk.sqlQuery("SELECT 1 AS one"));
        keep("sqlExec", nk.sqlExec("DELETE FROM user_tombstone WHERE user_id = $1", [one.userId]));
        keep("jwtGenerate", nk.jwtGenerate("HS256", "key", { a: 1 }));
        keep("jobsList", nk.jobsList());
        keep("streamUserList", nk.streamUserList({ mode: 100, label: id }));
        keep("streamCount", nk.streamCount({ mode: 100, label: id }));
        return JSON.stringify(Object.entries(made).map(([name, value]) => [name, value instanceof ArrayBuffer ? null : value, value instanceof ArrayBuffer]));
        """;

    [Fact]
    public async Task Every_returned_value_compiles_as_the_declared_type()
    {
        using var values = JsonDocument.Parse(await node.RunAsync(Calls));
        var program = new StringBuilder();
        foreach (var pair in values.RootElement.EnumerateArray())
        {
            var (name, value) = (pair[0].GetString(), pair[2].GetBoolean() ? "new ArrayBuffer(0)" : pair[1].GetRawText());
            program.Append($"const {name}: ReturnType<nkruntime.Nakama[\"{name}\"]> = {value};\n");
            // A type that everything fits would prove nothing.
            program.Append($"const {name}Any: 0 extends (1 & ReturnType<nkruntime.Nakama[\"{name}\"]>) ? never : true = true;\n");
        }

        var file = Path.Combine(Directory.CreateTempSubdirectory("nakama-").FullName, "values.ts");
        await File.WriteAllTextAsync(file, program.ToString());
        try
        {
            Assert.Equal("", (await NodeScripts.RunAsync("types.mjs", file, Path.Combine(SourceTree.Root, "docs", "runtime", "nakama-runtime.d.ts"))).Trim());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }
}
