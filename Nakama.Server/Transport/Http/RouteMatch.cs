using System.Runtime.CompilerServices;

namespace Nakama.Server.Transport.Http;

/// <summary>The result of looking up a path.</summary>
/// <param name="Binding">Null when the path has no binding for the verb.</param>
/// <param name="Values">The segments that match parameters.</param>
/// <param name="IsKnown">Whether the path has a binding for any verb.</param>
internal readonly record struct RouteMatch(HttpBinding? Binding, PathValues Values, bool IsKnown);

/// <summary>The values of the parameters of a path.</summary>
[InlineArray(Length)]
internal struct PathValues
{
    public const int Length = 4;

    private string _first;
}
