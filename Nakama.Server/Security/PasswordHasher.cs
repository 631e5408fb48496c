using System.Text;
using Nakama.Server.Errors;

namespace Nakama.Server.Security;

/// <summary>
/// Hashes and verifies passwords beside the request threads, as each takes the better part of a second of a processor.
/// A few run at once, a bounded number waits, the rest is refused.
/// </summary>
public sealed class PasswordHasher : IDisposable
{
    private const int MaxWaiting = 256;

    private readonly SemaphoreSlim _running = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    /// <summary>Too many passwords are being checked already.</summary>
    public static ApiError Busy => new(StatusCode.ResourceExhausted, "Too many password checks. Try again later.");

    /// <summary>The hash as it is stored; null when the password is longer than 72 bytes.</summary>
    public ValueTask<byte[]?> HashAsync(string password, CancellationToken cancellationToken) =>
        HashAsync(Encoding.UTF8.GetBytes(password), cancellationToken);

    /// <summary>The hash as it is stored; null when there are more than 72 bytes, or bytes that are no UTF-8.</summary>
    public async ValueTask<byte[]?> HashAsync(byte[] password, CancellationToken cancellationToken) =>
        !Bcrypt.MayHash(password) ? null : await RunAsync(() => Bcrypt.Hash(password), cancellationToken);

    /// <summary>Whether the password makes the stored hash. Bytes after the 72nd are not looked at.</summary>
    public ValueTask<bool> VerifyAsync(string password, byte[] hash, CancellationToken cancellationToken) =>
        VerifyAsync(Encoding.UTF8.GetBytes(password), hash, cancellationToken);

    /// <inheritdoc cref="VerifyAsync(string, byte[], CancellationToken)"/>
    public ValueTask<bool> VerifyAsync(byte[] password, byte[] hash, CancellationToken cancellationToken) =>
        RunAsync(() => Bcrypt.Verify(password, hash), cancellationToken);

    public void Dispose() => _running.Dispose();

    private async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw Busy;
        }

        try
        {
            await _running.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return await Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _running.Release();
        }
    }
}
