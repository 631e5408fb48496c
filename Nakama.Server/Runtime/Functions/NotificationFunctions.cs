using Nakama.Server.Notifications;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Notifications.</summary>
internal sealed class NotificationFunctions(NotificationSender sender) : IFunctionFamily
{
    public string Name => "Notifications";

    public void Describe(FunctionGroup functions) =>
        functions.Function("notification_send", "Sends a notification to a user, and keeps it when it is persistent.")
            .Id("user_id", new("expects user_id to be a valid UUID", "expects a valid user id"))
            .Text("subject", "expects subject to be a non-empty string").Table("content").Whole("code")
            .OptionalId("sender_id", new("expects sender_id to either be not set, empty string or a valid UUID", "expects a valid sender id"))
            .OptionalFlag("persistent", false).Does(SendAsync);

    private async ValueTask<HostValue> SendAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var content = call.JsonOrNull(2)!;
        var code = call.Whole(3);
        if (code is not ((> 0 and <= short.MaxValue) or (>= -2000 and <= -1000)))
            throw call.Refuse(3, "expects code number to be a positive integer");
        var draft = new NotificationDraft(call.Id(0), call.Text(1), content, (int)code, call.IdOrNull(4) ?? Guid.Empty, call.Flag(5));
        return await sender.SendAsync([draft], cancellationToken)
            ? default
            : throw new FunctionFault("failed to send notifications: they could not be stored");
    }
}
