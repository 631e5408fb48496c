namespace Nakama.Enet;

/// <summary>Told what happens to one peer; the one who answers for what the peer sends.</summary>
internal interface IPeerListener
{
    /// <summary>Messages wait to be taken.</summary>
    void OnMessages();

    /// <summary>The peer is gone; may be called more than once.</summary>
    void OnGone();
}
