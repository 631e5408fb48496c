using System.Net;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;
using Nakama.Server.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

public sealed class PermissionsOfOperators(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string ReadAccounts = """{"admin": false, "acl": {"ACCOUNT": {"read": true, "write": false, "delete": false}}}""";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task An_operator_may_do_what_the_rights_say_and_no_more()
    {
        var player = await Server.AuthenticateAsync();
        var (caller, _) = await ConsoleCaller.CreateAsync(Server, ReadAccounts);
        using var reader = caller;

        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/v2/console/status")).Status);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/v2/console/account")).Status);
        var (status, error) = await reader.PostAsync($"/v2/console/account/{player.UserId}/ban");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("Unauthorized: you do not have permissions to access this resource.", error.GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.DeleteAsync($"/v2/console/account/{player.UserId}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/v2/console/config")).Status);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/v2/console/acl/template")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/v2/console/notification")).Status);
    }

    [Fact]
    public void Every_method_has_a_rule_and_every_rule_has_a_method()
    {
        var methods = ConsoleReflection.Descriptor.Services[0].Methods.Concat(ConsoleLiveReflection.Descriptor.Services[0].Methods)
            .Concat(Nakama.Protocol.Oidc.ConsoleOidcReflection.Descriptor.Services[0].Methods)
            .Concat(Nakama.Protocol.History.ConsoleHistoryReflection.Descriptor.Services[0].Methods).Select(method => method.Name).ToHashSet();
        Assert.Empty(ConsoleRules.Named.Except(methods));
        Assert.Empty(methods.Except(ConsoleRules.Named));
    }

    [Fact]
    public void A_full_administrator_is_sixteen_underscores_in_a_token()
    {
        Assert.Equal("________________", ConsoleAcl.Admin.ToBitmap());
        Assert.True(ConsoleAcl.FromBitmap("________________").IsAdmin);
    }

    [Fact]
    public void Rights_survive_the_way_through_a_token()
    {
        var acl = ConsoleAcl.FromBitmap(ConsoleAcl.FromStored(ReadAccounts).ToBitmap());
        Assert.True(acl.Permits(AclResources.Account, AclRight.Read));
        Assert.False(acl.Permits(AclResources.Account, AclRight.Write));
        Assert.False(acl.Permits(AclResources.HiroEnergy, AclRight.Delete));
        Assert.False(acl.IsAdmin);
    }

    [Theory]
    [InlineData("")]
    [InlineData("____")]
    [InlineData("____________________")]
    [InlineData("not base64!")]
    public void A_bitmap_of_another_length_permits_nothing(string bitmap) => Assert.True(ConsoleAcl.FromBitmap(bitmap).IsEmpty);

    [Fact]
    public void The_code_of_an_app_is_that_of_the_published_example()
    {
        // The example of RFC 6238: the last six digits at second 59.
        const string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        Assert.Equal("287082", Totp.CodeAt(secret, DateTimeOffset.FromUnixTimeSeconds(59)));
        Assert.NotNull(Totp.StepOf(secret, "287082", DateTimeOffset.FromUnixTimeSeconds(89)));
        Assert.Null(Totp.StepOf(secret, "287082", DateTimeOffset.FromUnixTimeSeconds(120)));
    }
}
