using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Security;

namespace Nakama.Server.Authentication;

/// <summary>Linking a device, a custom id, or an email address to the caller's account, and unlinking them.</summary>
internal sealed class LinkApi(IdentityLinks links) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<AccountDevice, Empty>("LinkDevice", LinkDeviceAsync);
        api.Map<AccountCustom, Empty>("LinkCustom", LinkCustomAsync);
        api.Map<AccountEmail, Empty>("LinkEmail", LinkEmailAsync);
        api.Map<AccountDevice, Empty>("UnlinkDevice", UnlinkDeviceAsync);
        api.Map<AccountCustom, Empty>("UnlinkCustom", (call, request, token) => DoneAsync(links.UnlinkCustomIdAsync(call.UserId, request.Id, token)));
        api.Map<AccountEmail, Empty>("UnlinkEmail", (call, request, token) => DoneAsync(links.UnlinkEmailAsync(call.UserId, request.Email, token)));
    }

    private ValueTask<Empty> LinkDeviceAsync(ApiCall call, AccountDevice request, CancellationToken cancellationToken)
    {
        CredentialRules.CheckDeviceId(request.Id);
        return DoneAsync(links.LinkDeviceAsync(call.UserId, request.Id, cancellationToken));
    }

    private ValueTask<Empty> LinkCustomAsync(ApiCall call, AccountCustom request, CancellationToken cancellationToken)
    {
        LinkRules.CheckCustomId(request.Id);
        return DoneAsync(links.LinkCustomIdAsync(call.UserId, request.Id, cancellationToken));
    }

    private ValueTask<Empty> LinkEmailAsync(ApiCall call, AccountEmail request, CancellationToken cancellationToken)
    {
        LinkRules.CheckEmail(request.Email, request.Password);
        return DoneAsync(links.LinkEmailAsync(call.UserId, request.Email, request.Password, PasswordCaller.At(call.ClientOrigin), cancellationToken));
    }

    private ValueTask<Empty> UnlinkDeviceAsync(ApiCall call, AccountDevice request, CancellationToken cancellationToken)
    {
        if (request.Id.Length == 0) throw LinkErrors.UnlinkDeviceRequired;
        return DoneAsync(links.UnlinkDeviceAsync(call.UserId, request.Id, cancellationToken));
    }

    private static async ValueTask<Empty> DoneAsync(ValueTask work)
    {
        await work;
        return Done;
    }
}
