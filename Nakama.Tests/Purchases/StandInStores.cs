using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Config;

namespace Nakama.Tests.Purchases;

/// <summary>The stores' servers, in this process: they speak the stores' protocols about sales that the test makes up.</summary>
internal sealed class StandInStores : IAsyncDisposable
{
    public const string Bundle = "com.example.game";
    public const string Password = "shared-secret";
    public const string AppSecret = "app-secret";

    private const string AccessToken = "token-for-the-game";

    private readonly WebApplication _app;
    private readonly RSA _googleKey = RSA.Create(2048);
    private readonly RSA _huaweiKey = RSA.Create(2048);
    private readonly string _rootFile = Path.GetTempFileName();
    private int _googleTokenCount;
    private volatile string _googleToken = "first";

    private StandInStores()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/apple/verify", context => AnswerReceiptAsync(context, Receipts));
        _app.MapPost("/apple/sandbox", context => AnswerReceiptAsync(context, SandboxReceipts));
        _app.MapPost("/google/token", GiveTokenAsync);
        _app.MapGet("/google/androidpublisher/{**path}", AnswerGoogleAsync);
        _app.MapPost("/huawei/token", context => context.Response.WriteAsync($$"""{"access_token":"{{AccessToken}}","expires_in":3600}"""));
        _app.MapPost("/huawei/{host}/applications/purchases/tokens/verify", AnswerHuaweiAsync);
        _app.MapGet("/samsung/iap/v6/receipt", context => AnswerAsync(context, Samsung, context.Request.Query["purchaseID"].ToString()));
        File.WriteAllText(_rootFile, Apple.Root.ExportCertificatePem());
    }

    public AppleSigner Apple { get; } = new();

    /// <summary>Answers by receipt; those of neither list are refused.</summary>
    public ConcurrentDictionary<string, string> Receipts { get; } = new();

    public ConcurrentDictionary<string, string> SandboxReceipts { get; } = new();

    /// <summary>Answers by the path below the package's applications.</summary>
    public ConcurrentDictionary<string, string> Google { get; } = new();

    /// <summary>Answers by purchase token, with the host they are asked of in front.</summary>
    public ConcurrentDictionary<string, string> Huawei { get; } = new();

    /// <summary>Answers by purchase id.</summary>
    public ConcurrentDictionary<string, string> Samsung { get; } = new();

    /// <summary>Takes back the token that was given to the game.</summary>
    public void RevokeGoogleToken() => _googleToken = Guid.NewGuid().ToString();

    public int GoogleTokenCount => Volatile.Read(ref _googleTokenCount);

    /// <summary>Done when someone waits for an answer that will not come.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<StandInStores> StartAsync()
    {
        var stores = new StandInStores();
        await stores._app.StartAsync();
        return stores;
    }

    public NakamaOptions Configure(NakamaOptions options)
    {
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return options with
        {
            Iap = new()
            {
                Apple = new()
                {
                    SharedPassword = Password,
                    BundleId = Bundle,
                    NotificationsEndpointId = "apple-news",
                    RootCertificate = _rootFile,
                    ReceiptAddress = address + "/apple/verify",
                    SandboxReceiptAddress = address + "/apple/sandbox",
                },
                Google = new()
                {
                    ClientEmail = "game@example.com",
                    PrivateKey = _googleKey.ExportPkcs8PrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal),
                    NotificationsEndpointId = "google-news",
                    Address = address + "/google",
                    TokenAddress = address + "/google/token",
                },
                Huawei = new()
                {
                    PublicKey = Convert.ToBase64String(_huaweiKey.ExportSubjectPublicKeyInfo()),
                    ClientId = "id",
                    ClientSecret = "secret",
                    OrderAddress = address + "/huawei/orders",
                    AppTouchAddress = address + "/huawei/touch",
                    TokenAddress = address + "/huawei/token",
                },
                FacebookInstant = new() { AppSecret = AppSecret },
                Samsung = new() { PackageName = Bundle, Address = address + "/samsung" },
            },
        };
    }

    public string SignHuawei(string purchase) =>
        Convert.ToBase64String(_huaweiKey.SignData(Encoding.UTF8.GetBytes(purchase), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public async ValueTask DisposeAsync()
    {
        Waiting.TrySetResult();
        await _app.DisposeAsync();
        File.Delete(_rootFile);
        _googleKey.Dispose();
        _huaweiKey.Dispose();
        Apple.Dispose();
    }

    private async Task AnswerReceiptAsync(HttpContext context, ConcurrentDictionary<string, string> receipts)
    {
        var asked = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        if (asked.GetProperty("password").GetString() != Password || !asked.GetProperty("exclude-old-transactions").GetBoolean())
        {
            await context.Response.WriteAsync("""{"status":21004}""");
            return;
        }

        await AnswerAsync(context, receipts, asked.GetProperty("receipt-data").GetString()!, """{"status":21003}""");
    }

    /// <summary>Believes an account only when it has signed with its key, for this place and in time.</summary>
    private async Task GiveTokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var parts = form["assertion"].ToString().Split('.');
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(parts[1]));
        var isRight = form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
            && _googleKey.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            && claims.GetProperty("iss").GetString() == "game@example.com"
            && claims.GetProperty("scope").GetString() == "https://www.googleapis.com/auth/androidpublisher"
            && claims.GetProperty("aud").GetString()!.EndsWith("/google/token", StringComparison.Ordinal)
            && claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64() == 3600;
        Interlocked.Increment(ref _googleTokenCount);
        context.Response.StatusCode = isRight ? 200 : 400;
        await context.Response.WriteAsync(isRight ? $$"""{"access_token":"{{_googleToken}}","expires_in":3600,"token_type":"Bearer"}""" : """{"error":"invalid_grant"}""");
    }

    private Task AnswerGoogleAsync(HttpContext context, string path)
    {
        if (context.Request.Headers.Authorization == $"Bearer {_googleToken}")
            return AnswerAsync(context, Google, path.Replace("v3/applications/", "", StringComparison.Ordinal));
        context.Response.StatusCode = 401;
        return Task.CompletedTask;
    }

    private async Task AnswerHuaweiAsync(HttpContext context, string host)
    {
        var asked = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        var credential = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"APPAT:{AccessToken}"));
        if (context.Request.Headers.Authorization == credential)
            await AnswerAsync(context, Huawei, $"{host} {asked.GetProperty("purchaseToken").GetString()}", """{"responseCode":"8"}""");
        else
            context.Response.StatusCode = 401;
    }

    private async Task AnswerAsync(HttpContext context, ConcurrentDictionary<string, string> answers, string key, string? otherwise = null)
    {
        if (key.Contains("no-answer", StringComparison.Ordinal))
        {
            Waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        if (key.Contains("endless", StringComparison.Ordinal))
        {
            var chunk = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }

        if (key.Contains("broken", StringComparison.Ordinal)) context.Response.StatusCode = 503;
        if (answers.TryGetValue(key, out var answer) || (answer = otherwise) is not null)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer);
            return;
        }

        if (context.Response.StatusCode == 200) context.Response.StatusCode = 404;
        await context.Response.WriteAsync("""{"error":"unknown"}""");
    }
}
