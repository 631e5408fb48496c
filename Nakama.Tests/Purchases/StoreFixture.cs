using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Purchases;
using Nakama.Server.Purchases.StoreNotifications;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Purchases;

/// <summary>A node that sells in stores of this process, on a clock of the test.</summary>
public sealed class StoreFixture : IAsyncLifetime
{
    /// <summary>Far behind every time of a sale, far before every end of a certificate.</summary>
    public TestTimeProvider Clock { get; } = new();

    public TestServer Server { get; private set; } = null!;

    internal StandInStores Stores { get; private set; } = null!;

    internal PurchaseStore Purchases => Server.Services.GetRequiredService<PurchaseStore>();

    internal SubscriptionStore Subscriptions => Server.Services.GetRequiredService<SubscriptionStore>();

    internal StoreNotificationRegistry Functions => Server.Services.GetRequiredService<StoreNotificationRegistry>();

    public async Task InitializeAsync()
    {
        Stores = await StandInStores.StartAsync();
        Server = await TestServer.StartAsync(Stores.Configure, builder => builder.Services.AddSingleton<TimeProvider>(Clock));
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Stores.DisposeAsync();
    }

    internal Task<ApiAnswer> ValidateAsync(TestPlayer player, string path, object body) => Server.AsAsync(player.Token, $"POST /v2/iap/{path}", body);

    /// <summary>Milliseconds since 1970 of a moment so many days from the clock's.</summary>
    internal long Days(double days) => (Clock.GetUtcNow() + TimeSpan.FromDays(days)).ToUnixTimeMilliseconds();

    /// <summary>A signed transaction of the App Store.</summary>
    internal string Transaction(string id, object? more = null) => Stores.Apple.SignJson(Merge(
        new { transactionId = id, originalTransactionId = id, productId = "coins", bundleId = StandInStores.Bundle, environment = "Sandbox", purchaseDate = Days(-1), originalPurchaseDate = Days(-1) },
        more));

    /// <summary>Sends a store's notification to the console's port.</summary>
    internal async Task<HttpStatusCode> NotifyAsync(string path, object body)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Server.ConsolePort}") };
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/v2/console/" + path, UriKind.Relative), content);
        return response.StatusCode;
    }

    internal static string Merge(object first, object? second)
    {
        var merged = JsonSerializer.SerializeToNode(first)!.AsObject();
        if (second is not null)
        {
            foreach (var (name, value) in JsonSerializer.SerializeToNode(second)!.AsObject()) merged[name] = value?.DeepClone();
        }

        return merged.ToJsonString();
    }
}
