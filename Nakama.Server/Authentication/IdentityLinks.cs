using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Authentication;

/// <summary>
/// Gives accounts devices, an id of the game's own, or an address, and takes them away, but never the last way to sign in.
/// What is given must have been checked for its form.
/// </summary>
/// <remarks>All refuse with an <see cref="ApiException"/> what another account has.</remarks>
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

    /// <summary>An empty id needs no proof.</summary>
    public ValueTask UnlinkCustomIdAsync(Guid userId, string customId, CancellationToken cancellationToken) => RunAsync(
        store.UnlinkCustomIdAsync(userId, customId, cancellationToken),
        static () => LinkErrors.LastIdentifier, static () => LinkErrors.UnlinkCustomFailed);

    /// <summary>An empty address needs no proof.</summary>
    public ValueTask UnlinkEmailAsync(Guid userId, string address, CancellationToken cancellationToken) => RunAsync(
        store.UnlinkEmailAsync(userId, address.ToLowerInvariant(), cancellationToken),
        static () => LinkErrors.LastIdentifier, static () => LinkErrors.UnlinkEmailFailed);

    private async ValueTask RunAsync(ValueTask<bool> running, Func<ApiException> refusal, Func<ApiException> failure)
    {
        if (!await new StatementFailure("Linking an identity", failure).TranslateAsync(running, log)) throw refusal();
    }
}
