namespace Nakama.Server.Errors;

/// <summary>An error of game logic whose stack the callers of functions get over HTTP.</summary>
public interface ITracedError
{
    string Trace { get; }
}
