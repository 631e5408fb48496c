namespace Nakama.Tests.Golden;

/// <summary>Sends the requests of a conversation to the node.</summary>
internal interface IRequestSender
{
    Task<PlainAnswer> SendAsync(string verb, string target, IReadOnlyDictionary<string, string> headers, byte[]? body);
}

/// <summary>Sends requests as they are recorded.</summary>
internal sealed class HttpRequestSender(int port) : IRequestSender
{
    public Task<PlainAnswer> SendAsync(string verb, string target, IReadOnlyDictionary<string, string> headers, byte[]? body) =>
        PlainHttp.SendAsync(port, verb, target, headers, body);
}
