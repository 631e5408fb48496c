namespace Nakama.Server.Leaderboards.Ranks;

/// <summary>
/// The ranks of one period of one leaderboard. Every operation takes logarithmic time in the number of records, under a
/// lock that is held no longer than that.
/// </summary>
internal sealed class RankTable
{
    /// <summary>The maximum number of deletions in each of the two sets; beyond it, deletions are forgotten early.</summary>
    private const int MaxDeletions = 10_000;

    private readonly Lock _gate = new();
    private readonly bool _isDescending;
    private readonly RankEntries _entries = new();
    private readonly OwnerIndex _owners;
    private readonly RankTree _tree;

    // The changes that deleted records, so that an earlier change that arrives later does not restore one. They are kept for
    // one to two hours: deletions first move to the second set and are then dropped.
    private Dictionary<Guid, long> _deleted = [];
    private Dictionary<Guid, long> _deletedBefore = [];

    // Receives all changes from the time at which it is made, so that it can take the place of this table.
    private RankTable? _successor;

    public RankTable(bool isDescending)
    {
        _isDescending = isDescending;
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
    /// Inserts or moves a record, unless a later state of it is known, and returns the owner's rank, counted from 1.
    /// </summary>
    /// <param name="change">Grows with every change of the record, across its deletion too.</param>
    /// <returns>0 when the record was deleted in the meantime.</returns>
    public int Set(Guid owner, long score, long subscore, long change)
    {
        var key = new RankKey(score, subscore, owner);
        lock (_gate)
        {
            if (change <= DeletedAt(owner)) return 0;
            if (_successor is { } successor && IsNew(key, change)) successor.Set(owner, score, subscore, change);
            return Put(key, change);
        }
    }

    /// <summary>
    /// Begins an empty table that receives all later changes of this one. Rows that are read from the database from now on complete it.
    /// </summary>
    public RankTable BeginSuccessor()
    {
        lock (_gate) return _successor = new(_isDescending);
    }

    /// <summary>Gives a complete successor the deletions that were known before it began.</summary>
    public void CompleteSuccessor()
    {
        lock (_gate)
        {
            if (_successor is null) return;
            foreach (var (owner, change) in _deletedBefore) _successor.KeepDeletion(owner, change);
            foreach (var (owner, change) in _deleted) _successor.KeepDeletion(owner, change);
        }
    }

    /// <summary>Adds a row that was read from the database, unless any change of it is known already.</summary>
    public void Fill(Guid owner, long score, long subscore)
    {
        var key = new RankKey(score, subscore, owner);
        lock (_gate)
        {
            if (DeletedAt(owner) == 0) Put(key, change: 0);
        }
    }

    /// <summary>Removes a record that was deleted, unless a later state of it is known.</summary>
    public void Remove(Guid owner, long change)
    {
        lock (_gate)
        {
            var number = _owners.Find(new(0, 0, owner));
            if (number >= 0 && _entries.ChangeOf(number) > change) return;
            _successor?.Remove(owner, change);
            if (_deleted.Count >= MaxDeletions) ForgetDeletions();
            _deleted[owner] = Math.Max(change, DeletedAt(owner));
            if (number < 0) return;
            _tree.Remove(number);
            _owners.Remove(number);
            _entries.Remove(number);
        }
    }

    /// <summary>Forgets the deletions that were already present at the last call.</summary>
    public void ForgetDeletions()
    {
        lock (_gate)
        {
            if (_deleted.Count == 0 && _deletedBefore.Count == 0) return;
            (_deletedBefore, _deleted) = (_deleted, []);
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

    /// <summary>The record at a rank, counted from 1; null beyond the end.</summary>
    public (Guid Owner, long Score, long Subscore)? At(long rank)
    {
        lock (_gate)
        {
            if (rank < 1 || rank > _tree.Count) return null;
            ref readonly var key = ref _entries.KeyOf(_tree.At((int)rank - 1));
            return (key.Owner, key.Score, key.Subscore);
        }
    }

    private void KeepDeletion(Guid owner, long change)
    {
        lock (_gate) _deletedBefore[owner] = Math.Max(change, _deletedBefore.GetValueOrDefault(owner));
    }

    private long DeletedAt(Guid owner) =>
        _deleted.TryGetValue(owner, out var change) || _deletedBefore.TryGetValue(owner, out change) ? change : 0;

    private bool IsNew(in RankKey key, long change) => _owners.Find(key) is var number && (number < 0 || change > _entries.ChangeOf(number));

    private int Put(in RankKey key, long change)
    {
        var number = _owners.Find(key);
        if (number < 0)
        {
            number = _entries.Add(key, change);
            _owners.Add(number);
            _tree.Add(number);
        }
        else if (change > _entries.ChangeOf(number))
        {
            if (_entries.KeyOf(number).Equals(key))
            {
                _entries.ChangeOf(number) = change;
            }
            else
            {
                _tree.Remove(number);
                _entries.Replace(number, key, change);
                _tree.Add(number);
            }
        }

        return _tree.CountBefore(_entries.KeyOf(number)) + 1;
    }
}
