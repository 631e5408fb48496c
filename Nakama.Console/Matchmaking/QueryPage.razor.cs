using System.Globalization;
using System.Text.Json;
using Nakama.Console.Access;
using Nakama.Console.Live;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Live;

namespace Nakama.Console.Matchmaking;

/// <summary>Tries a query against the tickets that wait now, without adding a ticket.</summary>
public sealed partial class QueryPage(LiveClient client)
{
    private string _query = "*";
    private string _min = "2";
    private string _max = "2";
    private string _properties = "{}";
    private string? _error;
    private MatchmakerExplanation? _explanation;
    private bool _busy;

    private async Task TryAsync()
    {
        if (_busy) return;
        (_error, _busy) = (null, true);
        try
        {
            if (CreateRequest() is { } request) _explanation = await client.TryQueryAsync(request, Closed);
        }
        catch (NodeException error)
        {
            _error = error.Message;
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(Navigation);
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }

        _busy = false;
    }

    /// <summary>Null, with an error, when the form is not valid.</summary>
    private TryMatchmakerQueryRequest? CreateRequest()
    {
        if (!int.TryParse(_min, NumberStyles.None, CultureInfo.InvariantCulture, out var min) || !int.TryParse(_max, NumberStyles.None, CultureInfo.InvariantCulture, out var max))
        {
            _error = "The numbers of players must be whole numbers.";
            return null;
        }

        var request = new TryMatchmakerQueryRequest { Query = _query.Trim(), MinCount = min, MaxCount = max };
        if (JsonText.ObjectError(_properties) is { } error)
        {
            _error = $"Properties: {error}";
            return null;
        }

        using var properties = JsonDocument.Parse(_properties);
        foreach (var property in properties.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String) request.StringProperties[property.Name] = property.Value.GetString()!;
            else if (property.Value.ValueKind == JsonValueKind.Number) request.NumericProperties[property.Name] = property.Value.GetDouble();
            else _error = $"Properties: {property.Name} is neither a text nor a number.";
        }

        return _error is null ? request : null;
    }
}
