using Nakama.ServiceDefaults;

namespace Nakama.Tests.ServiceDefaults;

public sealed class StatementNameTests
{
    [Theory]
    [InlineData("SELECT a, b FROM users WHERE id = $1", "SELECT users")]
    [InlineData("INSERT INTO storage (key) VALUES ($1) ON CONFLICT DO NOTHING", "INSERT storage")]
    [InlineData("UPDATE users SET a = $1 FROM groups", "UPDATE users")]
    [InlineData("  \n DELETE FROM nakama_net.revoked_token", "DELETE nakama_net.revoked_token")]
    [InlineData("WITH old AS (SELECT id FROM users) SELECT 1", "WITH users")]
    [InlineData("SELECT 1", "SELECT")]
    [InlineData("SELECT x FROM", "SELECT")]
    [InlineData("", "")]
    public void A_statement_is_named_by_its_verb_and_first_table(string statement, string expected) =>
        Assert.Equal(expected, StatementName.Of(statement));
}
