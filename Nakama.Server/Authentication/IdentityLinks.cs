using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Authentication;

/// <summary>
/// Links devices, a custom id, or an email address to accounts and unlinks them, but never the last way to sign in.
/// The form of the values must have been checked.
/// </summary>
/// <remarks>All methods throw an <see cref="ApiException"/> for a value that another account has.</remarks>
internal sealed class IdentityLinks(LinkStore store, PasswordHasher passwords, ILogger<IdentityLinks> log)
{
    public ValueTask LinkDeviceAsync(Guid userId, string device, CancellationToken cancellationToken) => RunAsync(
        store.LinkDeviceAsync(userId, device, cancellationToken), static () => LinkErrors.DeviceInUse, static () => LinkErrors.DeviceFailed);

    public ValueTask LinkCustomIdAsync(Guid userId, string customId, CancellationToken cancellationToken) => RunAsync(
        store.LinkCustomIdAsync(userId, customId, cancellationToken), static () => LinkErrors.CustomInUse, static () => LinkErrors.CustomFailed);

    public async ValueTask LinkEmailAsync(
        Guid userId, string address, string password, PasswordCaller caller, CancellationToken cancellationToken)
    {
        var hash = await passwords.HashAsync(password, caller, cancellationToken) ?? throw LinkErrors.EmailFailed;
        await RunAsync(
            store.LinkEmailAsync(userId, address.ToLowerInvariant(), hash, cancellationToken),
            static () => LinkErrors.EmailInUse, static () => LinkErrors.EmailFailed);
    }

    public ValueTask UnlinkDeviceAsync(Guid userId, string device, CancellationToken cancellationToken) => RunAsync(
        store.UnlinkDeviceAsync(userId, device, cancellationToken),
        static () => LinkErrors.LastIdentifier, static () => LinkErrors.UnlinkDeviceFailed);

    /// <summary>An empty id removes the id without proof.</summary>
    public ValueTask UnlinkCustomIdAsync(Guid userId, string customId, CancellationToken cancellationToken) => RunAsync(
        store.UnlinkCustomIdAsync(userId, customId, cancellationToken),
        static () => LinkErrors.LastIdentifier, static () => LinkErrors.UnlinkCustomFailed);

    /// <summary>An empty address removes the address without proof.</summary>
    public ValueTask UnlinkEmailAsync(Guid userId, string address, CancellationToken cancellationToken) => RunAsync(
        store.UnlinkEmailAsync(userId, address.ToLowerInvariant(), cancellationToken),
        static () => LinkErrors.LastIdentifier, static () => LinkErrors.UnlinkEmailFailed);

    private async ValueTask RunAsync(ValueTask<bool> running, Func<ApiException> refusal, Func<ApiException> failure)
    {
        if (!await new StatementFailure("Linking an identity", failure).TranslateAsync(running, log)) throw refusal();
    }
}
