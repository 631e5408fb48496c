using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// What the functions of the server returned to InitModule. Engines that run InitModule again, to find functions that have no
/// global name, get the same results, and nothing is done twice.
/// </summary>
internal sealed class InitRecording
{
    private readonly List<(string Name, ScriptValue Result, Exception? Error)> _calls;
    private int _next;

    public InitRecording()
        : this([], isReplay: false)
    {
    }

    private InitRecording(List<(string Name, ScriptValue Result, Exception? Error)> calls, bool isReplay) => (_calls, IsReplay) = (calls, isReplay);

    public bool IsReplay { get; }

    public InitRecording Replay() => new(_calls, isReplay: true);

    public void Add(string name, in ScriptValue result, Exception? error) => _calls.Add((name, result, error));

    /// <exception cref="InvalidOperationException">InitModule calls other functions than it did first.</exception>
    public ScriptValue Next(string name)
    {
        if (_next >= _calls.Count || _calls[_next].Name != name)
            throw new InvalidOperationException($"InitModule calls nk.{name} in one engine but not in another; give the functions that it registers global names.");
        var (_, result, error) = _calls[_next++];
        if (error is not null) throw error;
        return result;
    }
}
