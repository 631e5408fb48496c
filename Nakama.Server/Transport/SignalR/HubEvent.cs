using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.SignalR;

/// <summary>
/// Server messages as invocations of client methods: named after the message, with the message as the only argument.
/// </summary>
internal static class HubEvent
{
    private static readonly Func<Envelope, SerializedHubMessage> Make = static envelope => new SerializedHubMessage(Of(envelope));

    /// <summary>The event in its shared form: serialised once per protocol for all receivers.</summary>
    public static SerializedHubMessage Of(EncodedMessage payload) => payload.FormOf(Make);

    private static InvocationMessage Of(Envelope envelope)
    {
        var field = Envelope.Descriptor.FindFieldByNumber((int)envelope.MessageCase);
        return new InvocationMessage(envelope.MessageCase.ToString(), [field.Accessor.GetValue(envelope)]);
    }
}
