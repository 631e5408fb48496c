namespace Nakama.Enet;

/// <summary>Notified of the events of one peer; handles what the peer sends.</summary>
internal interface IPeerListener
{
    /// <summary>Messages are ready to be taken.</summary>
    void OnMessages();

    /// <summary>The peer is gone; may be called more than once.</summary>
    void OnGone();
}
