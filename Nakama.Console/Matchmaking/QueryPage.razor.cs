using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;
using Nakama.Console.Live;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Matchmaking;

/// <summary>Tries a query against the tickets that wait now, without adding a ticket.</summary>
public sealed partial class QueryPage(LiveClient client, Operator signedIn, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private string _query = "*";
    private string _min = "2";
    private string _max = "2";
    private string _properties = "{}";
    private string? _fault;
    private MatchmakerExplanation? _explanation;
    private bool _busy;
    private bool _denied;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync() => _denied = !await signedIn.MayAsync(AclResources.Match, Right.Read);

    private async Task TryAsync()
    {
        (_fault, _busy) = (null, true);
        try
        {
            if (CreateRequest() is { } request) _explanation = await client.TryQueryAsync(request, _closed.Token);
        }
        catch (NodeException error)
        {
            _fault = error.Message;
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(navigation);
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }

        _busy = false;
    }

    /// <summary>Null, with a fault, when the form is not valid.</summary>
    private TryMatchmakerQueryRequest? CreateRequest()
    {
        if (!int.TryParse(_min, NumberStyles.None, CultureInfo.InvariantCulture, out var min) || !int.TryParse(_max, NumberStyles.None, CultureInfo.InvariantCulture, out var max))
        {
            _fault = "The numbers of players must be whole numbers.";
            return null;
        }

        var request = new TryMatchmakerQueryRequest { Query = _query.Trim(), MinCount = min, MaxCount = max };
        if (JsonText.ObjectFault(_properties) is { } fault)
        {
            _fault = $"Properties: {fault}";
            return null;
        }

        using var properties = JsonDocument.Parse(_properties);
        foreach (var property in properties.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String) request.StringProperties[property.Name] = property.Value.GetString()!;
            else if (property.Value.ValueKind == JsonValueKind.Number) request.NumericProperties[property.Name] = property.Value.GetDouble();
            else _fault = $"Properties: {property.Name} is neither a text nor a number.";
        }

        return _fault is null ? request : null;
    }
}
