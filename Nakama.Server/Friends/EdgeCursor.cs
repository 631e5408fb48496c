using Nakama.Server.Wire.Gob;

namespace Nakama.Server.Friends;

/// <summary>The first edge of the next page of a list of friends or members, in the reference server's format.</summary>
/// <param name="State">The edge's state, by which lists are ordered first.</param>
/// <param name="Position">The edge's position.</param>
public readonly record struct EdgeCursor(short State, long Position)
{
    /// <summary>Before every edge.</summary>
    public static readonly EdgeCursor Start = new(0, long.MinValue);

    /// <summary>Null when the text is not a valid cursor.</summary>
    public static EdgeCursor? Parse(string text)
    {
        try
        {
            var record = GobCursor.Read(text);
            var state = record.Number("State");
            return state is < 0 or > short.MaxValue ? null : new EdgeCursor((short)state, record.Number("Position"));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() =>
        GobCursor.Write(new GobWriter("edgeListCursor").Number("State", State).Number("Position", Position), isPadded: true);
}
