using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Rpc;
using Nakama.Server.Wallets;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Wallets;

/// <summary>What game logic does with wallets.</summary>
internal static class WalletCalls
{
    public static WalletStore Wallets(this TestServer server) => server.Services.GetRequiredService<WalletStore>();

    public static ValueTask<WalletUpdateResult> ChangeAsync(
        this TestServer server, TestPlayer player, string changeset, string metadata = "{}", bool updatesLedger = true) =>
        server.Wallets().UpdateAsync(Update(player, changeset, metadata), updatesLedger, default);

    public static WalletUpdate Update(TestPlayer player, string changeset, string metadata = "{}") => new(player.UserId, Map(changeset), metadata);

    public static Dictionary<string, long> Map(string json) => JsonSerializer.Deserialize<Dictionary<string, long>>(json)!;

    public static async Task<Dictionary<string, long>> WalletAsync(this TestServer server, TestPlayer player) =>
        Map((await server.AsAsync(player.Token, "GET /v2/account")).Ok().Text("wallet"));

    /// <summary>All of a ledger, in pages.</summary>
    public static async Task<List<WalletLedgerItem>> LedgerAsync(this TestServer server, TestPlayer player, int pageSize = 100)
    {
        var items = new List<WalletLedgerItem>();
        var cursor = "";
        do
        {
            var page = await server.Wallets().ListLedgerAsync(new(player.UserId, pageSize) { Cursor = cursor }, default);
            items.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor.Length > 0);
        return items;
    }

    /// <summary>The functions that the recorded conversations call, as a game written in C# would have them.</summary>
    public static void RegisterWalletFunctions(this TestServer server)
    {
        var functions = server.Services.GetRequiredService<RpcRegistry>();
        functions.Register("g_wallet", async (call, payload, cancellationToken) =>
        {
            var input = JsonSerializer.Deserialize<JsonElement>(payload);
            var metadata = input.TryGetProperty("metadata", out var given) ? given.GetRawText() : "{}";
            var update = new WalletUpdate(call.Caller!.UserId, Map(input.GetProperty("changeset").GetRawText()), metadata);
            var result = await server.Wallets().UpdateAsync(update, updatesLedger: true, cancellationToken);
            return JsonSerializer.Serialize(new { updated = result.Updated, previous = result.Previous });
        });
    }
}
