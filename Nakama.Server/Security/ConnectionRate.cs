namespace Nakama.Server.Security;

/// <summary>What the limit on requests remembers of one connection.</summary>
internal sealed class ConnectionRate
{
    private long _fullAt;

    public ref long FullAt => ref _fullAt;
}
