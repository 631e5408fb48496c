namespace Aspire.Hosting.Running;

/// <summary>Where the house speaks to people: each line with the resource it comes from, in its colour.</summary>
/// <param name="output">Null keeps silent, as under test.</param>
/// <param name="isInteractive">Colours and tables for a person; plain lines for a file or a pipe.</param>
internal sealed class Terminal(TextWriter? output, bool isInteractive)
{
    private const string Reset = "\e[0m";
    private static readonly string[] Colours = ["\e[36m", "\e[32m", "\e[35m", "\e[33m", "\e[34m", "\e[96m", "\e[92m", "\e[95m"];

    private readonly Lock _writing = new();
    private readonly List<string> _names = [];
    private readonly bool _isColoured = isInteractive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private int _width;

    public bool IsInteractive => isInteractive;

    public static Terminal ForProcess() => new(Console.Out, !Console.IsOutputRedirected);

    public static Terminal Silent() => new(null, isInteractive: false);

    /// <summary>Gives each resource its colour and makes the column wide enough.</summary>
    public void Introduce(IEnumerable<string> names)
    {
        _names.AddRange(names);
        _width = _names.Max(name => name.Length);
    }

    public void Line(string name, string text) => Write(Painted(name, name.PadRight(_width)) + "  " + text);

    public void Say(string text) => Write(text);

    /// <summary>The text in the colour of this resource.</summary>
    public string Painted(string name, string text) =>
        _isColoured ? Colours[Math.Max(0, _names.IndexOf(name)) % Colours.Length] + text + Reset : text;

    private void Write(string text)
    {
        if (output is null) return;
        try
        {
            lock (_writing) output.WriteLine(text);
        }
        catch (IOException)
        {
            // The terminal was closed. What runs still has to be stopped in order.
        }
    }
}
