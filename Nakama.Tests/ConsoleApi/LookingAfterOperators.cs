using System.Net;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Console;
using Nakama.Server.ConsoleApi;
using Nakama.Tests.TestHost;
using Nakama.Tests.Transport;
using Npgsql;

namespace Nakama.Tests.ConsoleApi;

/// <summary>Operators make, change and remove operators: never with more rights than their own, never one who has more.</summary>
public sealed class LookingAfterOperators(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Users = "/v2/console/user";
    private const string Login = "/v2/console/authenticate";
    private const string NotPermitted = "Unauthorized: you do not have permissions to access this resource.";
    private const string MoreThanOwn = "Cannot create users with more permissions that the one in session.";

    /// <summary>May look after operators and read groups.</summary>
    private const string Keeper = """
        {"admin": false, "acl": {"ACCOUNT": {"write": true}, "USER": {"read": true, "write": true, "delete": true}, "GROUP": {"read": true}, "ACL_TEMPLATE": {"write": true}}}
        """;

    private static readonly object ReadGroups = new { GROUP = new { read = true } };
    private static readonly object WriteGroups = new { GROUP = new { read = true, write = true } };

    private TestServer Server => fixture.Server;

    private ConsoleCaller Admin() => ConsoleCaller.Basic(Server, "admin", "password");

    [Fact]
    public async Task An_invited_operator_chooses_a_password_and_has_the_rights_that_were_given()
    {
        using var admin = Admin();
        var (username, invited) = await InviteAsync(admin, ReadGroups);
        var code = invited.GetProperty("token").GetString();
        Assert.Equal(["GROUP"], invited.GetProperty("user").GetProperty("acl").EnumerateObject().Select(entry => entry.Name));

        using var anonymous = ConsoleCaller.Anonymous(Server);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(Login, new { username, password = "" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.PostAsync($"{Login}/password_change", new { code, password = "correct Horse 1" })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync($"{Login}/password_change", new { code, password = "correct Horse 2" })).Status);

        using var invitee = ConsoleCaller.Bearer(Server, (await anonymous.PostAsync(Login, new { username, password = "correct Horse 1" })).Body.GetProperty("token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await invitee.GetAsync("/v2/console/status")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await invitee.GetAsync(Users)).Status);
        var shown = (await admin.GetAsync($"{Users}/{username}")).Body;
        Assert.Equal(30, shown.GetProperty("acl").EnumerateObject().Count());
        Assert.True(shown.GetProperty("acl").GetProperty("GROUP").GetProperty("read").GetBoolean());
        Assert.Contains((await admin.GetAsync(Users)).Body.GetProperty("users").EnumerateArray(), user => user.GetProperty("username").GetString() == username);
    }

    [Fact]
    public async Task Nobody_gives_a_right_that_they_lack()
    {
        using var keeper = Caller(Keeper);
        var username = Unique.Name("op");
        Assert.Equal((HttpStatusCode.BadRequest, MoreThanOwn), Refusal(await keeper.PostAsync(Users, New(username, WriteGroups))));
        Assert.Equal((HttpStatusCode.BadRequest, MoreThanOwn), Refusal(await keeper.PostAsync(Users, New(username, EveryRight()))));
        Assert.False(await ExistsAsync(username));

        var (there, _) = await InviteAsync(keeper, ReadGroups);
        Assert.Equal((HttpStatusCode.BadRequest, MoreThanOwn), Refusal(await keeper.PutAsync($"{Users}/{there}", new { acl = WriteGroups })));
        Assert.Equal((HttpStatusCode.BadRequest, MoreThanOwn), Refusal(await keeper.PostAsync(Users, New(there, WriteGroups))));
        Assert.Equal("GROUP:r", await RightsAsync(there));
    }

    [Fact]
    public async Task Making_operators_takes_the_right_to_change_them()
    {
        using var support = Caller("""{"admin": false, "acl": {"ACCOUNT": {"write": true}, "GROUP": {"read": true}}}""");
        var username = Unique.Name("op");

        Assert.Equal((HttpStatusCode.Forbidden, NotPermitted), Refusal(await support.PostAsync(Users, New(username, ReadGroups))));
        Assert.False(await ExistsAsync(username));
    }

    [Fact]
    public async Task Nobody_touches_someone_who_may_do_more()
    {
        using var keeper = Caller(Keeper);
        using var admin = Admin();
        var (stronger, _) = await InviteAsync(admin, WriteGroups);
        await SetMfaAsync(stronger);
        await Server.Services.GetRequiredService<ConsoleUserStore>().SaveRootAsync("admin", null, false, CancellationToken.None);
        var before = await RowAsync(stronger);

        Assert.Equal((HttpStatusCode.Forbidden, NotPermitted), Refusal(await keeper.PostAsync(Users, New(stronger, ReadGroups))));
        Assert.Equal((HttpStatusCode.Forbidden, NotPermitted), Refusal(await keeper.PutAsync($"{Users}/{stronger}", new { acl = ReadGroups })));
        Assert.Equal((HttpStatusCode.Forbidden, NotPermitted), Refusal(await keeper.PostAsync($"{Users}/{stronger}/reset/password")));
        Assert.Equal((HttpStatusCode.Forbidden, NotPermitted), Refusal(await keeper.PostAsync($"{Users}/{stronger}/mfa/reset")));
        Assert.Equal((HttpStatusCode.Forbidden, NotPermitted), Refusal(await keeper.PostAsync($"{Users}/{stronger}/mfa/require", new { required = false })));
        Assert.Equal((HttpStatusCode.Forbidden, NotPermitted), Refusal(await keeper.DeleteAsync($"{Users}?username={stronger}")));
        Assert.Equal((HttpStatusCode.Forbidden, NotPermitted), Refusal(await keeper.PostAsync($"{Users}/admin/mfa/reset")));
        Assert.Equal((HttpStatusCode.Forbidden, NotPermitted), Refusal(await keeper.PostAsync($"{Users}/admin/reset/password")));
        Assert.Equal(before, await RowAsync(stronger));
    }

    [Fact]
    public async Task The_same_is_refused_over_grpc()
    {
        using var keeper = Caller(Keeper);
        using var admin = Admin();
        var (stronger, _) = await InviteAsync(admin, WriteGroups);
        var before = await RowAsync(stronger);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{Server.ConsolePort - 3}");
        var client = channel.CreateCallInvoker();
        var options = GrpcCalls.Bearer(keeper.Http.DefaultRequestHeaders.Authorization!.Parameter!);
        var write = new Permissions { Read = true, Write = true };

        var added = await RefusalAsync<AddUserRequest, AddUserResponse>(
            "AddUser", new AddUserRequest { Username = Unique.Name("op"), Email = Unique.Email(), Acl = { ["GROUP"] = write } });
        var updated = await RefusalAsync<UpdateUserRequest, User>("UpdateUser", new UpdateUserRequest { Username = stronger, Acl = { ["GROUP"] = new Permissions { Read = true } } });
        var reset = await RefusalAsync<Username, ResetUserResponse>("ResetUserPassword", new Username { Username_ = stronger });
        var deleted = await RefusalAsync<Username, Google.Protobuf.WellKnownTypes.Empty>("DeleteUser", new Username { Username_ = stronger });

        Assert.Equal((StatusCode.InvalidArgument, MoreThanOwn), added);
        Assert.Equal((StatusCode.PermissionDenied, NotPermitted), updated);
        Assert.Equal((StatusCode.PermissionDenied, NotPermitted), reset);
        Assert.Equal((StatusCode.PermissionDenied, NotPermitted), deleted);
        Assert.Equal(before, await RowAsync(stronger));

        async Task<(StatusCode, string)> RefusalAsync<TRequest, TResponse>(string method, TRequest request)
            where TRequest : class, Google.Protobuf.IMessage<TRequest>, new()
            where TResponse : class, Google.Protobuf.IMessage<TResponse>, new()
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
                await client.Call<TRequest, TResponse>("nakama.console.Console", method, request, options));
            return (refusal.StatusCode, refusal.Status.Detail);
        }
    }

    [Fact]
    public async Task A_template_gives_its_author_nothing()
    {
        using var keeper = Caller(Keeper);
        var name = Unique.Name("t");
        Assert.Equal(HttpStatusCode.OK, (await keeper.PostAsync("/v2/console/acl/template", new { name, acl = WriteGroups })).Status);
        using var admin = Admin();
        var template = Assert.Single(
            (await admin.GetAsync("/v2/console/acl/template")).Body.GetProperty("templates").EnumerateArray(), one => one.GetProperty("name").GetString() == name);

        var (_, error) = await keeper.PostAsync(Users, new { username = Unique.Name("op"), email = Unique.Email(), acl = template.GetProperty("acl") });
        Assert.Equal(MoreThanOwn, error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Rights_that_were_taken_end_at_once_for_tokens_and_for_sign_ins_under_way()
    {
        using var admin = Admin();
        var (caller, username) = await ConsoleCaller.CreateAsync(Server, """{"admin": true}""");
        using var demoted = caller;
        var tokens = Server.Services.GetRequiredService<ConsoleTokens>();
        var beganBefore = TimeProvider.System.GetUtcNow();

        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsync($"{Users}/{username}", new { acl = ReadGroups })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await demoted.GetAsync("/v2/console/config")).Status);
        Assert.Null(tokens.Check(tokens.Issue(await IdAsync(username), username, "", ConsoleAcl.Admin, beganBefore)));

        using var anonymous = ConsoleCaller.Anonymous(Server);
        var again = (await anonymous.PostAsync(Login, new { username, password = "correct horse 1" })).Body.GetProperty("token").GetString()!;
        using var weaker = ConsoleCaller.Bearer(Server, again);
        Assert.Equal(HttpStatusCode.OK, (await weaker.GetAsync("/v2/console/status")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await weaker.GetAsync("/v2/console/config")).Status);
    }

    [Fact]
    public async Task A_text_for_choosing_a_password_is_outdated_by_every_later_change()
    {
        using var admin = Admin();
        var (username, invited) = await InviteAsync(admin, ReadGroups);
        var first = invited.GetProperty("token").GetString();
        var second = (await admin.PostAsync($"{Users}/{username}/reset/password")).Body.GetProperty("code").GetString();
        var third = (await admin.PostAsync($"{Users}/{username}/reset/password")).Body.GetProperty("code").GetString();
        using var anonymous = ConsoleCaller.Anonymous(Server);

        foreach (var code in new[] { first, second })
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync($"{Login}/password_change", new { code, password = "correct Horse 1" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.PostAsync($"{Login}/password_change", new { code = third, password = "correct Horse 1" })).Status);

        var added = (await admin.PostAsync(Users, New(username, ReadGroups))).Body.GetProperty("token").GetString();
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync($"{Login}/password_change", new { code = added, password = "correct Horse 3" })).Status);
    }

    [Fact]
    public async Task Nobody_changes_or_deletes_the_own_account_or_the_configured_one()
    {
        var username = Unique.Name("op");
        using var admin = Caller("""{"admin": true}""", username);
        Assert.Equal("Cannot change own configuration", Refusal(await admin.PutAsync($"{Users}/{username}", new { acl = ReadGroups })).Item2);
        Assert.Equal("Cannot delete own user", Refusal(await admin.DeleteAsync($"{Users}?username={username}")).Item2);
        Assert.Equal((HttpStatusCode.NotFound, "User not found."), Refusal(await admin.PutAsync($"{Users}/admin", new { acl = ReadGroups })));
        Assert.Equal((HttpStatusCode.BadRequest, "User not found"), Refusal(await admin.DeleteAsync($"{Users}?username=admin")));
        Assert.Equal((HttpStatusCode.NotFound, "User not found"), Refusal(await admin.GetAsync($"{Users}/admin")));
    }

    [Theory]
    [InlineData("", "a@example.com", "Username is required")]
    [InlineData("ab", "a@example.com", "Username must be 3-20 long sequence of alphanumeric characters _ or . and cannot start and end with _ or .")]
    [InlineData("a\u0000bcd", "a@example.com", "Username must be 3-20 long sequence of alphanumeric characters _ or . and cannot start and end with _ or .")]
    [InlineData("abcd\n", "a@example.com", "Username must be 3-20 long sequence of alphanumeric characters _ or . and cannot start and end with _ or .")]
    [InlineData("ab<b>cd", "a@example.com", "Username must be 3-20 long sequence of alphanumeric characters _ or . and cannot start and end with _ or .")]
    [InlineData("ADMIN", "a@example.com", "Username cannot be the console configured username")]
    [InlineData("someone", "", "Email is required")]
    [InlineData("someone", "a@b", "Not a valid email address")]
    [InlineData("someone", "a\r\n@example.com", "Not a valid email address")]
    public async Task A_name_or_an_address_that_will_not_do_is_refused(string username, string email, string message)
    {
        using var admin = Admin();
        Assert.Equal((HttpStatusCode.BadRequest, message), Refusal(await admin.PostAsync(Users, new { username, email, acl = ReadGroups })));
    }

    /// <summary>Someone with these rights, as if signed in.</summary>
    private ConsoleCaller Caller(string acl, string? username = null)
    {
        var tokens = Server.Services.GetRequiredService<ConsoleTokens>();
        return ConsoleCaller.Bearer(
            Server, tokens.Issue(Guid.NewGuid(), username ?? Unique.Name("op"), "", ConsoleAcl.FromStored(acl), TimeProvider.System.GetUtcNow()));
    }

    private static async Task<(string Username, JsonElement Answer)> InviteAsync(ConsoleCaller caller, object acl)
    {
        var username = Unique.Name("op");
        var (status, answer) = await caller.PostAsync(Users, New(username, acl));
        Assert.Equal(HttpStatusCode.OK, status);
        return (username, answer);
    }

    private static object New(string username, object acl) => new { username, email = $"{username}@example.com", acl };

    private static Dictionary<string, object> EveryRight()
    {
        var map = new Dictionary<string, Permissions>();
        ConsoleAcl.Admin.WriteTo(map);
        return map.ToDictionary(entry => entry.Key, _ => (object)new { read = true, write = true, delete = true });
    }

    private static (HttpStatusCode, string?) Refusal((HttpStatusCode Status, JsonElement Body) answer) =>
        (answer.Status, answer.Body.TryGetProperty("message", out var message) ? message.GetString() : answer.Body.GetRawText());

    private async Task<string> RightsAsync(string username)
    {
        using var admin = Admin();
        var acl = (await admin.GetAsync($"{Users}/{username}")).Body.GetProperty("acl");
        return string.Join(' ', acl.EnumerateObject()
            .Select(entry => (entry.Name, Letters: string.Concat(entry.Value.EnumerateObject().Where(right => right.Value.GetBoolean()).Select(right => right.Name[0]))))
            .Where(entry => entry.Letters.Length > 0)
            .Select(entry => $"{entry.Name}:{entry.Letters}"));
    }

    private async Task<bool> ExistsAsync(string username) => await RowAsync(username) is not null;

    private async Task<Guid> IdAsync(string username) => (Guid)(await ScalarAsync("SELECT id FROM console_user WHERE username = $1", username))!;

    private async Task<string?> RowAsync(string username) => (string?)await ScalarAsync("SELECT u::text FROM console_user AS u WHERE username = $1", username);

    private async Task SetMfaAsync(string username) =>
        await ScalarAsync("UPDATE console_user SET mfa_secret = '\\x01', mfa_required = true WHERE username = $1", username);

    private async Task<object?> ScalarAsync(string sql, string username)
    {
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        command.Parameters.AddWithValue(username);
        return await command.ExecuteScalarAsync();
    }
}
