using System.Text;
using Nakama.Server.Errors;

namespace Nakama.Server.Security;

/// <summary>
/// Hashes and verifies passwords outside the request threads, as each takes the better part of a second of processor time.
/// A few run at once, a bounded number waits for a bounded time, the rest is refused. Addresses are served in turn.
/// </summary>
public sealed class PasswordHasher(PasswordLimits limits, TimeProvider time)
{
    private readonly PasswordQueue _queue = new(Math.Max(1, Environment.ProcessorCount / 2), limits, time);

    /// <summary>The error when too many passwords are already being checked.</summary>
    public static ApiException Busy => new(StatusCode.ResourceExhausted, "Too many password checks. Try again later.");

    /// <summary>The hash as it is stored; null when the password is longer than 72 bytes.</summary>
    public ValueTask<byte[]?> HashAsync(string password, PasswordCaller caller, CancellationToken cancellationToken) =>
        HashAsync(Encoding.UTF8.GetBytes(password), caller, cancellationToken);

    /// <summary>The hash as it is stored; null when there are more than 72 bytes, or when they are not valid UTF-8.</summary>
    public async ValueTask<byte[]?> HashAsync(byte[] password, PasswordCaller caller, CancellationToken cancellationToken) =>
        !Bcrypt.MayHash(password) ? null : await RunAsync(() => Bcrypt.Hash(password), caller, cancellationToken);

    /// <summary>Whether the password matches the stored hash. Bytes after the 72nd are ignored.</summary>
    public ValueTask<bool> VerifyAsync(string password, byte[] hash, PasswordCaller caller, CancellationToken cancellationToken) =>
        VerifyAsync(Encoding.UTF8.GetBytes(password), hash, caller, cancellationToken);

    /// <inheritdoc cref="VerifyAsync(string, byte[], PasswordCaller, CancellationToken)"/>
    public ValueTask<bool> VerifyAsync(byte[] password, byte[] hash, PasswordCaller caller, CancellationToken cancellationToken) =>
        RunAsync(() => Bcrypt.Verify(password, hash), caller, cancellationToken);

    /// <summary>Takes as long as a verification, for accounts without a hash.</summary>
    public async ValueTask PretendAsync(string password, PasswordCaller caller, CancellationToken cancellationToken) =>
        await VerifyAsync(password, Bcrypt.NobodysHash, caller, cancellationToken);

    private async ValueTask<T> RunAsync<T>(Func<T> work, PasswordCaller caller, CancellationToken cancellationToken)
    {
        await _queue.EnterAsync(caller, cancellationToken);
        try
        {
            return await Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _queue.Leave();
        }
    }
}
