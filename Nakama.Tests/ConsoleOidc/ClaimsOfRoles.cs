using System.Text.Json;
using Nakama.Server.ConsoleApi.Oidc;

namespace Nakama.Tests.ConsoleOidc;

public sealed class ClaimsOfRoles
{
    [Theory]
    [InlineData("roles", """{"roles": ["a", "b"]}""", "a b")]
    [InlineData("roles", """{"roles": "a"}""", "a")]
    [InlineData("roles", """{"roles": [1, null, "a", ["b"]]}""", "a")]
    [InlineData("roles", """{"roles": {"a": "b"}}""", "")]
    [InlineData("roles", "{}", "")]
    [InlineData("realm_access.roles", """{"realm_access": {"roles": ["a"]}}""", "a")]
    [InlineData("realm_access.roles", """{"realm_access": ["roles"]}""", "")]
    [InlineData("https://example.com/roles", """{"https://example.com/roles": ["a"]}""", "a")]
    [InlineData("email", """{"email": "Ada@Example.com", "email_verified": true}""", "ada@example.com")]
    [InlineData("email", """{"email": "Ada@Example.com", "email_verified": "true"}""", "ada@example.com")]
    [InlineData("email", """{"email": "ada@example.com", "email_verified": false}""", "")]
    [InlineData("email", """{"email": "ada@example.com"}""", "")]
    public void Roles_are_texts_at_the_name_or_the_path_and_addresses_only_when_they_are_verified(string claim, string token, string roles) =>
        Assert.Equal(roles, string.Join(' ', OidcClaims.Roles(JsonSerializer.Deserialize<JsonElement>(token), claim)));

    [Fact]
    public void Roles_beyond_measure_are_left_out()
    {
        var claims = JsonSerializer.SerializeToElement(new { roles = Enumerable.Range(0, 1000).Select(number => $"role-{number}") });
        Assert.Equal(OidcClaims.MaxRoles, OidcClaims.Roles(claims, "roles").Count);
    }
}
