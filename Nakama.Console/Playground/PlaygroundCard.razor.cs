using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;

namespace Nakama.Console.Playground;

/// <summary>One client of the playground: its sign-in, what it can send, and its frames.</summary>
public sealed partial class PlaygroundCard : IDisposable
{
    // A busy match would otherwise render the card with every frame.
    private static readonly TimeSpan RenderPause = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _closed = new();
    private readonly Dictionary<string, string> _values = [];
    private string _customId = $"playground-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    private string _username = "";
    private string _name = SocketMessage.All[0].Name;
    private string _envelope = "{}";
    private string? _error;
    private bool _busy;

    [Parameter, EditorRequired]
    public PlaygroundClient Client { get; set; } = null!;

    /// <summary>The value of a kind that the client, or another one, knows.</summary>
    [Parameter, EditorRequired]
    public Func<PlaygroundClient, KnownValue, string> Known { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback OnRemove { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private SocketMessage? Chosen => SocketMessage.All.FirstOrDefault(message => message.Name == _name);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override void OnInitialized()
    {
        Choose(_name);
        _ = FollowAsync(_closed.Token);
    }

    private void Choose(string name)
    {
        _name = name;
        _values.Clear();
        foreach (var field in Chosen?.Fields ?? [])
            _values[field.Name] = Known(Client, field.Known) is { Length: > 0 } known ? known : field.Initial;
    }

    private Task SignInAsync() => DoAsync(async () => await Client.SignInAsync(_customId.Trim(), _username.Trim()) ?? await Client.OpenAsync());

    private Task OpenAsync() => DoAsync(Client.OpenAsync);

    private Task SendAsync() => DoAsync(() => Chosen is { } message ? Client.SendAsync(message, _values) : Client.SendAsync(_envelope));

    private async Task DoAsync(Func<Task<string?>> action)
    {
        _busy = true;
        try
        {
            _error = await action();
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }

        _busy = false;
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in Client.Changes.ReadAllAsync(cancellationToken))
            {
                await InvokeAsync(StateHasChanged);
                await Task.Delay(RenderPause, Time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The card is gone.
        }
    }
}
