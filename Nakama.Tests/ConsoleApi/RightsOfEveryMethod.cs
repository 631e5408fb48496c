using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Transport.Http;
using Nakama.Tests.TestHost;
using Nakama.Tests.Transport;
using Npgsql;

namespace Nakama.Tests.ConsoleApi;

/// <summary>Every method of the contract, called by operators with and without the right it asks for, over HTTP and over gRPC.</summary>
public sealed class RightsOfEveryMethod(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private const string NotPermitted = "Unauthorized: you do not have permissions to access this resource.";
    private const string NoToken = "Console authentication required.";

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    private static readonly EnumDescriptor Resources = ConsoleReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(AclResources));

    private readonly ConsoleCaller _anonymous = ConsoleCaller.Anonymous(fixture.Server);
    private readonly PlainGrpcClient _grpc = new(new Uri($"http://127.0.0.1:{fixture.Server.ConsolePort - 3}"));

    private TestServer Server => fixture.Server;

    private ApiMap Map => Server.Services.GetServices<ApiService>().Single(service => service.Audience == ApiAudience.Operators).Map;

    public void Dispose()
    {
        _anonymous.Dispose();
        _grpc.Dispose();
    }

    [Fact]
    public void Every_method_of_the_contract_has_its_right() =>
        Assert.Equal(
            Map.Methods.Select(method => method.Name).Order(), MethodRights.ByMethod.Keys.Order());

    [Fact]
    public void Of_all_rights_only_the_one_that_a_method_asks_for_opens_it()
    {
        foreach (var (method, right) in MethodRights.ByMethod)
        {
            foreach (var single in EveryRight())
            {
                var isPermitted = right == single || right is MethodRights.Open or MethodRights.Any;
                Assert.True(ConsoleRules.Of(method).Permits(Acl([single])) == isPermitted, $"{method} with {single}");
            }
        }
    }

    [Fact]
    public async Task Operators_are_refused_without_the_right_and_change_nothing_and_let_in_with_it()
    {
        var player = await Server.AuthenticateAsync();
        var before = await SnapshotAsync();
        var wrong = new List<string>();
        foreach (var method in Map.Methods)
        {
            foreach (var (role, token) in RolesWithout(MethodRights.ByMethod[method.Name]))
                await CheckAsync(method, player, token, token is null ? NoToken : NotPermitted, role, wrong);
        }

        Assert.Empty(wrong);
        Assert.Equal(before, await SnapshotAsync());

        foreach (var method in Map.Methods)
        {
            foreach (var (role, token) in RolesWith(MethodRights.ByMethod[method.Name]))
                await CheckAsync(method, player, token, null, role, wrong);
        }

        Assert.Empty(wrong);
    }

    private IEnumerable<(string Role, string? Token)> RolesWithout(string right)
    {
        if (right == MethodRights.Open) yield break;
        yield return ("nobody", null);
        if (right == MethodRights.Any) yield break;
        yield return ("a right to something else", Token(["r:HIRO_ENERGY"]));
        yield return ("all rights but this", Token(EveryRight().Where(one => one != right)));
        yield return ("the other rights to the same resource", Token(EveryRight().Where(one => one != right && one[2..] == right[2..])));
    }

    private IEnumerable<(string Role, string? Token)> RolesWith(string right)
    {
        if (right == MethodRights.Open) yield return ("nobody", null);
        if (right == MethodRights.Any) yield return ("a right to something else", Token(["r:HIRO_ENERGY"]));
        if (right.Contains(':', StringComparison.Ordinal)) yield return ("this right alone", Token([right]));
        yield return ("everything", Token(EveryRight()));
    }

    private async Task CheckAsync(ApiMethod method, TestPlayer player, string? token, string? refusal, string role, List<string> wrong)
    {
        var request = Request(method.Descriptor.InputType, player);
        foreach (var binding in HttpBinding.Of(method))
            Note($"{binding.Verb} {binding.Template}", await OverHttpAsync(binding, request, token));
        Note("gRPC", await OverGrpcAsync(method, request, token));

        void Note(string way, string answer)
        {
            var isRefused = answer.Contains(NotPermitted, StringComparison.Ordinal) || answer.Contains(NoToken, StringComparison.Ordinal);
            var isRight = refusal is null ? !isRefused : answer == refusal;
            if (!isRight) wrong.Add($"{method.Name} ({way}) for {role}: {answer}");
        }
    }

    /// <summary>The sentence of a refusal for want of rights, with its status checked; anything else otherwise.</summary>
    private async Task<string> OverHttpAsync(HttpBinding binding, IMessage request, string? token)
    {
        var path = string.Join('/', binding.Segments.Select(segment =>
            HttpBinding.IsParameter(segment) ? Uri.EscapeDataString(Convert.ToString(binding.Method.Descriptor.InputType.FindFieldByName(segment[1..^1]).Accessor.GetValue(request), System.Globalization.CultureInfo.InvariantCulture)!) : segment));
        using var message = new HttpRequestMessage(new HttpMethod(binding.Verb), "/" + path);
        if (token is not null) message.Headers.Authorization = new("Bearer", token);
        if (binding.HasBody) message.Content = new StringContent(Json.Format(request), Encoding.UTF8, "application/json");
        using var response = await _anonymous.Http.SendAsync(message);
        var body = await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode is 401 or 403 && System.Text.Json.JsonDocument.Parse(body).RootElement is var error
            && error.GetProperty("code").GetInt32() == ((int)response.StatusCode == 401 ? 16 : 7)
            ? error.GetProperty("message").GetString()!
            : $"{(int)response.StatusCode} {body}";
    }

    private async Task<string> OverGrpcAsync(ApiMethod method, IMessage request, string? token)
    {
        (string, string)[] metadata = token is null ? [] : [("authorization", $"Bearer {token}")];
        var answer = await _grpc.CallAsync("/" + method.FullName, request, metadata);
        return answer.Status is "7" or "16" ? Uri.UnescapeDataString(answer.Message ?? "") : $"{answer.Status} {answer.Message}";
    }

    /// <summary>A request that would do something: wherever it may name anything, it names the player.</summary>
    private static IMessage Request(MessageDescriptor type, TestPlayer player)
    {
        var request = (IMessage)Activator.CreateInstance(type.ClrType)!;
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (field is { FieldType: FieldType.String, IsRepeated: false, IsMap: false }) field.Accessor.SetValue(request, player.UserId.ToString());
        }

        return request;
    }

    private string Token(IEnumerable<string> rights) =>
        Server.Services.GetRequiredService<ConsoleTokens>().Issue(Guid.NewGuid(), Unique.Name("op"), "", Acl(rights), TimeProvider.System.GetUtcNow());

    private static ConsoleAcl Acl(IEnumerable<string> rights)
    {
        var map = new Dictionary<string, Permissions>();
        foreach (var right in rights)
        {
            if (!map.TryGetValue(right[2..], out var given)) map[right[2..]] = given = new Permissions();
            if (right[0] == 'r') given.Read = true;
            if (right[0] == 'w') given.Write = true;
            if (right[0] == 'd') given.Delete = true;
        }

        return ConsoleAcl.FromMessage(map);
    }

    private static IEnumerable<string> EveryRight() => Resources.Values.SelectMany(resource => "rwd".Select(letter => $"{letter}:{resource.Name}"));

    /// <summary>What every table holds.</summary>
    private async Task<Dictionary<string, string>> SnapshotAsync()
    {
        var database = Server.Services.GetRequiredService<NpgsqlDataSource>();
        var tables = new List<string>();
        await using (var command = database.CreateCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }

        var snapshot = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            await using var command = database.CreateCommand($"SELECT COALESCE(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM {table} AS t");
            snapshot[table] = (string)(await command.ExecuteScalarAsync())!;
        }

        return snapshot;
    }
}
