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
    public async ValueTask<byte[]?> HashAsync(string password, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        return bytes.Length > Bcrypt.MaxPasswordBytes
            ? null
            : await RunAsync(() => Bcrypt.Hash(bytes), cancellationToken);
    }

    /// <summary>Whether the password makes the stored hash. Bytes after the 72nd are not looked at.</summary>
    public async ValueTask<bool> VerifyAsync(string password, byte[] hash, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        return await RunAsync(() => Bcrypt.Verify(bytes, hash), cancellationToken);
    }

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
