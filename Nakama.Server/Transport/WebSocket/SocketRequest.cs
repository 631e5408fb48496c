using Nakama.Server.Api;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>The parameters of a client that opens a socket, before they are checked.</summary>
/// <param name="Format">The <c>format</c> parameter.</param>
/// <param name="Authorization">The header; null when there is none.</param>
/// <param name="Token">The <c>token</c> parameter.</param>
/// <param name="Status">The <c>status</c> parameter.</param>
/// <param name="Lang">The <c>lang</c> parameter.</param>
internal readonly record struct SocketRequest(string Format, string? Authorization, string Token, string Status, string Lang)
{
    private const string BearerPrefix = "Bearer ";
    private const string DefaultLang = "en";

    public bool TryGetFormat(out SessionFormat format)
    {
        format = Format == "protobuf" ? SessionFormat.WebSocketProtobuf : SessionFormat.WebSocketJson;
        return Format is "" or "json" or "protobuf";
    }

    /// <summary>The user of the token; when there is a header, only the header counts.</summary>
    public Caller? FindCaller(ISessionTokenCheck tokens)
    {
        var token = Token;
        if (Authorization is not null)
        {
            if (!Authorization.StartsWith(BearerPrefix, StringComparison.Ordinal)) return null;
            token = Authorization[BearerPrefix.Length..];
        }
        return token.Length == 0 ? null : tokens.Check(token);
    }

    /// <summary>Whether the user wants to appear online immediately.</summary>
    public bool IsVisible => Status is "1" or "t" or "T" or "true" or "TRUE" or "True";

    public string Language => Lang.Length == 0 ? DefaultLang : Lang;
}
