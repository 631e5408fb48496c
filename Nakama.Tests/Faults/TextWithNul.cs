using System.Net;
using Microsoft.Extensions.Logging;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Faults;

/// <summary>Text that the database cannot store in any column.</summary>
public sealed class TextWithNul(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Refusal = "Text must not contain NUL characters.";

    private TestServer Server => fixture.Server;

    public static TheoryData<string, string> Requests => new()
    {
        { "GET /v2/user?usernames=%00", "" },
        { "GET /v2/group?name=a%00", "" },
        { "GET /v2/group?lang_tag=a%00", "" },
        { "POST /v2/friend?usernames=a%00", "" },
        { "POST /v2/friend/block?usernames=a%00", "" },
        { "DELETE /v2/friend?usernames=a%00", "" },
        { "PUT /v2/account", """{"location":"a\u0000"}""" },
        { "POST /v2/group", """{"name":"NAME","description":"\u0000"}""" },
        { "PUT /v2/storage", """{"objects":[{"collection":"c","key":"a\u0000","value":"{}"}]}""" },
        { "PUT /v2/storage", """{"objects":[{"collection":"c","key":"a","value":"{\"a\":\"b\\u0000\"}"}]}""" },
        { "PUT /v2/storage", """{"objects":[{"collection":"c","key":"a","value":"{\"a\\\\\\u0000\":1}"}]}""" },
        { "PUT /v2/storage", """{"objects":[{"collection":"c","key":"a","value":"{}","version":"\u0000"}]}""" },
        { "POST /v2/storage", """{"object_ids":[{"collection":"c","key":"a\u0000"}]}""" },
        { "PUT /v2/storage/delete", """{"object_ids":[{"collection":"c\u0000","key":"a"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_with_one_is_refused_and_nothing_is_logged(string request, string body)
    {
        var player = await Server.AuthenticateAsync();
        var sent = body.Length == 0 ? null : (object)JsonText(body.Replace("NAME", Unique.Name("g"), StringComparison.Ordinal));

        (await Server.AsAsync(player.Token, request, sent)).Refused(400, 3, Refusal);

        Assert.DoesNotContain(Server.Log.Lines, line => line.Error is PostgresException or ApiException);
    }

    [Theory]
    [InlineData("GET /v2/storage/a%00")]
    [InlineData("GET /v2/iap/subscription/a%00")]
    public async Task In_a_path_it_is_no_request_at_all(string request)
    {
        var player = await Server.AuthenticateAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await Server.AsAsync(player.Token, request)).Status);
    }

    [Fact]
    public async Task An_escaped_backslash_before_the_digits_is_no_nul()
    {
        var player = await Server.AuthenticateAsync();

        (await Server.AsAsync(player.Token, "PUT /v2/storage", JsonText("""{"objects":[{"collection":"c","key":"a","value":"{\"a\":\"\\\\u0000\"}"}]}"""))).Ok();
        (await Server.AsAsync(player.Token, "PUT /v2/account", new { location = @"\u0000" })).Ok();
    }

    [Fact]
    public async Task A_message_of_a_socket_is_refused_as_bad_input_and_the_session_goes_on()
    {
        await using var socket = await Server.OpenSocketAsync(await Server.AuthenticateAsync());
        var channel = await socket.JoinAsync(Unique.Name());

        var refusal = await socket.RefusalAsync(ChatTable.Send(channel, """{"a":"\u0000"}"""));
        await socket.SendAsync($$"""{"cid":"2",{{ChatTable.Send(channel, """{"next":1}""")}}}""");

        Assert.Equal((3, Refusal), refusal);
        Assert.Equal("""{"next":1}""", (await socket.ReceiveAsync("channel_message")).Text("content"));
        Assert.DoesNotContain(Server.Log.Lines, line => line.Level >= LogLevel.Warning && line.Error is not null);
    }

    [Fact]
    public async Task An_operator_hears_the_same()
    {
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");

        var (status, body) = await admin.GetAsync("/v2/console/account?filter=%00");

        Assert.Equal((HttpStatusCode.BadRequest, Refusal), (status, body.GetProperty("message").GetString()));
    }

    [Fact]
    public void Every_parameter_with_text_is_checked()
    {
        using var command = new NpgsqlCommand();

        foreach (var add in new Action<string>[]
        {
            text => command.Parameters.AddText(text), text => command.Parameters.AddTexts(["", text]), text => command.Parameters.AddJsonb(text),
            text => command.Parameters.AddJsonText(text), text => command.Parameters.AddJsonTexts(["{}", text]),
        })
        {
            Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<ApiException>(() => add("a\0")).Status);
            add("a");
        }

        Assert.Equal(5, command.Parameters.Count);
    }

    private static System.Text.Json.JsonElement JsonText(string json) => System.Text.Json.JsonElement.Parse(json);
}
