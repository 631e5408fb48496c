using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.ConsoleApi;
using Nakama.Server.ConsoleApi.Oidc;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleOidc;

/// <summary>A node whose operators sign in with an issuer. The template <c>support</c> may read accounts.</summary>
public sealed class OidcFixture : IAsyncLifetime
{
    private static int _lastClient;

    public TestServer Server { get; private set; } = null!;

    internal TestIssuer Issuer { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        Server = await StartAsync(Issuer);
        await AddTemplateAsync(Server, "support", "ACCOUNT");
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    internal static async Task<TestServer> StartAsync(TestIssuer issuer, bool isOnly = false)
    {
        var server = await TestServer.StartAsync(
            options => options with { Console = options.Console with { Oidc = issuer.Options with { Only = isOnly, RoleTemplates = ["helpers=support"] } } });
        // On a busy machine the issuer may take longer to answer than a node waits.
        var metadata = server.Services.GetRequiredService<OidcIssuer>();
        await SocketNode.UntilAsync(async () => await metadata.FindAsync(CancellationToken.None) is not null);
        return server;
    }

    /// <summary>A permission template that may read one resource.</summary>
    public static async Task AddTemplateAsync(TestServer server, string name, string resource)
    {
        var token = server.Services.GetRequiredService<ConsoleTokens>().Issue(Guid.NewGuid(), "op", "", ConsoleAcl.Admin, TimeProvider.System.GetUtcNow());
        using var admin = ConsoleCaller.Bearer(server, token);
        var acl = new Dictionary<string, object> { [resource] = new { read = true } };
        var (status, body) = await admin.PostAsync("/v2/console/acl/template", new { name, description = "", acl });
        Assert.True(status == System.Net.HttpStatusCode.OK, body.ToString());
    }

    /// <summary>A caller with an address of its own, as invalid tokens are counted by address.</summary>
    internal static ConsoleCaller Visitor(TestServer server)
    {
        var caller = ConsoleCaller.Anonymous(server);
        var client = Interlocked.Increment(ref _lastClient);
        caller.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.51.{client >> 8}.{client & 255}");
        return caller;
    }

    internal static async Task<T?> AskAsync<T>(TestServer server, string sql, params object[] values)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return (T?)await command.ExecuteScalarAsync();
    }
}
