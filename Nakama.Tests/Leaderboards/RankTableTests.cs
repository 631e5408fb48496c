using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Leaderboards.Ranks;

namespace Nakama.Tests.Leaderboards;

/// <summary>Ranks in memory against a list that is sorted anew for every question.</summary>
public sealed class RankTableTests
{
    private static readonly Gen<Step> Steps =
        from owner in Gen.Choose(0, 60)
        from kind in Gen.Choose(0, 9)
        from score in Gen.Choose(0, 6)
        from subscore in Gen.Choose(0, 2)
        from change in Gen.Choose(1, 40)
        select new Step(owner, kind < 2, score, subscore, change);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ranks_are_those_of_a_sorted_list(bool isDescending) =>
        Prop.ForAll(Steps.ListOf(200).ToArbitrary(), steps =>
        {
            var model = new Model(isDescending);
            foreach (var step in steps) model.Run(step);
            model.AssertAlike();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Theory]
    [InlineData(false, "rising")]
    [InlineData(true, "rising")]
    [InlineData(true, "falling")]
    [InlineData(false, "random")]
    [InlineData(true, "random")]
    public void A_large_table_grows_and_shrinks_without_losing_order(bool isDescending, string order)
    {
        var model = new Model(isDescending);
        var random = new Random(5);
        const int Count = 60_000;
        for (var i = 0; i < Count; i++)
            model.Run(new Step(i, false, order switch { "rising" => i, "falling" => Count - i, _ => random.Next(1000) }, i % 3, 1));
        model.AssertAlike();

        for (var i = 0; i < Count; i++)
        {
            if (random.Next(20) > 0) model.Run(new Step(i, true, 0, 0, 2));
            else model.Run(new Step(i, false, random.Next(1000), 0, 2));
        }

        model.AssertAlike();
        for (var i = 0; i < Count; i++) model.Run(new Step(i, true, 0, 0, 3));
        model.AssertAlike();
        model.Run(new Step(1, false, 1, 1, 4));
        model.AssertAlike();
    }

    [Fact]
    public void An_earlier_state_of_a_record_changes_nothing()
    {
        var table = new RankTable(isDescending: true);
        var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
        table.Set(a, 10, 0, 3);
        table.Set(b, 5, 0, 1);

        Assert.Equal(1, table.Set(a, 1, 0, 2));
        Assert.Equal(1, table.Set(a, 1, 0, 3));
        Assert.Equal(2, table.Set(a, 1, 0, 4));
    }

    [Fact]
    public void Rows_that_come_in_late_do_not_bring_back_what_was_removed_or_changed()
    {
        var table = new RankTable(isDescending: true);
        var (removed, changed, returned, untouched) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        table.Remove(removed, 1);
        table.Set(changed, 7, 0, 2);
        table.Remove(returned, 3);
        table.Set(returned, 6, 0, 4);
        foreach (var owner in new[] { removed, changed, returned, untouched }) table.Fill(owner, 9, 0);

        Assert.Equal((0, 2, 3, 1), (table.RankOf(removed), table.RankOf(changed), table.RankOf(returned), table.RankOf(untouched)));
        Assert.Equal(3, table.Count);
    }

    [Fact]
    public void A_change_that_is_told_after_the_deletion_that_followed_it_changes_nothing()
    {
        var table = new RankTable(isDescending: true);
        var owner = Guid.NewGuid();
        table.Remove(owner, 5);

        Assert.Equal(0, table.Set(owner, 10, 0, 4));
        Assert.Equal(0, table.Count);
        table.ForgetDeletions();
        Assert.Equal(0, table.Set(owner, 10, 0, 4));
        Assert.Equal(1, table.Set(owner, 10, 0, 6));
        table.Remove(owner, 5);
        Assert.Equal(1, table.RankOf(owner));
    }

    [Fact]
    public void Deletions_are_forgotten_when_they_are_old_or_too_many()
    {
        var table = new RankTable(isDescending: true);
        var owner = Guid.NewGuid();
        table.Remove(owner, 5);
        table.ForgetDeletions();
        table.ForgetDeletions();
        Assert.Equal(1, table.Set(owner, 10, 0, 4));

        var second = Guid.NewGuid();
        table.Remove(second, 5);
        for (var i = 0; i < 20_000; i++) table.Remove(Guid.NewGuid(), 5);
        Assert.Equal(2, table.Set(second, 9, 0, 4));
    }

    [Fact]
    public void A_successor_has_the_rows_of_the_database_and_the_changes_since_it_began()
    {
        var table = new RankTable(isDescending: true);
        var (outdated, gone, changed, removed, added, returned) =
            (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var owner in new[] { outdated, gone, changed, removed }) table.Set(owner, 1, 0, 1);
        table.Remove(returned, 2);

        var successor = table.BeginSuccessor();
        table.Set(outdated, 99, 0, 0);
        table.Set(changed, 60, 0, 5);
        table.Remove(removed, 6);
        successor.Fill(outdated, 80, 0);
        successor.Fill(changed, 2, 0);
        successor.Fill(removed, 2, 0);
        successor.Fill(returned, 70, 0);
        table.Set(added, 50, 0, 7);
        table.Set(added, 90, 0, 4);
        table.CompleteSuccessor();

        Assert.Equal(4, successor.Count);
        Assert.Equal(
            (1, 2, 3, 4, 0, 0),
            (successor.RankOf(outdated), successor.RankOf(returned), successor.RankOf(changed), successor.RankOf(added), successor.RankOf(gone), successor.RankOf(removed)));
        successor.Remove(returned, 8);
        Assert.Equal(0, successor.Set(returned, 1, 0, 2));
    }

    [Fact]
    public void Many_threads_may_write_and_ask_at_once()
    {
        var table = new RankTable(isDescending: true);
        var owners = Enumerable.Range(0, 400).Select(_ => Guid.NewGuid()).ToArray();
        Parallel.For(0, 8, worker =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 20_000; i++)
            {
                var owner = owners[random.Next(owners.Length)];
                if (random.Next(10) == 0) table.Remove(owner, i);
                else if (random.Next(3) == 0) Assert.InRange(table.RankOf(owner), 0, owners.Length);
                else Assert.InRange(table.Set(owner, random.Next(50), 0, i), 0, owners.Length);
            }
        });
        foreach (var owner in owners) table.Set(owner, 1, 0, int.MaxValue);

        Assert.Equal(Enumerable.Range(1, owners.Length), owners.Select(table.RankOf).Order());
    }

    private sealed record Step(int Owner, bool IsRemoval, int Score, int Subscore, int Change);

    private sealed class Model(bool isDescending)
    {
        private readonly RankTable _table = new(isDescending);
        private readonly Dictionary<Guid, (long Score, long Subscore)> _records = [];
        private readonly Dictionary<Guid, int> _changes = [];

        public void Run(Step step)
        {
            // Neighbours in number, not in order.
            var owner = new Guid(step.Owner * 7919, (short)step.Owner, 0, 1, 2, 3, 4, 5, 6, 7, (byte)step.Owner);
            var known = _changes.GetValueOrDefault(owner);
            _changes[owner] = Math.Max(known, step.Change);
            if (step.IsRemoval)
            {
                if (step.Change >= known) _records.Remove(owner);
                _table.Remove(owner, step.Change);
                return;
            }

            if (step.Change > known) _records[owner] = (step.Score, step.Subscore);
            _table.Set(owner, step.Score, step.Subscore, step.Change);
        }

        public void AssertAlike()
        {
            // Ids in the order of their text are in the order of their bytes.
            var sorted = _records.OrderBy(r => r.Value.Score).ThenBy(r => r.Value.Subscore).ThenBy(r => r.Key.ToString(), StringComparer.Ordinal).ToList();
            if (isDescending) sorted.Reverse();
            Assert.Equal(sorted.Count, _table.Count);
            for (var i = 0; i < sorted.Count; i++)
            {
                if (_table.RankOf(sorted[i].Key) != i + 1) Assert.Fail($"{sorted[i].Key} has rank {_table.RankOf(sorted[i].Key)}, not {i + 1}");
                if (_table.At(i + 1) != (sorted[i].Key, sorted[i].Value.Score, sorted[i].Value.Subscore)) Assert.Fail($"another at {i + 1}");
            }

            Assert.Null(_table.At(0));
            Assert.Null(_table.At(sorted.Count + 1));
            Assert.Equal(0, _table.RankOf(Guid.NewGuid()));
        }
    }
}
