using System.Net;
using System.Net.Sockets;
using System.Text;
using Nakama.Server.Config;
using Nakama.Server.Outbound;
using Nakama.Server.Runtime;

namespace Nakama.Tests.Runtime;

/// <summary>Where requests of modules do not go, whatever leads there.</summary>
public sealed class DeniedAddresses
{
    private const string Denied = "127.0.0.2";

    private const string Module = """
        local nk = require("nakama")
        nk.register_rpc(function(ctx, url)
          local ok, result = pcall(nk.http_request, url, 'get', {}, nil, 5000)
          return tostring(result)
        end, "get")
        """;

    [Fact]
    public async Task Neither_an_address_nor_a_name_nor_another_spelling_nor_a_redirect_reaches_them()
    {
        using var secrets = new Site(Denied, "200 OK", "secret");
        using var gate = new Site("127.0.0.1", $"302 Found\r\nLocation: http://{Denied}:{secrets.Port}/", "");
        using var open = new Site("127.0.0.1", "200 OK", "open");
        await using var server = await ModuleServer.StartAsync(Module, runtime => runtime with { HttpDeniedAddresses = [$"{Denied}/32"] });

        Assert.Equal("200", (await server.CallAsync("get", $"http://127.0.0.1:{open.Port}/")).Body);
        foreach (var url in new[]
        {
            $"http://{Denied}:{secrets.Port}/", $"http://2130706434:{secrets.Port}/", $"http://0x7f000002:{secrets.Port}/",
            $"http://0177.0.0.2:{secrets.Port}/", $"http://[::ffff:{Denied}]:{secrets.Port}/", $"http://127.0.0.1:{gate.Port}/",
        })
        {
            Assert.Contains("are denied", (await server.CallAsync("get", url)).Body, StringComparison.Ordinal);
        }

        Assert.Equal(0, secrets.Connections);
    }

    [Fact]
    public async Task A_name_that_leads_there_is_refused()
    {
        using var site = new Site("127.0.0.1", "200 OK", "secret");
        await using var server = await ModuleServer.StartAsync(Module, runtime => runtime with { HttpDeniedAddresses = ["127.0.0.0/8", "::1"] });

        foreach (var host in new[] { "localhost", "LocalHost", "0.0.0.0", "[::]", "[::1]" })
            Assert.Contains("are denied", (await server.CallAsync("get", $"http://{host}:{site.Port}/")).Body, StringComparison.Ordinal);

        Assert.Equal(0, site.Connections);
    }

    [Theory]
    [InlineData("169.254.169.254", true)]
    [InlineData("169.254.0.1", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("::169.254.169.254", true)]
    [InlineData("64:ff9b::a9fe:a9fe", true)]
    [InlineData("2002:a9fe:a9fe::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fe80::1%1", true)]
    [InlineData("febf::1", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("fd20:ce::254", true)]
    [InlineData("100.100.100.200", true)]
    [InlineData("168.63.129.16", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("fd00:ec2::253", false)]
    [InlineData("203.0.113.1", false)]
    [InlineData("64:ff9b::cb00:7101", false)]
    public void By_default_they_are_those_of_clouds_and_of_the_link(string address, bool isDenied) =>
        Assert.Equal(isDenied, new AddressList(new RuntimeOptions().HttpDeniedAddresses).Contains(IPAddress.Parse(address)));

    [Fact]
    public void An_empty_entry_denies_nothing() => Assert.False(new AddressList([""]).Contains(IPAddress.Parse("169.254.169.254")));

    [Theory]
    [InlineData("example.com", false)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("fd00::/8", true)]
    [InlineData("", true)]
    public void An_entry_that_is_no_network_is_told_at_the_start(string entry, bool isGood)
    {
        var options = new NakamaOptions { Runtime = new RuntimeOptions { HttpDeniedAddresses = [entry] } };

        var complaints = OptionsValidator.Validate(options).Where(complaint => complaint.Param == "runtime.http_denied_addresses");

        Assert.Equal(isGood, !complaints.Any());
    }

    /// <summary>Answers every connection with the same.</summary>
    private sealed class Site : IDisposable
    {
        private readonly TcpListener _listener;
        private int _connections;

        public Site(string address, string head, string body)
        {
            _listener = new TcpListener(IPAddress.Parse(address), 0);
            _listener.Start();
            _ = ServeAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Connections => Volatile.Read(ref _connections);

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _connections);
                    var stream = client.GetStream();
                    await stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false);
                    await stream.WriteAsync(answer);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or IOException)
            {
                // The test is over.
            }
        }
    }
}
