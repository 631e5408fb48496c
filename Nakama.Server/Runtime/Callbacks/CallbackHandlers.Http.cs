using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.Http;

namespace Nakama.Server.Runtime.Callbacks;

/// <content>Handlers for HTTP requests to paths of game logic.</content>
internal sealed partial class CallbackHandlers
{
    private const int MaxHeaders = 64;
    private const int MaxHeaderLength = 8192;

    // The listener frames answers itself.
    private static readonly string[] OwnHeaders = ["Connection", "Content-Length", "Keep-Alive", "Trailer", "Transfer-Encoding", "Upgrade"];

    public HttpHandlerFunction Http(CallbackKind kind, string name)
    {
        var description = CallbackTable.Of(kind);
        return async (request, cancellationToken) =>
        {
            var context = RuntimeContext.OfHttp(description.Mode, name, request);
            var response = ReadResponse(await CallAsync(description, name, context, new(ScriptValue.Native(request)), cancellationToken));
            Check(response);
            return response;
        };
    }

    /// <summary>Reads <c>{status?, headers?, body?}</c>.</summary>
    private static HttpHandlerResponse ReadResponse(in ScriptValue result)
    {
        if (result.IsNull) return HttpHandlerResponse.Empty;
        if (result.Kind == ScriptValueKind.Native) return (HttpHandlerResponse)result.AsNative();
        var table = result.AsTable();
        var (status, headers, body) = (table.Field("status"), table.Field("headers"), table.Field("body"));
        return new()
        {
            Status = status.Kind switch
            {
                ScriptValueKind.Null => StatusCodes.Status200OK,
                ScriptValueKind.Number when status.AsNumber() is >= int.MinValue and <= int.MaxValue and var number => (int)number,
                _ => throw WrongResponse("status must be a number"),
            },
            Headers = headers.Kind switch
            {
                ScriptValueKind.Null => [],
                ScriptValueKind.Table => ReadHeaders(headers.AsTable()),
                _ => throw WrongResponse("headers must be a table"),
            },
            Body = body.Kind switch
            {
                ScriptValueKind.Null => default,
                ScriptValueKind.Text or ScriptValueKind.Bytes => body.AsBytes(),
                _ => throw WrongResponse("body must be a string"),
            },
        };
    }

    /// <summary>Names with a value or a list of values.</summary>
    private static List<KeyValuePair<string, string>> ReadHeaders(IScriptTable table)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in table.Entries())
        {
            if (name is null) throw WrongResponse("names of headers must be strings");
            if (value.Kind == ScriptValueKind.Table)
            {
                for (var i = 0; i < Math.Min(value.AsTable().Length, MaxHeaders + 1); i++) headers.Add(new(name, HeaderText(value.AsTable()[i])));
            }
            else
            {
                headers.Add(new(name, HeaderText(value)));
            }

            if (headers.Count > MaxHeaders) throw WrongResponse($"there must be at most {MaxHeaders} headers");
        }

        return headers;
    }

    private static string HeaderText(in ScriptValue value) =>
        value.Kind == ScriptValueKind.Text ? value.AsText() : throw WrongResponse("values of headers must be strings");

    private static void Check(HttpHandlerResponse response)
    {
        if (response.Status is < 200 or > 599) throw WrongResponse("status must be from 200 to 599");
        if (response.Body.Length > ApiAnswers.MaxBytes) throw new ApiException(StatusCode.ResourceExhausted, ApiAnswers.TooLargeText);
        if (response.Headers.Count > MaxHeaders) throw WrongResponse($"there must be at most {MaxHeaders} headers");
        foreach (var (name, value) in response.Headers)
        {
            if (name.Length is 0 or > 256 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) throw WrongResponse("a header has an invalid name");
            if (OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)) throw WrongResponse($"the header {name} is set by the server");
            if (value.Length > MaxHeaderLength || value.AsSpan().ContainsAnyExceptInRange(' ', '~')) throw WrongResponse($"the header {name} has an invalid value");
        }
    }

    private static ApiException WrongResponse(string reason) => new(StatusCode.Internal, $"The HTTP handler returned an invalid response: {reason}.");
}
