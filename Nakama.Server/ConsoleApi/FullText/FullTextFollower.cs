using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Nakama.Server.Lifecycle;
using Nakama.Server.Search.Text;
using Npgsql;

namespace Nakama.Server.ConsoleApi.FullText;

/// <summary>
/// Fills the full-text index by key paging and keeps it up to date, in a round each second while someone searches: with the rows
/// that nodes report, and every few seconds with those whose time is newer than the last one seen. A round that fails is
/// repeated; a damaged index is made anew. The only one that changes the index.
/// </summary>
internal sealed class FullTextFollower(
    FullTextIndex index, FullTextFolder folder, FullTextChanges changes, NpgsqlDataSource database, TimeProvider time,
    ILogger<FullTextFollower> log, LoopContext context)
    : PeriodicLoop(context, TimeSpan.FromSeconds(1)), IDroppedDataListener
{
    // Changes with the fields and terms of the index, so that one of another version is made anew.
    private const string Layout = "3";

    private const int PageSize = 500;
    private const int VersionsAtOnce = 10_000;

    // A table is looked through for at most this part of the time.
    private const int ScanShare = 10;

    // The size is known after a commit, so that there is one after this part of the largest size in text.
    private const int CommitShare = 8;

    // A transaction writes the time of its start, and is seen when it has ended.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongOverlap = TimeSpan.FromHours(1);
    private static readonly TimeSpan ScanPeriod = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FillPerRound = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CommitPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    private TextIndex? _opened;
    private volatile bool _isDropped;
    private bool _isChanged;
    private bool _isFull;
    private long _committedAt;
    private long? _failedAt;

    /// <summary>Data that was deleted as a whole leaves no trace of its rows; what remains is read again.</summary>
    void IDroppedDataListener.Drop(DroppedData data) => _isDropped = true;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (index.Use(null) is not { } opened) return;
        try
        {
            Commit(opened);
        }
        catch (TextIndexException e)
        {
            FullTextLog.Damaged(log, e);
        }
        finally
        {
            opened.Dispose();
        }
    }

    protected override async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        // Data that was deleted as a whole leaves the files even if nobody searches.
        var isWanted = index.IsAsked || (_isDropped && folder.Exists);
        var isFollowing = index.IsOn && isWanted && (_failedAt is not { } at || time.GetElapsedTime(at) >= PauseAfterFailure);
        if (isFollowing) changes.Follow();
        else changes.Rest();
        var reported = changes.Take();
        try
        {
            if (index.TakeDamage() is { } damage) throw new TextIndexException(damage.InnerException!);
            if (isFollowing) await FollowAsync(reported, cancellationToken);
            else Rest();
        }
        catch (Exception e)
        {
            changes.Lost();
            if (e is TextIndexException || (_opened is null && e is IOException or UnauthorizedAccessException)) Discard(e);
            throw;
        }
    }

    private async ValueTask FollowAsync(ChangedRows reported, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        _opened ??= await OpenAsync(cancellationToken);
        await RunAsync(_opened, reported, startedAt, cancellationToken);
        index.EndRound();
    }

    private void Rest()
    {
        // Nothing is collected meanwhile, so the first round after a pause has to look.
        foreach (var progress in index.Progress) progress.NextScanAt = 0;
        if (_isChanged && _opened is { } idle) Commit(idle);
    }

    private async ValueTask<TextIndex> OpenAsync(CancellationToken cancellationToken)
    {
        var (identity, now) = await DatabaseIdentity.ReadAsync(database, cancellationToken);
        var formats = index.Progress.Select(static progress => $"{progress.Source.Kind} {progress.Source.Format}");
        var opened = folder.Open(string.Join('\n', [Layout, identity, .. formats]));
        foreach (var progress in index.Progress) progress.Load(opened.State, now);
        index.Use(opened);
        (_committedAt, _isFull) = (time.GetTimestamp(), false);
        return opened;
    }

    private async ValueTask RunAsync(TextIndex opened, ChangedRows reported, long startedAt, CancellationToken cancellationToken)
    {
        if (_isDropped)
        {
            var (_, now) = await DatabaseIdentity.ReadAsync(database, cancellationToken);
            _isDropped = false;
            BeginAnew(opened, now);
        }

        var isFilled = index.Progress.All(static progress => progress.IsFilled);
        var caughtUp = new List<FullTextProgress>();
        // One kind after the other, so that names, of which there are fewer, are soon found.
        var mayFill = true;
        foreach (var progress in index.Progress)
        {
            var source = progress.Source;
            progress.IsBehind |= reported.IsIncomplete;
            await ReadAsync(opened, source, [.. reported.Rows.Where(row => row.Kind == source.Kind).Select(static row => row.Id)], cancellationToken);
            var isScanned = await FollowAsync(opened, progress, cancellationToken);
            if (isScanned || (source.IsReported && !progress.IsBehind && progress.CaughtUpAt is not null)) caughtUp.Add(progress);
            if (mayFill) await FillAsync(opened, progress, cancellationToken);
            mayFill &= progress.IsFilled;
        }

        if (_isChanged) opened.Refresh();
        foreach (var progress in caughtUp) progress.CaughtUp(startedAt);
        var isFilledNow = !isFilled && index.Progress.All(static progress => progress.IsFilled);
        if (isFilledNow || (_isChanged && time.GetElapsedTime(_committedAt) >= CommitPeriod)) Commit(opened);
        if (isFilledNow) FullTextLog.Filled(log, opened.Count, opened.SizeBytes);
    }

    private void BeginAnew(TextIndex opened, DateTime now)
    {
        opened.Clear();
        _isChanged = true;
        foreach (var progress in index.Progress) progress.Reset(now);
    }

    /// <summary>Adds rows in the order of their keys, for half of the time at most, so that the database has time for others.</summary>
    private async ValueTask FillAsync(TextIndex opened, FullTextProgress progress, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        while (!progress.IsFilled && HasRoom(opened, index.MaxBytes) && time.GetElapsedTime(startedAt) < FillPerRound)
        {
            var pageAt = time.GetTimestamp();
            var page = await progress.Source.ReadPageAsync(progress.FilledTo, PageSize, cancellationToken);
            foreach (var row in page) Put(opened, progress.Source.Kind, row);
            if (page.Count > 0) progress.FilledTo = page[^1].Id;
            progress.IsFilled = page.Count < PageSize;
            CommitMuch(opened);
            if (!progress.IsFilled) await Task.Delay(time.GetElapsedTime(pageAt), time, cancellationToken);
        }
    }

    /// <summary>Takes in the rows with newer times, if that is due.</summary>
    /// <returns>Whether all of them are in the index now.</returns>
    private async ValueTask<bool> FollowAsync(TextIndex opened, FullTextProgress progress, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        if (startedAt < progress.NextScanAt) return false;
        var isComplete = true;
        try
        {
            await ScanAsync(opened, progress, progress.IsBehind ? LongOverlap : Overlap, cancellationToken);
            progress.IsBehind = false;
        }
        catch (NpgsqlException e) when (e.InnerException is TimeoutException)
        {
            // Of a table that is too large to be looked through, the reports have to do.
            FullTextLog.ScanTooSlow(log, e, progress.Source.Kind);
            isComplete = progress.Source.IsReported && !progress.IsBehind;
        }

        var pause = time.GetElapsedTime(startedAt) * ScanShare;
        progress.NextScanAt = time.GetTimestamp() + (long)((pause > ScanPeriod ? pause : ScanPeriod).TotalSeconds * time.TimestampFrequency);
        return isComplete;
    }

    private async ValueTask ScanAsync(TextIndex opened, FullTextProgress progress, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var keptSince = progress.Since - Overlap;
        var after = new RowVersion(progress.Since - overlap, "");
        while (true)
        {
            var versions = await progress.Source.ListChangedAsync(after, VersionsAtOnce, cancellationToken);
            var unread = versions.Where(version => progress.Recent.GetValueOrDefault(version.Id) != version.UpdatedAt).Select(static version => version.Id);
            foreach (var ids in unread.Chunk(PageSize)) await ReadAsync(opened, progress.Source, ids, cancellationToken);
            progress.Read(versions, keptSince);
            if (versions.Count < VersionsAtOnce) return;
            after = versions[^1];
        }
    }

    /// <summary>Takes in the current versions of rows, and removes those that are gone.</summary>
    private async ValueTask ReadAsync(TextIndex opened, ITextSource source, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Chunk(PageSize))
        {
            var gone = some.ToHashSet(StringComparer.Ordinal);
            foreach (var row in await source.ReadAsync(some, cancellationToken))
            {
                gone.Remove(row.Id);
                // Rows that change are taken in longer than those that fill the index.
                if (HasRoom(opened, index.MaxBytes + index.MaxBytes / 4)) Put(opened, source.Kind, row);
            }

            foreach (var id in gone)
            {
                opened.Remove(source.Kind, id);
                _isChanged = true;
            }

            CommitMuch(opened);
        }
    }

    private void Put(TextIndex opened, string kind, TextRow row)
    {
        opened.Put(kind, row);
        _isChanged = true;
    }

    private bool HasRoom(TextIndex opened, long maxBytes)
    {
        if (opened.SizeBytes < maxBytes) return true;
        if (!_isFull) FullTextLog.Full(log, index.MaxBytes);
        _isFull = true;
        return false;
    }

    private void CommitMuch(TextIndex opened)
    {
        if (opened.PendingLength <= index.MaxBytes / CommitShare) return;
        Commit(opened);
        opened.Refresh();
    }

    private void Commit(TextIndex opened)
    {
        foreach (var progress in index.Progress) progress.Save(opened.State);
        opened.Commit();
        (_isChanged, _committedAt) = (false, time.GetTimestamp());
    }

    /// <summary>Closes an index that cannot be used and deletes its files. The next one begins after a pause, as the disk may be full.</summary>
    private void Discard(Exception reason)
    {
        if (reason is TextIndexException) FullTextLog.Damaged(log, reason);
        (_opened, _isChanged, _failedAt) = (null, false, time.GetTimestamp());
        foreach (var progress in index.Progress) progress.Reset(progress.Since);
        if (index.Use(null) is not { } opened) return;
        opened.Dispose();
        TextIndex.Delete(opened.Folder);
    }
}
