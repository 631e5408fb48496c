namespace Nakama.Server.Parties;

/// <summary>What the list of parties needs of one, be it on this node or on another.</summary>
internal interface IListedParty
{
    /// <summary>As clients know it.</summary>
    string Id { get; }

    /// <summary>The name of the node that it lives on.</summary>
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
