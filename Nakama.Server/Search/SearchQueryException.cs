using Nakama.Server.Errors;

namespace Nakama.Server.Search;

/// <summary>A query cannot be parsed or cannot be run.</summary>
/// <param name="message">The text that game logic sees, such as <c>syntax error</c>.</param>
/// <param name="isSyntax">True when the text is not a valid query; false when one of its clauses cannot be run.</param>
public sealed class SearchQueryException(string message, bool isSyntax) : ApiException(StatusCode.InvalidArgument, message)
{
    public bool IsSyntax { get; } = isSyntax;

    internal static SearchQueryException Syntax(string message = "syntax error") => new(message, isSyntax: true);

    internal static SearchQueryException Unable(string message) => new(message, isSyntax: false);
}
