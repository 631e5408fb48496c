using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nakama.Server.Satori;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

public sealed class MessagesThroughSatori : IAsyncLifetime, IDisposable
{
    private const string ServerKey = "satori-server-key";

    private readonly WebApplication _satori;
    private TestServer? _server;
    private ConsoleCaller? _admin;
    private string _lastRequest = "";

    public MessagesThroughSatori()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _satori = builder.Build();
        _satori.MapGet("/v1/console/message-template", context => AnswerAsync(
            context, """{"templates":[{"id":"t1","name":"welcome","create_time_sec":"5","more":1}],"page_options":{"next_cursor":"n"}}"""));
        _satori.MapPost("/v1/console/message-direct", context => AnswerAsync(
            context, """{"deliveryResults":[{"recipientId":"someone","integrationResults":[{"integrationType":1,"success":true}]}]}"""));
    }

    public async Task InitializeAsync()
    {
        await _satori.StartAsync();
        _server = await TestServer.StartAsync(options => options with
        {
            Satori = new SatoriOptions { Url = _satori.Urls.Single(), ApiKeyName = "name", ApiKey = "key", SigningKey = "signing", ServerKey = ServerKey },
        });
        _admin = ConsoleCaller.Basic(_server, "admin", "password");
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _satori.DisposeAsync();
    }

    public void Dispose() => _admin?.Dispose();

    [Fact]
    public async Task Templates_are_listed_with_the_conditions_of_the_operator()
    {
        var (status, list) = await _admin!.GetAsync("/v2/console/satori/template?search.name.like=wel%25&search.label_name.or=a&search.label_name.or=b&pagination.limit=5");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("welcome", list.GetProperty("templates")[0].GetProperty("name").GetString());
        Assert.Equal("n", list.GetProperty("page_options").GetProperty("next_cursor").GetString());
        Assert.Equal("?search.name.like=wel%25&search.label_name.or=a&search.label_name.or=b&pagination.limit=5", _lastRequest);
    }

    [Fact]
    public async Task A_message_is_sent_and_its_results_are_returned()
    {
        var (status, sent) = await _admin!.PostAsync("/v2/console/satori/direct-message", new { template_id = "t1", identity_ids = new[] { "someone" }, integrations = new[] { 1 }, persist = true });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("someone", sent.GetProperty("delivery_results")[0].GetProperty("recipient_id").GetString());
        Assert.Equal("""{"template_id":"t1","identity_ids":["someone"],"integrations":[1],"persist":true}""", _lastRequest);
    }

    [Fact]
    public async Task An_error_of_Satori_is_the_operators_error()
    {
        var (status, error) = await _admin!.PostAsync("/v2/console/satori/direct-message", new { template_id = "unknown" });

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("no such template", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("refused-401", "the key is wrong")]
    [InlineData("refused-403", "the key is wrong")]
    [InlineData("refused-0", "the key is wrong")]
    public async Task A_key_that_Satori_refuses_does_not_look_like_a_session_that_has_ended(string template, string message)
    {
        var (status, error) = await _admin!.PostAsync("/v2/console/satori/direct-message", new { template_id = template });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((9, message), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task The_extension_shows_as_registered() =>
        Assert.True((await _admin!.GetAsync("/v2/console/extensions")).Body.GetProperty("satori").GetBoolean());

    private async Task AnswerAsync(HttpContext context, string answer)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(ServerKey + ":"));
        context.Response.StatusCode = context.Request.Headers.Authorization == expected ? 200 : 401;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        _lastRequest = body.Length > 0 ? body : context.Request.QueryString.Value!;
        if (body.Contains("unknown", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 404;
            answer = """{"code":5,"message":"no such template"}""";
        }

        (context.Response.StatusCode, answer) = body switch
        {
            var text when text.Contains("refused-401", StringComparison.Ordinal) => (401, """{"code":16,"message":"the key is wrong"}"""),
            var text when text.Contains("refused-403", StringComparison.Ordinal) => (403, """{"code":7,"message":"the key is wrong"}"""),
            var text when text.Contains("refused-0", StringComparison.Ordinal) => (500, """{"code":0,"message":"the key is wrong"}"""),
            _ => (context.Response.StatusCode, answer),
        };
        await context.Response.WriteAsync(answer);
    }
}
