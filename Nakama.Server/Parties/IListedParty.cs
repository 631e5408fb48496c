namespace Nakama.Server.Parties;

/// <summary>The properties of a party that the party list needs, for parties of this node and of other nodes.</summary>
internal interface IListedParty
{
    /// <summary>The id that clients use.</summary>
    string Id { get; }

    /// <summary>The name of the node that owns the party.</summary>
    string Node { get; }

    int Capacity { get; }

    DateTimeOffset CreatedAt { get; }

    PartySettings Settings { get; }
}

/// <summary>A party of another node.</summary>
internal sealed class RemoteParty(string id, string node, int capacity, DateTimeOffset createdAt, PartySettings settings) : IListedParty
{
    public string Id => id;

    public string Node => node;

    public int Capacity => capacity;

    public DateTimeOffset CreatedAt => createdAt;

    public PartySettings Settings { get; set; } = settings;
}
