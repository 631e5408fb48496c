using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Nakama.Protocol.Json;
using Nakama.Server.Realtime;
using Error = Nakama.Protocol.Realtime.Error;

namespace Nakama.Server.Transport.SignalR;

/// <summary>
/// A refusal in the form that the client of a hub receives. The text of the exception is the JSON object of an error
/// envelope, with the code always present: <c>{"code":3,"message":"Invalid channel target"}</c>.
/// </summary>
internal static class HubErrors
{
    public static HubException Of(RealtimeException error) => Of(new Error { Code = (int)error.Code, Message = error.Message });

    public static HubException Of(Error error) => new(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"code":{{error.Code}},"message":"{{JsonEncodedText.Encode(error.Message, JsonTextEncoder.Minimal)}}"}"""));
}
