using System.Net;
using System.Security.Claims;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Nakama.Console.Access;
using Nakama.Console.Accounts;
using Nakama.Console.Chat;
using Nakama.Console.Explorer;
using Nakama.Console.Groups;
using Nakama.Console.History;
using Nakama.Console.Leaderboards;
using Nakama.Console.Live;
using Nakama.Console.Nodes;
using Nakama.Console.Notifications;
using Nakama.Console.Playground;
using Nakama.Console.Purchases;
using Nakama.Console.Settings;
using Nakama.Console.Shell;
using Nakama.Console.Storage;

namespace Nakama.Tests.ConsolePages;

/// <summary>Renders pages without a browser, as an operator with every right, those to read, or none, against a node whose answers a test gives.</summary>
public abstract class PageContext : BunitContext, IAsyncLifetime
{
    // {"usn":"op","exp":4102444800,"acl":...}: every right of every resource; reading each; and none.
    private const string EveryRight = "e30.eyJ1c24iOiJvcCIsImV4cCI6NDEwMjQ0NDgwMCwiYWNsIjoiX19fX19fX19fX19fX19fXyJ9.x";
    private const string ReadingOnly = "e30.eyJ1c24iOiJvcCIsImV4cCI6NDEwMjQ0NDgwMCwiYWNsIjoia2tra2tra2tra2tra2trayJ9.x";
    private const string NoRight = "e30.eyJ1c24iOiJvcCIsImV4cCI6NDEwMjQ0NDgwMCwiYWNsIjoiQUFBQUFBQUFBQUFBQUFBQSJ9.x";

    protected PageContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new NodeAddresses([new Uri("http://node.example")]));
        var node = new FakeNode(this);
        Services.AddSingleton<IHttpClientFactory>(node);
        Services.AddSingleton<IHttpMessageHandlerFactory>(node);
        Services.AddScoped<Operator>();
        Services.AddScoped<NodeClient>();
        Services.AddScoped<AccountsClient>();
        Services.AddScoped<TimeDisplay>();
        Services.AddScoped<NodeWatches>();
        Services.AddScoped<LiveClient>();
        Services.AddScoped<ExplorerClient>();
        Services.AddScoped<PlaygroundSockets>();
        Services.AddScoped<OperatorsClient>();
        Services.AddScoped<DataClient>();
        Services.AddScoped<GroupsClient>();
        Services.AddScoped<StorageClient>();
        Services.AddScoped<LeaderboardsClient>();
        Services.AddScoped<NotificationsClient>();
        Services.AddScoped<PurchasesClient>();
        Services.AddScoped<ChatClient>();
        Services.AddScoped<HistoryClient>();
    }

    /// <summary>What the node answers; null while it does not.</summary>
    protected TaskCompletionSource<(HttpStatusCode Status, string Body)> Answer { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the node answers to one method and path, instead.</summary>
    protected Dictionary<string, (HttpStatusCode Status, string Body)> AnswersTo { get; } = [];

    /// <summary>The requests that reached the node, as method and path.</summary>
    protected List<string> Requests { get; } = [];

    /// <summary>The bodies of the requests that had one.</summary>
    protected List<string> Bodies { get; } = [];

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    /// <summary>Comes before anything is rendered.</summary>
    protected void SignInOperator(bool mayEverything = true, bool mayRead = false)
    {
        AddAuthorization().SetAuthorized("op").SetClaims(new Claim("token", mayRead ? ReadingOnly : mayEverything ? EveryRight : NoRight));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    protected void NodeAnswers(string body, HttpStatusCode status = HttpStatusCode.OK) => Answer.TrySetResult((status, body));

    private sealed class FakeNode(PageContext owner) : HttpMessageHandler, IHttpClientFactory, IHttpMessageHandlerFactory
    {
        public HttpMessageHandler CreateHandler(string name) => this;

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var called = $"{request.Method} {request.RequestUri!.PathAndQuery}";
            var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            lock (owner.Requests)
            {
                owner.Requests.Add(called);
                if (sent is not null) owner.Bodies.Add(sent);
            }

            if (!owner.AnswersTo.TryGetValue(called, out var answer)) answer = await owner.Answer.Task.WaitAsync(cancellationToken);
            var (status, body) = answer;
            return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }
}
