using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Console;

namespace Nakama.Console.Live;

/// <summary>A page, or a part of one, that shows a live method of the node for as long as it is open.</summary>
public abstract class LiveComponent<TAnswer> : ComponentBase, IAsyncDisposable
    where TAnswer : class, IMessage, new()
{
    private CancellationTokenSource _watching = new();
    private IMessage? _watched;
    private Task? _loop;

    [Inject]
    public NodeWatches Watches { get; set; } = null!;

    [Inject]
    public Operator SignedIn { get; set; } = null!;

    [Inject]
    public NavigationManager Navigation { get; set; } = null!;

    [Inject]
    public LiveClient Client { get; set; } = null!;

    [Inject]
    public IDialogService Dialogs { get; set; } = null!;

    [Inject]
    public ISnackbar Toasts { get; set; } = null!;

    /// <summary>The last answer; null before the first, and after the request has changed.</summary>
    protected TAnswer? Answer { get; private set; }

    /// <summary>Why the answer is not the newest; null while the watch is live.</summary>
    protected string? Fault { get; private set; }

    /// <summary>The gRPC status of the fault.</summary>
    protected int FaultCode { get; private set; }

    /// <summary>Whether the operator lacks the right to see this.</summary>
    protected bool IsDenied { get; private set; }

    protected bool MayWrite { get; private set; }

    protected bool MayDelete { get; private set; }

    /// <summary>Whether new answers are held back.</summary>
    protected bool IsPaused { get; private set; }

    /// <summary>The cursors of the pages before the one shown, the first page being the empty cursor.</summary>
    protected Stack<string> Cursors { get; } = new([""]);

    /// <summary>Cancelled when the component goes away.</summary>
    protected CancellationToken Closed => _closed.Token;

    /// <summary>The resource whose read right the page needs.</summary>
    protected abstract AclResources Needs { get; }

    /// <summary>The bare name of the method.</summary>
    protected abstract string Method { get; }

    private readonly CancellationTokenSource _closed = new();

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _watching.CancelAsync();
        if (_loop is not null) await _loop;
        _watching.Dispose();
        _closed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The request for what the page shows now; null while there is none.</summary>
    protected abstract IMessage? Request();

    protected override async Task OnInitializedAsync()
    {
        IsDenied = !await SignedIn.MayAsync(Needs, Right.Read);
        MayWrite = await SignedIn.MayAsync(Needs, Right.Write);
        MayDelete = await SignedIn.MayAsync(Needs, Right.Delete);
    }

    protected override Task OnParametersSetAsync() => WatchAsync();

    /// <summary>Watches the current request, if it is another one than before.</summary>
    protected async Task WatchAsync()
    {
        if (IsDenied || !RendererInfo.IsInteractive || _closed.IsCancellationRequested) return;
        var request = Request();
        if (Equals(request, _watched)) return;
        await _watching.CancelAsync();
        if (_loop is not null) await _loop;
        _watching.Dispose();
        _watching = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        (_watched, Answer, Fault, FaultCode) = (request, null, null, 0);
        _loop = request is null ? null : RunAsync(request, _watching.Token);
    }

    /// <summary>Watches anew, after a refusal.</summary>
    protected Task RetryAsync()
    {
        _watched = null;
        return WatchAsync();
    }

    protected Task TogglePauseAsync()
    {
        IsPaused = !IsPaused;
        return IsPaused ? Task.CompletedTask : RetryAsync();
    }

    protected Task FirstAsync()
    {
        Cursors.Clear();
        Cursors.Push("");
        return WatchAsync();
    }

    protected Task PreviousAsync()
    {
        if (Cursors.Count > 1) Cursors.Pop();
        return WatchAsync();
    }

    protected Task NextAsync(string cursor)
    {
        Cursors.Push(cursor);
        return WatchAsync();
    }

    /// <summary>Runs an action and shows its result; true when the node accepted it.</summary>
    protected async Task<bool> DoAsync(string done, Func<Task> action)
    {
        try
        {
            await action();
            Toasts.Add(done, Severity.Success);
            return true;
        }
        catch (NodeException error)
        {
            Toasts.Add($"The node refused: {error.Message}", Severity.Error);
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }

        return false;
    }

    protected async Task<bool> ConfirmAsync(string title, string message, string yes)
    {
        var parameters = new DialogParameters { [nameof(Confirm.Message)] = message, [nameof(Confirm.Yes)] = yes };
        var dialog = await Dialogs.ShowAsync<Confirm>(title, parameters, new DialogOptions());
        return await dialog.Result is { Canceled: false };
    }

    /// <summary>Called with every new answer, before it is rendered.</summary>
    protected virtual void OnAnswer(TAnswer answer)
    {
    }

    private async Task RunAsync(IMessage request, CancellationToken cancellationToken)
    {
        // The caller holds the renderer, and waits for the loop before it begins another one.
        await Task.Yield();
        await foreach (var state in Watches.WatchAsync<TAnswer>(Method, request, cancellationToken).ConfigureAwait(false))
        {
            if (cancellationToken.IsCancellationRequested) return;
            await InvokeAsync(() => Show(state, cancellationToken)).ConfigureAwait(false);
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

        (Fault, FaultCode) = (state.Fault, state.Code);
        if (state.Answer is { } answer && !ReferenceEquals(answer, Answer))
        {
            Answer = answer;
            OnAnswer(answer);
        }

        StateHasChanged();
    }
}
