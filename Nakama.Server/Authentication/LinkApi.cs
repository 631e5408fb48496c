using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Security;
using Nakama.Server.Wire.Api;

namespace Nakama.Server.Authentication;

/// <summary>Adding to one's account a device, an id of the game's own, or an address; and removing them.</summary>
internal sealed class LinkApi(LinkStore store, PasswordHasher passwords, ILogger<LinkApi> log) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<AccountDevice, Empty>("LinkDevice", LinkDeviceAsync);
        api.Map<AccountCustom, Empty>("LinkCustom", LinkCustomAsync);
        api.Map<AccountEmail, Empty>("LinkEmail", LinkEmailAsync);
        api.Map<AccountDevice, Empty>("UnlinkDevice", UnlinkDeviceAsync);
        api.Map<AccountCustom, Empty>("UnlinkCustom", UnlinkCustomAsync);
        api.Map<AccountEmail, Empty>("UnlinkEmail", UnlinkEmailAsync);
    }

    private ValueTask<Empty> LinkDeviceAsync(ApiCall call, AccountDevice request, CancellationToken cancellationToken)
    {
        CredentialRules.CheckDeviceId(request.Id);
        return RunAsync(
            store.LinkDeviceAsync(call.UserId, request.Id, cancellationToken),
            static () => LinkErrors.DeviceInUse, static () => LinkErrors.DeviceFailed);
    }

    private ValueTask<Empty> LinkCustomAsync(ApiCall call, AccountCustom request, CancellationToken cancellationToken)
    {
        if (request.Id.Length == 0) throw AuthenticationErrors.CustomIdRequired;
        if (InputText.HasSpaceOrControl(request.Id)) throw LinkErrors.CustomIdCharacters;
        if (!InputText.HasLength(request.Id, InputText.MinCustomIdBytes, InputText.MaxCustomIdBytes)) throw LinkErrors.CustomIdLength;
        return RunAsync(
            store.LinkCustomIdAsync(call.UserId, request.Id, cancellationToken),
            static () => LinkErrors.CustomInUse, static () => LinkErrors.CustomFailed);
    }

    private async ValueTask<Empty> LinkEmailAsync(ApiCall call, AccountEmail request, CancellationToken cancellationToken)
    {
        if (request.Email.Length == 0 || request.Password.Length == 0) throw AuthenticationErrors.EmailAndPasswordRequired;
        if (InputText.HasSpaceOrControl(request.Email)) throw AuthenticationErrors.EmailCharacters;
        CredentialRules.CheckPassword(request.Password);
        CredentialRules.CheckEmailForm(request.Email);

        var email = request.Email.ToLowerInvariant();
        var hash = await passwords.HashAsync(request.Password, cancellationToken) ?? throw LinkErrors.EmailFailed;
        return await RunAsync(
            store.LinkEmailAsync(call.UserId, email, hash, cancellationToken),
            static () => LinkErrors.EmailInUse, static () => LinkErrors.EmailFailed);
    }

    private ValueTask<Empty> UnlinkDeviceAsync(ApiCall call, AccountDevice request, CancellationToken cancellationToken)
    {
        if (request.Id.Length == 0) throw LinkErrors.UnlinkDeviceRequired;
        return RunAsync(
            store.UnlinkDeviceAsync(call.UserId, request.Id, cancellationToken),
            static () => LinkErrors.LastIdentifier, static () => LinkErrors.UnlinkDeviceFailed);
    }

    private ValueTask<Empty> UnlinkCustomAsync(ApiCall call, AccountCustom request, CancellationToken cancellationToken) =>
        RunAsync(
            store.UnlinkCustomIdAsync(call.UserId, request.Id, cancellationToken),
            static () => LinkErrors.LastIdentifier, static () => LinkErrors.UnlinkCustomFailed);

    private ValueTask<Empty> UnlinkEmailAsync(ApiCall call, AccountEmail request, CancellationToken cancellationToken) =>
        RunAsync(
            store.UnlinkEmailAsync(call.UserId, request.Email.ToLowerInvariant(), cancellationToken),
            static () => LinkErrors.LastIdentifier, static () => LinkErrors.UnlinkEmailFailed);

    private async ValueTask<Empty> RunAsync(ValueTask<bool> running, Func<ApiError> refusal, Func<ApiError> failure)
    {
        try
        {
            return await running ? Done : throw refusal();
        }
        catch (Exception e) when (DatabaseRetry.IsStatementFailure(e))
        {
            var error = failure();
            AuthenticationLog.StatementFailed(log, e, error.Message);
            throw error;
        }
    }
}
