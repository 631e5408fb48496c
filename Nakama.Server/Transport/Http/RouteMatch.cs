using System.Runtime.CompilerServices;

namespace Nakama.Server.Transport.Http;

/// <summary>What a path led to.</summary>
/// <param name="Binding">Null when nothing takes this verb there.</param>
/// <param name="Values">The segments that stand for parameters.</param>
/// <param name="IsKnown">Whether some verb is taken there.</param>
internal readonly record struct RouteMatch(HttpBinding? Binding, PathValues Values, bool IsKnown);

/// <summary>The values of the parameters of a path.</summary>
[InlineArray(Length)]
internal struct PathValues
{
    public const int Length = 4;

    private string _first;
}
