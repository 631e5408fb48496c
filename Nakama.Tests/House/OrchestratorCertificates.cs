using System.Security.Cryptography.X509Certificates;
using Nakama.AppHost;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.House;

/// <summary>The certificate with which the app host's orchestrator serves its own API.</summary>
public sealed class OrchestratorCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nakama-");
    private readonly TestTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private string File => Path.Combine(_folder.FullName, "orchestrator.pem");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void One_start_after_another_uses_the_same_certificate_which_only_its_owner_can_read()
    {
        var first = Open();

        Assert.Equal(first.Thumbprint, Open().Thumbprint);
        Assert.True(Open().HasPrivateKey);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void It_is_good_for_the_names_of_this_machine(string name) => Assert.True(Open().MatchesHostname(name));

    [Fact]
    public void One_that_expires_within_a_day_is_made_anew()
    {
        var first = Open();
        _time.Advance(TimeSpan.FromDays(364.5));

        Assert.NotEqual(first.Thumbprint, Open().Thumbprint);
    }

    [Fact]
    public void A_file_that_is_no_certificate_is_replaced()
    {
        System.IO.File.WriteAllText(File, "nothing of the kind");

        Assert.Equal(Open().Thumbprint, Open().Thumbprint);
    }

    [Fact]
    public void Where_nothing_can_be_written_the_orchestrator_makes_its_own()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "taken"), "");

        Assert.Empty(new OrchestratorCertificate(_time, Path.Combine(_folder.FullName, "taken")).Certificates);
    }

    private X509Certificate2 Open() => Assert.Single(new OrchestratorCertificate(_time, _folder.FullName).Certificates);
}
