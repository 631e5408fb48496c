using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Server.Wallets;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Wallets;

/// <summary>Many at once take from the same wallets: what was entered is what is there.</summary>
public sealed class WalletCrowds
{
    private const int Rounds = 40;

    [Theory]
    [InlineData("read%5C%20committed")]
    [InlineData("serializable")]
    public async Task The_ledger_adds_up_to_the_wallet_whatever_happens_at_once(string isolation)
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Database = options.Database with { Address = [WithIsolation(options.Database.Address[0], isolation)] },
        });
        TestPlayer[] players = [await server.AuthenticateAsync(), await server.AuthenticateAsync(), await server.AuthenticateAsync()];
        foreach (var player in players) await server.ChangeAsync(player, """{"coins":20}""");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Rounds).Select(n => Task.Run(() => TryOneAsync(server, players, n))));

        var total = 0L;
        foreach (var player in players)
        {
            var coins = (await server.WalletAsync(player))["coins"];
            Assert.Equal(coins, (await server.LedgerAsync(player, 7)).Sum(item => WalletCalls.Map(item.Changeset)["coins"]));
            Assert.True(coins >= 0);
            total += coins;
        }

        Assert.Equal(60 + outcomes.Sum(), total);
    }

    /// <summary>One of three kinds of change; what it added to all wallets together, nothing when it was refused.</summary>
    private static async Task<long> TryOneAsync(TestServer server, TestPlayer[] players, int n)
    {
        var random = new Random(n);
        random.Shuffle(players = [.. players]);
        var (anna, ben) = (players[0], players[1]);
        var amount = random.Next(1, 15);
        try
        {
            switch (n % 3)
            {
                case 0:
                    await server.ChangeAsync(anna, $$"""{"coins":{{-amount}}}""");
                    return -amount;
                case 1:
                    await server.Wallets().UpdateAsync(Transfer(anna, ben, amount), updatesLedger: true, default);
                    return 0;
                default:
                    var together = server.Services.GetRequiredService<MultiUpdate>();
                    await together.ApplyAsync(
                        new()
                        {
                            Accounts = [new(players[2].UserId, new AccountChange { Location = $"{n}" })],
                            StorageWrites = [new(new("crowd", "k", ben.UserId), $$"""{"n":{{n}}}""", "", 1, 1)],
                            Wallets = Transfer(ben, anna, amount),
                            UpdatesLedger = true,
                        },
                        default);
                    return 0;
            }
        }
        catch (NegativeWalletException)
        {
            return 0;
        }
    }

    private static WalletUpdate[] Transfer(TestPlayer from, TestPlayer to, int amount) =>
        [WalletCalls.Update(to, $$"""{"coins":{{amount}}}"""), WalletCalls.Update(from, $$"""{"coins":{{-amount}}}""")];

    private static string WithIsolation(string address, string isolation) =>
        address + (address.Contains('?') ? '&' : '?') + "options=-c%20default_transaction_isolation%3D" + isolation;
}
