using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Nakama.Tests.House;

/// <summary>The app host as a process of its own, on ports of its own, as <c>eng/run.sh</c> starts it.</summary>
internal sealed partial class AppHostProcess : IDisposable
{
    public const string Ready = "Ctrl+C";

    private static readonly Uri[] WellKnown =
    [
        .. new[] { 7349, 7350, 7351, 7353, 7354, 7357, 15350, 19350, 20350, 24432 }.Select(port => new Uri($"http://127.0.0.1:{port}")),
    ];

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    private readonly TalkingProcess _process;
    private readonly int _shift;

    private AppHostProcess(int shift, string[] arguments, Dictionary<string, string>? environment)
    {
        _shift = shift;
        string[] program = [Path.Combine(Folder, "Nakama.AppHost.dll"), $"--Ports:Shift={shift}", .. arguments];
        // Whoever runs the tests in the background may have made them deaf to Ctrl+C, and children inherit that.
        _process = OperatingSystem.IsLinux()
            ? new("env", ["--default-signal=INT", "dotnet", .. program], Path.GetTempPath(), environment)
            : new("dotnet", program, Path.GetTempPath(), environment);
    }

    /// <summary>The address at which clients find the server.</summary>
    public Uri Server => Moved(7350);

    public Uri Metrics => Moved(7353);

    /// <summary>Everything of the run that listens.</summary>
    public IEnumerable<Uri> Addresses => WellKnown.Select(address => Moved(address.Port));

    private static string Folder
    {
        get
        {
            // The same configuration and framework as these tests: bin/Release/net10.0.
            var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(SourceTree.Root, "Nakama.AppHost", "bin", output.Parent!.Name, output.Name);
        }
    }

    /// <summary>Starts it on ports that nobody else uses, unless <paramref name="shift"/> says which.</summary>
    public static AppHostProcess Start(string[] arguments, int? shift = null, Dictionary<string, string>? environment = null) =>
        new(shift ?? FreeShift(), ["--Postgres=local", .. arguments], environment);

    /// <summary>A shift that no other app host of this run has, whose ports are not among those of outgoing connections.</summary>
    public static int FreeShift()
    {
        while (true)
        {
            var shift = 10 * Random.Shared.Next(766, 833);
            if (Given.TryAdd(shift, true) && WellKnown.All(address => IsFree(address.Port + shift))) return shift;
        }
    }

    /// <summary>Waits until everything runs; the answer is what it has printed.</summary>
    public Task<string> IsReadyAsync(CancellationToken cancellationToken) => _process.SaysAsync(Ready, cancellationToken);

    /// <summary>The page that signs a browser in to the dashboard.</summary>
    public static string LoginPage(string printed) => LoginLink().Match(printed).Value;

    public Task KillAsync(CancellationToken cancellationToken) => _process.KillAsync(cancellationToken);

    /// <summary>Does what Ctrl+C does; the answer is the exit code.</summary>
    public Task<int> InterruptAsync(CancellationToken cancellationToken) => _process.InterruptAsync(cancellationToken);

    /// <summary>Waits for its end; the answer is the exit code and everything it has printed.</summary>
    public Task<(int ExitCode, string Printed)> EndsAsync(CancellationToken cancellationToken) => _process.EndsAsync(cancellationToken);

    public void Dispose() => _process.Dispose();

    private Uri Moved(int port) => new($"http://127.0.0.1:{(port + _shift).ToString(CultureInfo.InvariantCulture)}");

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"http://localhost:\d+/login\?t=\w+")]
    private static partial Regex LoginLink();
}
