namespace Nakama.Server.Leaderboards.Ranks;

/// <summary>
/// The ranks of one period of one leaderboard. Every operation takes as many steps as the logarithm of the records, under
/// a lock that is held for no longer than that.
/// </summary>
internal sealed class RankTable
{
    private readonly Lock _gate = new();
    private readonly RankEntries _entries = new();
    private readonly OwnerIndex _owners;
    private readonly RankTree _tree;

    // Owners who were removed while rows that were read earlier are still coming in; null when nothing is coming in.
    private HashSet<Guid>? _removed;

    public RankTable(bool isDescending)
    {
        _owners = new(_entries);
        _tree = new(_entries, isDescending);
    }

    public int Count
    {
        get
        {
            lock (_gate) return _tree.Count;
        }
    }

    /// <summary>
    /// Puts a record in its place, unless a later state of it is known, and returns the owner's rank, counted from 1.
    /// </summary>
    /// <param name="generation">Grows with every change of the record.</param>
    public int Set(Guid owner, long score, long subscore, int generation)
    {
        var key = new RankKey(score, subscore, owner);
        lock (_gate)
        {
            _removed?.Remove(owner);
            return Put(key, generation);
        }
    }

    /// <summary>Begins to take in rows that may be older than what is written meanwhile.</summary>
    public void BeginFill()
    {
        lock (_gate) _removed = [];
    }

    /// <summary>Takes in a row unless a later state of it is known or it was removed since <see cref="BeginFill"/>.</summary>
    public void Fill(Guid owner, long score, long subscore, int generation)
    {
        var key = new RankKey(score, subscore, owner);
        lock (_gate)
        {
            if (_removed is null || !_removed.Contains(owner)) Put(key, generation);
        }
    }

    public void EndFill()
    {
        lock (_gate) _removed = null;
    }

    public void Remove(Guid owner)
    {
        lock (_gate)
        {
            _removed?.Add(owner);
            var number = _owners.Find(new(0, 0, owner));
            if (number < 0) return;
            _tree.Remove(number);
            _owners.Remove(number);
            _entries.Remove(number);
        }
    }

    /// <summary>The owner's rank, counted from 1, or 0 when there is none.</summary>
    public int RankOf(Guid owner)
    {
        lock (_gate)
        {
            var number = _owners.Find(new(0, 0, owner));
            return number < 0 ? 0 : _tree.CountBefore(_entries.KeyOf(number)) + 1;
        }
    }

    /// <summary>Whose record has a rank, counted from 1; null beyond the end.</summary>
    public (Guid Owner, long Score, long Subscore)? At(long rank)
    {
        lock (_gate)
        {
            if (rank < 1 || rank > _tree.Count) return null;
            ref readonly var key = ref _entries.KeyOf(_tree.At((int)rank - 1));
            return (key.Owner, key.Score, key.Subscore);
        }
    }

    private int Put(in RankKey key, int generation)
    {
        var number = _owners.Find(key);
        if (number < 0)
        {
            number = _entries.Add(key, generation);
            _owners.Add(number);
            _tree.Add(number);
        }
        else if (generation > _entries.GenerationOf(number))
        {
            if (_entries.KeyOf(number).Equals(key))
            {
                _entries.GenerationOf(number) = generation;
            }
            else
            {
                _tree.Remove(number);
                _entries.Replace(number, key, generation);
                _tree.Add(number);
            }
        }

        return _tree.CountBefore(_entries.KeyOf(number)) + 1;
    }
}
