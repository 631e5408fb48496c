using Nakama.Server.Logging;

namespace Nakama.Tests.Logging;

/// <summary>What looks like a secret does not leave the log with a line.</summary>
public sealed class SecretsInLines
{
    [Theory]
    [InlineData("password=hunter2 was wrong", "password=*** was wrong")]
    [InlineData("""{"password": "hunter2", "name": "anna"}""", """{"password": "***", "name": "anna"}""")]
    [InlineData("client_secret=hunter2&code=1", "client_secret=***&code=1")]
    [InlineData("db_password: hunter2", "db_password: ***")]
    [InlineData("http_key=hunter2", "http_key=***")]
    [InlineData("encryption_key = hunter2", "encryption_key = ***")]
    [InlineData("postgres://nakama:hunter2@db:5432/nakama", "postgres://***@db:5432/nakama")]
    [InlineData("Authorization: Bearer hunter2hunter2", "Authorization: Bearer ***")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2VjcmV0 expired", "*** expired")]
    [InlineData("http://localhost:7350/v2/account", "http://localhost:7350/v2/account")]
    public void It_is_hidden_in_texts(string text, string expected) => Assert.Equal(expected, LogSecrets.Hide(text));

    [Fact]
    public void The_value_of_a_field_with_the_name_of_a_secret_is_hidden_in_the_message_too() =>
        Assert.Equal("anna gave ***", LogSecrets.HideIn("anna gave hunter2", [new("password", "hunter2"), new("user", "anna")]));
}
