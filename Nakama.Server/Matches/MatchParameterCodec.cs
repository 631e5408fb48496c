using Google.Protobuf;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Matches;

/// <summary>
/// The parameters of a new match as a message between nodes. Values are null, booleans, whole and other numbers, texts, bytes, lists and
/// maps.
/// </summary>
internal static class MatchParameterCodec
{
    // Each level is three messages, of which a reader of protobuf accepts a hundred in one another.
    private const int MaxDepth = 30;

    /// <summary>Null if the values are nested too deeply, or there is one of another type.</summary>
    public static MatchParameterMap? Encode(Dictionary<string, object?> parameters) => MapOf(parameters, 1);

    public static Dictionary<string, object?> Decode(MatchParameterMap parameters)
    {
        var values = new Dictionary<string, object?>(parameters.Entries.Count, StringComparer.Ordinal);
        foreach (var (name, parameter) in parameters.Entries) values.Add(name, Decode(parameter));
        return values;
    }

    private static object? Decode(MatchParameter parameter) => parameter.ValueCase switch
    {
        MatchParameter.ValueOneofCase.Flag => parameter.Flag,
        MatchParameter.ValueOneofCase.Whole => parameter.Whole,
        MatchParameter.ValueOneofCase.Number => parameter.Number,
        MatchParameter.ValueOneofCase.Text => parameter.Text,
        MatchParameter.ValueOneofCase.Data => parameter.Data.ToByteArray(),
        MatchParameter.ValueOneofCase.List => parameter.List.Items.Select(Decode).ToList(),
        MatchParameter.ValueOneofCase.Map => Decode(parameter.Map),
        _ => null,
    };

    private static MatchParameterMap? MapOf(Dictionary<string, object?> values, int depth)
    {
        if (depth > MaxDepth) return null;
        var map = new MatchParameterMap();
        foreach (var (name, value) in values)
        {
            if (ParameterOf(value, depth) is not { } parameter) return null;
            map.Entries.Add(name, parameter);
        }

        return map;
    }

    private static MatchParameterList? ListOf(List<object?> values, int depth)
    {
        if (depth > MaxDepth) return null;
        var list = new MatchParameterList();
        foreach (var value in values)
        {
            if (ParameterOf(value, depth) is not { } parameter) return null;
            list.Items.Add(parameter);
        }

        return list;
    }

    private static MatchParameter? ParameterOf(object? value, int depth) => value switch
    {
        null => new MatchParameter(),
        bool flag => new MatchParameter { Flag = flag },
        long whole => new MatchParameter { Whole = whole },
        double number => new MatchParameter { Number = number },
        string text => new MatchParameter { Text = text },
        byte[] data => new MatchParameter { Data = UnsafeByteOperations.UnsafeWrap(data) },
        List<object?> values => ListOf(values, depth + 1) is { } list ? new MatchParameter { List = list } : null,
        Dictionary<string, object?> values => MapOf(values, depth + 1) is { } map ? new MatchParameter { Map = map } : null,
        _ => null,
    };
}
