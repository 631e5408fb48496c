namespace Nakama.Server.Security;

/// <summary>The state that the request limit keeps per connection.</summary>
internal sealed class ConnectionRate
{
    private long _fullAt;

    public ref long FullAt => ref _fullAt;
}
