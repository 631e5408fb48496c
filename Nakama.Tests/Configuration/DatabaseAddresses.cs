using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Tests.Configuration;

public sealed class DatabaseAddresses
{
    [Theory]
    [InlineData("localhost:26257", "root", null, "localhost", 26257, "nakama")]
    [InlineData("root@localhost", "root", null, "localhost", 5432, "nakama")]
    [InlineData("postgres:local@db:5432/nk", "postgres", "local", "db", 5432, "nk")]
    [InlineData("postgres://u:p%40%3A@db/nk", "u", "p@:", "db", 5432, "nk")]
    [InlineData("postgresql://u:p@x:y@db:1/", "u", "p@x:y", "db", 1, "nakama")]
    [InlineData("u@[::1]:5433/a%20b", "u", null, "::1", 5433, "a b")]
    public void Every_form_of_the_reference_is_read(string address, string user, string? password, string host, int port, string database)
    {
        var text = DatabaseAddress.Parse(address);

        Assert.Equal((user, password, host, port, database), (text.Username, text.Password, text.Host, text.Port, text.Database));
        Assert.Equal(SslMode.Prefer, text.SslMode);
    }

    [Fact]
    public void Options_go_where_they_are_understood()
    {
        var text = DatabaseAddress.Parse("u@h/d?sslmode=verify-full&sslrootcert=/ca.pem&connect_timeout=3&application_name=x+y&pool_max_conns=9&statement_timeout=500");

        Assert.Equal((SslMode.VerifyFull, "/ca.pem", 3, "x y"), (text.SslMode, text.RootCertificate, text.Timeout, text.ApplicationName));
        Assert.Equal("-c statement_timeout=500", text.Options);
    }

    [Theory]
    [InlineData("mysql://a@b")]
    [InlineData("a@b:port")]
    [InlineData("a@b?sslmode=sometimes")]
    [InlineData("a:secret@b?connect_timeout=soon")]
    [InlineData("Host=h;Password=secret;Nonsense=1")]
    public void What_cannot_be_read_is_refused_without_its_password(string address) =>
        Assert.DoesNotContain("secret", Assert.Throws<FormatException>(() => DatabaseAddress.Parse(address)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("root:pass@h:1/d?x=y@z", "root:***@h:1/d?x=y@z")]
    [InlineData("postgres://u:p@ss:w@h/d", "postgres://u:***@h/d")]
    [InlineData("root@h", "root@h")]
    [InlineData("h:1/d", "h:1/d")]
    [InlineData("Host=h;Password=p", "Host=h;Password=***")]
    [InlineData("Host=h;Nonsense=1;Password=p", "***")]
    [InlineData("u@h/d?x=1&password=p&sslpassword=s", "u@h/d?x=1&password=***&sslpassword=***")]
    [InlineData("Host=h;SSL Password=s", "Host=h;SSL Password=***")]
    public void A_password_can_be_hidden(string address, string expected) => Assert.Equal(expected, DatabaseAddress.Mask(address, "***"));

    [Fact]
    public void The_pool_is_as_large_as_the_settings_say()
    {
        var text = new NpgsqlConnectionStringBuilder(DatabaseConnection.Text(new DatabaseOptions { MaxOpenConns = 7, ConnMaxLifetimeMs = 1500 }));

        Assert.Equal((7, 1, 15), (text.MaxPoolSize, text.ConnectionLifetime, text.Timeout));
    }
}
