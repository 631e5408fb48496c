namespace Nakama.Server.ConsoleApi;

/// <summary>A registry of live things that the status of a node counts.</summary>
public interface ILiveCount
{
    LiveKind Kind { get; }

    int Count { get; }
}
