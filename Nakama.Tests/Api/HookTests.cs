using Google.Protobuf;
using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Hooks;
using Nakama.Tests.Transport;

namespace Nakama.Tests.Api;

public sealed class HookTests : IAsyncLifetime
{
    private readonly ListenerHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_before_hook_replaces_the_request()
    {
        IMessage? seen = null;
        _host.Hooks.Before("listfriends", (_, _, _) => new(new ListFriendsRequest { Cursor = "from hook" }));
        _host.Echo.Answer("ListFriends", (_, request, _) =>
        {
            seen = request;
            return new(new FriendList());
        });

        await _host.SendAsync("GET /v2/friend?limit=5");

        Assert.Equal(new ListFriendsRequest { Cursor = "from hook" }, seen);
    }

    [Fact]
    public async Task A_before_hook_that_returns_nothing_refuses()
    {
        _host.Hooks.Before("ListFriends", (_, _, _) => new((IMessage?)null));
        _host.Hooks.Before("GetAccount", (_, _, _) => new((IMessage?)null));

        Assert.Equal("""{"code":5,"message":"Requested resource was not found."}""", (await _host.SendAsync("GET /v2/friend")).Text);
        Assert.Equal(200, (await _host.SendAsync("GET /v2/account")).Status);
    }

    [Fact]
    public async Task A_before_hook_that_returns_something_else_fails()
    {
        _host.Hooks.Before("ListFriends", (_, _, _) => new(new User()));

        Assert.Equal("""{"code":13,"message":"Could not complete runtime Before function."}""", (await _host.SendAsync("GET /v2/friend")).Text);
    }

    [Fact]
    public async Task An_error_of_a_before_hook_passes_unless_its_code_is_0()
    {
        _host.Hooks.Before("ListFriends", (_, _, _) => throw new ApiException((StatusCode)99, "odd"));
        _host.Hooks.Before("GetAccount", (_, _, _) => throw new ApiException(StatusCode.Ok, "go on"));

        Assert.Equal("""{"code":99,"message":"odd"}""", (await _host.SendAsync("GET /v2/friend")).Text);
        Assert.Equal(200, (await _host.SendAsync("GET /v2/account")).Status);
    }

    [Fact]
    public async Task Hooks_run_after_the_credentials_and_know_the_caller()
    {
        HookCaller? caller = null;
        _host.Hooks.Before("ListFriends", (c, request, _) =>
        {
            caller = c;
            return new(request);
        });

        await ListenerHost.SendRawAsync(_host.Api, "GET /v2/friend");
        Assert.Null(caller);
        await _host.SendAsync("GET /v2/friend");
        Assert.Equal((ListenerHost.UserId, "anna", 99), (caller!.UserId, caller.Username, caller.Expiry));
    }

    [Fact]
    public async Task An_after_hook_sees_request_and_answer_and_cannot_spoil_it()
    {
        var seen = new List<(IMessage? Response, IMessage? Request)>();
        foreach (var name in new[] { "GetUsers", "ListFriends", "GetAccount", "UpdateAccount" })
        {
            _host.Hooks.After(name, (_, response, request, _) =>
            {
                seen.Add((response, request));
                throw new InvalidOperationException("late");
            });
        }

        Assert.Equal(200, (await _host.SendAsync("GET /v2/user?ids=a")).Status);
        await _host.SendAsync("GET /v2/friend?limit=1");
        await _host.SendAsync("GET /v2/account");
        await _host.SendAsync("PUT /v2/account", "{}");

        Assert.Equal((new Users(), new GetUsersRequest { Ids = { "a" } }), (seen[0].Response, seen[0].Request));
        Assert.Null(seen[1].Request);
        Assert.Null(seen[2].Request);
        Assert.Equal((null, new UpdateAccountRequest()), (seen[3].Response, seen[3].Request));
    }

    [Fact]
    public async Task After_hooks_are_skipped_when_there_was_nothing_to_do()
    {
        var ran = 0;
        _host.Hooks.After("GetUsers", (_, _, _, _) =>
        {
            ran++;
            return default;
        });
        _host.Echo.Answer("GetUsers", (call, _, _) =>
        {
            call.SkipAfterHook = true;
            return new(new Users());
        });

        await _host.SendAsync("GET /v2/user");

        Assert.Equal(0, ran);
    }

    [Fact]
    public async Task Requests_and_hooks_are_counted()
    {
        _host.Hooks.Before("ListFriends", (_, request, _) => new(request));

        await _host.SendAsync("GET /v2/friend");
        await ListenerHost.SendRawAsync(_host.Api, "GET /v2/friend");

        var text = _host.MetricsText;
        Assert.Contains("nakama_ListFriends_count{node_name=\"nakama\"} 2", text, StringComparison.Ordinal);
        Assert.Contains("nakama_ListFriends_errors{node_name=\"nakama\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("nakama_before_ListFriends_count{node_name=\"nakama\"} 1", text, StringComparison.Ordinal);
    }
}
