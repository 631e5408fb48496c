using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Console;

namespace Nakama.Console.Live;

/// <summary>A page, or a part of one, that shows a live method of the node for as long as it is open.</summary>
public abstract class LiveComponent<TAnswer> : OperatorPage
    where TAnswer : class, IMessage, new()
{
    private CancellationTokenSource? _watching;
    private IMessage? _watched;
    private string? _filters;

    [Inject]
    protected NodeWatches Watches { get; set; } = null!;

    [Inject]
    protected LiveClient Client { get; set; } = null!;

    /// <summary>The last answer; null before the first, and after the request has changed.</summary>
    protected TAnswer? Answer { get; private set; }

    /// <summary>Why the answer is not the newest; null while the watch is live.</summary>
    protected string? Error { get; private set; }

    /// <summary>The gRPC status of the error.</summary>
    protected int ErrorCode { get; private set; }

    /// <summary>Whether the operator lacks the right to see this.</summary>
    protected bool IsDenied { get; private set; }

    protected bool MayWrite => May(Needs, Right.Write);

    protected bool MayDelete => May(Needs, Right.Delete);

    /// <summary>Whether new answers are held back.</summary>
    protected bool IsPaused { get; private set; }

    /// <summary>The cursors of the pages before the one shown, the first page being the empty cursor.</summary>
    protected Stack<string> Cursors { get; } = new([""]);

    /// <summary>The resource whose read right the page needs.</summary>
    protected abstract AclResources Needs { get; }

    /// <summary>The bare name of the method.</summary>
    protected abstract string Method { get; }

    /// <summary>What the parameters of the page select, as text; a change leads to the first page.</summary>
    protected virtual string Filters => "";

    /// <summary>The request for what the page shows now; null while there is none.</summary>
    protected abstract IMessage? Request();

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        IsDenied = !May(Needs, Right.Read);
    }

    protected override void OnParametersSet()
    {
        if (_filters == Filters)
        {
            Watch();
            return;
        }

        _filters = Filters;
        OnFiltersChanged();
        First();
    }

    /// <summary>Called before anything is watched with filters, such as to show them in inputs.</summary>
    protected virtual void OnFiltersChanged()
    {
    }

    /// <summary>Watches anew, after a refusal.</summary>
    protected void Retry()
    {
        _watched = null;
        Watch();
    }

    protected void TogglePause()
    {
        if (IsPaused) Retry();
        else IsPaused = true;
    }

    protected void First()
    {
        Cursors.Clear();
        Cursors.Push("");
        Watch();
    }

    // Without an answer another page is on its way: a second click of a double click must not turn once more.
    protected void Previous()
    {
        if (Answer is null || Cursors.Count == 1) return;
        Cursors.Pop();
        Watch();
    }

    protected void Next(string cursor)
    {
        if (Answer is null || cursor.Length == 0) return;
        Cursors.Push(cursor);
        Watch();
    }

    /// <summary>
    /// Watches the current request, if it is another one than before. All state changes before the earlier watch ends, so that
    /// none is left over when requests change quickly.
    /// </summary>
    private void Watch()
    {
        if (IsDenied || !RendererInfo.IsInteractive || Closed.IsCancellationRequested) return;
        var request = Request();
        if (Equals(request, _watched)) return;
        var earlier = _watching;
        _watching = request is null ? null : CancellationTokenSource.CreateLinkedTokenSource(Closed);
        (_watched, Answer, Error, ErrorCode, IsPaused) = (request, null, null, 0, false);
        if (request is not null) _ = RunAsync(request, _watching!.Token);
        earlier?.Cancel();
        earlier?.Dispose();
    }

    private async Task RunAsync(IMessage request, CancellationToken cancellationToken)
    {
        try
        {
            // The caller holds the renderer.
            await Task.Yield();
            await foreach (var state in Watches.WatchAsync<TAnswer>(Method, request, cancellationToken).ConfigureAwait(false))
            {
                if (cancellationToken.IsCancellationRequested) return;
                await InvokeAsync(() => Show(state, cancellationToken)).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            await DispatchExceptionAsync(error).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody looks at this watch any more.
        }
    }

    private void Show(WatchState<TAnswer> state, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested || IsPaused) return;
        if (state.Code == NodeException.Unauthenticated)
        {
            SignIn.Expire(Navigation);
            return;
        }

        (Error, ErrorCode, Answer) = (state.Error, state.Code, state.Answer ?? Answer);
        StateHasChanged();
    }
}
