namespace Nakama.Server.Matchmaking;

/// <summary>The tickets of one session or party: usually a single one, which is stored without a list.</summary>
internal struct TicketSet
{
    private MatchmakerTicket? _only;
    private List<MatchmakerTicket>? _all;

    public readonly int Count => _all?.Count ?? (_only is null ? 0 : 1);

    /// <summary>Null when there are no tickets.</summary>
    public readonly MatchmakerTicket? Youngest => _all is null ? _only : _all.LastOrDefault();

    public void Add(MatchmakerTicket ticket)
    {
        if (Count == 0)
        {
            (_only, _all) = (ticket, null);
            return;
        }

        _all ??= [_only!];
        _all.Add(ticket);
    }

    public void Remove(MatchmakerTicket ticket)
    {
        if (_all is not null) _all.Remove(ticket);
        else if (_only == ticket) _only = null;
    }
}
