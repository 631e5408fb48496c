using Nakama.Protocol.Realtime;
using Nakama.Server.Matches;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Tests.Matches;

/// <summary>A match whose logic only remembers what it was told.</summary>
internal sealed class SilentMatch(string label, int size = 0, long createdAtMs = 0) : IAuthoritativeMatch
{
    public MatchAdmission Answer { get; set; } = new(true, "", true, []);

    public IReadOnlyDictionary<string, string>? Metadata { get; private set; }

    public List<(string From, long OpCode)> Heard { get; } = [];

    public Guid Id { get; } = Guid.NewGuid();

    public string Label { get; set; } = label;

    public int Size { get; set; } = size;

    public int TickRate => 10;

    public string HandlerName => "silent";

    public long CreatedAtMs => createdAtMs;

    public ValueTask<MatchAdmission> AdmitAsync(
        SessionAddress session, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        Metadata = metadata;
        return new(Answer);
    }

    public void Receive(TrackedPresence sender, MatchDataSend data) => Heard.Add((sender.Username, data.OpCode));
}
