namespace Nakama.Server.Chat;

/// <summary>A place between the messages of a channel: just beside the one with this time and id.</summary>
public readonly record struct MessagePlace(DateTime CreateTime, Guid Id)
{
    /// <summary>Before all messages.</summary>
    public static readonly MessagePlace First = new(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), Guid.Empty);

    /// <summary>After all messages.</summary>
    public static readonly MessagePlace Last = new(DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), Guid.AllBitsSet);
}
