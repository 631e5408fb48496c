using Nakama.Server.Errors;

namespace Nakama.Server.Search;

/// <summary>A query that cannot be read, or cannot be run.</summary>
/// <param name="message">The sentence game logic gets to see, such as <c>syntax error</c>.</param>
/// <param name="isSyntax">True when the text is no query; false when a clause of it cannot be run.</param>
public sealed class SearchQueryException(string message, bool isSyntax) : ApiException(StatusCode.InvalidArgument, message)
{
    public bool IsSyntax { get; } = isSyntax;

    internal static SearchQueryException Syntax(string message = "syntax error") => new(message, isSyntax: true);

    internal static SearchQueryException Unable(string message) => new(message, isSyntax: false);
}
