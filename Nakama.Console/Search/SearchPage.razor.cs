using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;
using Nakama.Console.Live;
using Nakama.Console.Nodes;
using Nakama.Protocol.Live;

namespace Nakama.Console.Search;

/// <summary>What the node's full-text search finds, page by page; text and kind are in the address.</summary>
public sealed partial class SearchPage(LiveClient client, TimeProvider time)
{
    private const int PageSize = 25;
    private static readonly TimeSpan FillingPause = TimeSpan.FromSeconds(2);

    private readonly Stack<string> _cursors = new([""]);
    private CancellationTokenSource? _loading;
    private SearchAnswer? _answer;
    private string? _error;
    private string? _shown;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    private IEnumerable<SearchKind> Kinds => SearchKind.All.Where(kind => May(kind.Needs, Right.Read));

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _shown == $"{Kind}\n{Text}" || !Kinds.Any()) return;
        _shown = $"{Kind}\n{Text}";
        await FirstAsync();
    }

    private Task FirstAsync()
    {
        _cursors.Clear();
        _cursors.Push("");
        return LoadAsync();
    }

    private Task PreviousAsync()
    {
        if (_answer is null || _cursors.Count == 1) return Task.CompletedTask;
        _cursors.Pop();
        return LoadAsync();
    }

    private Task NextAsync(string cursor)
    {
        if (_answer is null || cursor.Length == 0) return Task.CompletedTask;
        _cursors.Push(cursor);
        return LoadAsync();
    }

    /// <summary>Loads the page, and again while the index is being filled. An answer that comes after another request is dropped.</summary>
    private async Task LoadAsync()
    {
        var earlier = _loading;
        _loading = CancellationTokenSource.CreateLinkedTokenSource(Closed);
        if (earlier is not null) await earlier.CancelAsync();
        earlier?.Dispose();
        (_answer, _error) = (null, null);
        if (string.IsNullOrWhiteSpace(Text)) return;
        var loading = _loading.Token;
        try
        {
            while (true)
            {
                var answer = await client.SearchAsync(Text.Trim(), SearchKind.Find(Kind ?? "")?.Name ?? "", PageSize, _cursors.Peek(), loading);
                if (loading.IsCancellationRequested) return;
                _answer = answer;
                if (!answer.IsFilling || answer.IsFull) return;
                StateHasChanged();
                await Task.Delay(FillingPause, time, loading);
            }
        }
        catch (NodeException error) when (!loading.IsCancellationRequested)
        {
            _error = error.Message;
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(Navigation);
        }
        catch (Exception error) when (error is NodeException or OperationCanceledException)
        {
            // Nobody looks at this answer any more.
        }
    }
}
