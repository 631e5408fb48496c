using System.Net;
using Microsoft.Extensions.Logging;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

public sealed class SetsOfRights
{
    [Fact]
    public async Task A_name_that_is_too_long_is_refused_without_harm_to_the_next()
    {
        // One connection, so that the valid request uses the connection of the invalid one.
        await using var server = await TestServer.StartAsync(options => options with { Database = options.Database with { MaxOpenConns = 1 } });
        using var admin = ConsoleCaller.Basic(server, "admin", "password");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            statuses.Add((await AddAsync(new string('n', 100))).Status);
            statuses.Add((await AddAsync(Unique.Name())).Status);
        }

        Assert.True(statuses.Chunk(2).All(static pair => pair is [HttpStatusCode.InternalServerError, HttpStatusCode.OK]), string.Join(' ', statuses) + "\n"
            + string.Join('\n', server.Log.Lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Error?.Message)));

        Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> AddAsync(string name) =>
            admin.PostAsync("/v2/console/acl/template", new { name, acl = new { } });
    }
}
